"""Questions about reminders: what is due when, whose ladder holds, who was told of what."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from assignments.models import Escalation, Ladder, Reminder, Task
from assignments.states import TaskState
from core.calendar import WorkingCalendar
from core.dates import written_day
from core.models import Message
from organisations.models import Organisation, Role, User

DAY = datetime.timedelta(days=1)
ABOVE = "late+"
"""How the reminders of superiors are marked."""
SHOWN = 200
"""How many rows of reminders a task's page looks at."""


def working_day_positions(
    days: Iterable[datetime.date], today: datetime.date, calendar: WorkingCalendar
) -> dict[datetime.date, int]:
    """How many working days `today` lies after each due day (before: negative), in one walk.

    A due day on which nobody works counts as the last working day before it. `today` is a working
    day.
    """
    wanted = set(days)
    if not wanted:
        return {}
    first, last = min(wanted | {today}), max(wanted | {today})
    counts, count = {}, 0
    for step in range((last - first).days + 1):
        day = first + DAY * step
        count += calendar.is_working(day)
        counts[day] = count
    return {day: counts[today] - counts[day] for day in wanted}


def open_due_days(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """The due days on which at least one open task falls."""
    running = Task.objects.open().filter(paused_on__isnull=True)
    days = running.filter(due_on__range=(first, last)).order_by("due_on")
    return [day for day in days.values_list("due_on", flat=True).distinct() if day]


def unsent_reminders(today: datetime.date) -> "QuerySet[Reminder]":
    """Reminders not yet in a letter whose task is still open and still due on that day."""
    return (
        Reminder.objects.filter(
            message__isnull=True,
            planned_for__range=(today - DAY * 14, today),
            recipient__is_active=True,
            task__state=TaskState.OPEN,
            task__paused_on__isnull=True,
            task__revision=F("revision"),
            task__due_on=F("due_on"),
        )
        .select_related("task__owner", "task__lead", "task__clause", "recipient")
        .order_by("recipient_id", "channel", "due_on", "task_id", "pk")
    )


@dataclass(frozen=True)
class LadderBook:
    """Every ladder with its rungs and tiers: the common one and those of single organisations."""

    common: Ladder
    by_owner: Mapping[int, Ladder]

    @property
    def ladders(self) -> list[Ladder]:
        """All of them."""
        return [self.common, *self.by_owner.values()]

    @property
    def by_id(self) -> dict[int, Ladder]:
        """All of them by their own number."""
        return {ladder.pk: ladder for ladder in self.ladders}

    def of(self, organisation_id: int) -> Ladder:
        """The ladder by which an organisation reminds of the tasks it gave."""
        return self.by_owner.get(organisation_id, self.common)


def ladder_book() -> LadderBook:
    """All ladders, in three queries."""
    rows = list(Ladder.objects.prefetch_related("rungs", "tiers").order_by("pk"))
    common = next(row for row in rows if row.organisation_id is None)
    own = {row.organisation_id: row for row in rows if row.organisation_id is not None}
    return LadderBook(common, own)


def tier_words(ladder: Ladder, days_late: int) -> str:
    """`Quá hạn kéo dài (trễ 6–10 ngày làm việc)`; "" if it is not late by a whole working day."""
    tiers = ladder.levels
    reached = [tier for tier in tiers if tier.from_days <= days_late]
    if not reached:
        return ""
    tier, higher = reached[-1], tiers[len(reached) :]
    values = {"name": tier.name, "first": tier.from_days}
    if not higher:
        return _("%(name)s (trễ từ %(first)d ngày làm việc)") % values
    values["last"] = higher[0].from_days - 1
    if values["first"] == values["last"]:
        return _("%(name)s (trễ %(first)d ngày làm việc)") % values
    return _("%(name)s (trễ %(first)d–%(last)d ngày làm việc)") % values


def tiers_of(
    tasks: Iterable[Task], today: datetime.date, calendar: WorkingCalendar
) -> dict[int, str]:
    """In words, the tier each late task stands in; three queries however many tasks."""
    late = {task.pk: task for task in tasks if task.is_overdue(today)}
    if not late:
        return {}
    book = ladder_book()
    days = {task.due_on for task in late.values() if task.due_on is not None}
    since = {day: calendar.working_days_between(day, today) for day in days}
    return {
        pk: tier_words(book.of(task.owner_id), since[task.due_on])
        for pk, task in late.items()
        if task.due_on is not None
    }


def explanations_to_draft() -> "QuerySet[Escalation]":
    """Steps that ask for an explanation and have no letter yet, of tasks that still run late."""
    rows = Escalation.objects.filter(
        asks_explanation=True,
        explanation__isnull=True,
        task__state=TaskState.OPEN,
        task__paused_on__isnull=True,
        task__revision=F("revision"),
        task__due_on=F("due_on"),
    )
    return rows.order_by("task__owner_id", "task__lead_id", "due_on", "pk")


def escalations_for(user: User) -> "QuerySet[Escalation]":
    """Late tasks that were brought before the person as a superior, the latest step first."""
    told = Reminder.objects.filter(recipient=user, rung__startswith="late+").values("task")
    rows = Escalation.objects.filter(
        task__in=told,
        task__state=TaskState.OPEN,
        task__revision=F("revision"),
        task__due_on=F("due_on"),
    )
    newest = rows.order_by("task_id", "-from_days").distinct("task_id").values("pk")
    found = Escalation.objects.filter(pk__in=newest).select_related("task__lead", "explanation")
    return found.order_by("-from_days", "due_on", "task_id")


def ladder_of(organisation: Organisation | None) -> tuple[Ladder, bool]:
    """By which ladder an organisation (None: those without one) reminds, and whether it is its own."""
    book = ladder_book()
    if organisation is None:
        return book.common, True
    return book.of(organisation.pk), organisation.pk in book.by_owner


def ladders_seen_by(user: User) -> list[tuple[Organisation | None, Ladder, bool]]:
    """The common ladder, those of the person's bodies and, for administrators, every single one.

    Each with the body and whether the person may edit it.
    """
    book = ladder_book()
    wanted = user.organisation_ids() | (set(book.by_owner) if user.is_admin else set())
    bodies = Organisation.objects.filter(pk__in=wanted).order_by("name", "pk")
    led = user.organisation_ids(Role.HEAD)
    rows: list[tuple[Organisation | None, Ladder, bool]] = [(None, book.common, user.is_admin)]
    for body in bodies:
        rows.append((body, book.of(body.pk), user.is_admin or body.pk in led))
    return rows


@dataclass(frozen=True)
class Told:
    """What was told of a task on one day for one rung: to whom, over which channels."""

    day: datetime.date
    mark: str
    people: tuple[str, ...]
    by_email: bool
    due_on: datetime.date
    notes: tuple[str, ...]

    @property
    def words(self) -> str:
        """What it was for: "Nhắc trước hạn 3 ngày làm việc"."""
        if self.mark.startswith(ABOVE):
            return _("Báo lên vì quá hạn %(days)s ngày làm việc") % {
                "days": self.mark.removeprefix(ABOVE)
            }
        if self.mark == "t":
            return _("Nhắc ngày cuối cùng")
        days = int(self.mark[1:])
        text = (
            _("Nhắc trước hạn %(days)d ngày làm việc")
            if days < 0
            else _("Nhắc khi quá hạn %(days)d ngày làm việc")
        )
        return text % {"days": abs(days)}


@dataclass(frozen=True)
class Reminding:
    """All that a task's page says of reminders: the tier in words, the steps, who was told of what."""

    tier: str
    steps: list[Escalation]
    told: list[Told]
    nobody: str


def reminding_of(task: Task, today: datetime.date, calendar: WorkingCalendar) -> Reminding:
    """What was told of a task, the newest first, and what has become untrue of it since."""
    steps = task.escalations.select_related("explanation").order_by("-from_days", "-pk")
    rows = task.reminders.select_related("recipient", "message").order_by("-planned_for", "-pk")
    lines: dict[tuple[datetime.date, str, datetime.date], list[Reminder]] = defaultdict(list)
    for row in rows[:SHOWN]:
        lines[row.planned_for, row.rung, row.due_on].append(row)
    return Reminding(
        tier=tiers_of([task], today, calendar).get(task.pk, ""),
        steps=list(steps),
        told=[_told(task, key, found, calendar) for key, found in lines.items()],
        nobody=_why_elsewhere(task, today),
    )


def _told(
    task: Task,
    key: tuple[datetime.date, str, datetime.date],
    rows: list[Reminder],
    calendar: WorkingCalendar,
) -> Told:
    day, mark, due_on = key
    notes = []
    if due_on != task.due_on:
        was = {"day": written_day(due_on)}
        notes.append(_("Theo thời hạn cũ %(day)s.") % was)
    if not calendar.is_working(day):
        notes.append(
            _("Ngày này về sau là ngày nghỉ (%(why)s); lời nhắc đã gửi vẫn giữ, không gửi lại.")
            % {"why": calendar.why_off(day)}
        )
    if all(row.message_id is None for row in rows):
        notes.append(_("Chưa gửi: chờ thư gộp của ngày làm việc tới, hoặc việc đã thay đổi."))
    people = dict.fromkeys(str(row.recipient) for row in rows)
    by_email = any(row.channel == Message.Channel.EMAIL for row in rows)
    return Told(day, mark, tuple(people), by_email, due_on, tuple(notes))


def _why_elsewhere(task: Task, today: datetime.date) -> str:
    """Why reminders do not reach the lead: it is no more."""
    last_day = task.lead.valid_to
    if not task.is_open or last_day is None or last_day >= today:
        return ""
    return _(
        "%(lead)s đã kết thúc hoạt động từ sau ngày %(day)s. Lời nhắc được gửi tới đơn vị kế thừa; "
        "nếu chưa có đơn vị kế thừa thì gửi tới %(owner)s để giao lại."
    ) % {"lead": task.lead.short_name, "day": written_day(last_day), "owner": task.owner.short_name}
