"""When each item of an agenda comes on."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from conferences.models import AgendaItem, Conference
from conferences.states import ConferenceState


@dataclass(frozen=True)
class AgendaLine:
    """An agenda item with its predicted start and how long it has really run.

    `sum_minutes` are the minutes planned up to and with this item; a skipped one adds none.
    `is_left_out`: the conference ran and closed without it, so that no hour is true of it.
    """

    item: AgendaItem
    expected_at: datetime.datetime
    elapsed_minutes: int | None
    is_over: bool
    sum_minutes: int = 0
    is_left_out: bool = False

    @property
    def is_running(self) -> bool:
        """Whether it is on now."""
        return self.item.is_running

    @property
    def over_at(self) -> datetime.datetime:
        """When its minutes are used up."""
        return self.expected_at + datetime.timedelta(minutes=self.item.minutes)


def agenda_lines(conference: Conference, now: datetime.datetime) -> list[AgendaLine]:
    """The agenda with predicted times.

    Items that have run push the prediction to what really happened; a running one that is over
    time pushes it to `now`; a skipped one takes no time.
    """
    lines = []
    clock = conference.starts_at
    planned = 0
    items = list(conference.agenda.select_related("document").order_by("position"))
    has_run = any(item.started_at for item in items)
    is_done = has_run and conference.state == ConferenceState.CLOSED
    for item in items:
        start = item.started_at or clock
        minutes = 0 if item.skipped_at else item.minutes
        planned += minutes
        planned_end = start + datetime.timedelta(minutes=minutes)
        elapsed = None
        if item.started_at:
            elapsed = int(((item.ended_at or now) - item.started_at).total_seconds() // 60)
        is_over = item.is_running and now > planned_end
        is_left_out = is_done and item.started_at is None
        lines.append(AgendaLine(item, start, elapsed, is_over, planned, is_left_out))
        clock = item.ended_at or (max(planned_end, now) if item.is_running else planned_end)
    return lines


def predicted_end(lines: list[AgendaLine], conference: Conference) -> datetime.datetime:
    """When the last item will be over if everything keeps to its minutes."""
    if not lines:
        return conference.ends_at
    last = lines[-1]
    if last.item.skipped_at:
        return last.expected_at
    return last.item.ended_at or last.over_at


@dataclass(frozen=True)
class Length:
    """The whole of an agenda against the hours of the conference."""

    minutes: int
    ends_at: datetime.datetime
    over_minutes: int
    leaves_the_day: bool


def length_of(lines: list[AgendaLine], conference: Conference) -> Length:
    """How long the agenda is, when it ends, and by how much that is too late."""
    ends_at = predicted_end(lines, conference)
    over = int((ends_at - conference.ends_at).total_seconds() // 60)
    day = timezone.localdate(conference.starts_at)
    minutes = lines[-1].sum_minutes if lines else 0
    return Length(minutes, ends_at, max(0, over), timezone.localdate(ends_at) > day)
