"""The people of a conference: by group of the plan, by name, by seat."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from conferences.models import Conference, Participant, SeatPlan
from core.text import fold, name_key
from documents.queries import clauses_of
from plans.facts import span_text
from plans.models import ParticipantGroup
from plans.queries.groups import GroupLine, added, group_lines

ABSENT = (Participant.Answer.NO, Participant.Answer.SUBSTITUTE)


@dataclass(frozen=True)
class Counts:
    """How many are named, have said yes, are there; who sends somebody is not counted twice."""

    named: int = 0
    confirmed: int = 0
    present: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        """Both together."""
        return Counts(
            self.named + other.named,
            self.confirmed + other.confirmed,
            self.present + other.present,
        )


@dataclass(frozen=True)
class GroupRow:
    """A group of the plan with what it foresees and who there is, groups below it included."""

    line: GroupLine
    counts: Counts

    @property
    def title(self) -> str:
        """The group's words up to the colon that opens its numbers."""
        return short_title(self.line.group)

    @property
    def missing(self) -> int:
        """How many are still to be named to reach the least the plan foresees."""
        return max(0, self.line.counted[0] - self.counts.named) if self.line.counted else 0

    @property
    def over(self) -> int:
        """How many are named beyond the most the plan foresees."""
        return max(0, self.counts.named - self.line.counted[1]) if self.line.counted else 0


@dataclass(frozen=True)
class Attendance:
    """The board of the participants' page."""

    rows: list[GroupRow]
    others: Counts
    guests: Counts
    total: Counts
    planned: tuple[int, int] | None
    seats: int | None

    @property
    def planned_text(self) -> str:
        """What the plan foresees in all: “120 - 150”."""
        return span_text(self.planned)

    @property
    def missing(self) -> int:
        """How many are still to be named."""
        return max(0, self.planned[0] - self.total.named) if self.planned else 0

    @property
    def over(self) -> int:
        """How many are named beyond the plan."""
        return max(0, self.total.named - self.planned[1]) if self.planned else 0

    @property
    def without_seat(self) -> int:
        """How many more people than seats."""
        return max(0, self.total.named - self.seats) if self.seats is not None else 0


def short_title(group: ParticipantGroup) -> str:
    """A group in one line: its words without the numbers after the colon."""
    words = group.clause.text.split("\n")[0]
    return words.split(":")[0].strip(" .;") or words


def attendance(conference: Conference) -> Attendance:
    """Who there is, against the groups of the plan; a constant number of queries."""
    counted = _counts_by_group(conference)
    plan = conference.session.plan
    clauses = clauses_of(plan.document)
    lines = group_lines(plan, clauses)
    parents = {clause.pk: clause.parent_id for clause in clauses}
    at = {line.group.clause_id: line.group.pk for line in lines}
    rolled: dict[int, Counts] = {line.group.pk: Counts() for line in lines}
    for line in lines:
        mine = counted.get(line.group.pk, Counts())
        above: int | None = line.group.clause_id
        while above is not None:
            if above in at:
                rolled[at[above]] = rolled[at[above]] + mine
            above = parents.get(above)
    others = Counts()
    for group_id, counts in counted.items():
        if group_id not in rolled:
            others = others + counts
    guests = _guests(conference)
    total = sum(counted.values(), Counts())
    return Attendance(
        rows=[GroupRow(line, rolled[line.group.pk]) for line in lines],
        others=others,
        guests=guests,
        total=total,
        planned=added([line.counted for line in lines if line.depth == 1]),
        seats=conference.seats,
    )


COUNTED = {
    "named": Count("pk", filter=~Q(answer=Participant.Answer.SUBSTITUTE)),
    "confirmed": Count("pk", filter=Q(answer=Participant.Answer.YES)),
    "present": Count("pk", filter=Q(present_at__isnull=False)),
}


def _counts_by_group(conference: Conference) -> dict[int | None, Counts]:
    rows: Any = conference.participants.order_by().values("group_id").annotate(**COUNTED)
    return {row.pop("group_id"): Counts(**row) for row in rows}


def _guests(conference: Conference) -> Counts:
    return Counts(**conference.participants.filter(is_guest=True).aggregate(**COUNTED))


def namesakes(conference: Conference) -> dict[str, int]:
    """How many people bear each folded name, for names more than one person bears."""
    names = conference.participants.values_list("name", flat=True)
    return {name: count for name, count in Counter(map(fold, names)).items() if count > 1}


def coming(conference: Conference) -> QuerySet[Participant]:
    """Everybody who has not said that they stay away or send somebody."""
    return conference.participants.exclude(answer__in=ABSENT)


def in_seating_order(conference: Conference) -> list[Participant]:
    """Who needs a seat: guests by name first, then group after group of the plan, then the rest."""
    lines = group_lines(conference.session.plan)
    place = {line.group.pk: at for at, line in enumerate(lines)}
    rows = coming(conference).order_by("pk")
    return sorted(
        rows, key=lambda row: (not row.is_guest, place.get(row.group_id or 0, len(place)), row.pk)
    )


def by_name(people: list[Participant]) -> list[Participant]:
    """People as a list at the door has them: by given name."""
    return sorted(people, key=lambda row: name_key(row.name))


@dataclass(frozen=True)
class Listed:
    """One line of the list: the person, and what tells them from others of their name."""

    person: Participant
    has_namesake: bool
    has_twin: bool


def with_doubles(rows: Sequence[Participant], doubles: dict[str, int]) -> list[Listed]:
    """The lines with a mark on who shares a name, and on who is equal in every word."""
    words = Counter((fold(row.name), fold(row.post), fold(row.body)) for row in rows)
    return [
        Listed(
            row,
            fold(row.name) in doubles,
            words[fold(row.name), fold(row.post), fold(row.body)] > 1,
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Hall:
    """The seats block by block with who sits there, and who has none."""

    blocks: list[tuple[str, list[tuple[str, Participant | None]]]]
    standing: list[Participant]
    seated: int


def hall_of(conference: Conference, plan: SeatPlan | None) -> Hall:
    """Who sits where, in one query; a seat the hall no longer has counts as none."""
    people = in_seating_order(conference)
    if plan is None:
        return Hall([], people, 0)
    at = {row.seat: row for row in people if row.seat}
    blocks = []
    taken: set[str] = set()
    for block in range(1, plan.blocks + 1):
        labels = [plan.label(block, seat) for seat in range(1, plan.seats_each + 1)]
        taken |= at.keys() & set(labels)
        seats = [(f"{number:02d}", at.get(label)) for number, label in enumerate(labels, start=1)]
        blocks.append((plan.block_name(block), seats))
    return Hall(blocks, [row for row in people if row.seat not in taken], len(taken))
