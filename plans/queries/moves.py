"""What moving a session does to its preparation, told before anything is saved."""

import datetime
from dataclasses import dataclass
from textwrap import shorten

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from assignments.models import Stage, Task
from core.calendar import WorkingCalendar
from core.dates import written_day
from plans.models import DialogueSession, Duty, PreparationStep
from plans.queries.chain import Anchors, Reckoned, is_done, reckon, steps_of

SHORT = 2
"""Fewer working days than this left for a step are too few."""


@dataclass(frozen=True)
class MoveLine:
    """What moving the session does to one step: old and new day, and what to mind."""

    step: PreparationStep
    who: str
    old: datetime.date | None
    new: Reckoned
    is_done: bool
    warnings: list[str]

    @property
    def moves(self) -> bool:
        """Whether the step gets another day."""
        return not self.is_done and self.new.due_on is not None and self.new.due_on != self.old


@dataclass(frozen=True)
class Move:
    """The preview of a move: the new days of the session and a line for every step."""

    anchors: Anchors
    lines: list[MoveLine]
    warnings: list[str]

    @property
    def moving(self) -> list[MoveLine]:
        """The lines that get another day."""
        return [line for line in self.lines if line.moves]

    @property
    def finished(self) -> int:
        """How many steps are done and stay."""
        return sum(line.is_done for line in self.lines)

    @property
    def warned(self) -> int:
        """How many steps need a look."""
        return sum(bool(line.warnings) for line in self.lines)


def preview_move(session: DialogueSession, anchors: Anchors, today: datetime.date) -> Move:
    """Reckon every unfinished step anew from other days of the session; nothing is saved."""
    days = [day for day in (anchors.first_on, anchors.last_on) if day]
    calendar = WorkingCalendar.load(session.plan.year, *(day.year for day in days))
    inclusive = session.plan.document.organisation.is_before_inclusive
    drafts = []
    for step in steps_of(session):
        done = is_done(step)
        new = (
            Reckoned(step.named_on, step.due_on, step.why)
            if done
            else reckon(step.phrase, anchors, calendar, is_inclusive=inclusive)
        )
        drafts.append((step, done, new))
    taken: dict[datetime.date, list[str]] = {}
    for step, done, new in drafts:
        if new.due_on and not done:
            taken.setdefault(new.due_on, []).append(step.name)
    lines = [
        MoveLine(
            step=step,
            who=step.organisation.short_name if step.organisation else "",
            old=step.due_on,
            new=new,
            is_done=done,
            warnings=[] if done else _warnings(step, new, taken, today, calendar),
        )
        for step, done, new in drafts
    ]
    lines.sort(key=lambda line: (line.new.due_on or datetime.date.max, line.step.pk))
    return Move(anchors, lines, _day_warnings(session, anchors, today, calendar))


def _warnings(
    step: PreparationStep,
    new: Reckoned,
    taken: dict[datetime.date, list[str]],
    today: datetime.date,
    calendar: WorkingCalendar,
) -> list[str]:
    if new.due_on is None:
        return [_("chưa tính được ngày, giữ ngày cũ")]
    found = []
    if new.due_on < today:
        found.append(_("rơi vào ngày đã qua"))
    elif calendar.working_days_between(today, new.due_on) < SHORT:
        found.append(_("chỉ còn chưa đến %(n)d ngày làm việc") % {"n": SHORT})
    if new.named_on != new.due_on:
        found.append(new.why)
    others = [name for name in taken[new.due_on] if name != step.name]
    if others:
        found.append(_("cùng ngày với: %(names)s") % {"names": "; ".join(others)})
    return [*found, *_too_close(new.due_on, taken, today, calendar)]


def _too_close(
    due_on: datetime.date,
    taken: dict[datetime.date, list[str]],
    today: datetime.date,
    calendar: WorkingCalendar,
) -> list[str]:
    """The step before leaves too little time for this one (domain.md §4.3, E20)."""
    before = max((day for day in taken if today <= day < due_on), default=None)
    if before is None:
        return []
    left = calendar.working_days_between(before, due_on)
    words = _("chỉ cách “%(name)s” %(n)d ngày làm việc")
    return [words % {"name": taken[before][-1], "n": left}] if left < SHORT else []


def _day_warnings(
    session: DialogueSession,
    anchors: Anchors,
    today: datetime.date,
    calendar: WorkingCalendar,
) -> list[str]:
    """What is odd about the new day of the session itself, and duties dated after it."""
    found = []
    first, last = anchors.first_on, anchors.last_on
    if last and last < today:
        found.append(_("Ngày mới đã qua."))
    if first and first == last and not calendar.is_working(first):
        words = _("Ngày mới là ngày nghỉ: %(why)s.")
        found.append(words % {"why": calendar.why_off(first)})
    if first:
        late = _fixed_before(session).filter(due_on__gte=first)
        words = _("Nhiệm vụ “%(name)s” có hạn cố định %(day)s, không còn trước hội nghị.")
        found += [
            words
            % {"name": shorten(task.title, 80, placeholder="…"), "day": written_day(task.due_on)}
            for task in late
            if task.due_on
        ]
    return found


def _fixed_before(session: DialogueSession) -> "QuerySet[Task]":
    """Open tasks of duties that serve the session and have a day of their own."""
    duties = Duty.objects.filter(sessions=session, stage=Stage.BEFORE)
    return Task.objects.open().filter(
        origin_type__app_label="plans",
        origin_type__model="duty",
        clause__duty__in=duties,
    )
