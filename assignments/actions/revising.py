"""A task whose paper was amended: it takes the new words and the new due day, and keeps its past."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments import queries, rules
from assignments.actions.deadlines import change_due
from assignments.actions.giving import TaskOrder, by_key, cancel_task, key_of
from assignments.models import Cooperation, Task
from core import outbox
from core.access import require
from core.calendar import WorkingCalendar
from core.transitions import record
from documents.models import Document
from organisations.models import User

WORDS = ("title", "details", "deliverable", "send_to", "via", "stage")
REST = ("clause_id", "origin_label", "origin_link", "monitor_id", "folded")


@transaction.atomic
def revise_task(
    task: Task, order: TaskOrder, *, was: TaskOrder | None, by: User, reason: str
) -> None:
    """Let a task that is not finished say what its paper says now; due days stay on record.

    Lead, state and reports stay, and so does its day where the paper before (`was`) gave the same
    deadline: what was extended stays extended. The lead's people are told what changed.
    """
    require(rules.may_cancel_task(by, task), rules.NOT_OWNER)
    wanted = order.build(WorkingCalendar.load())
    before = task.details
    is_due_anew = was is None or _deadline(was) != _deadline(order)
    names = (*WORDS, *REST, *(("anchor_on",) if is_due_anew else ()))
    is_reworded = any(getattr(task, name) != getattr(wanted, name) for name in WORDS)
    for name in names:
        setattr(task, name, getattr(wanted, name))
    task.save(update_fields=[name.removesuffix("_id") for name in names])
    _set_helpers(task, order)
    if is_reworded:
        note = _("%(reason)s. Nội dung trước đó: %(before)s") % {"reason": reason, "before": before}
        record(task, by=by, note=note)
        _tell(task, reason)
    if is_due_anew and task.is_open and wanted.due_on and wanted.due_on != task.due_on:
        change_due(task, by=by, reason=reason, due_on=wanted.due_on, due_phrase=wanted.due_phrase)


def _deadline(order: TaskOrder) -> tuple[object, object]:
    return order.due_phrase, order.due_on


@transaction.atomic
def leave_out_task(task: Task, *, by: User, why: str, paper: Document) -> None:
    """The paper now in force does not give this work: the open task ends, and its words say why."""
    cancel_task(task, by=by, reason=_("%(why)s: không còn giao việc này.") % {"why": why})
    task.left_out_by = paper
    task.save(update_fields=["left_out_by"])


def free_left_out(orders: Iterable[TaskOrder]) -> None:
    """What one paper left out may be given anew by the next that asks for it.

    What somebody has cancelled by hand stays cancelled.
    """
    wanted = by_key(orders)
    origins = [pk for _kind, pk, _lead in wanted]
    left_out = Task.objects.filter(left_out_by__isnull=False, origin_id__in=origins)
    again = [task.pk for task in left_out if key_of(task) in wanted]
    Task.objects.filter(pk__in=again).update(origin_type=None, origin_id=None, left_out_by=None)


def _set_helpers(task: Task, order: TaskOrder) -> None:
    wanted = {body.pk for body in order.cooperating} - {task.lead_id}
    rows = Cooperation.objects.filter(task=task)
    # Whom the owner added by hand no paper names: an amendment does not take them away.
    rows.filter(added_by__isnull=True).exclude(organisation__in=wanted).delete()
    there = set(rows.values_list("organisation_id", flat=True))
    Cooperation.objects.bulk_create(
        Cooperation(task=task, organisation_id=pk) for pk in sorted(wanted - there)
    )


def _tell(task: Task, reason: str) -> None:
    values = {"title": task.title, "reason": reason, "text": task.wording}
    outbox.notify(
        queries.lead_people(task, timezone.localdate()),
        key=f"task-revised:{task.pk}:{task.clause_id}",
        subject=_("Nhiệm vụ được sửa đổi: %(title)s") % values,
        body=_("%(reason)s. Nội dung mới:\n%(text)s") % values,
        reason=_("đơn vị của ông/bà là đơn vị chủ trì thực hiện."),
        link=task.get_absolute_url(),
        about=task,
    )


@transaction.atomic
def end_tasks(document: Document, by: User, reason: str) -> None:
    """Cancel the open tasks that grew out of a paper that is taken back; finished ones stay."""
    words = _("Văn bản %(code)s bị thu hồi: %(reason)s") % {
        "code": document.register_code,
        "reason": reason,
    }
    for task in Task.objects.open().filter(clause__document=document).order_by("pk"):
        cancel_task(task, by=by, reason=words)


def ending(document: Document) -> str:
    """What `end_tasks` will do, in words."""
    count = Task.objects.open().filter(clause__document=document).count()
    return _("hủy %(n)d nhiệm vụ đang thực hiện") % {"n": count} if count else ""
