"""What higher packages know about where a task comes from: the words of citizens behind it.

`dialogue` registers for each kind of origin a function that tells them, without who said them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from assignments.models import Task
from organisations.models import User

MOST = 30
"""How many words a task's page shows."""


@dataclass(frozen=True)
class Voice:
    """What somebody said, where it was said, and a page about it the reader may open."""

    text: str
    where: str
    url: str = ""


@dataclass(frozen=True)
class Work:
    """The button that leads to where a task is done: "Soạn câu trả lời"."""

    label: str
    url: str


Teller = Callable[[Any, User], Iterable[Voice]]
Tracer = Callable[[Task, User], str]
Place = Callable[[Any, User], Work | None]
_places: dict[str, Place] = {}
_tellers: dict[str, Teller] = {}
_tracers: list[Tracer] = []


def register(label: str, teller: Teller) -> None:
    """Let `teller(origin, user)` tell the voices behind origins of a model ("feedback.issuegroup")."""
    _tellers[label] = teller


def register_tracer(tracer: Tracer) -> None:
    """Let `tracer(task, user)` give the address of the page with the whole trace, or ""."""
    _tracers.append(tracer)


def register_work(label: str, place: Place) -> None:
    """Let `place(origin, user)` say where the work of a task of a model is done, if not by a report."""
    _places[label] = place


def work_of(task: Task, user: User) -> Work | None:
    """What the person presses to do the task where it is done; None: it is reported on its page."""
    origin = task.origin
    place = _places.get(origin._meta.label_lower) if origin is not None else None
    return place(origin, user) if place else None


def trace_url(task: Task, user: User) -> str:
    """The page with the whole trace, from opinion to result; "" if there is none."""
    return next((url for tracer in _tracers if (url := tracer(task, user))), "")


def voices_of(task: Task, user: User) -> list[Voice]:
    """The words behind a task; behind a part of a task, those behind the whole."""
    top, seen = task, {task.pk}
    while top.parent is not None and top.parent_id not in seen:
        top = top.parent
        seen.add(top.pk)
    origin = top.origin
    teller = _tellers.get(origin._meta.label_lower) if origin is not None else None
    return list(teller(origin, user))[:MOST] if teller else []
