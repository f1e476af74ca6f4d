"""What the rules read of one plan, beside its paper; loaded once whatever its length."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from textwrap import shorten
from typing import Any, NamedTuple

from django.contrib.postgres.aggregates import ArrayAgg

from core.timephrase import TimePhrase
from documents.checks.sheet import Sheet
from organisations.models import Organisation
from plans.models import Assignee, DialogueSession, Duty, Plan
from plans.queries import GroupLine, Outline, anchor_of, group_lines, true_time

UNITS = ("unit", "unit__parent", "unit__parent__parent", "unit__parent__parent__parent")
_MONTH = datetime.timedelta(days=31)


class Body(NamedTuple):
    """One organisation as the rules need it."""

    pk: int
    name: str
    ended_on: datetime.date | None = None
    units: tuple[int, ...] = ()
    """The unit it belongs to and those above, nearest first."""


@dataclass(frozen=True)
class SessionRow:
    """One session of the plan."""

    clause_id: int
    name: str = ""
    title: str = ""
    theme: str = ""
    audience: str = ""
    place: str = ""
    time: TimePhrase | None = None
    first_on: datetime.date | None = None
    last_on: datetime.date | None = None
    chairs: tuple[tuple[str, str], ...] = ()
    words: str = ""
    moved_to: TimePhrase | None = None
    """Where the session in force was moved to after the amendment was begun."""


@dataclass(frozen=True)
class AssigneeRow:
    """One addressee of duties with the bodies behind the words."""

    clause_id: int
    name: str = ""
    bodies: tuple[Body, ...] = ()


@dataclass(frozen=True)
class DutyRow:
    """One duty, whose it is, and when it is due."""

    clause_id: int
    text: str = ""
    part: str = Duty.Part.LEAD
    stage: str = ""
    due: TimePhrase | None = None
    due_on: datetime.date | None = None
    deliverable: str = ""
    send_to: Body | None = None
    via: Body | None = None
    assignee: AssigneeRow | None = None
    cooperating: frozenset[int] = frozenset()
    helpers: tuple[Body, ...] = ()
    own: tuple[Body, ...] = ()
    sessions: tuple[SessionRow, ...] = ()

    @property
    def name(self) -> str:
        """The duty's words, cut to what a sentence can quote."""
        return shorten(self.text, 80, placeholder="…")

    @property
    def bodies(self) -> tuple[Body, ...]:
        """Whose duty it is: those it names itself, else those it stands under."""
        return self.own or (self.assignee.bodies if self.assignee else ())

    @property
    def body_ids(self) -> set[int]:
        """Whose duty it is, by id."""
        return {body.pk for body in self.bodies}

    @property
    def receivers(self) -> set[int]:
        """Who gets the product: the body it goes through, else the one it goes to."""
        return {body.pk for body in (self.send_to, self.via) if body}


@dataclass
class PlanSheet:
    """A plan as the rules read it; everything in reading order."""

    paper: Sheet
    year: int
    sessions: list[SessionRow] = field(default_factory=list)
    groups: list[GroupLine] = field(default_factory=list)
    assignees: list[AssigneeRow] = field(default_factory=list)
    duties: list[DutyRow] = field(default_factory=list)
    office: Body | None = None

    def is_beside(self, body: Body) -> bool:
        """Whether a body belongs to a unit that is neither above nor below the plan's own."""
        own = self.office.units if self.office else ()
        return bool(own and body.units) and own[0] not in body.units and body.units[0] not in own

    def is_in_year(self, day: datetime.date) -> bool:
        """Whether a day lies in the plan's year, a month more on both sides."""
        first, last = datetime.date(self.year, 1, 1), datetime.date(self.year, 12, 31)
        return first - _MONTH <= day <= last + _MONTH

    @property
    def dated(self) -> list[DutyRow]:
        """The duties with a day, the earliest first."""
        rows = [row for row in self.duties if row.due_on]
        return sorted(rows, key=lambda row: row.due_on or datetime.date.max)


def plan_sheet(paper: Sheet) -> PlanSheet | None:
    """The subject of the rules over plans: None for any other paper."""
    if paper.document.type_id != "KH":
        return None
    plan = Plan.objects.filter(document=paper.document).first()
    if plan is None:
        return None
    plan.document = paper.document
    return _Reader(plan, paper).read()


