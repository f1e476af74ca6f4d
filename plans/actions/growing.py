"""An issued plan grows tasks: one for each duty with a deadline, each body, each session it serves."""

from collections.abc import Collection, Iterator

from django.db import models, transaction
from django.utils.translation import gettext as _

from assignments.actions import TaskOrder, follow_heirs, give_tasks, title_of
from documents.models import Document
from organisations.models import Organisation, User
from plans import queries
from plans.models import ChildPlanObligation, DialogueSession, Plan, PreparationStep
from plans.states import StepState


@transaction.atomic
def grow_tasks(document: Document, by: User) -> None:
    """Turn every duty of an issued plan that has a deadline into one task for each of its bodies.

    A deadline that hangs on conferences becomes a step of each of these sessions first, and each
    step its task: it counts from the session's planned day until one is fixed. Doing it twice
    makes nothing twice (one step per duty and session, one task per step or duty and body).
    """
    plan = queries.plan_of(document)
    if plan is None:
        return
    lines = queries.duty_lines(plan)
    orders = [order for order in orders_of(plan, lines) if not _is_left_out(order)]
    give_tasks(orders, by=by, today=document.dated_on)
    _oblige(plan, lines)


def orders_of(plan: Plan, lines: list[queries.DutyLine]) -> list[TaskOrder]:
    """The tasks the duties of an issued plan ask for; steps they need are made."""
    monitor = queries.monitor_of(lines)
    standings = queries.standings(plan.sessions.select_related("plan__document"))
    off = {pk for pk, standing in standings.items() if standing.is_cancelled}
    label = _("Kế hoạch số %(code)s") % {"code": plan.document.register_code}
    orders = [
        _order(line, body, plan=plan, monitor=monitor, label=label, step=step)
        for line in lines
        if line.grows_task
        for step in (_steps(line, off) if line.is_per_session else [None])
        for body in line.bodies
    ]
    return follow_heirs(orders)


def _is_left_out(order: TaskOrder) -> bool:
    """Whether somebody left out the step it stands for, or called the conference off."""
    step = order.origin
    return isinstance(step, PreparationStep) and step.state == StepState.DROPPED


def _steps(line: queries.DutyLine, off: Collection[int]) -> Iterator[PreparationStep]:
    """The duty as a step of every session it serves; of those in `off` nobody is to prepare any."""
    duty, phrase = line.duty, line.duty.due
    assert phrase is not None
    after = queries.stage_of(phrase)
    for session in line.sessions:
        found = queries.reckon_for(session, phrase)
        step, _created = PreparationStep.objects.get_or_create(
            session=session,
            duty=duty,
            defaults={
                "name": title_of(duty.clause.text),
                "stage": duty.stage or after,
                "organisation": line.bodies[0],
                "phrase": phrase,
                "deliverable": duty.deliverable,
                "named_on": found.named_on,
                "due_on": found.due_on,
                "why": found.why[:250],
                "state": StepState.DROPPED if session.pk in off else StepState.HANDED,
            },
        )
        step.session = session
        yield step


def _order(
    line: queries.DutyLine,
    body: Organisation,
    *,
    plan: Plan,
    monitor: Organisation | None,
    label: str,
    step: PreparationStep | None,
) -> TaskOrder:
    duty = line.duty
    where = _("%(plan)s, mục %(place)s") % {"plan": label, "place": line.place}
    origin: models.Model = step or duty
    title = title_of(duty.clause.text)
    if step is not None and len(line.sessions) > 1:
        title = title_of(f"{title} · {_named(step.session)}")
    return TaskOrder(
        title=title,
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
        anchor_on=queries.Anchors.of(step.session).for_phrase(step.phrase)
        if step
        else line.anchor_on,
        due_on=step.due_on if step else line.due_on,
        clause=duty.clause,
        origin=origin,
        origin_label=where if line.place else label,
        origin_link=step.session.get_absolute_url() if step else plan.get_absolute_url(),
    )


def _named(session: DialogueSession) -> str:
    """Which of several sessions a task is for."""
    return str(session.time or session)


def _oblige(plan: Plan, lines: list[queries.DutyLine]) -> None:
    """Every body that is told to make a plan of its own owes one from now on."""
    ChildPlanObligation.objects.bulk_create(
        [
            ChildPlanObligation(plan=plan, duty=line.duty, organisation=body, due_on=line.due_on)
            for line in lines
            if line.duty.wants_plan
            for body in line.bodies
        ],
        ignore_conflicts=True,
    )
