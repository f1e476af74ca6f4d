"""When each item of an agenda comes on."""

import datetime
from dataclasses import dataclass

from conferences.models import AgendaItem, Conference


@dataclass(frozen=True)
class AgendaLine:
    """An agenda item with its predicted start and how long it has really run."""

    item: AgendaItem
    expected_at: datetime.datetime
    elapsed_minutes: int | None
    is_over: bool

    @property
    def is_running(self) -> bool:
        """Whether it is on now."""
        return self.item.started_at is not None and self.item.ended_at is None


def agenda_lines(conference: Conference, now: datetime.datetime) -> list[AgendaLine]:
    """The agenda with predicted times.

    Items that have run push the prediction to what really happened; a running one that is over
    time pushes it to `now`.
    """
    lines = []
    clock = conference.starts_at
    for item in conference.agenda.order_by("position"):
        start = item.started_at or clock
        planned_end = start + datetime.timedelta(minutes=item.minutes)
        elapsed = None
        if item.started_at:
            elapsed = int(((item.ended_at or now) - item.started_at).total_seconds() // 60)
        running = item.started_at is not None and item.ended_at is None
        lines.append(
            AgendaLine(item, start, elapsed, running and now > planned_end),
        )
        clock = item.ended_at or (max(planned_end, now) if running else planned_end)
    return lines


def predicted_end(lines: list[AgendaLine], conference: Conference) -> datetime.datetime:
    """When the last item will be over if everything keeps to its minutes."""
    if not lines:
        return conference.ends_at
    last = lines[-1]
    return last.item.ended_at or last.expected_at + datetime.timedelta(minutes=last.item.minutes)
