"""What happened, told to the systems of the organisations it concerns: one place for all events.

`core.transitions.happened` says that something happened to rows; here it gets its name, the
organisations concerned and a payload of ids and addresses without personal data. The row of the
outbox is written in the transaction of what happened.
"""

import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from assignments.models import Cooperation, Task
from core import outbox
from core.models import Message
from dialogue.channels.models import EventHook
from documents.models import Document
from feedback.models import IssueGroup

Event = EventHook.Event
TASK_EVENTS = {
    "given": Event.TASK_GIVEN,
    "due": Event.TASK_DUE,
    "reported": Event.TASK_REPORTED,
    "accepted": Event.TASK_ACCEPTED,
    "open": Event.TASK_RETURNED,
    "cancelled": Event.TASK_CANCELLED,
}


@dataclass(frozen=True)
class Happening:
    """One event: its name, whom it concerns, what is said."""

    name: str
    bodies: frozenset[int]
    told: dict[str, Any]


def tell_systems(sender: object, *, rows: list[models.Model], what: str, **_more: object) -> None:
    """Write an event for every system that asked for it; one query when nobody did."""
    namer = NAMERS.get(type(rows[0])) if rows else None
    hooks = _hooks() if namer else []
    if not hooks or namer is None:
        return
    outbox.write_all(
        _event(hook, one)
        for one in namer(rows, what)
        for hook in hooks
        if one.name in hook.events and hook.organisation_id in one.bodies
    )


def test_event(hook: EventHook) -> Message:
    """What the button "Gửi thử" posts."""
    return _event(hook, Happening(Event.TEST, frozenset(), {"id": hook.pk}))


def _hooks() -> list[EventHook]:
    live = EventHook.objects.filter(endpoint__is_active=True)
    return list(live.select_related("endpoint"))


def _event(hook: EventHook, one: Happening) -> Message:
    payload = {"type": one.name, "timestamp": timezone.now().isoformat(), "data": one.told}
    return outbox.event(
        key=f"event:{hook.pk}:{one.name}:{uuid.uuid4().hex}",
        name=str(Event(one.name).label),
        payload=json.dumps(payload, ensure_ascii=False),
        endpoint=hook.endpoint,
    )


def _of_tasks(rows: list[Task], what: str) -> Iterator[Happening]:
    """Tasks concern who gave them, who leads and who helps."""
    name = TASK_EVENTS.get(what)
    if name is None:
        return
    helpers: dict[int, set[int]] = {}
    pairs = Cooperation.objects.filter(task__in=[task.pk for task in rows])
    for task_id, body in pairs.values_list("task", "organisation"):
        helpers.setdefault(task_id, set()).add(body)
    for task in rows:
        bodies = frozenset({task.owner_id, task.lead_id, *helpers.get(task.pk, ())})
        told = {
            "id": task.pk,
            "state": task.state,
            "due_on": task.due_on.isoformat() if task.due_on else None,
            "revision": task.revision,
            "page": _absolute(task.get_absolute_url()),
            "api": _absolute(reverse("api:task", args=[task.pk])),
        }
        yield Happening(name, bodies, told)
        if name == Event.TASK_GIVEN and _is_question(task):
            asked = {"id": task.origin_id, "task": task.pk, "page": _absolute(task.origin_link)}
            yield Happening(Event.ANSWER_ASKED, frozenset({task.lead_id}), asked)


def _is_question(task: Task) -> bool:
    kind = task.origin_type
    return kind is not None and kind.model_class() is IssueGroup


def _of_papers(rows: list[Document], what: str) -> Iterator[Happening]:
    """A notice concerns who issued it and who leads one of its points."""
    for paper in rows:
        notice = getattr(paper, "conclusion_notice", None) if what == "issued" else None
        if notice is None:
            continue
        leads = notice.points.filter(~Q(lead=None)).values_list("lead", flat=True)
        told = {
            "id": notice.pk,
            "document": paper.pk,
            "code": paper.register_code,
            "page": _absolute(reverse("portal:conclusion", args=[notice.pk])),
        }
        yield Happening(Event.NOTICE_ISSUED, frozenset({paper.organisation_id, *leads}), told)


def _absolute(path: str) -> str:
    return f"{settings.SITE_URL.rstrip('/')}{path}" if path.startswith("/") else path


NAMERS: dict[type[models.Model], Callable[[Any, str], Iterator[Happening]]] = {
    Task: _of_tasks,
    Document: _of_papers,
}
