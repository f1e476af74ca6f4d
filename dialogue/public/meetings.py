"""The year's dialogues as everybody may see them: of issued plans, by quarter, and as a calendar."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from conferences.states import ConferenceState
from plans.models import DialogueSession, Plan
from plans.queries import Standing, standings
from plans.queries.dossier import sessions_in_order
from plans.queries.feed import KEPT, calendar_of

QUARTERS = {1: "I", 2: "II", 3: "III", 4: "IV"}


@dataclass(frozen=True)
class Meeting:
    """A session of an issued plan and how far it has come; `url` is its public page."""

    session: DialogueSession
    standing: Standing
    url: str


def meetings_of(year: int) -> list[tuple[str, list[Meeting]]]:
    """The sessions of a year by quarter, those without a quarter last; a constant number of queries."""
    rows = _sessions().filter(
        Q(fixed_on__year=year) | Q(fixed_on=None, latest_on__year=year) | Q(plan__year=year)
    )
    quarters: dict[int, list[Meeting]] = defaultdict(list)
    for meeting in _told(rows):
        day = meeting.session.last_on
        if day is None or day.year == year:
            quarters[meeting.session.quarter() or 5].append(meeting)
    return [
        (
            _("Quý %(quarter)s") % {"quarter": QUARTERS[key]}
            if key in QUARTERS
            else _("Đột xuất, chưa định ngày"),
            quarters[key],
        )
        for key in sorted(quarters)
    ]


def years_of_meetings() -> list[int]:
    """The years of issued plans, the newest first."""
    years = _sessions().order_by("-plan__year").values_list("plan__year", flat=True)
    return list(dict.fromkeys(years))


def public_calendar(today: datetime.date) -> bytes:
    """The same as a calendar program reads it (RFC 5545); no names of people."""
    rows = _sessions().filter(Q(latest_on__gte=today - KEPT) | Q(fixed_on__gte=today - KEPT))
    return calendar_of(list(rows), _("Lịch đối thoại"), link=_page)


def _sessions() -> QuerySet[DialogueSession]:
    rows = DialogueSession.objects.filter(plan__in=Plan.objects.issued())
    return sessions_in_order(rows).select_related(
        "conference", "clause", "plan__document__organisation", "plan__document__type"
    )


def _told(rows: QuerySet[DialogueSession]) -> list[Meeting]:
    found: list[Any] = list(rows)
    told = standings(found)
    return [Meeting(row, told[row.pk], _page(row)) for row in found]


def _page(session: DialogueSession) -> str:
    """The conference's public page once it is announced, the plan's until then."""
    conference = getattr(session, "conference", None)
    if conference is not None and conference.state != ConferenceState.CANCELLED:
        return reverse("portal:conference", args=[conference.pk])
    return reverse("portal:plan", args=[session.plan_id])
