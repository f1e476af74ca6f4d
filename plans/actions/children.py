"""A body answers a higher plan with a plan of its own; issuing it reports the task."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assignments import rules as task_rules
from assignments.actions import report_task
from assignments.models import Task
from assignments.states import Resolution
from core.access import RefusedError, require
from documents.models import Document, LegalBasis
from documents.states import DocumentState
from organisations.models import User
from plans import rules
from plans.actions.planning import create_plan
from plans.models import ChildPlanObligation, Plan

NOT_OWING = gettext_lazy("Chỉ chuyên viên của cơ quan được yêu cầu lập kế hoạch được soạn.")


@transaction.atomic
def begin_child_plan(
    obligation: ChildPlanObligation,
    *,
    by: User,
    year: int,
    host: str,
    counterpart: str,
    today: datetime.date,
) -> Plan:
    """Begin the plan a higher plan demands: tied to the demand, the higher plan its legal basis."""
    require(rules.may_answer_obligation(by, obligation), NOT_OWING)
    row = ChildPlanObligation.objects.select_for_update(of=("self",)).get(pk=obligation.pk)
    child = row.child
    if child is not None and child.document.state != DocumentState.REVOKED:
        raise RefusedError(_("Kế hoạch này đã có người soạn. Hãy mở kế hoạch đó để soạn tiếp."))
    plan = create_plan(
        by=by,
        organisation=row.organisation,
        year=year,
        host=host,
        counterpart=counterpart,
        today=today,
        rhythm=1,
        bases=[_basis(obligation.plan)],
        relates_to=obligation.plan.document,
    )
    row.child = plan
    row.save(update_fields=["child"])
    return plan


def _basis(plan: Plan) -> LegalBasis:
    """The higher plan as the first paper the new one refers to."""
    document = plan.document
    basis, _created = LegalBasis.objects.get_or_create(
        kind=document.type.name,
        number=document.register_code,
        body=document.organisation.name,
        date=document.dated_on,
        defaults={"title": document.abstract},
    )
    return basis


def answer_demand(document: Document, by: User) -> None:
    """When a demanded plan is issued, the task that demanded it is reported; asked of every paper."""
    row = (
        ChildPlanObligation.objects.filter(child__document=document).select_related("duty").first()
    )
    if row is None:
        return
    open_tasks = Task.objects.open().filter(clause=row.duty.clause_id, lead=row.organisation_id)
    for task in open_tasks.select_related("owner", "lead", "person"):
        if task_rules.may_report_task(by, task):
            report_task(
                task,
                by=by,
                result=_("Đã ban hành Kế hoạch số %(code)s.") % {"code": document.register_code},
                resolution=Resolution.DONE,
                no_evidence_reason=_("Kế hoạch đã ban hành xem được trên phần mềm."),
            )
