"""Who is expected, who is there: the numbers of the door."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from conferences.models import Arrival, Conference, Participant

CAME = Q(present_at__isnull=False)
PLACE_TAKEN = CAME | Q(substitute__present_at__isnull=False)
SUBSTITUTES = Q(substitute_for__isnull=False)
DOORS_BEFORE = datetime.timedelta(hours=3)
"""Whoever is written down earlier than this before the beginning is marked."""


@dataclass(frozen=True)
class GroupAttendance:
    """One group of the plan: places invited, places taken by somebody, heads from the list."""

    name: str
    invited: int
    taken: int
    present: int

    @property
    def absent(self) -> int:
        """Places nobody came for."""
        return self.invited - self.taken


@dataclass(frozen=True)
class Attendance:
    """How many were invited and came.

    A place is invited once: a substitute takes the place of whom they stand for. `present` counts
    heads from the list, `walk_ins` those who were not on it.
    """

    groups: tuple[GroupAttendance, ...]
    walk_ins: int
    seats: int | None

    @property
    def invited(self) -> int:
        """Places on the list."""
        return sum(group.invited for group in self.groups)

    @property
    def present(self) -> int:
        """Heads from the list."""
        return sum(group.present for group in self.groups)

    @property
    def absent(self) -> int:
        """Places nobody came for."""
        return sum(group.absent for group in self.groups)

    @property
    def in_hall(self) -> int:
        """Everybody who came."""
        return self.present + self.walk_ins

    @property
    def is_over_seats(self) -> bool:
        """Whether more came than can sit."""
        return self.seats is not None and self.in_hall > self.seats

    @property
    def seats_missing(self) -> int:
        """How many of the invited could not sit if all of them came."""
        return max(0, self.invited - self.seats) if self.seats is not None else 0


def expected(conference: Conference) -> QuerySet[Participant]:
    """The people the door waits for."""
    return conference.participants.all()


def attendance(conference: Conference) -> Attendance:
    """The numbers of this moment, in two queries whatever the size of the hall."""
    rows = (
        expected(conference)
        .values("group", title=F("group__clause__text"))
        .annotate(
            invited=Count("pk", filter=~SUBSTITUTES),
            taken=Count("pk", filter=~SUBSTITUTES & PLACE_TAKEN),
            present=Count("pk", filter=CAME),
        )
        .order_by(F("group__clause__position").asc(nulls_last=True), "group")
    )
    groups = tuple(
        GroupAttendance(
            row["title"] or _("Đại biểu khác"), row["invited"], row["taken"], row["present"]
        )
        for row in rows
    )
    return Attendance(groups, walk_ins(conference).count(), conference.seats)


def doors_open_at(conference: Conference) -> datetime.datetime:
    """From when on an arrival is nothing unusual."""
    return conference.starts_at - DOORS_BEFORE


def who_came(
    conference: Conference, participants: Iterable[int | None] | None = None
) -> dict[int, Arrival]:
    """The arrival that stands for each delegate who came; one query."""
    rows = conference.arrivals.filter(is_repeat=False, undone_at=None).exclude(participant=None)
    if participants is not None:
        rows = rows.filter(participant__in=set(participants) - {None})
    return {row.participant_id or 0: row for row in rows.select_related("by")}


def walk_ins(conference: Conference) -> QuerySet[Arrival]:
    """Those who came without standing on the list."""
    return conference.arrivals.filter(participant=None, is_repeat=False, undone_at=None)


def code_address(code: str) -> str:
    """What the QR code of an invitation or a badge holds: short, so that a phone reads it at once."""
    return f"{settings.SITE_URL.rstrip('/')}{reverse('code', args=[code])}"


def door_list(conference: Conference) -> dict[str, Any]:
    """What a phone at the door keeps: who is expected, who is in, the numbers; four queries."""
    came = who_came(conference)
    people = expected(conference).select_related("group__clause", "substitute_for", "substitute")
    numbers = attendance(conference)
    return {
        "people": [_line(person, came.get(person.pk)) for person in people.order_by("pk")],
        "others": [_act(row) for row in walk_ins(conference).select_related("by").order_by("pk")],
        "numbers": {
            "invited": numbers.invited,
            "present": numbers.present,
            "absent": numbers.absent,
            "walk_ins": numbers.walk_ins,
            "in_hall": numbers.in_hall,
            "seats": numbers.seats,
        },
    }


def _line(person: Participant, arrival: Arrival | None) -> dict[str, Any]:
    """One person of the list, without anything a door does not need."""
    substitute = getattr(person, "substitute", None)
    return {
        "code": person.code,
        "name": person.name,
        "post": person.post,
        "body": person.body,
        "group": person.group.clause.text.partition(":")[0] if person.group else "",
        "seat": person.seat,
        "answer": person.answer,
        "for": person.substitute_for.name if person.substitute_for else "",
        "by": substitute.name if substitute else "",
        "came": _act(arrival) if arrival else None,
    }


def _act(row: Arrival) -> dict[str, Any]:
    """When, where and by whom somebody was let in."""
    return {
        "key": str(row.key),
        "name": row.name,
        "body": row.body,
        "at": int(row.at.timestamp() * 1000),
        "desk": row.desk,
        "who": row.by.full_name,
    }
