"""Due days that move: by decision of the owner, or because the working calendar changed."""

import datetime
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments import queries, rules
from assignments.models import DueDay, Task
from core import outbox
from core.access import require
from core.calendar import WorkingCalendar
from core.dates import written_day
from core.timephrase import TimePhrase
from core.transitions import record, tell
from organisations.models import User


@transaction.atomic
def change_due(
    task: Task,
    *,
    by: User,
    reason: str,
    due_on: datetime.date | None = None,
    due_phrase: TimePhrase | None = None,
) -> None:
    """Give the task another due day; the old one stays on record and reminders start anew."""
    task_now = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    require(
        rules.may_change_due(by, task_now),
        rules.NOT_DUE_SETTER,
    )
    if due_on is None and due_phrase is not None:
        due_on = due_phrase.resolve(
            task_now.anchor_on,
            WorkingCalendar.load(),
            before_is_inclusive=task.owner.is_before_inclusive,
        )
    require(due_on is not None, _("Chưa tính được ngày hết hạn. Hãy ghi một ngày cụ thể."))
    Task.objects.filter(pk=task.pk).update(paused_days=0)
    set_due(task, task_now, due_on, reason=reason, by=by, due_phrase=due_phrase)


@transaction.atomic
def reanchor_tasks(
    days: Mapping[Task, tuple[datetime.date | None, datetime.date]], *, by: User, reason: str
) -> list[Task]:
    """Count open tasks from another day: for each the day counted from and the new last good day.

    Gives the tasks that moved; every old due day stays on record. Nobody is told here: the caller
    has moved many things at once and tells each person once. Who may do so is the caller's rule.
    """
    wanted = {task.pk: pair for task, pair in days.items()}
    moved = []
    calendar = WorkingCalendar.load()
    rows = Task.objects.open().filter(pk__in=wanted).select_for_update(of=("self",))
    for task in rows.order_by("pk"):
        anchor_on, planned_on = wanted[task.pk]
        due_on = calendar.add_working_days(planned_on, task.paused_days)
        if anchor_on != task.anchor_on:
            task.anchor_on = anchor_on
            task.save(update_fields=["anchor_on"])
        if due_on != task.due_on:
            phrase: TimePhrase | None = task.due_phrase
            _write_due(task, task, due_on, reason=reason, by=by, due_phrase=phrase)
            moved.append(task)
    return moved


def reckon_due(task: Task, calendar: WorkingCalendar) -> datetime.date | None:
    """The last good day of the task's words, later by the working days its clock stood still."""
    phrase: TimePhrase = task.due_phrase
    day = phrase.resolve(
        task.anchor_on, calendar, before_is_inclusive=task.owner.is_before_inclusive
    )
    return calendar.add_working_days(day, task.paused_days) if day else None


def _write_due(
    task: Task,
    now: Task,
    due_on: datetime.date | None,
    *,
    reason: str,
    by: User | None,
    due_phrase: TimePhrase | None,
) -> dict[str, str]:
    """Write the new due day and keep the old one; the words a letter about it needs."""
    was = written_day(now.due_on) if now.due_on else _("chưa có hạn")
    will_be = written_day(due_on) if due_on else _("chưa có hạn")
    task.due_on, task.revision, task.due_phrase = due_on, now.revision + 1, due_phrase
    task.save(update_fields=["due_on", "revision", "due_phrase"])
    DueDay.objects.create(
        task=task, revision=task.revision, due_on=due_on, reason=reason[:250], set_by=by
    )
    values = {"was": was, "will_be": will_be, "reason": reason, "title": task.title}
    record(task, by=by, note=_("Đổi hạn từ %(was)s sang %(will_be)s: %(reason)s") % values)
    tell([task], "due")
    return values


def set_due(
    task: Task,
    now: Task,
    due_on: datetime.date | None,
    *,
    reason: str,
    by: User | None,
    due_phrase: TimePhrase | None,
) -> None:
    """Give the task another due day and tell the lead; `now` is the row as it stands, locked."""
    values = _write_due(task, now, due_on, reason=reason, by=by, due_phrase=due_phrase)
    outbox.notify(
        queries.lead_people(task, timezone.localdate()),
        key=f"task-due:{task.pk}:{task.revision}",
        subject=_("Thời hạn mới %(will_be)s: %(title)s") % values,
        body=_(
            "Thời hạn của nhiệm vụ “%(title)s” đổi từ %(was)s sang %(will_be)s.\nLý do: %(reason)s"
        )
        % values,
        reason=_("đơn vị của ông/bà là đơn vị chủ trì thực hiện."),
        link=task.get_absolute_url(),
        about=task,
    )
