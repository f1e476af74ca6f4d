"""A plan and its amendment: facts copied at the start, everything that has grown carried on at the end.

The row of the plan, of a session and of a duty is what conferences, consultations, tasks and links
hold on to. While the amendment is written it has rows of its own; when it is issued, each pair
exchanges places: the old row moves to the new clause and takes the new values, the row made for
the draft stays behind with the amended paper and its old values.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from assignments.actions import cancel_task, revise_task
from assignments.models import Task
from assignments.states import TaskState
from core.transitions import move
from documents.documents.amendments import citation_of
from documents.models import Clause, Document
from organisations.models import User
from plans import queries, rules
from plans.actions.growing import orders_of
from plans.actions.moving import move_session
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

Pairs = Sequence[tuple[Clause, Clause]]
FACTS: tuple[type[models.Model], ...] = (
    DialogueSession,
    ParticipantGroup,
    Assignee,
    Duty,
    ProgrammeItem,
)
# What happened to a session belongs to the session, not to the words of either paper.
LIVED = frozenset({"fixed_on", "sequence", "changed_at"})
MANY = {Assignee: ("organisations",), Duty: ("cooperating",), DialogueSession: ("units",)}


def copy_plan(old: Document, new: Document, by: User) -> None:
    """The amendment of a plan's paper gets a plan of its own while it is written."""
    plan = queries.plan_of(old)
    if plan is not None:
        Plan.objects.create(
            document=new, year=plan.year, host=plan.host, counterpart=plan.counterpart
        )


def copy_sessions(pairs: Pairs, by: User) -> None:
    """Sessions with their units and chairs."""
    made = _copy_rows(DialogueSession, pairs, leave=LIVED - {"fixed_on"})
    chairs = SessionChair.objects.filter(session__in=made)
    SessionChair.objects.bulk_create(
        SessionChair(
            session=made[row.session_id], position=row.position, post=row.post, name=row.name
        )
        for row in chairs
    )


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
    model: type[models.Model], pairs: Pairs, leave: Iterable[str] = ()
) -> dict[int, Any]:
    """The facts of one kind once more on the new clauses; by id of the old row, the new one."""
    clauses = {old.pk: new for old, new in pairs}
    plan = Plan.objects.filter(document=pairs[0][1].document_id).first()
    names = [
        field.attname
        for field in model._meta.concrete_fields
        if not field.primary_key and field.name not in {"clause", "plan", *leave}
    ]
    rows: Iterable[Any] = model._default_manager.filter(clause__in=clauses)
    made = {
        row.pk: model(
            clause=clauses[row.clause_id], plan=plan, **{name: getattr(row, name) for name in names}
        )
        for row in rows
    }
    model._default_manager.bulk_create(made.values())
    for name in MANY.get(model, ()):
        field = model._meta.get_field(name)
        through, own, other = _ends(field)
        through._default_manager.bulk_create(
            through(**{own: made[getattr(tie, own)].pk, other: getattr(tie, other)})
            for tie in through._default_manager.filter(**{f"{own}__in": list(made)})
        )
    return made


def _ends(field: Any) -> tuple[Any, str, str]:
    """The table between two models and the names of its two columns."""
    return (
        field.remote_field.through,
        f"{field.m2m_field_name()}_id",
        f"{field.m2m_reverse_field_name()}_id",
    )


@transaction.atomic
def carry_over(old: Document, new: Document, by: User) -> None:
    """The amendment of a plan is issued: sessions, duties and tasks go on under the new words.

    Sessions keep their conferences, consultations and preparation; tasks of duties that stay take
    the new words and due days, open tasks of duties that are gone are cancelled with the reason,
    new duties grow tasks as always.
    """
    living, draft = queries.plan_of(old), queries.plan_of(new)
    if living is None or draft is None:
        return
    carried = Clause.objects.filter(document=new, carried_from__document=old)
    clauses = {row.carried_from_id: row.pk for row in carried if row.carried_from_id}
    for model in FACTS:
        _exchange(model, clauses)
    _exchange_plans(living, draft)
    for model in FACTS:
        model._default_manager.filter(clause__document=new).update(plan=living.pk)
        model._default_manager.filter(clause__document=old).update(plan=draft.pk)
    reason = _("Theo %(paper)s") % {"paper": citation_of(new)}
    _move_sessions(living, draft, by=by, reason=reason)
    _carry_tasks(old, new, by=by, reason=reason)


