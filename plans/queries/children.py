"""Plans that a plan demands of other bodies: who has made one, who has not, who is late."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assignments.models import Task
from documents.states import DocumentState
from plans.models import ChildPlanObligation, Plan


@dataclass(frozen=True)
class ChildPlanLine:
    """One body that owes a plan, how far it is, the task that reminds it, and how many are done."""

    obligation: ChildPlanObligation
    label: str
    tone: str
    task: Task | None
    issued_count: int

    @property
    def child(self) -> Plan | None:
        """The plan it has begun or issued."""
        return self.obligation.child


def child_plan_lines(plan: Plan, today: datetime.date) -> list[ChildPlanLine]:
    """Everybody who owes a plan because of this one; two queries."""
    rows = list(
        plan.child_obligations.select_related(
            "organisation", "duty", "child__document__type", "child__document__organisation"
        ).order_by("organisation__name", "pk")
    )
    if not rows:
        return []
    tasks = {
        (task.clause_id, task.lead_id): task
        for task in Task.objects.filter(clause__in=[row.duty.clause_id for row in rows])
    }
    issued = sum(
        row.child is not None and row.child.document.state == DocumentState.ISSUED for row in rows
    )
    return [
        ChildPlanLine(
            row,
            *standing_of(row, today),
            tasks.get((row.duty.clause_id, row.organisation_id)),
            issued,
        )
        for row in rows
    ]


def standing_of(row: ChildPlanObligation, today: datetime.date) -> tuple[str, str]:
    """How far a demanded plan is, in words and tone."""
    document = row.child.document if row.child else None
    if document and document.state in {DocumentState.ISSUED, DocumentState.AMENDED}:
        late = row.due_on and document.dated_on and document.dated_on > row.due_on
        return (_("Đã ban hành, muộn hạn"), "soon") if late else (_("Đã ban hành"), "done")
    if row.due_on and row.due_on < today:
        return _("Quá hạn"), "late"
    if document and document.state != DocumentState.REVOKED:
        return _("Đang soạn"), "info"
    return _("Chưa soạn"), "plain"
