"""A task is split into parts of its own, each with a lead, a day and a weight."""

import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from assignments import rules
from assignments.actions.giving import give_task
from assignments.actions.rolling import roll_up
from assignments.models import Task
from core.access import RefusedError, require
from core.dates import written_day
from core.transitions import record
from organisations.models import Organisation, User

DEEPEST = 3
"""How many levels a task may have, the first included."""


def why_not_split(task: Task) -> str:
    """What keeps a task from being split; "" if nothing does."""
    levels, above = 1, task.parent
    while above is not None and levels < DEEPEST:
        levels, above = levels + 1, above.parent
    if levels >= DEEPEST:
        return _("Việc này đã là cấp chia nhỏ cuối cùng; hãy chia ở việc cấp trên.")
    return ""


def why_not_due(task: Task, due_on: datetime.date, today: datetime.date) -> str:
    """What keeps a part of `task` from being due on a day; "" if nothing does."""
    if due_on < today:
        return _("Ngày %(day)s đã qua. Hãy ghi một ngày từ hôm nay trở đi.") % {
            "day": written_day(due_on)
        }
    if task.due_on and task.due_on >= today and due_on > task.due_on:
        return _("Việc con phải xong trước hoặc đúng hạn của việc chung, %(day)s.") % {
            "day": written_day(task.due_on)
        }
    return ""


def why_no_lead(body: Organisation, today: datetime.date) -> str:
    """What keeps a body from leading on a day: it no longer exists; its successors are named."""
    if body.valid_to is None or body.valid_to >= today:
        return ""
    names = ", ".join(str(row) for row in body.successors.order_by("pk"))
    values = {"body": body, "day": written_day(body.valid_to), "names": names}
    if names:
        return _("%(body)s đã kết thúc hoạt động ngày %(day)s; kế thừa: %(names)s.") % values
    return _("%(body)s đã kết thúc hoạt động ngày %(day)s và chưa ghi cơ quan kế thừa.") % values


@transaction.atomic
def split_task(
    task: Task,
    *,
    by: User,
    today: datetime.date,
    title: str,
    lead: Organisation,
    due_on: datetime.date,
    weight: int = 1,
    **fields: Any,
) -> Task:
    """Give a part of a task to a body, which reports to the lead; RefusedError says why not."""
    task = Task.objects.select_for_update(of=("self",)).select_related("lead").get(pk=task.pk)
    require(rules.may_split_task(by, task), rules.NOT_SPLITTING)
    obstacle = why_not_split(task) or why_no_lead(lead, today) or why_not_due(task, due_on, today)
    if obstacle:
        raise RefusedError(obstacle)
    part = give_task(
        by=by,
        today=today,
        title=title,
        owner=task.lead,
        lead=lead,
        due_on=due_on,
        weight=weight,
        parent=task,
        stage=task.stage,
        origin_label=(_("Phần của: %(title)s") % {"title": task.title})[:250],
        origin_link=task.get_absolute_url(),
        **fields,
    )
    words = _("Chia việc: %(title)s (%(lead)s, trọng số %(weight)s)")
    record(task, by=by, note=words % {"title": title, "lead": lead.short_name, "weight": weight})
    roll_up(part)
    return part
