"""The figures: counted once, by field × competence × status × source × body, and added up from there.

Five queries whatever the number of rows; every number carries the address of the list it counts.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from statistics import median
from typing import Any, NamedTuple, TypeVar

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from core.calendar import WorkingCalendar
from dialogue.reports import matters, work
from dialogue.reports.asked import NONE, Asked
from dialogue.reports.held import counted_held
from dialogue.reports.matters import SHORT, SOURCES, Status
from dialogue.reports.work import Standing
from feedback.models import Competence, Field
from organisations.models import Organisation
from plans.models import DialogueSession


class Cell(NamedTuple):
    """Where a counted matter belongs."""

    field: str
    competence: str
    status: str
    source: str
    body: int


class Job(NamedTuple):
    """Where a counted task belongs."""

    lead: int
    standing: str
    body: int


class Meeting(NamedTuple):
    """Where a counted conference belongs."""

    kind: str
    body: int


K = TypeVar("K", Cell, Job, Meeting)


@dataclass(frozen=True)
class Figure:
    """A number with its words and the list that makes it."""

    label: str
    value: int
    url: str


@dataclass(frozen=True)
class Line:
    """A line of a table of figures; the last cell is its sum."""

    label: str
    cells: list[Figure]

    @property
    def total(self) -> Figure:
        """The sum of the line."""
        return self.cells[-1]


@dataclass(frozen=True)
class Grid:
    """A table of figures: the heads of its columns, its lines, the line of the sums."""

    heads: list[str]
    lines: list[Line]
    total: Line


@dataclass
class Figures:
    """Everything counted for one question; the methods only add up."""

    asked: Asked
    matters: "Counter[Cell]" = field(default_factory=Counter)
    jobs: "Counter[Job]" = field(default_factory=Counter)
    meetings: "Counter[Meeting]" = field(default_factory=Counter)
    people: "Counter[Meeting]" = field(default_factory=Counter)
    names: dict[int, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)

    def count(self, **wanted: object) -> int:
        """How many matters stand there; a tuple of values takes any of them."""
        return _sum(self.matters, wanted)

    def matter(self, label: str, **wanted: Any) -> Figure:
        """A number of matters with its list."""
        asked = {name: _in_address(value) for name, value in wanted.items()}
        return Figure(label, self.count(**wanted), self._url("matters", asked))

    def job(self, label: str, **wanted: Any) -> Figure:
        """A number of tasks with their list."""
        value = _sum(self.jobs, wanted)
        asked = {name: _in_address(one) for name, one in wanted.items()}
        asked["status"] = asked.pop("standing", "")
        return Figure(label, value, self._url("work", asked))

    def meeting(self, label: str, **wanted: Any) -> Figure:
        """A number of conferences with their list."""
        return Figure(label, _sum(self.meetings, wanted), self._url("held", wanted))

    def present(self, **wanted: object) -> int:
        """How many people came."""
        return _sum(self.people, wanted)

    def _url(self, page: str, asked: dict[str, Any]) -> str:
        return f"{reverse(f'reports:{page}')}?{self.asked.narrowed(**asked)}"

    # --- the tables -------------------------------------------------------------------------------

    def by_field(self) -> Grid:
        """Fields down, statuses across."""
        known = {code: name for code, name in self.fields.items() if self.count(field=code)}
        return self._matters("field", known | self._unsorted("field", _("Chưa xếp lĩnh vực")))

    def by_competence(self) -> Grid:
        """Competence down, statuses across."""
        labels = {one.value: str(one.label) for one in Competence}
        known = {code: name for code, name in labels.items() if self.count(competence=code)}
        unsorted = self._unsorted("competence", _("Chưa xác định thẩm quyền"))
        return self._matters("competence", known | unsorted)

    def by_source(self) -> Grid:
        """Where the matters were raised, statuses across."""
        return self._matters("source", {code: str(label) for code, label in SOURCES.items()})

    def by_status(self) -> list[Figure]:
        """Every status that occurs."""
        return [self.matter(str(one.label), status=one.value) for one in self.statuses()]

    def statuses(self) -> list[Status]:
        """The statuses that occur, in the order of the report."""
        return [one for one in Status if self.count(status=one.value)]

    def by_lead(self) -> Grid:
        """Agencies down, the standing of their tasks across; those with most overdue first."""
        leads = {job.lead for job in self.jobs}
        late = {lead: _sum(self.jobs, {"lead": lead, "standing": "overdue"}) for lead in leads}
        order = sorted(leads, key=lambda lead: (-late[lead], self.names.get(lead, "")))
        rows = {lead: self.names.get(lead, "") for lead in order}
        heads = [(one.value, str(one.label)) for one in Standing]
        return _grid(
            rows,
            heads,
            lambda label, row, column: self.job(
                label, **_given(lead=row), **_given(standing=column)
            ),
        )

    def by_kind(self) -> list[Figure]:
        """Conferences by why they were held."""
        kinds = DialogueSession.Kind
        return [self.meeting(str(one.label), kind=one.value) for one in kinds]

    def by_body(self) -> list[tuple[str, list[Figure]]]:
        """Each body with its key figures, for the level above."""
        bodies = {cell.body for cell in self.matters} | {job.body for job in self.jobs}
        bodies |= {meeting.body for meeting in self.meetings}
        named = sorted((self.names.get(pk, ""), pk) for pk in bodies)
        return [(name, self.of_body(pk).key_figures()) for name, pk in named]

    def of_body(self, pk: int) -> "Figures":
        """The part of one body; nothing is asked again."""
        return Figures(
            self.asked.of_body(pk),
            matters=_of_body(self.matters, pk),
            jobs=_of_body(self.jobs, pk),
            meetings=_of_body(self.meetings, pk),
            people=_of_body(self.people, pk),
            names=self.names,
            fields=self.fields,
        )

    def key_figures(self) -> list[Figure]:
        """What is compared: between periods, units and years."""
        return [
            self.meeting(_("Hội nghị đã tổ chức")),
            self.matter(_("Ý kiến, kiến nghị tiếp nhận")),
            self.matter(_("Giải đáp tại hội nghị"), status=Status.ON_SPOT),
            self.matter(_("Trả lời bằng văn bản"), status=Status.WRITTEN),
            self.matter(_("Giao giải quyết"), status=matters.ASSIGNED),
            self.matter(_("Kiến nghị cấp trên"), status=Status.PETITION),
            self.job(_("Việc kết luận phải làm")),
            self.job(_("Việc xong đúng hạn"), standing=Standing.IN_TIME),
            self.job(_("Việc xong quá hạn"), standing=Standing.DONE_LATE),
            self.job(_("Việc quá hạn chưa xong"), standing=Standing.OVERDUE),
        ]

    def _unsorted(self, name: str, label: str) -> dict[str, str]:
        return {"": label} if self.count(**{name: ""}) else {}

    def _matters(self, name: str, rows: dict[str, str]) -> Grid:
        heads = [(one.value, str(SHORT[one])) for one in self.statuses()]
        return _grid(
            rows,
            heads,
            lambda label, row, column: self.matter(
                label,
                **({} if row is None else {name: row}),
                **_given(status=column),
            ),
        )


def figures_of(asked: Asked) -> Figures:
    """Count everything for one question: five queries."""
    found = Figures(asked)
    _count_matters(found)
    jobs = work.tasks(asked).order_by().values_list("lead", "standing", "owner")
    for *key, number in jobs.annotate(n=Count("pk")):
        found.jobs[Job(*key)] += number
    for row in counted_held(asked):
        key = Meeting(row["session__kind"], row["organisation"])
        found.meetings[key] += row["number"]
        found.people[key] += row["people"] or 0
    bodies = {job.lead for job in found.jobs} | set(asked.bodies)
    names = Organisation.objects.filter(pk__in=bodies).values_list("pk", "name")
    found.names = dict(names)
    found.fields = dict(Field.objects.order_by("position").values_list("code", "name"))
    return found


def _count_matters(found: Figures) -> None:
    both = (
        (matters.SENT, matters.opinions(found.asked)),
        (matters.RAISED, matters.exchanges(found.asked)),
    )
    for source, rows in both:
        counted = rows.order_by().values_list("topic", "level", "status", "body")
        for topic, level, status, body, number in counted.annotate(n=Count("pk")):
            found.matters[Cell(topic, level, status, source, body)] += number


def _sum(counter: "Counter[Any]", wanted: dict[str, Any]) -> int:
    tests = [
        (name, set(value) if isinstance(value, tuple) else {value})
        for name, value in wanted.items()
    ]
    return sum(
        number
        for key, number in counter.items()
        if all(getattr(key, name) in values for name, values in tests)
    )


def _of_body(counter: "Counter[K]", pk: int) -> "Counter[K]":
    return Counter({key: number for key, number in counter.items() if key.body == pk})


def _in_address(value: Any) -> Any:
    """A value as a filter: several are joined by dots, nothing known is said in a word."""
    if isinstance(value, tuple):
        return ".".join(value)
    return NONE if value == "" else value


def _given(**wanted: Any) -> dict[str, Any]:
    return {name: value for name, value in wanted.items() if value is not None}


def _grid(
    rows: dict[Any, str],
    heads: Iterable[tuple[str, str]],
    figure: "Callable[[str, Any, Any], Figure]",
) -> Grid:
    """A table whose last line and last column count the whole, not what stands beside them."""
    columns: list[tuple[str | None, str]] = [*heads, (None, _("Tổng số"))]

    def line(label: str, row: Any) -> Line:
        return Line(label, [figure(f"{label}: {head}", row, column) for column, head in columns])

    return Grid(
        [head for _column, head in columns],
        [line(label, row) for row, label in rows.items()],
        line(_("Tổng số"), None),
    )


@dataclass(frozen=True)
class Waiting:
    """How long answers took, in working days from the day of receipt: the middle of how many."""

    days: float
    answers: Figure


def time_to_answer(asked: Asked, calendar: WorkingCalendar) -> Waiting:
    """The median over all answered opinions whose day of answer is known; one query."""
    timed = matters.with_answer_day(matters.opinions(asked)).exclude(answered_on=None)
    pairs = timed.order_by().values_list("day", "answered_on").annotate(n=Count("pk"))
    counted = {(first, last): number for first, last, number in pairs}
    taken: list[int] = []
    for (first, last), number in counted.items():
        taken += [max(0, calendar.working_days_between(first, last))] * number
    url = f"{reverse('reports:matters')}?{asked.narrowed(work='answered')}"
    answers = Figure(_("ý kiến đã có trả lời"), len(taken), url)
    return Waiting(float(median(taken)) if taken else 0.0, answers)
