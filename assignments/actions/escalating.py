"""Letters that ask the leads of late tasks to explain: drafted for the head to sign."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments import queries, rules
from assignments.documents import explanation_request
from assignments.models import Escalation, Rank, Task
from core.access import require
from core.calendar import WorkingCalendar
from core.transitions import record
from documents.actions import create_document
from documents.models import Document
from documents.rules import may_create_document
from organisations.models import Role, User

LETTER_TYPE = "CV"
AT_ONCE = 20
"""How many letters one sweep drafts at most; the next one goes on."""


def draft_explanations(now: datetime.datetime, calendar: WorkingCalendar) -> int:
    """Draft what has come due: one letter per owner and lead with all its late tasks; how many.

    Once per task and tier, whatever the number of workers. The draft is written in the name of a
    clerk of the owner, who checks and submits it; an owner without a clerk keeps waiting for one.
    """
    here = timezone.localtime(now)
    if not calendar.is_working(here.date()):
        return 0
    pairs = list(
        dict.fromkeys(queries.explanations_to_draft().values_list("task__owner", "task__lead"))
    )
    if not pairs:
        return 0
    book = queries.ladder_book()
    clerks = queries.people_of({owner for owner, _lead in pairs}, here.date(), Role.CLERK)
    drafted = 0
    for owner, lead in pairs:
        if drafted < AT_ONCE and clerks.get(owner) and book.of(owner).is_open_at(here):
            drafted += _draft_for(owner, lead, clerks[owner], here.date(), calendar) is not None
    return drafted


@transaction.atomic
def draft_explanation(task: Task, *, by: User, today: datetime.date) -> Document:
    """A clerk of the owner asks for the letter now; other late tasks of the lead go in with it."""
    require(rules.may_draft_explanation(by, task, today), rules.NOT_DRAFTING_EXPLANATION)
    calendar = WorkingCalendar.load()
    waiting = queries.explanations_to_draft().filter(task=task)
    if task.due_on is not None and not waiting.exists():
        days = calendar.working_days_between(task.due_on, today)
        Escalation.objects.update_or_create(
            task=task,
            from_days=max(days, 1),
            due_on=task.due_on,
            revision=task.revision,
            defaults={"asks_explanation": True},
            create_defaults={
                "name": _("Yêu cầu giải trình"),
                "rank": Rank.CHAIR,
                "asks_explanation": True,
                "reached_on": today,
            },
        )
    document = _draft_for(task.owner_id, task.lead_id, [by], today, calendar)
    require(
        document is not None, _("Công văn yêu cầu giải trình vừa được soạn; hãy tải lại trang.")
    )
    assert document is not None
    return document


@transaction.atomic
def _draft_for(
    owner_id: int, lead_id: int, people: list[User], today: datetime.date, calendar: WorkingCalendar
) -> Document | None:
    """One letter for all waiting steps of a lead; None if another worker has just written it."""
    steps = list(
        queries.explanations_to_draft()
        .filter(task__owner=owner_id, task__lead=lead_id)
        .select_related("task__owner", "task__lead", "task__clause")
        .select_for_update(of=("self",), skip_locked=True)
    )
    latest = {step.task_id: step for step in sorted(steps, key=lambda step: step.from_days)}
    if not latest:
        return None
    owner, lead = steps[0].task.owner, steps[0].task.lead
    by = next((person for person in people if may_create_document(person, owner)), None)
    if by is None:
        return None
    rows = sorted(latest.values(), key=lambda step: (step.due_on, step.pk))
    letter = explanation_request(owner, lead, rows, today=today, calendar=calendar)
    document = create_document(
        organisation=owner, type_code=LETTER_TYPE, by=by, today=today, **letter
    )
    Escalation.objects.filter(pk__in=[step.pk for step in steps]).update(explanation=document)
    note = _("Soạn sẵn công văn yêu cầu giải trình khi quá hạn %(days)d ngày làm việc")
    for step in rows:
        record(step.task, by=None, note=note % {"days": step.from_days})
    record(document, by=None, note=_("Phần mềm soạn sẵn theo bậc báo lên của thang nhắc việc"))
    return document