class _Reader:
    """Reads the facts of one plan with one question per table."""

    def __init__(self, plan: Plan, paper: Sheet) -> None:
        self.plan, self.paper = plan, paper
        self.outline = Outline(paper.clauses)
        self.places = {clause.pk: place for place, clause in enumerate(paper.clauses)}
        self.sessions = list(plan.sessions.prefetch_related("chairs"))
        self.moved = _moved_since(paper)
        self.rows = {row.pk: self._session(row) for row in self.sessions}
        self.duties = list(
            plan.duties.annotate(
                own=ArrayAgg("organisations", distinct=True),
                helpers=ArrayAgg("cooperating", distinct=True),
                served=ArrayAgg("sessions", distinct=True),
            )
        )
        self.links: list[tuple[int, int | None]] = list(
            Assignee.objects.filter(plan=plan).values_list("clause_id", "organisations")
        )
        named = {pk for _clause, pk in self.links}
        named |= {
            pk
            for duty in self.duties
            for pk in (duty.send_to_id, duty.via_id, *duty.helpers, *duty.own)
        }
        self.bodies = _bodies({*named, plan.document.organisation_id})

    def read(self) -> PlanSheet:
        """Everything in reading order."""
        assignees = self._assignees()
        duties = [self._duty(duty, assignees) for duty in self.duties]
        return PlanSheet(
            paper=self.paper,
            year=self.plan.year,
            sessions=sorted(self.rows.values(), key=lambda row: self._place(row.clause_id)),
            groups=group_lines(self.plan, self.paper.clauses),
            assignees=sorted(assignees.values(), key=lambda row: self._place(row.clause_id)),
            duties=sorted(duties, key=lambda row: self._place(row.clause_id)),
            office=self.bodies.get(self.plan.document.organisation_id),
        )

    def _place(self, clause_id: int) -> int:
        return self.places.get(clause_id, 0)

    def _session(self, row: DialogueSession) -> SessionRow:
        words = self.paper.texts.get(row.clause_id, "")
        title = words.split("\n")[0]
        return SessionRow(
            clause_id=row.clause_id,
            name=shorten(row.theme or title, 80, placeholder="…"),
            title=title,
            theme=row.theme,
            audience=row.audience,
            place=row.place,
            time=row.time,
            first_on=row.first_on,
            last_on=row.last_on,
            chairs=tuple((chair.post, chair.name) for chair in row.chairs.all()),
            words=words,
            moved_to=self.moved.get(row.clause_id),
        )

    def _assignees(self) -> dict[int, AssigneeRow]:
        behind: dict[int, list[Body]] = {}
        for clause_id, pk in self.links:
            found = self.bodies.get(pk or 0)
            behind.setdefault(clause_id, []).extend([found] if found else [])
        return {
            clause_id: AssigneeRow(
                clause_id,
                shorten(self.paper.texts.get(clause_id, ""), 80, placeholder="…"),
                tuple(bodies),
            )
            for clause_id, bodies in behind.items()
        }

    def _duty(self, duty: Any, assignees: dict[int, AssigneeRow]) -> DutyRow:
        above = (assignees.get(clause.pk) for clause in self.outline.above(duty.clause_id))
        served = [row for row in self.sessions if row.pk in duty.served]
        served = served or (self.sessions if len(self.sessions) == 1 else [])
        return DutyRow(
            clause_id=duty.clause_id,
            text=self.paper.texts.get(duty.clause_id, ""),
            part=duty.part,
            stage=duty.stage,
            due=duty.due,
            due_on=self._due_on(duty.due, served),
            deliverable=duty.deliverable,
            send_to=self.bodies.get(duty.send_to_id),
            via=self.bodies.get(duty.via_id),
            assignee=next((row for row in above if row), None),
            cooperating=frozenset(pk for pk in duty.helpers if pk),
            helpers=tuple(self.bodies[pk] for pk in sorted(filter(None, duty.helpers))),
            own=tuple(self.bodies[pk] for pk in sorted(filter(None, duty.own))),
            sessions=tuple(self.rows[row.pk] for row in served),
        )

    def _due_on(
        self, due: TimePhrase | None, served: list[DialogueSession]
    ) -> datetime.date | None:
        if due is None:
            return None
        inclusive = self.paper.document.organisation.is_before_inclusive
        return due.resolve(
            anchor_of(due, served), self.paper.calendar, before_is_inclusive=inclusive
        )


def _moved_since(paper: Sheet) -> dict[int, TimePhrase | None]:
    """By clause of an amendment, the time its session in force got while it was written."""
    if paper.document.amends_id is None:
        return {}
    rows = DialogueSession.objects.filter(
        clause__document=paper.document.amends_id, changed_at__gt=paper.document.created_at
    )
    living = {row.clause_id: true_time(row.time, row.fixed_on) for row in rows}
    return {
        clause.pk: living[clause.carried_from_id]
        for clause in paper.clauses
        if clause.carried_from_id in living
    }


def _bodies(ids: Iterable[int | None]) -> dict[int, Body]:
    rows = Organisation.objects.filter(pk__in=[pk for pk in ids if pk]).values_list(
        "pk", "name", "valid_to", *UNITS
    )
    return {
        pk: Body(pk, name, end, tuple(unit for unit in units if unit))
        for pk, name, end, *units in rows
    }
