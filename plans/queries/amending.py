"""What issuing the amendment of a plan will do to the tasks that have grown out of it."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from assignments.models import Task
from assignments.states import TaskState
from documents.models import Clause, Document
from organisations.models import Organisation
from organisations.queries import heirs_of
from plans.models import Duty, Plan
from plans.queries import dossier
from plans.queries.dossier import duty_lines, plan_of


@dataclass(frozen=True)
class TaskChanges:
    """How many tasks stay, get another due day, are new, are cancelled."""

    kept: int
    moved: int
    new: int
    cancelled: int

    def __str__(self) -> str:
        words = (
            (self.new, _("giao mới %(n)d nhiệm vụ")),
            (self.moved, _("đổi hạn %(n)d nhiệm vụ")),
            (self.cancelled, _("hủy %(n)d nhiệm vụ")),
            (self.kept, _("giữ nguyên %(n)d nhiệm vụ")),
        )
        return ", ".join(text % {"n": count} for count, text in words if count)


def task_changes(amendment: Document, plan: Plan) -> TaskChanges:
    """Count beforehand, by the clause each duty continues; six questions whatever the length."""
    came_from = dict(
        Clause.objects.filter(document=amendment, carried_from__isnull=False).values_list(
            "pk", "carried_from"
        )
    )
    given: dict[tuple[int | None, int], list[Task]] = {}
    grown = Task.objects.filter(clause__document=amendment.amends_id, origin_id__isnull=False)
    for task in grown:
        given.setdefault((task.clause_id, task.lead_id), []).append(task)
    was_due = dict(
        Duty.objects.filter(clause__document=amendment.amends_id).values_list("clause", "due")
    )
    kept = moved = new = 0
    for line in duty_lines(plan):
        for body in line.bodies if line.grows_task else ():
            before = came_from.get(line.duty.clause_id)
            tasks = _taken(given, before, body)
            times = len(line.sessions) if line.is_per_session else 1
            is_other = not line.is_per_session and was_due.get(before or 0) != line.duty.due
            new += max(times - len(tasks), 0)
            moved += len(tasks) if is_other else 0
            kept += 0 if is_other else len(tasks)
    left = [task for tasks in given.values() for task in tasks]
    return TaskChanges(kept, moved, new, sum(task.state == TaskState.OPEN for task in left))


def _taken(
    given: dict[tuple[int | None, int], list[Task]], clause: int | None, body: Organisation
) -> list[Task]:
    """The tasks of a body, or of the heir that has taken them over from it."""
    tasks = given.pop((clause, body.pk), [])
    heirs = heirs_of(body, timezone.localdate()) if body.valid_to and not tasks else []
    return tasks or [task for heir in heirs for task in given.pop((clause, heir.pk), [])]


def consequence(document: Document) -> str:
    """What issuing a plan, or the amendment of one, sets going; for the button that does it."""
    plan = plan_of(document) if document.amends_id else None
    return str(task_changes(document, plan)) if plan else dossier.consequence(document)
