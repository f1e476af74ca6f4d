"""Where a task stands on its ladder: which rung and which tiers its due day has reached."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils import timezone

from assignments.models import Ladder, OverdueTier, Rank, Rung
from assignments.models.defaults import EVERY_WAY
from core.calendar import WorkingCalendar

MAKE_UP = 10
"""For so many working days after a higher tier a lower one that was missed is made up for."""

LEVELS = {Rank.DOER: 10, Rank.HEAD: 20, Rank.DEPUTY: 30, Rank.CHAIR: 40}


@dataclass(frozen=True)
class Step:
    """What a due day has reached: the mark of the reminder, whom it goes to, and since when."""

    ladder: Ladder
    mark: str
    rank: str
    channels: tuple[str, ...]
    reached_on: datetime.date
    tier: OverdueTier | None = None

    @property
    def level(self) -> int:
        """The rank as a number that grows upwards."""
        return LEVELS[Rank(self.rank)]

    @property
    def since(self) -> datetime.datetime:
        """The first moment of the day on which it was reached."""
        first = datetime.datetime.combine(self.reached_on, datetime.time.min)
        return timezone.make_aware(first)


def steps_of(
    ladder: Ladder, position: int, today: datetime.date, calendar: WorkingCalendar
) -> Iterator[Step]:
    """The rung last reached when `today` is `position` working days after the due day, and the tiers."""
    found = newest_rung(ladder.rungs.all(), position)
    if found is not None:
        rung, offset = found
        day = _days_ago(today, position - offset, calendar)
        if rung.since is None or day >= rung.since:
            mark = f"t{offset:+d}" if offset else "t"
            yield Step(ladder, mark, Rank.DOER, tuple(rung.channels), day)
    for tier in tiers_to_tell(ladder.tiers.all(), position):
        day = _days_ago(today, position - tier.from_days, calendar)
        yield Step(ladder, f"late+{tier.from_days}", tier.rank, tuple(EVERY_WAY), day, tier)


def newest_rung(rungs: Iterable[Rung], position: int) -> tuple[Rung, int] | None:
    """The rung last reached, and the working day it stands for (a repeated one has many)."""
    best: tuple[int, Rung] | None = None
    for rung in rungs:
        offset = rung.offset
        if offset > position:
            continue
        if rung.repeats_every:
            offset += (position - offset) // rung.repeats_every * rung.repeats_every
        if best is None or offset > best[0]:
            best = (offset, rung)
    return (best[1], best[0]) if best else None


def tiers_to_tell(tiers: Iterable[OverdueTier], position: int) -> list[OverdueTier]:
    """The tier a late task stands in, and lower ones passed not long ago (a server may have been off)."""
    reached = sorted(
        (tier for tier in tiers if tier.from_days <= position), key=lambda tier: tier.from_days
    )
    return [
        tier
        for place, tier in enumerate(reached, start=1)
        if place == len(reached) or position - reached[place].from_days < MAKE_UP
    ]


def _days_ago(today: datetime.date, number: int, calendar: WorkingCalendar) -> datetime.date:
    return calendar.add_working_days(today, -number) if number else today
