"""Conferences one after another: what the last one left open."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from conferences.models import Conference
from conferences.states import ConferenceState


@dataclass(frozen=True)
class OpenPoint:
    """A promise of an earlier conference that is not kept yet."""

    text: str
    lead: str
    due_on: datetime.date | None
    percent: int
    is_late: bool
    link: str


Tell = Callable[[Conference, datetime.date], Sequence[OpenPoint]]
_tellers: list[Tell] = []


def register_open_points(tell: Tell) -> None:
    """Let the step after conferences say what one left open on a day. Call it in ready()."""
    if tell not in _tellers:
        _tellers.append(tell)


def conference_before(conference: Conference) -> Conference | None:
    """The last conference the same office has held before this one."""
    return (
        Conference.objects.filter(
            organisation=conference.organisation_id,
            state=ConferenceState.CLOSED,
            starts_at__lt=conference.starts_at,
        )
        .order_by("-starts_at")
        .first()
    )


def open_points_before(conference: Conference, today: datetime.date) -> list[OpenPoint]:
    """What the last conference of the office left open."""
    last = conference_before(conference)
    if last is None:
        return []
    return [point for tell in _tellers for point in tell(last, today)]
