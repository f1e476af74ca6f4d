"""The lines of “Việc cần làm”, and those that superiors are told of because work is late."""

import datetime
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from assignments.queries import escalations_for
from conclusions.models import Petition
from feedback.models import Reopening
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


def petitions_above(user: User, _today: datetime.date, _now: datetime.datetime) -> Section:
    """What offices below ask the person's body to decide, the most urgent first."""
    rows = Petition.objects.waiting_for(user).select_related("organisation", "document")
    return Section(
        _("Kiến nghị từ cấp dưới"),
        [
            Waiting(
                _("Kiến nghị số %(number)s") % {"number": row.document.register_code},
                row.get_absolute_url(),
                row.organisation.name,
                due_on=row.reply_by,
                label=str(row.get_state_display()),
                state=row.state,
            )
            for row in rows.order_by("reply_by", "pk")[:SHOWN]
        ],
        reverse("conclusions:petitions") + "?den=1",
    )


def doubts(user: User, _today: datetime.date, _now: datetime.datetime) -> Section:
    """Senders who say their matter is not settled: somebody has to decide."""
    rows = Reopening.objects.visible_to(user).waiting()
    return Section(
        _("Người gửi cho biết chưa được giải quyết"),
        [
            Waiting(
                row.opinion.group.title if row.opinion.group else row.opinion.text[:120],
                row.get_absolute_url(),
                row.task.lead.short_name if row.task else "",
                at=row.asked_at,
            )
            for row in rows.select_related("opinion__group", "task__lead").order_by("pk")[:SHOWN]
        ],
        reverse("feedback:reopenings"),
    )
