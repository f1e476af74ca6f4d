"""The lines of “Việc cần làm”, and those that superiors are told of because work is late."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assignments.queries import escalations_for
from organisations.models import User

SHOWN = 8


@dataclass(frozen=True)
class Waiting:
    """One line of the list: `due_on` or `at` says when, `state` gives chip and tone."""

    title: str
    url: str
    detail: str = ""
    due_on: datetime.date | None = None
    at: datetime.datetime | None = None
    label: str = ""
    state: str = ""


@dataclass(frozen=True)
class Section:
    """A group of lines under one question; `more` leads to the whole list."""

    title: str
    rows: list[Waiting]
    more: str = ""
    empty: str = ""


def brought_before(user: User, _today: datetime.date, _now: datetime.datetime) -> Section:
    """Late tasks reported to the person as a superior, with the letter that asks for the reasons."""
    return Section(
        _("Việc quá hạn báo cáo ông/bà"),
        [
            Waiting(
                step.task.title,
                step.task.get_absolute_url(),
                _("%(lead)s: %(name)s; công văn yêu cầu giải trình: %(state)s")
                % {
                    "lead": step.task.lead.short_name,
                    "name": step.name,
                    "state": str(step.explanation.get_state_display()).lower(),
                }
                if step.explanation
                else f"{step.task.lead.short_name}: {step.name}",
                due_on=step.due_on,
            )
            for step in escalations_for(user)[:SHOWN]
        ],
    )
