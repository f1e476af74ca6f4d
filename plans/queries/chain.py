"""The chain of a session: which steps, on which working days, how far they are."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import F, Prefetch, Q
from django.utils.translation import gettext as _

from assignments.models import Stage, Task
from assignments.states import TaskState
from core.calendar import WorkingCalendar
from core.dates import written_day
from core.timephrase import CountedDay, Kind, TimePhrase
from organisations.models import Organisation, User
from plans.models import ChainStep, DialogueSession, PreparationStep
from plans.states import StepState

NAMES_A_DAY = frozenset({Kind.RELATIVE_DAYS, Kind.STAGE})
"""Phrases that name a day which may be a day off; counting working days never ends on one."""


@dataclass(frozen=True)
class Reckoned:
    """The day a phrase names, the working day it comes to, and why they differ."""

    named_on: datetime.date | None = None
    due_on: datetime.date | None = None
    why: str = ""


@dataclass(frozen=True)
class Anchors:
    """The first and the last day a session can be held on."""

    first_on: datetime.date | None
    last_on: datetime.date | None

    @classmethod
    def of(cls, session: DialogueSession) -> "Anchors":
        """The days the session stands at now."""
        return cls(session.first_on, session.last_on)

    def for_phrase(self, phrase: TimePhrase) -> datetime.date | None:
        """What leads up to the session counts from its first day, what follows from its last."""
        return self.first_on if counts_backwards(phrase) else self.last_on


def counts_backwards(phrase: TimePhrase) -> bool:
    """Whether the phrase leads up to its event."""
    return phrase.kind == Kind.STAGE or (phrase.offset or 0) < 0


def stage_of(phrase: TimePhrase) -> Stage:
    """Whether work with such a deadline is done before its session or after it."""
    return Stage.BEFORE if counts_backwards(phrase) else Stage.AFTER


def reckon(
    phrase: TimePhrase, anchors: Anchors, calendar: WorkingCalendar, *, is_inclusive: bool
) -> Reckoned:
    """The working day of a step: before the session a day off moves back, after it forward.

    What is done on the day of the session itself stays there, and a fixed date stays as written.
    """
    anchor = anchors.for_phrase(phrase)
    told = phrase.explain(anchor, calendar, before_is_inclusive=is_inclusive)
    if told.last_day is None or phrase.kind not in NAMES_A_DAY:
        return Reckoned(told.last_day, told.last_day, _skipped(told.days))
    named = told.days[0].day if told.days else told.last_day
    if named == told.last_day:
        return Reckoned(named, named)
    words = (
        _("%(day)s là ngày nghỉ (%(why)s), lùi về ngày làm việc trước đó")
        if counts_backwards(phrase)
        else _("%(day)s là ngày nghỉ (%(why)s), chuyển sang ngày làm việc sau đó")
    )
    why = words % {"day": written_day(named), "why": calendar.why_off(named)}
    return Reckoned(named, told.last_day, why)


def reckon_for(
    session: DialogueSession, phrase: TimePhrase, calendar: WorkingCalendar | None = None
) -> Reckoned:
    """The working day of a phrase as the session stands now."""
    return reckon(
        phrase,
        Anchors.of(session),
        calendar or WorkingCalendar.load(session.plan.year),
        is_inclusive=session.plan.document.organisation.is_before_inclusive,
    )


def _skipped(days: Iterable[CountedDay]) -> str:
    """The holidays a count of working days stepped over; weekends go without saying."""
    weekend = {_("Thứ Bảy"), _("Chủ nhật")}
    names = dict.fromkeys(
        day.reason for day in days if not day.is_counted and day.reason not in weekend
    )
    return _("không tính ngày nghỉ: %(names)s") % {"names": ", ".join(names)} if names else ""


def chain_of(organisation: Organisation, kind: str) -> list[ChainStep]:
    """The organisation's own chain, or the common one, for sessions of a kind; in order."""
    rows = list(
        ChainStep.objects.filter(Q(organisation=organisation) | Q(organisation=None)).order_by(
            "position"
        )
    )
    own = [row for row in rows if row.organisation_id is not None]
    return [row for row in own or rows if row.kind in {"", kind}]


def steps_of(session: DialogueSession) -> list[PreparationStep]:
    """The steps by day with their bodies and tasks; three queries."""
    tasks = Prefetch("tasks", Task.objects.select_related("lead").order_by("pk"))
    rows = session.steps.select_related("organisation").prefetch_related(tasks)
    return sorted(rows, key=lambda row: (row.due_on or datetime.date.max, row.pk))


def is_done(step: PreparationStep) -> bool:
    """Whether the step, or every task it became and still is, is finished."""
    if step.is_finished:
        return True
    tasks = step.live_tasks
    return bool(tasks) and all(task.state != TaskState.OPEN for task in tasks)


