"""Questions about tasks over several tables: whom to tell, what to remind of, whose letters."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from assignments.models import (
    Contest,
    Cooperation,
    DueRequest,
    Escalation,
    Ladder,
    Progress,
    Reminder,
    Task,
    TaskQuerySet,
)
from assignments.states import RequestState, TaskState
from core.calendar import WorkingCalendar
from core.models import Message
from organisations.models import Membership, Organisation, Role, User
from organisations.queries import standing_in

DAY = datetime.timedelta(days=1)
UNFINISHED = [TaskState.OPEN, TaskState.REPORTED]


def people_of(
    organisation_ids: Iterable[int], today: datetime.date, *roles: str
) -> dict[int, list[User]]:
    """The active people with one of `roles`, per organisation, in two queries.

    Of whoever is away the stand-in is told too (decision 0023).
    """
    rows = (
        Membership.objects.current(today)
        .filter(organisation__in=set(organisation_ids), role__in=roles, user__is_active=True)
        .select_related("user")
        .order_by("user_id")
    )
    found: dict[int, dict[int, User]] = defaultdict(dict)
    for row in rows:
        found[row.organisation_id][row.user_id] = row.user
    away = standing_in({row.user_id for row in rows}, today)
    for people in found.values():
        for person in [away[pk] for pk in people if pk in away]:
            people[person.pk] = person
    return {key: list(people.values()) for key, people in found.items()}


def lead_people(task: Task, today: datetime.date) -> list[User]:
    """Who does the task: officers and heads of the lead, and the person named."""
    people = people_of([task.lead_id], today, Role.OFFICER, Role.HEAD).get(task.lead_id, [])
    person = task.person
    if person is not None and person.is_active and person not in people:
        people = [*people, person]
    return people


def owner_clerks(task: Task, today: datetime.date) -> list[User]:
    """Who follows the task for its owner: the clerks, or the heads where there is no clerk."""
    found = people_of([task.owner_id], today, Role.CLERK).get(task.owner_id)
    return found or people_of([task.owner_id], today, Role.HEAD).get(task.owner_id, [])


def who_decides(task: Task, today: datetime.date) -> list[User]:
    """Who answers requests about the task: the owner's clerks; on its own work only its heads."""
    if task.owner_id != task.lead_id:
        return owner_clerks(task, today)
    return people_of([task.owner_id], today, Role.HEAD).get(task.owner_id, [])


def missing_parts(task: Task) -> str:
    """Which helpers have a part and have not reported it, in words; "" if none."""
    rows = Cooperation.objects.filter(task=task, reported_at=None).exclude(part="")
    names = [row.organisation.short_name for row in rows.select_related("organisation")]
    if not names:
        return ""
    return _("Chưa có kết quả phần phối hợp của: %(names)s.") % {"names": ", ".join(names)}


def comments_for(user: User) -> "QuerySet[Progress]":
    """Overseers' comments the person is to answer (rules.may_answer_note), the oldest first."""
    keeps = Q(task__owner__in=user.working_ids(Role.CLERK, Role.HEAD))
    rows = Progress.objects.filter(keeps, kind=Progress.Kind.COMMENT, replies=None)
    return rows.select_related("task", "by").order_by("pk")


def waiting_due_request(task: Task) -> DueRequest | None:
    """What the lead has asked about its deadline and nobody has decided."""
    asked = task.due_requests.filter(state=RequestState.ASKED)
    return asked.select_related("asked_by", "task").first()


def due_requests_for(user: User) -> "QuerySet[DueRequest]":
    """The requests the person is to decide (rules.may_decide_due), those nearest to their day first."""
    rows = DueRequest.objects.filter(_kept_by(user), state=RequestState.ASKED)
    waiting = rows.filter(task__state=TaskState.OPEN).exclude(asked_by=user)
    return waiting.select_related("task__lead").order_by("task__due_on", "pk")


def contests_for(user: User) -> "QuerySet[Contest]":
    """The contests the person is to answer (rules.may_answer_contest), the oldest first."""
    rows = Contest.objects.filter(_kept_by(user), state=RequestState.ASKED)
    return rows.select_related("task__lead", "asked_by").order_by("pk")


def _kept_by(user: User) -> Q:
    """Requests about tasks whose owner the person acts for; on an owner's own work only as head."""
    as_head = Q(task__owner__in=user.organisation_ids(Role.HEAD), task__lead=F("task__owner"))
    keeper = Q(task__owner__in=user.working_ids(Role.CLERK, Role.HEAD))
    return as_head | (keeper & ~Q(task__lead=F("task__owner")))


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
    return found.order_by("-from_days", "due_on", "pk")


def outbox_of(user: User) -> "QuerySet[Message]":
    """Letters the person may look after: all (administrator), or those to or about one's body."""
    if user.is_admin:
        return Message.objects.all()
    own = user.organisation_ids(Role.CLERK)
    tasks = Task.objects.filter(Q(owner__in=own) | Q(lead__in=own)).values("pk")
    people = Membership.objects.filter(organisation__in=own).values("user")
    task_type = ContentType.objects.get_for_model(Task)
    return Message.objects.filter(
        Q(recipient__in=people) | Q(about_type=task_type, about_id__in=tasks)
    )


def tasks_in_tab(user: User, tab: str) -> "TaskQuerySet":
    """The tasks of one tab: those one leads, helps with, has given, or watches over."""
    visible = Task.objects.visible_to(user)
    if tab == "helping":
        return visible.filter(pk__in=_helped_by(user))
    if tab == "given":
        return visible.filter(owner__in=user.working_ids(Role.CLERK, Role.HEAD))
    if tab == "watched":
        return visible.filter(owner__unit__in=user.unit_ids(Role.OVERSEER))
    return visible.filter(lead__in=user.working_ids())


def _helped_by(user: User) -> "QuerySet[Cooperation, int]":
    helps = Cooperation.objects.filter(organisation__in=user.working_ids())
    return helps.values_list("task", flat=True)


def filtered_tasks(
    tasks: "TaskQuerySet", values: Mapping[str, str], today: datetime.date
) -> "TaskQuerySet":
    """Those of `tasks` that the values of the filter form (q, state, due) ask for."""
    tasks = tasks.searched(values.get("q", ""))
    state, due = values.get("state"), values.get("due")
    if not state:
        tasks = tasks.filter(state__in=UNFINISHED)
    elif state != "all":
        tasks = tasks.filter(state=state)
    if due == "late":
        return tasks.overdue(today)
    if due == "paused":
        return tasks.open().filter(paused_on__isnull=False)
    if due in DUE_WITHIN:
        return tasks.open().filter(due_on__range=(today, DUE_WITHIN[due](today)))
    return tasks


DUE_WITHIN: dict[str, Callable[[datetime.date], datetime.date]] = {
    "today": lambda today: today,
    "week": lambda today: today + datetime.timedelta(days=6 - today.weekday()),
    "soon": lambda today: last_day_soon(today, WorkingCalendar.load(today.year)),
}


def last_day_soon(today: datetime.date, calendar: WorkingCalendar) -> datetime.date:
    """Up to this day a due day is near: three working days."""
    return calendar.add_working_days(today, 3)


def inbox_of(user: User) -> "QuerySet[Message]":
    """What the person was told in the software."""
    return Message.objects.filter(recipient=user, channel=Message.Channel.IN_APP)


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
