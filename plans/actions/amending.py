"""A plan and its amendment: facts copied at the start, everything that has grown carried on at the end.

The row of the plan, of a session and of a duty is what conferences, consultations, tasks and links
hold on to. While the amendment is written it has rows of its own; when it is issued, each pair
exchanges places: the old row moves to the new clause and takes the new values, the row made for
the draft stays behind with the amended paper and its old values.
"""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q

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
from core.transitions import move
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
from plans import queries, rules
from plans.actions.growing import grow_tasks, orders_of
from plans.actions.moving import move_session
from plans.actions.wording import say_when_held
from plans.models import (
    Assignee,
    DialogueSession,
    Duty,
    ParticipantGroup,
    Plan,
    PreparationStep,
    ProgrammeItem,
    SessionChair,
)
from plans.states import StepState

FACTS: tuple[type[models.Model], ...] = (
    DialogueSession,
    ParticipantGroup,
    Assignee,
    Duty,
    ProgrammeItem,
)
# What happened to a session belongs to the session, not to the words of either paper.
LIVED = frozenset({"fixed_on", "sequence", "changed_at"})
MANY = {
    Assignee: ("organisations",),
    Duty: ("organisations", "cooperating"),
    DialogueSession: ("units",),
}


def copy_plan(old: Document, new: Document, by: User) -> None:
    """The amendment of a plan's paper gets a plan of its own while it is written."""
    plan = queries.plan_of(old)
    if plan is not None:
        Plan.objects.create(
            document=new, year=plan.year, host=plan.host, counterpart=plan.counterpart
        )


def copy_sessions(pairs: Pairs, by: User) -> None:
    """Sessions with their units and chairs; what has moved since is said."""
    made = _copy_rows(DialogueSession, pairs, leave=LIVED - {"fixed_on"})
    chairs = SessionChair.objects.filter(session__in=made)
    SessionChair.objects.bulk_create(
        SessionChair(
            session=made[row.session_id], position=row.position, post=row.post, name=row.name
        )
        for row in chairs
    )
    rows = DialogueSession.objects.filter(pk__in=[row.pk for row in made.values()])
    say_when_held(rows.select_related("clause", "plan"), by)


def copy_groups(pairs: Pairs, by: User) -> None:
    """Participant groups with their quotas."""
    _copy_rows(ParticipantGroup, pairs)


def copy_assignees(pairs: Pairs, by: User) -> None:
    """The bodies behind the words."""
    _copy_rows(Assignee, pairs)


def copy_duties(pairs: Pairs, by: User) -> None:
    """Duties, for the copies of the sessions they serve."""
    made = _copy_rows(Duty, pairs)
    through = Duty.sessions.through
    ties = list(through.objects.filter(duty__in=made))
    sessions = dict(
        DialogueSession.objects.filter(
            clause__carried_from__session__in=[tie.dialoguesession_id for tie in ties],
            clause__document__in={new.document_id for _old, new in pairs},
        ).values_list("clause__carried_from__session", "pk")
    )
    through.objects.bulk_create(
        through(duty=made[tie.duty_id], dialoguesession_id=sessions[tie.dialoguesession_id])
        for tie in ties
        if tie.dialoguesession_id in sessions
    )


def copy_programme(pairs: Pairs, by: User) -> None:
    """Who conducts each item."""
    _copy_rows(ProgrammeItem, pairs)


def _copy_rows(
    model: type[models.Model], pairs: Pairs, leave: Collection[str] = ()
) -> dict[int, Any]:
    plan = Plan.objects.filter(document=pairs[0][1].document_id).first()
    return copy_rows(model, pairs, leave=leave, ties=MANY.get(model, ()), plan=plan)


@transaction.atomic
def carry_over(old: Document, new: Document, by: User, *, reason: str = "") -> None:
    """The amendment of a plan is issued: sessions, duties and tasks go on under the new words.

    Sessions keep their conferences, consultations and preparation; tasks of duties that stay take
    the new words and due days, open tasks of duties that are gone are cancelled with the reason,
    new duties grow tasks as always.
    """
    living, draft = queries.plan_of(old), queries.plan_of(new)
    if living is None or draft is None:
        return
    clauses = carried(old, new)
    asked = by_key(orders_of(living, queries.duty_lines(living)))
    for model in FACTS:
        exchange_rows(model, clauses, lived=LIVED, tables=_tables(model))
    _exchange_plans(living, draft)
    for model in FACTS:
        model._default_manager.filter(clause__document=new).update(plan=living.pk)
        model._default_manager.filter(clause__document=old).update(plan=draft.pk)
    reason = reason or by_force_of(new)
    _move_sessions(living, draft, clauses, by=by, reason=reason)
    _carry_tasks(old, new, asked, by=by, reason=reason)