@dataclass(frozen=True)
class TimelineLine:
    """One line of the preparation as the page shows it; `step` is None for a fixed duty."""

    name: str
    who: str
    due_on: datetime.date | None
    phrase: str
    is_done: bool
    label: str
    tone: str
    step: PreparationStep | None = None
    tasks: list[Task] = field(default_factory=list)
    why: str = ""
    is_off: bool = False
    is_after: bool = False


def timeline(session: DialogueSession, user: User, today: datetime.date) -> list[TimelineLine]:
    """Steps and the duties with a day of their own, by day; the same queries for any number."""
    is_sure = session.exact_on is not None
    lines = [_step_line(step, today, is_sure=is_sure) for step in steps_of(session)]
    fixed = Task.objects.filter(
        origin_type__model="duty",
        origin_type__app_label="plans",
        clause__duty__sessions=session,
    ).select_related("lead", "clause")
    calendar = WorkingCalendar.load(session.plan.year)
    lines += [_task_line(task, today, calendar) for task in fixed]
    visible = set(
        Task.objects.visible_to(user)
        .filter(pk__in=[task.pk for line in lines for task in line.tasks])
        .values_list("pk", flat=True)
    )
    for line in lines:
        line.tasks[:] = [task for task in line.tasks if task.pk in visible]
    return sorted(lines, key=lambda line: line.due_on or datetime.date.max)


def parts_of(
    session: DialogueSession, lines: list[TimelineLine]
) -> list[tuple[str, list[TimelineLine]]]:
    """The timeline before and after the session, each part under its title."""
    day = session.exact_on
    when = _("hội nghị ngày %(day)s") % {"day": written_day(day)} if day else _("hội nghị")
    parts = (
        (_("Trước %(when)s") % {"when": when}, [line for line in lines if not line.is_after]),
        (_("Sau %(when)s") % {"when": when}, [line for line in lines if line.is_after]),
    )
    return [(title, rows) for title, rows in parts if rows]


def _step_line(step: PreparationStep, today: datetime.date, *, is_sure: bool) -> TimelineLine:
    tasks = step.live_tasks
    done = is_done(step)
    late = not done and step.due_on is not None and step.due_on < today
    label, tone = str(step.get_state_display()), "done" if done else "plain"
    if step.is_waiting:
        label = str(StepState.WAITING.label)
    elif step.state == StepState.HANDED:
        label, tone = str(tasks[0].get_state_display()), "done" if done else "info"
    if late:
        tone = "late" if is_sure else "soon"
    if step.state == "dropped":
        tone = "quiet"
    names = [task.lead.short_name for task in tasks]
    who = "; ".join(names) or (step.organisation.short_name if step.organisation else "")
    return TimelineLine(
        name=step.name,
        who=who,
        due_on=step.due_on,
        phrase=str(step.phrase),
        is_done=done,
        label=label,
        tone=tone,
        step=step,
        tasks=tasks,
        why=step.why,
        is_off=step.is_shifted,
        is_after=step.stage == Stage.AFTER,
    )


def _task_line(task: Task, today: datetime.date, calendar: WorkingCalendar) -> TimelineLine:
    off = calendar.why_off(task.due_on) if task.due_on else ""
    late = task.is_overdue(today)
    return TimelineLine(
        name=task.title,
        who=task.lead.short_name,
        due_on=task.due_on,
        phrase=str(task.due_phrase or ""),
        is_done=not task.is_open,
        label=str(task.get_state_display()),
        tone="late" if late else "info" if task.is_open else "done",
        tasks=[task],
        why=_("hạn ghi trong kế hoạch rơi vào ngày nghỉ (%(why)s)") % {"why": off} if off else "",
        is_off=bool(off),
        is_after=task.stage == Stage.AFTER,
    )


@dataclass(frozen=True)
class SessionLine:
    """A session in a list with how far its preparation is and what comes next."""

    session: DialogueSession
    done: int
    total: int
    next_step: PreparationStep | None


def session_lines(sessions: Sequence[DialogueSession]) -> list[SessionLine]:
    """Every session with its progress; two queries for any number."""
    steps: dict[int, list[PreparationStep]] = {}
    rows = PreparationStep.objects.filter(session__in=[row.pk for row in sessions])
    for step in rows.prefetch_related("tasks").order_by(F("due_on").asc(nulls_last=True), "pk"):
        steps.setdefault(step.session_id, []).append(step)
    lines = []
    for session in sessions:
        own = steps.get(session.pk, [])
        waiting = [step for step in own if not is_done(step)]
        following = waiting[0] if waiting else None
        lines.append(SessionLine(session, len(own) - len(waiting), len(own), following))
    return lines


def told_bodies(steps: Sequence[PreparationStep]) -> set[int]:
    """The organisations whose people are told that steps moved."""
    own = {step.organisation_id for step in steps if step.organisation_id}
    return own | {task.lead_id for step in steps for task in step.tasks.all() if task.is_open}
