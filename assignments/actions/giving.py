"""Giving tasks, one or a whole plan's worth, and taking them back."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments import queries, rules
from assignments.actions.rolling import roll_up
from assignments.models import Cooperation, DueDay, Task
from assignments.states import TaskState
from core import outbox
from core.access import require
from core.calendar import WorkingCalendar
from core.dates import written_day
from core.models import Message
from core.text import clean_line, cut
from core.timephrase import TimePhrase
from core.transitions import move, tell
from documents.models import Clause
from organisations.models import Organisation, Role, User

TITLE_LENGTH = 300

OriginKey = tuple[int, int, int]
"""Kind and id of what a task grew out of, and its lead; zeros if it grew out of nothing."""


@dataclass(frozen=True, kw_only=True)
class TaskOrder:
    """One task to be given. `due_on` wins over what `due_phrase` and `anchor_on` come to."""

    title: str
    owner: Organisation
    lead: Organisation
    origin_label: str
    details: str = ""
    person: User | None = None
    monitor: Organisation | None = None
    cooperating: Sequence[Organisation] = ()
    deliverable: str = ""
    send_to: str = ""
    via: str = ""
    stage: str = ""
    due_phrase: TimePhrase | None = None
    anchor_on: datetime.date | None = None
    due_on: datetime.date | None = None
    weight: int = 1
    parent: Task | None = None
    clause: Clause | None = None
    origin: models.Model | None = None
    origin_link: str = ""

    @property
    def key(self) -> OriginKey:
        """The key of the task it gives."""
        if self.origin is None:
            return (0, 0, self.lead.pk)
        kind = ContentType.objects.get_for_model(self.origin)
        return (kind.pk, self.origin.pk, self.lead.pk)

    def build(self, calendar: WorkingCalendar) -> Task:
        """The task, not saved, with its last good day."""
        due_on = self.due_on
        if due_on is None and self.due_phrase is not None:
            due_on = self.due_phrase.resolve(
                self.anchor_on, calendar, before_is_inclusive=self.owner.is_before_inclusive
            )
        fields: dict[str, Any] = {**vars(self), "due_on": due_on, "title": self.title[:300]}
        del fields["cooperating"]
        task = Task(**fields)
        task.folded = task.fold_words()
        return task


def give_task(*, by: User | None, today: datetime.date | None = None, **fields: Any) -> Task:
    """Give one task; `fields` are those of TaskOrder. Who may is the caller's rule."""
    return give_tasks([TaskOrder(**fields)], by=by, today=today)[0]


@transaction.atomic
def give_tasks(
    orders: Iterable[TaskOrder], *, by: User | None, today: datetime.date | None = None
) -> list[Task]:
    """Give many tasks at once and tell their leads; one letter per person, however many tasks.

    An order whose origin has already given its lead a task changes nothing and returns that task.
    Who may give is the caller's rule: tasks grow out of an act that was allowed.
    """
    orders = list(orders)
    calendar = WorkingCalendar.load()
    tasks = [order.build(calendar) for order in orders]
    known = _tasks_by_origin(tasks)
    Task.objects.bulk_create(
        [task for task in tasks if task.origin_id and key_of(task) not in known],
        ignore_conflicts=True,
    )
    Task.objects.bulk_create([task for task in tasks if not task.origin_id])
    saved = _tasks_by_origin(tasks)
    result = [saved[key_of(task)] if task.origin_id else task for task in tasks]
    is_new = [not task.origin_id or key_of(task) not in known for task in result]
    new = {
        task.pk: (task, order)
        for task, order, fresh in zip(result, orders, is_new, strict=True)
        if fresh
    }
    _write_beginnings(list(new.values()), by=by)
    _tell_leads([task for task, _order in new.values()], today or timezone.localdate())
    tell([task for task, _order in new.values()], "given")
    return result


def title_of(words: str) -> str:
    """What work given by these words of a paper is called: their first line, without marks."""
    return cut(clean_line(words.split("\n")[0].replace("*", "")), TITLE_LENGTH)


def free_place(origin: models.Model) -> None:
    """What was cancelled keeps nobody from giving the same body the work of `origin` again."""
    kind = ContentType.objects.get_for_model(origin)
    ended = Task.objects.filter(origin_type=kind, origin_id=origin.pk, state=TaskState.CANCELLED)
    ended.update(origin_type=None, origin_id=None)


@transaction.atomic
def cancel_task(task: Task, *, by: User, reason: str) -> None:
    """Take a task back; the lead is told why."""
    require(
        rules.may_cancel_task(by, task),
        rules.NOT_OWNER,
    )
    _cancel(task, by, reason)
    roll_up(task)