@transaction.atomic
def give_back(amendment: Document, old: Document, by: User, reason: str) -> None:
    """The amendment is revoked: everything goes on under the old words, as it was before it.

    What the amendment had cancelled is given anew.
    """
    if queries.plan_of(amendment) is None:
        return
    carry_over(amendment, old, by, reason=reason)
    grow_tasks(old, by)


def _tables(model: type[models.Model]) -> list[tuple[Any, str]]:
    """Bodies, units and chairs go with the values; the sessions of duties follow both ends."""
    tables = [ends_of(model, name)[:2] for name in MANY.get(model, ())]
    if model is DialogueSession:
        tables += [(SessionChair, "session_id"), (Duty.sessions.through, "dialoguesession_id")]
    if model is Duty:
        tables.append((Duty.sessions.through, "duty_id"))
    return tables


def _exchange_plans(living: Plan, draft: Plan) -> None:
    Plan.objects.filter(pk__in=[living.pk, draft.pk]).update(document=-F("document_id"))
    exchange_values(living, draft, ("document_id", "year", "host", "counterpart"))
    Plan.objects.bulk_update([living, draft], ["document", "year", "host", "counterpart"])


def _move_sessions(
    living: Plan, draft: Plan, clauses: Mapping[int, int], *, by: User, reason: str
) -> None:
    """A session whose time was amended moves with its preparation, unless its day is fixed."""
    was = {clauses.get(row.clause_id): row for row in draft.sessions.all()}
    rows = living.sessions.select_related("clause", "plan__document__organisation")
    for session in rows:
        before = was.get(session.clause_id)
        if before is None or session.time is None or session.time == before.time:
            continue
        today = session.plan.document.dated_on
        if today and rules.may_move_session(by, session):
            time = session.time
            session.time = before.time
            move_session(
                session,
                by=by,
                time=time,
                reason=reason,
                sequence=session.sequence,
                today=today,
            )


def _carry_tasks(
    old: Document, new: Document, asked: dict[OriginKey, TaskOrder], *, by: User, reason: str
) -> None:
    """Match what was given with what the new text asks for, by origin and body.

    `asked` are the orders of the old text.
    """
    plan = queries.plan_of(new)
    assert plan is not None
    lines = queries.duty_lines(plan)
    _carry_steps(old, new, lines, by=by, reason=reason)
    orders = orders_of(plan, lines)
    free_left_out(orders)
    wanted = by_key(orders)
    tasks = Task.objects.filter(clause__document=old).select_related("owner", "lead", "clause")
    for task in tasks.order_by("pk"):
        key = key_of(task)
        order = wanted.get(key)
        if task.state == TaskState.OPEN and order is None:
            leave_out_task(task, by=by, why=reason, paper=new)
        elif order is not None and task.state in {TaskState.OPEN, TaskState.REPORTED}:
            revise_task(task, order, was=asked.get(key), by=by, reason=reason)
        elif order is not None and order.details == task.details:
            Task.objects.filter(pk=task.pk).update(clause=order.clause)


def _carry_steps(
    old: Document, new: Document, lines: list[queries.DutyLine], *, by: User, reason: str
) -> None:
    """Steps that came from duties take the new phrase; those no duty asks for are left out.

    What an earlier paper left out is handed out again where a duty asks for it now.
    """
    asked = {
        (line.duty.pk, session.pk): line.duty
        for line in lines
        if line.grows_task and line.is_per_session
        for session in line.sessions
    }
    duties = {line.duty.pk for line in lines}
    rows = PreparationStep.objects.filter(Q(duty__in=duties) | Q(duty__clause__document=old))
    steps = rows.unfinished() | rows.filter(left_out_by__isnull=False)
    for step in steps.select_related("session__plan__document__organisation"):
        duty = asked.get((step.duty_id or 0, step.session_id))
        if duty is None and step.state != StepState.DROPPED:
            move(step, StepState.DROPPED, by=by, note=reason, left_out_by=new)
        elif duty is not None and duty.due is not None:
            found = queries.reckon_for(step.session, duty.due)
            step.phrase, step.deliverable = duty.due, duty.deliverable
            step.named_on, step.due_on, step.why = found.named_on, found.due_on, found.why[:250]
            step.save(update_fields=["phrase", "deliverable", "named_on", "due_on", "why"])
            _take_up(step, by=by, reason=reason)


def _take_up(step: PreparationStep, *, by: User, reason: str) -> None:
    if step.state == StepState.DROPPED:
        move(step, StepState.WAITING, by=by, note=reason, left_out_by=None)
    if step.state == StepState.WAITING:
        move(step, StepState.HANDED, by=by)
