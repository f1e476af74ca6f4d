"""The clocks that run from the end of a conference."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from conferences.models import Conference
from core.calendar import WorkingCalendar
from core.timephrase import parse
from organisations.queries import deadline_rule

AFTER = ("conclusion_notice", "publish_result")


@dataclass(frozen=True)
class Clock:
    """What must be done until when, by which rule; `source` is where the office has it from."""

    code: str
    name: str
    phrase: str
    source: str
    due_on: datetime.date | None


def clocks_of(conference: Conference) -> list[Clock]:
    """The clocks of a closed conference; none before it is closed."""
    if conference.closed_at is None:
        return []
    day = timezone.localdate(conference.closed_at)
    calendar = WorkingCalendar.load(day.year, day.year + 1)
    rules = [deadline_rule(code, conference.organisation) for code in AFTER]
    return [
        Clock(
            rule.code,
            str(rule.label),
            rule.phrase,
            rule.source,
            parse(rule.phrase).resolve(day, calendar),
        )
        for rule in rules
    ]