def _cancel(task: Task, by: User, reason: str) -> None:
    """Take back a task and the parts of it that are not finished."""
    for part in task.children.filter(state=TaskState.OPEN).select_related(
        "owner", "lead", "person"
    ):
        _cancel(part, by, reason)
    move(task, TaskState.CANCELLED, by=by, note=reason)
    outbox.notify(
        queries.lead_people(task, timezone.localdate()),
        key=f"task-cancelled:{task.pk}",
        subject=_("Đã hủy nhiệm vụ: %(title)s") % {"title": task.title},
        body=_("%(owner)s đã hủy nhiệm vụ “%(title)s”.\nLý do: %(reason)s")
        % {"owner": task.owner, "title": task.title, "reason": reason},
        reason=_("đơn vị của ông/bà được giao nhiệm vụ này."),
        link=task.get_absolute_url(),
        about=task,
    )


def key_of(task: Task) -> OriginKey:
    """By which a task that grew out of something is known from all others."""
    return (task.origin_type_id or 0, task.origin_id or 0, task.lead_id)


def by_key(orders: Iterable[TaskOrder]) -> dict[OriginKey, TaskOrder]:
    """The orders whose tasks grow out of something."""
    return {order.key: order for order in orders if order.origin is not None}


def _tasks_by_origin(tasks: list[Task]) -> dict[OriginKey, Task]:
    by_type: dict[int | None, set[int]] = defaultdict(set)
    for task in tasks:
        if task.origin_id:
            by_type[task.origin_type_id].add(task.origin_id)
    wanted = Q(pk__in=[])
    for type_id, ids in by_type.items():
        wanted |= Q(origin_type=type_id, origin_id__in=ids)
    if not by_type:
        return {}
    rows = Task.objects.filter(wanted).select_related("owner", "lead", "person", "clause")
    return {key_of(task): task for task in rows}


def _write_beginnings(given: list[tuple[Task, TaskOrder]], *, by: User | None) -> None:
    """Helpers, the first due day and the first line of history of tasks just given."""
    Cooperation.objects.bulk_create(
        [
            Cooperation(task=task, organisation=body)
            for task, order in given
            for body in order.cooperating
            if body.pk != task.lead_id
        ],
        ignore_conflicts=True,
    )
    DueDay.objects.bulk_create(
        [
            DueDay(task=task, due_on=task.due_on, reason=_("Thời hạn khi giao việc"), set_by=by)
            for task, _order in given
        ],
        ignore_conflicts=True,
    )


def _tell_leads(tasks: list[Task], today: datetime.date) -> None:
    people = queries.people_of({task.lead_id for task in tasks}, today, Role.OFFICER, Role.HEAD)
    baskets: dict[User, list[Task]] = defaultdict(list)
    for task in tasks:
        readers = list(people.get(task.lead_id, []))
        if task.person is not None and task.person not in readers:
            readers.append(task.person)
        for person in readers:
            baskets[person].append(task)
    outbox.write_all(
        _given_letter(person, basket, channel)
        for person, basket in baskets.items()
        for channel in outbox.TO_PEOPLE
    )
    _tell_of_ended_leads(tasks, today)


def _tell_of_ended_leads(tasks: list[Task], today: datetime.date) -> None:
    """A paper may name a body that ended yesterday: who gave the work hands it to the heir."""
    ended = [task for task in tasks if task.lead.valid_to and task.lead.valid_to < today]
    clerks = queries.people_of({task.owner_id for task in ended}, today, Role.CLERK)
    baskets: dict[User, list[Task]] = defaultdict(list)
    for task in ended:
        for person in clerks.get(task.owner_id, []):
            baskets[person].append(task)
    for person, basket in baskets.items():
        titles = "\n".join(f"- {task.lead}: {task.title}" for task in basket)
        outbox.notify(
            [person],
            key=f"tasks-without-lead:{basket[0].pk}",
            subject=_("%(n)d nhiệm vụ có đơn vị chủ trì đã kết thúc hoạt động")
            % {"n": len(basket)},
            body=_("Hãy mở từng việc và chuyển cho cơ quan kế thừa:\n%(titles)s")
            % {"titles": titles},
            reason=_("đơn vị của ông/bà giao các nhiệm vụ này."),
            link=basket[0].get_absolute_url(),
            about=basket[0],
        )


def _given_letter(person: User, tasks: list[Task], channel: str) -> Message:
    first = tasks[0]
    if len(tasks) == 1:
        subject, link = _one_subject(first), first.get_absolute_url()
    else:
        subject = _("%(count)d nhiệm vụ mới được giao") % {"count": len(tasks)}
        link = reverse("assignments:list")
    return outbox.letter(
        key=f"tasks-given:{min(task.pk for task in tasks)}:{person.pk}:{channel}",
        subject=subject,
        body=render_to_string(
            "mail/tasks_given.txt", {"person": person, "tasks": tasks, "channel": channel}
        ).strip(),
        reason=_("đơn vị của ông/bà là đơn vị chủ trì thực hiện."),
        channel=channel,
        recipient=person,
        link=link,
        about=first,
    )


def _one_subject(task: Task) -> str:
    if task.due_on is None:
        return _("Nhiệm vụ mới: %(title)s") % {"title": task.title}
    values = {"title": task.title, "day": written_day(task.due_on)}
    return _("Nhiệm vụ mới, hạn %(day)s: %(title)s") % values
