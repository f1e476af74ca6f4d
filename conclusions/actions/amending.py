"""A notice and its amendment: points copied at the start, points and tasks carried on at the end.

The notice and its points that citizens, tasks and reports hold on to stay the same rows; see
`documents.actions.carrying`.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F

from assignments.actions import (
    OriginKey,
    TaskOrder,
    by_key,
    free_left_out,
    key_of,
    leave_out_task,
    revise_task,
)
from assignments.models import Task
from assignments.states import TaskState
from conclusions.actions.concluding import give_follow_up, orders_of
from conclusions.models import ConclusionNotice, ConclusionPoint
from documents.actions.carrying import (
    Pairs,
    carried,
    copy_rows,
    ends_of,
    exchange_rows,
    exchange_values,
)
from documents.documents.amendments import by_force_of
from documents.models import Document
from organisations.models import User

TIES = ("cooperating", "exchanges", "groups")


def copy_notice(old: Document, new: Document, _by: User) -> None:
    """The amendment of a notice's paper is a version of the notice while it is written."""
    notice = ConclusionNotice.objects.filter(document=old).first()
    if notice is not None:
        living = notice.version_of or notice
        ConclusionNotice.objects.create(document=new, version_of=living)


def copy_points(pairs: Pairs, _by: User) -> None:
    """Points with those who help, and the matters they settle."""
    notice = ConclusionNotice.objects.filter(document=pairs[0][1].document_id).first()
    if notice is not None:
        copy_rows(ConclusionPoint, pairs, ties=TIES, notice=notice)


@transaction.atomic
def carry_over(old: Document, new: Document, by: User, *, reason: str = "") -> None:
    """The amendment of a notice is issued: points and their tasks go on under the new words.

    Tasks of points that stay take the new words and due days; open tasks of points that are gone,
    or are given to somebody else, are cancelled with the reason; new points give theirs as always.
    """
    rows = {
        row.document_id: row for row in ConclusionNotice.objects.filter(document__in=[old, new])
    }
    if len(rows) < 2:
        return
    living, draft = rows[old.pk], rows[new.pk]
    asked = by_key(orders_of(old))
    tables: list[tuple[Any, str]] = [ends_of(ConclusionPoint, name)[:2] for name in TIES]
    exchange_rows(ConclusionPoint, carried(old, new), tables=tables)
    both = ConclusionNotice.objects.filter(pk__in=[living.pk, draft.pk])
    both.update(document=-F("document_id"))
    exchange_values(living, draft, ["document_id"])
    ConclusionNotice.objects.bulk_update([living, draft], ["document"])
    ConclusionPoint.objects.filter(clause__document=new).update(notice=living)
    ConclusionPoint.objects.filter(clause__document=old).update(notice=draft)
    _carry_tasks(old, new, by, reason or by_force_of(new), asked)


@transaction.atomic
def give_back(amendment: Document, old: Document, by: User, reason: str) -> None:
    """The amendment is revoked: points and tasks go on under the old words.

    What the amendment had cancelled is given anew.
    """
    if not ConclusionNotice.objects.filter(document=amendment).exists():
        return
    carry_over(amendment, old, by, reason=reason)
    give_follow_up(old, by)


def _carry_tasks(
    old: Document,
    new: Document,
    by: User,
    reason: str,
    asked: dict[OriginKey, TaskOrder],
) -> None:
    """`asked` are the orders of the old paper."""
    kind = ContentType.objects.get_for_model(ConclusionPoint)
    orders = orders_of(new)
    free_left_out(orders)
    wanted = by_key(orders)
    clauses = {order.origin.pk: order.clause for order in orders if order.origin}
    tasks = Task.objects.filter(clause__document=old, origin_type=kind)
    for task in tasks.select_related("owner", "lead", "clause").order_by("pk"):
        key = key_of(task)
        order = wanted.get(key)
        if order is None and task.origin_id in clauses and task.reopened_from.exists():
            # A sender asked to look again: who does was decided then, and no paper names the body.
            Task.objects.filter(pk=task.pk).update(clause=clauses[task.origin_id])
        elif order is None and task.state == TaskState.OPEN:
            leave_out_task(task, by=by, why=reason, paper=new)
        elif order is not None and task.state in {TaskState.OPEN, TaskState.REPORTED}:
            revise_task(task, order, was=asked.get(key), by=by, reason=reason)
        elif order is not None and order.details == task.details:
            Task.objects.filter(pk=task.pk).update(clause=order.clause)
