"""What is new about a conference since a follower was last told: compared, not remembered.

A sweep looks at how every followed conference stands now and at what each follower was told; the
difference is the letter. A run that was missed or doubled changes nothing.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection
from typing import Any, TypeAlias

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from conclusions.models import ConclusionNotice
from conferences.models import Conference
from conferences.states import ConferenceState
from core import outbox
from core.dates import written_moment
from core.models import Message
from dialogue.following.links import STOP
from dialogue.following.models import Follower
from dialogue.public.promises import Stage, promises

Followers: TypeAlias = QuerySet[Follower]
Standing: TypeAlias = dict[str, Any]
REST = datetime.timedelta(days=7)
"""Progress of points is told at most once in so long."""

BATCH = 200


def standing(conference: Conference) -> Standing:
    """What of a conference is news when it changes."""
    notice = ConclusionNotice.objects.issued().filter(conference=conference).first()
    return {
        "starts_at": conference.starts_at.isoformat(),
        "place": conference.place,
        "is_cancelled": conference.state == ConferenceState.CANCELLED,
        "notice": notice.pk if notice else None,
    }


def progress_of(ids: Collection[int], today: datetime.date) -> dict[int, dict[str, str]]:
    """How far the points of the conferences' notices are, by conference; one query."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    rows = promises(today).filter(notice__conference__in=ids)
    for conference, point, stage in rows.values_list("notice__conference", "pk", "stage"):
        found[conference][str(point)] = stage
    return found


def tell_followers(now: datetime.datetime) -> int:
    """Write what is new to those who follow: time, place, called off, notice; how many were told."""
    count = 0
    for conference in _followed():
        stands = standing(conference)
        stale = conference.followers.exclude(confirmed_at=None).exclude(told=stands)
        while written := _write(stale, conference, stands):
            count += written
    return count


def tell_progress(now: datetime.datetime) -> int:
    """Write how the points have moved on to those who have not heard for a week; how many were."""
    rested = Q(progress_at=None) | Q(progress_at__lte=now - REST)
    conferences = {row.pk: row for row in _followed()}
    count = 0
    for pk, stages in progress_of(conferences, timezone.localdate(now)).items():
        rows = conferences[pk].followers.exclude(confirmed_at=None).exclude(progress=stages)
        while written := _write_progress(rows.filter(rested), conferences[pk], stages, now):
            count += written
    return count


def _followed() -> "QuerySet[Conference]":
    confirmed = Follower.objects.exclude(confirmed_at=None)
    return Conference.objects.filter(pk__in=confirmed.values("conference")).order_by("pk")


@transaction.atomic
def _write(rows: Followers, conference: Conference, stands: Standing) -> int:
    """One batch of letters about what changed; none where nothing of it is worth a letter."""
    found = list(rows.select_for_update(skip_locked=True).order_by("pk")[:BATCH])
    letters = []
    for follower in found:
        said = _changes(follower.told, stands, conference)
        follower.told = stands
        if said:
            follower.letters += 1
            letters.append(_letter(follower, conference, said))
    Follower.objects.bulk_update(found, ["told", "letters"])
    outbox.write_all(letters)
    return len(found)


@transaction.atomic
def _write_progress(
    rows: Followers, conference: Conference, stages: dict[str, str], now: datetime.datetime
) -> int:
    found = list(rows.select_for_update(skip_locked=True).order_by("pk")[:BATCH])
    letters = []
    for follower in found:
        said = _moved_on(follower.progress, stages)
        follower.progress, follower.progress_at = stages, now
        if said:
            follower.letters += 1
            letters.append(_letter(follower, conference, said))
    Follower.objects.bulk_update(found, ["progress", "progress_at", "letters"])
    outbox.write_all(letters)
    return len(found)


def _changes(was: Standing, now: Standing, conference: Conference) -> list[str]:
    """What changed, each in a sentence; a conference that is over has no other time any more."""
    if now["is_cancelled"]:
        return [] if was.get("is_cancelled") else [_("Hội nghị không tổ chức nữa.")]
    said = []
    moved = (was.get("starts_at"), was.get("place")) != (now["starts_at"], now["place"])
    if moved and conference.state == ConferenceState.PLANNED:
        values = {"when": written_moment(conference.starts_at), "where": conference.place}
        said.append(_("Thời gian, địa điểm mới: %(when)s, %(where)s.") % values)
    if now["notice"] and not was.get("notice"):
        said.append(_("Đã có thông báo kết luận."))
    return said


def _moved_on(was: dict[str, str], now: dict[str, str]) -> list[str]:
    """How many points stand where, if one has moved since."""
    if not was:
        return []
    stages = list(now.values())
    counted = [
        _("%(label)s: %(count)d kết luận") % {"label": stage.label, "count": stages.count(stage)}
        for stage in Stage
        if stage in stages
    ]
    return [_("Tiến độ các kết luận có thay đổi."), *counted]


def _letter(follower: Follower, conference: Conference, said: list[str]) -> Message:
    notice = follower.told.get("notice")
    is_off = follower.told.get("is_cancelled")
    page = reverse("portal:conference", args=[conference.pk])
    if notice:
        page = reverse("portal:conclusion", args=[notice])
    return outbox.letter(
        key=f"follow-news:{follower.pk}:{follower.letters}",
        subject=_("Tin về %(title)s") % {"title": conference.title},
        body="\n".join([conference.title, "", *said]),
        reason=_("Ông/Bà đã xác nhận nhận tin về hội nghị này."),
        address=follower.address,
        link=reverse("portal:home") if is_off else page,
        about=conference,
        stop_link=f"{STOP}:{follower.pk}",
    )
