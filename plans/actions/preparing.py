"""The preparation of a session: laying its chain, ticking steps, handing them out as tasks."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assignments.actions import cancel_task, free_place, give_task
from assignments.models import Task
from core.access import RefusedError, require
from core.calendar import WorkingCalendar
from core.timephrase import TimePhrase
from core.transitions import move, record
from documents.models import Document
from organisations.models import Organisation, User
from plans import queries, rules
from plans.models import DialogueSession, PreparationStep
from plans.states import StepState

NOT_PREPARING = gettext_lazy(
    "Chỉ chuyên viên, lãnh đạo của cơ quan lập kế hoạch được làm việc này."
)
NOT_TICKING = gettext_lazy("Chỉ cơ quan lập kế hoạch hoặc cơ quan làm bước này được đánh dấu.")


@transaction.atomic
def lay_chain(session: DialogueSession, *, by: User) -> list[PreparationStep]:
    """Give a session the steps of its organisation's chain; a session that has them gets no more."""
    require(rules.may_prepare_session(by, session), NOT_PREPARING)
    return _lay([_hold_session(session.pk)])


@transaction.atomic
def lay_chains(document: Document, by: User) -> None:
    """When a plan is issued, every session it dates gets its chain; asked of every document."""
    plan = queries.plan_of(document)
    if plan is None:
        return
    sessions = plan.sessions.select_related("plan__document__organisation")
    dated = [session for session in sessions if session.last_on]
    _lay(dated)
    for session in dated:
        reckon_steps(session)


def _lay(sessions: Iterable[DialogueSession]) -> list[PreparationStep]:
    made: list[PreparationStep] = []
    for session in sessions:
        if session.steps.filter(duty=None).exists():
            continue
        organisation = session.plan.document.organisation
        bodies = _bodies_by_function(organisation, session)
        calendar = WorkingCalendar.load(session.plan.year)
        made += [
            _reckoned(
                PreparationStep(
                    session=session,
                    code=row.code,
                    name=row.name,
                    stage=row.stage,
                    organisation=bodies.get(row.function),
                    phrase=row.phrase,
                    deliverable=row.deliverable,
                    source=row.source,
                ),
                session,
                calendar,
            )
            for row in queries.chain_of(organisation, session.kind)
        ]
    return PreparationStep.objects.bulk_create(made)


def _bodies_by_function(
    organisation: Organisation, session: DialogueSession
) -> dict[str, Organisation]:
    """The bodies of the same unit by what they are there for; the office itself comes first."""
    day = (
        session.plan.document.dated_on or session.last_on or datetime.date(session.plan.year, 1, 1)
    )
    rows = Organisation.objects.current(day).filter(unit=organisation.unit_id).order_by("-pk")
    return {row.function: row for row in rows if row.function}


def _reckoned(
    step: PreparationStep, session: DialogueSession, calendar: WorkingCalendar | None = None
) -> PreparationStep:
    """The step with its day as the session stands now."""
    found = queries.reckon_for(session, step.phrase, calendar)
    step.named_on, step.due_on, step.why = found.named_on, found.due_on, found.why[:250]
    return step


def reckon_steps(session: DialogueSession, calendar: WorkingCalendar | None = None) -> None:
    """Reckon the unfinished steps of a session anew; their tasks are reckoned by themselves."""
    calendar = calendar or WorkingCalendar.load(session.plan.year)
    changed = []
    for step in queries.steps_of(session):
        before = (step.named_on, step.due_on, step.why)
        if not queries.is_done(step):
            _reckoned(step, session, calendar)
        if (step.named_on, step.due_on, step.why) != before:
            changed.append(step)
    PreparationStep.objects.bulk_update(changed, ["named_on", "due_on", "why"])


@transaction.atomic
def recompute_steps(calendar: WorkingCalendar, today: datetime.date) -> None:
    """Reckon the steps of sessions still to come, in case somebody has changed the calendar."""
    rows = DialogueSession.objects.on_calendar().filter(
        Q(fixed_on__gte=today) | Q(fixed_on=None, latest_on__gte=today)
    )
    for session in rows.select_related("plan__document__organisation"):
        reckon_steps(session, calendar)


@transaction.atomic
def add_step(
    session: DialogueSession,
    *,
    by: User,
    name: str,
    phrase: TimePhrase,
    organisation: Organisation | None = None,
    deliverable: str = "",
) -> PreparationStep:
    """Put one more step of one's own into the preparation of a session."""
    require(rules.may_prepare_session(by, session), NOT_PREPARING)
    session = _hold_session(session.pk)
    step = PreparationStep(
        session=session,
        name=name,
        stage=queries.stage_of(phrase),
        organisation=organisation,
        phrase=phrase,
        deliverable=deliverable,
    )
    _reckoned(step, session).save()
    return step


