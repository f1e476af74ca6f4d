"""A body has ended: its unfinished tasks go to the body that takes over, in one act."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments import queries, rules
from assignments.actions.giving import TaskOrder
from assignments.models import Cooperation, DueDay, Task
from assignments.states import TaskState
from core import outbox
from core.access import RefusedError, require
from core.dates import written_day
from core.models import HistoryEntry, Message
from core.transitions import line, move, record, tell
from organisations.models import Organisation, Role, User
from organisations.queries import heirs_of

MOST = 500
"""How many tasks one act moves."""


def why_not_succeeded(body: Organisation, today: datetime.date) -> str:
    """What keeps the tasks of a body from being handed over; "" if nothing does."""
    values = {"body": body, "day": written_day(body.valid_to) if body.valid_to else ""}
    if body.valid_to is None:
        return (
            _("%(body)s đang hoạt động. Hãy ghi ngày kết thúc và cơ quan kế thừa trước.") % values
        )
    if body.valid_to >= today:
        return _("%(body)s còn hoạt động đến hết ngày %(day)s; sau ngày đó mới chuyển.") % values
    if not heirs_of(body, today):
        return _("%(body)s chưa ghi cơ quan kế thừa đang hoạt động.") % values
    return ""


@transaction.atomic
def hand_over(
    body: Organisation, *, by: User, to: Organisation, tasks: Iterable[int], today: datetime.date
) -> int:
    """Give these tasks (by id) of a body that has ended to `to`, one of its heirs; how many moved.

    What `to` has already from the same origin ends here. Every person concerned is told once.
    """
    require(rules.may_hand_over(by), rules.NOT_HANDING_OVER)
    obstacle = why_not_succeeded(body, today)
    if not obstacle and to not in heirs_of(body, today):
        obstacle = _("%(to)s không phải cơ quan kế thừa của %(body)s.") % {"to": to, "body": body}
    if obstacle:
        raise RefusedError(obstacle)
    rows = queries.left_behind(body, by).filter(pk__in=list(tasks)[:MOST])
    found = list(rows.select_related("owner", "lead", "clause").select_for_update(of=("self",)))
    double = _end_doubles(found, to, by)
    moved = [task for task in found if task.pk not in double]
    _give(moved, body, to, by)
    _follow(body, to, by)
    note = _("Chuyển %(n)d nhiệm vụ cho %(to)s") % {"n": len(moved), "to": to}
    record(body, by=by, note=note)
    _tell(moved, body, to, today)
    return len(moved)


def follow_heirs(orders: list[TaskOrder]) -> list[TaskOrder]:
    """What a paper asks of a body that has ended goes to the heir that has the work now."""
    today = timezone.localdate()
    return [_to_heir(order, today) if _is_ended(order.lead, today) else order for order in orders]


def _is_ended(body: Organisation, today: datetime.date) -> bool:
    return body.valid_to is not None and body.valid_to < today


def _to_heir(order: TaskOrder, today: datetime.date) -> TaskOrder:
    if order.origin is None:
        return order
    kind = ContentType.objects.get_for_model(order.origin)
    rows = Task.objects.live().filter(origin_type=kind, origin_id=order.origin.pk)
    if rows.filter(lead=order.lead).exists():
        return order
    taken = rows.filter(lead__in=heirs_of(order.lead, today)).select_related("lead").first()
    return replace(order, lead=taken.lead) if taken else order


def _end_doubles(tasks: list[Task], to: Organisation, by: User) -> set[int]:
    """End what `to` leads already from the same origin: two bodies with one duty became one."""
    led = [task for task in tasks if task.origin_id and task.lead_id != to.pk]
    there = set(
        Task.objects.filter(lead=to, origin_id__in=[task.origin_id for task in led]).values_list(
            "origin_type", "origin_id"
        )
    )
    double = [task for task in led if (task.origin_type_id, task.origin_id) in there]
    for task in double:
        note = _("%(to)s đã có cùng việc này") % {"to": to}
        if task.state == TaskState.REPORTED:
            move(task, TaskState.OPEN, by=by, note=note, resolution="")
        move(task, TaskState.CANCELLED, by=by, note=note)
    return {task.pk for task in double}


def _give(tasks: list[Task], body: Organisation, to: Organisation, by: User) -> None:
    """Write the new lead or owner; the due day stays and is on record again."""
    values = {"to": to.short_name, "body": body.short_name}
    reason = (_("%(to)s kế thừa %(body)s, hạn giữ nguyên") % values)[:250]
    for task in tasks:
        task.revision += 1
        if task.lead_id == body.pk:
            task.lead, task.person = to, None
        if task.owner_id == body.pk:
            task.owner = to
        task.folded = task.fold_words()
    Task.objects.bulk_update(tasks, ["lead", "owner", "person", "revision", "folded"])
    DueDay.objects.bulk_create(
        DueDay(task=task, revision=task.revision, due_on=task.due_on, reason=reason, set_by=by)
        for task in tasks
    )
    HistoryEntry.objects.bulk_create(line(task, by=by, note=reason) for task in tasks)
    tell([task for task in tasks if task.lead_id == to.pk], "given")


def _follow(body: Organisation, to: Organisation, by: User) -> None:
    """What a body helps with or follows goes to the heir too; an administrator's act alone."""
    if not by.is_admin:
        return
    unfinished = Task.objects.filter(state__in=queries.UNFINISHED)
    unfinished.filter(monitor=body).update(monitor=to)
    helps = Cooperation.objects.filter(organisation=body, task__in=unfinished.values("pk"))
    led = Task.objects.filter(lead=to).values("pk")
    helped = Cooperation.objects.filter(organisation=to).values("task")
    helps.exclude(task__in=led).exclude(task__in=helped).update(organisation=to)


def _tell(tasks: list[Task], body: Organisation, to: Organisation, today: datetime.date) -> None:
    people = queries.people_of([to.pk], today, Role.OFFICER, Role.HEAD).get(to.pk, [])
    owners = queries.people_of({task.owner_id for task in tasks}, today, Role.CLERK)
    baskets: dict[User, dict[int, Task]] = defaultdict(dict)
    for task in tasks:
        for person in (*people, *owners.get(task.owner_id, [])):
            baskets[person][task.pk] = task
    act = f"succession:{body.pk}:{to.pk}:{timezone.now():%Y%m%d%H%M%S%f}"
    outbox.write_all(
        _letter(f"{act}:{person.pk}:{channel}", person, list(basket.values()), body, to, channel)
        for person, basket in baskets.items()
        for channel in outbox.TO_PEOPLE
    )


def _letter(
    key: str, person: User, tasks: list[Task], body: Organisation, to: Organisation, channel: str
) -> Message:
    return outbox.letter(
        key=key,
        subject=_("%(n)d nhiệm vụ của %(body)s chuyển cho %(to)s")
        % {"n": len(tasks), "body": body, "to": to},
        body=render_to_string(
            "mail/succession.txt", {"person": person, "tasks": tasks, "body": body, "to": to}
        ).strip(),
        reason=_("đơn vị của ông/bà giao hoặc kế thừa các nhiệm vụ này."),
        channel=channel,
        recipient=person,
        link=reverse("assignments:list"),
    )
