"""What is new: notices issued, conferences fixed, answers released."""

import datetime
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from conclusions.models import ConclusionNotice
from conferences.models import Conference
from conferences.states import ConferenceState
from core.dates import written_moment
from dialogue.public.answers import public_answers

MOST = 30


@dataclass(frozen=True)
class News:
    """One entry: what happened, when it was last changed, where one reads on."""

    key: str
    title: str
    text: str
    at: datetime.datetime
    url: str


def latest_news() -> list[News]:
    """The newest entries of all kinds, the newest first; three queries."""
    found = [*_notices(), *_conferences(), *_answers()]
    return sorted(found, key=lambda one: one.at, reverse=True)[:MOST]


def _notices() -> list[News]:
    rows = ConclusionNotice.objects.issued()
    rows = rows.select_related("document__organisation", "document__type")
    return [
        News(
            f"notice-{row.pk}",
            _("Thông báo %(about)s") % {"about": row.document.abstract},
            f"{row.document.organisation.name}, {row.document.register_code}",
            row.document.issued_at or timezone.now(),
            reverse("portal:conclusion", args=[row.pk]),
        )
        for row in rows.order_by("-document__issued_at")[:MOST]
    ]


def _conferences() -> list[News]:
    rows = Conference.objects.exclude(state=ConferenceState.CANCELLED)
    rows = rows.select_related("organisation", "session")
    return [
        News(
            f"conference-{row.pk}",
            row.title,
            _("%(when)s, %(where)s") % {"when": written_moment(row.starts_at), "where": row.place},
            row.session.changed_at,
            reverse("portal:conference", args=[row.pk]),
        )
        for row in rows.order_by("-session__changed_at")[:MOST]
    ]


def _answers() -> list[News]:
    rows = (
        public_answers()
        .filter(released_at__isnull=False)
        .values("release", "release__at", "release__consultation__title")
    )
    by_release = rows.annotate(n=Count("pk")).order_by("-release__at")
    return [
        News(
            f"release-{row['release']}",
            _("Công bố %(count)s câu trả lời") % {"count": row["n"]},
            row["release__consultation__title"],
            row["release__at"],
            reverse("portal:answers"),
        )
        for row in by_release[:MOST]
        if row["release"]
    ]
