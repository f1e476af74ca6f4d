"""An issued plan grows tasks: one for each duty with a deadline and each of its bodies."""

from django.db import transaction
from django.utils.translation import gettext as _

from assignments.actions import TaskOrder, give_tasks
from core.text import clean_line
from documents.models import Document
from organisations.models import Organisation, User
from plans import queries
from plans.models import Plan

TITLE_LENGTH = 300


@transaction.atomic
def grow_tasks(document: Document, by: User) -> None:
    """Turn every duty of an issued plan that has a deadline into one task for each of its bodies.

    A deadline that hangs on a conference counts from the session's planned day until it is held;
    doing it twice makes nothing twice (one task per duty and body).
    """
    plan = queries.plan_of(document)
    if plan is None:
        return
    lines = queries.duty_lines(plan)
    monitor = queries.monitor_of(lines)
    label = _("Kế hoạch số %(code)s") % {"code": document.register_code}
    orders = [
        _order(line, body, plan=plan, monitor=monitor, label=label)
        for line in lines
        if line.grows_task
        for body in line.bodies
    ]
    give_tasks(orders, by=by, today=document.dated_on)


def _order(
    line: queries.DutyLine,
    body: Organisation,
    *,
    plan: Plan,
    monitor: Organisation | None,
    label: str,
) -> TaskOrder:
    duty = line.duty
    where = _("%(plan)s, mục %(place)s") % {"plan": label, "place": line.place}
    return TaskOrder(
        title=_title(duty.clause.text),
        details=duty.clause.text,
        owner=plan.document.organisation,
        lead=body,
        monitor=monitor if monitor != body else None,
        cooperating=[other for other in duty.cooperating.all() if other != body],
        deliverable=duty.deliverable,
        send_to=duty.send_to.name if duty.send_to else "",
        via=duty.via.name if duty.via else "",
        stage=duty.stage,
        due_phrase=duty.due,
        anchor_on=line.anchor_on,
        due_on=line.due_on,
        clause=duty.clause,
        origin=duty,
        origin_label=where if line.place else label,
        origin_link=plan.get_absolute_url(),
    )


def _title(text: str) -> str:
    line = clean_line(text.split("\n")[0].replace("*", ""))
    return line if len(line) <= TITLE_LENGTH else line[: TITLE_LENGTH - 1] + "…"
