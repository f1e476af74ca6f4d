"""Questions about tasks over several tables: whom to tell, what to remind of, whose letters."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from assignments.models import (
    Contest,
    Cooperation,
    DueRequest,
    Progress,
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


def left_behind(body: Organisation, user: User) -> "TaskQuerySet":
    """Unfinished tasks a body leads or gave; to who is no administrator those of own bodies alone."""
    rows = Task.objects.filter(Q(lead=body) | Q(owner=body), state__in=UNFINISHED)
    if not user.is_admin:
        rows = rows.filter(owner__in=user.organisation_ids(Role.CLERK, Role.HEAD))
    return rows.select_related("owner", "lead").order_by("due_on", "pk")


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
    """The tasks of one tab: one's own, those one's body leads, helps with, has given, watches over."""
    visible = Task.objects.visible_to(user)
    if tab == "me":
        lent = {one.user_id for one in user.lent_memberships}
        return visible.filter(person__in={user.pk, *lent})
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


ORDERS = {
    "": ("due_on", "id"),
    "late": ("-due_on", "-id"),
    "new": ("-id",),
    "old": ("id",),
}
"""How a list of tasks is sorted, by the word in its address; the nearest day comes first."""


def count_due(tasks: "TaskQuerySet", today: datetime.date) -> dict[str, int]:
    """How many open tasks are late, due today and due until Sunday, in one query."""
    running = Q(state=TaskState.OPEN, paused_on__isnull=True)
    within = {name: Q(due_on__range=(today, DUE_WITHIN[name](today))) for name in ("today", "week")}
    parts = {"late": running & Q(due_on__lt=today), **within}
    counts = {name: Count("pk", filter=part & running) for name, part in parts.items()}
    return tasks.order_by().aggregate(**counts)


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
