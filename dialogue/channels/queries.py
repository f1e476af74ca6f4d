"""How the channels stand: what waits, what failed, what rests."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext as _

from core.models import Endpoint, Message, SendingPause
from core.pauses import kind_of_key
from dialogue.channels.kinds import KINDS

State, Channel = Message.State, Message.Channel
DAYS = 30
"""So far back the kinds of messages are counted."""


@dataclass(frozen=True)
class Line:
    """One channel or one kind of message."""

    scope: str
    value: str
    label: str
    waiting: int
    failed: int
    sent: int
    example: str
    pause: SendingPause | None


def channel_lines() -> list[Line]:
    """Every channel that can be held back."""
    names = {channel.value: str(channel.label) for channel in Channel if channel != Channel.IN_APP}
    rows = {row["channel"]: row for row in _counted(Message.objects.values("channel"))}
    return _lines("channel", names, rows)


def kind_lines(now: datetime.datetime) -> list[Line]:
    """The kinds of messages of the last month, those that wait or failed first."""
    recent = Message.objects.filter(created_at__gte=now - datetime.timedelta(days=DAYS))
    recent = recent.exclude(channel=Channel.IN_APP).annotate(kind_of_key=kind_of_key())
    rows = {row["kind_of_key"]: row for row in _counted(recent.values("kind_of_key"))}
    held = SendingPause.objects.filter(scope="kind", ended_at=None)
    found_kinds = {*rows, *held.values_list("value", flat=True)}
    names = {str(kind): str(KINDS.get(str(kind), "")) for kind in found_kinds}
    found = _lines("kind", names, rows)
    return sorted(found, key=lambda line: (-line.failed, -line.waiting, line.value))


def gateways() -> "QuerySet[Endpoint]":
    """The gateways of text messages, with how many people asked for each."""
    rows = Endpoint.objects.exclude(kind=Endpoint.Kind.SYSTEM)
    return rows.annotate(wishing=Count("wishes")).order_by("name")


def deliveries(endpoint: Endpoint) -> "QuerySet[Message]":
    """The events written for one system."""
    return Message.objects.filter(endpoint=endpoint, channel=Channel.WEBHOOK)


def state_of(endpoint: Endpoint, now: datetime.datetime) -> tuple[str, str]:
    """How an address stands, in words, and the colour that goes with them."""
    why = endpoint.why_not(now)
    if endpoint.is_resting(now):
        return why, "late"
    if why:
        return why, "quiet"
    return (_("có lỗi gần đây"), "soon") if endpoint.failures else (_("hoạt động"), "done")


def _counted(rows: "QuerySet[Any, Any]") -> list[dict[str, Any]]:
    return list(
        rows.annotate(
            waiting=Count("pk", filter=Q(state__in=[State.WAITING, State.SENDING, State.PAUSED])),
            failed=Count("pk", filter=Q(state=State.FAILED)),
            sent=Count("pk", filter=Q(state=State.SENT)),
            example=Max("subject"),
        ).order_by()
    )


def _lines(scope: str, names: dict[str, str], rows: dict[str, dict[str, Any]]) -> list[Line]:
    pauses = SendingPause.objects.filter(scope=scope, ended_at=None).select_related("by")
    held = {pause.value: pause for pause in pauses}
    nothing = {"waiting": 0, "failed": 0, "sent": 0, "example": ""}
    found = []
    for value, label in names.items():
        row = rows.get(value, nothing)
        counts = (row["waiting"], row["failed"], row["sent"])
        found.append(Line(scope, value, label, *counts, row["example"], held.get(value)))
    return found