def _exchange(model: type[models.Model], clauses: Mapping[int, int]) -> None:
    """The facts of each pair of clauses change places, values and all, but for what they lived."""
    found: Iterable[Any] = model._default_manager.filter(clause__in=[*clauses, *clauses.values()])
    rows = {row.clause_id: row for row in found}
    pairs = [(rows[a], rows[b]) for a, b in clauses.items() if a in rows and b in rows]
    if not pairs:
        return
    fields = [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key and field.name not in LIVED
    ]
    both = [row for pair in pairs for row in pair]
    # A clause carries one fact: both step aside before they change places (the key is deferred).
    model._default_manager.filter(pk__in=[row.pk for row in both]).update(clause=-F("clause_id"))
    for first, second in pairs:
        for field in fields:
            mine, theirs = getattr(first, field.attname), getattr(second, field.attname)
            setattr(first, field.attname, theirs)
            setattr(second, field.attname, mine)
    model._default_manager.bulk_update(both, [field.name for field in fields])
    _exchange_ties(model, pairs)


def _exchange_ties(model: type[models.Model], pairs: Sequence[tuple[Any, Any]]) -> None:
    """Bodies, units and chairs go with the values; the sessions of duties follow both ends."""
    swap = {a.pk: b.pk for a, b in pairs} | {b.pk: a.pk for a, b in pairs}
    ends = [_ends(model._meta.get_field(name)) for name in MANY.get(model, ())]
    if model is DialogueSession:
        ends.append((SessionChair, "session_id", ""))
        ends.append((Duty.sessions.through, "dialoguesession_id", ""))
    if model is Duty:
        ends.append((Duty.sessions.through, "duty_id", ""))
    for table, own, _other in ends:
        rows = list(table._default_manager.filter(**{f"{own}__in": list(swap)}))
        table._default_manager.filter(pk__in=[row.pk for row in rows]).delete()
        for row in rows:
            row.pk = None
            setattr(row, own, swap[getattr(row, own)])
        table._default_manager.bulk_create(rows)


def _exchange_plans(living: Plan, draft: Plan) -> None:
    Plan.objects.filter(pk__in=[living.pk, draft.pk]).update(document=-F("document_id"))
    for name in ("document_id", "year", "host", "counterpart"):
        mine, theirs = getattr(living, name), getattr(draft, name)
        setattr(living, name, theirs)
        setattr(draft, name, mine)
    Plan.objects.bulk_update([living, draft], ["document", "year", "host", "counterpart"])


def _move_sessions(living: Plan, draft: Plan, *, by: User, reason: str) -> None:
    """A session whose time was amended moves with its preparation, unless its day is fixed."""
    was = {row.clause_id: row for row in draft.sessions.all()}
    rows = living.sessions.select_related("clause", "plan__document__organisation")
    for session in rows:
        before = was.get(session.clause.carried_from_id or 0)
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


def _carry_tasks(old: Document, new: Document, *, by: User, reason: str) -> None:
    """Match what was given with what the new text asks for, by origin and body."""
    plan = queries.plan_of(new)
    assert plan is not None
    lines = queries.duty_lines(plan)
    _carry_steps(old, lines, by=by, reason=reason)
    wanted = {_key(order.origin, order.lead.pk): order for order in orders_of(plan, lines)}
    tasks = Task.objects.filter(clause__document=old).select_related("owner", "lead", "clause")
    for task in tasks.order_by("pk"):
        order = wanted.get((task.origin_type_id or 0, task.origin_id or 0, task.lead_id))
        if task.state == TaskState.OPEN and order is None:
            cancel_task(
                task, by=by, reason=_("%(why)s: không còn giao việc này.") % {"why": reason}
            )
        elif order is not None and task.state in {TaskState.OPEN, TaskState.REPORTED}:
            revise_task(task, order, by=by, reason=reason)
        elif order is not None and order.details == task.details:
            Task.objects.filter(pk=task.pk).update(clause=order.clause)


def _carry_steps(old: Document, lines: list[queries.DutyLine], *, by: User, reason: str) -> None:
    """Steps that came from duties take the new phrase; those no duty asks for are left out."""
    asked = {
        (line.duty.pk, session.pk): line.duty
        for line in lines
        if line.grows_task and line.is_per_session
        for session in line.sessions
    }
    duties = {line.duty.pk for line in lines}
    steps = PreparationStep.objects.unfinished().filter(
        Q(duty__in=duties) | Q(duty__clause__document=old)
    )
    for step in steps.select_related("session__plan__document__organisation"):
        duty = asked.get((step.duty_id or 0, step.session_id))
        if duty is None:
            move(step, StepState.DROPPED, by=by, note=reason)
        elif duty.due is not None:
            found = queries.reckon_for(step.session, duty.due)
            step.phrase, step.deliverable = duty.due, duty.deliverable
            step.named_on, step.due_on, step.why = found.named_on, found.due_on, found.why[:250]
            step.save(update_fields=["phrase", "deliverable", "named_on", "due_on", "why"])


def _key(origin: models.Model | None, lead_id: int) -> tuple[int, int, int]:
    assert origin is not None
    return ContentType.objects.get_for_model(origin).pk, origin.pk, lead_id