@transaction.atomic
def tick_step(step: PreparationStep, *, by: User, today: datetime.date) -> None:
    """Mark a step done; one that was handed out as a task is reported there."""
    require(rules.may_tick_step(by, step), NOT_TICKING)
    if step.tasks.filter(state="open").exists():
        raise RefusedError(_("Bước này đã giao thành nhiệm vụ. Hãy báo cáo kết quả ở nhiệm vụ đó."))
    move(step, StepState.DONE, by=by, done_on=today)


def reopen_step(step: PreparationStep, *, by: User) -> None:
    """Take back a tick or a step left out; its day follows the session again."""
    require(rules.may_tick_step(by, step), NOT_TICKING)
    with transaction.atomic():
        _hold_step(step)
        _reckoned(step, step.session)
        move(
            step,
            StepState.WAITING,
            by=by,
            done_on=None,
            left_out_by=None,
            named_on=step.named_on,
            due_on=step.due_on,
            why=step.why,
        )


@transaction.atomic
def drop_step(step: PreparationStep, *, by: User, reason: str) -> None:
    """Leave a step out of this session, with the reason."""
    require(rules.may_hand_step(by, step), NOT_PREPARING)
    require(bool(reason.strip()), _("Hãy ghi lý do bỏ qua."))
    _leave_out(step, by=by, reason=reason)


def _leave_out(step: PreparationStep, *, by: User, reason: str) -> None:
    move(step, StepState.DROPPED, by=by, note=reason)
    for task in step.tasks.filter(state="open"):
        cancel_task(task, by=by, reason=reason)


@transaction.atomic
def end_steps(session: DialogueSession, *, by: User, reason: str) -> None:
    """The conference is called off: steps still open are left out, their open tasks cancelled."""
    for step in PreparationStep.objects.unfinished().filter(session=session).order_by("pk"):
        _leave_out(step, by=by, reason=reason)
    # What an amendment left out nobody takes up again either.
    session.steps.filter(left_out_by__isnull=False).update(left_out_by=None)


@transaction.atomic
def hand_step(
    step: PreparationStep, *, by: User, organisation: Organisation, today: datetime.date
) -> Task:
    """Give a step to a body as a task, due on the step's day."""
    require(rules.may_hand_step(by, step), NOT_PREPARING)
    _hold_step(step)
    _take_back(step, by=by)
    move(step, StepState.HANDED, by=by, organisation=organisation)
    free_place(step)
    session = step.session
    return give_task(
        by=by,
        today=today,
        title=step.name,
        owner=session.plan.document.organisation,
        lead=organisation,
        deliverable=step.deliverable,
        stage=step.stage,
        due_phrase=step.phrase,
        anchor_on=queries.Anchors.of(session).for_phrase(step.phrase),
        due_on=step.due_on,
        origin=step,
        origin_label=_("Chuẩn bị: %(session)s") % {"session": str(session)[:200]},
        origin_link=step.get_absolute_url(),
    )


def _take_back(step: PreparationStep, *, by: User) -> None:
    """A step whose tasks were all cancelled waits again."""
    if step.state == StepState.HANDED and step.is_waiting:
        move(step, StepState.WAITING, by=by, note=_("Nhiệm vụ đã giao bị hủy"))


@transaction.atomic
def edit_step(
    step: PreparationStep,
    *,
    by: User,
    name: str,
    phrase: TimePhrase,
    organisation: Organisation | None = None,
    deliverable: str = "",
) -> None:
    """Change a step nobody works on yet."""
    require(rules.may_prepare_session(by, step.session), NOT_PREPARING)
    _hold_step(step)
    _take_back(step, by=by)
    require(
        step.state == StepState.WAITING,
        _("Bước này đã giao hoặc đã xong nên không sửa được nữa."),
    )
    was = f"{step.name} · {step.phrase}"
    step.name, step.phrase, step.deliverable = name, phrase, deliverable
    step.organisation, step.stage = organisation, queries.stage_of(phrase)
    words = ["name", "phrase", "stage", "deliverable", "organisation"]
    _reckoned(step, step.session).save(update_fields=[*words, "named_on", "due_on", "why"])
    record(step, by=by, note=_("Sửa bước; trước đó: %(was)s") % {"was": was})


def _hold_step(step: PreparationStep) -> None:
    """Read the step again, locked, and first its session: who moves that moves the step's day."""
    session = _hold_session(step.session_id)
    rows = PreparationStep.objects.select_for_update(of=("self",))
    step.refresh_from_db(from_queryset=rows.select_related("organisation"))
    step.session = session


def _hold_session(pk: int) -> DialogueSession:
    rows = DialogueSession.objects.select_for_update(of=("self",))
    return rows.select_related("clause", "plan__document__organisation").get(pk=pk)


def end_preparation(document: Document, by: User, reason: str) -> None:
    """A plan is taken back: open tasks that steps were handed out as are cancelled with it."""
    plan = queries.plan_of(document)
    steps = PreparationStep.objects.filter(session__plan=plan, duty=None) if plan else []
    for step in steps:
        for task in step.tasks.filter(state="open"):
            words = _("Kế hoạch bị thu hồi: %(reason)s") % {"reason": reason}
            cancel_task(task, by=by, reason=words)
