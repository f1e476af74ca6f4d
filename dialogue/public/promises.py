"""What was concluded at conferences, point by point, and what became of it."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    OuterRef,
    QuerySet,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _

from assignments.models import Task
from assignments.states import TaskState
from conclusions.models import ConclusionNotice, ConclusionPoint, PetitionItem
from conclusions.queries import PointProgress, with_tasks

Kind = ConclusionPoint.Kind


class Stage(TextChoices):
    """What became of a point of an issued notice, in the words of the report (domain.md §3.8)."""

    KEPT = "kept", _("Đã giải quyết xong")
    WORKING = "working", _("Đang giải quyết")
    LATE = "late", _("Quá hạn")
    ANSWERED = "answered", _("Đã trả lời")
    PETITION = "petition", _("Đã kiến nghị cấp trên")
    NOT_CONSIDERED = "not_considered", _("Không xem xét")


TONES = {Stage.KEPT: "done", Stage.LATE: "late", Stage.WORKING: "soon"}


@dataclass(frozen=True)
class Promise:
    """A point with how far it is, as a line of the register."""

    progress: PointProgress
    stage: Stage

    @property
    def tone(self) -> str:
        """The tone of its chip."""
        return TONES.get(self.stage, "plain")

    @property
    def due_on(self) -> datetime.date | None:
        """The day its first unfinished task is due; none once all is done."""
        unfinished = (task for task in self.progress.tasks if task.state != TaskState.ACCEPTED)
        return min((task.due_on for task in unfinished if task.due_on), default=None)


@dataclass(frozen=True)
class Tally:
    """How many points stand at a stage; `query` opens the list of them."""

    stage: Stage
    number: int
    query: str
    is_chosen: bool

    @property
    def tone(self) -> str:
        """The tone of the number."""
        return TONES.get(self.stage, "")


@dataclass(frozen=True)
class Chosen:
    """What a reader of the register asked for; an empty value asks for everything."""

    unit: int | None = None
    field: str = ""
    year: int | None = None
    stage: str = ""

    def query(self, **other: object) -> str:
        """The same choice as a query string, with other values for some names."""
        values = {"unit": self.unit, "field": self.field, "year": self.year, "stage": self.stage}
        return urlencode({name: value for name, value in (values | other).items() if value})


def promises(today: datetime.date) -> QuerySet[Any]:
    """The points of issued notices with their `stage`; `today` decides what is late."""
    rows: QuerySet[Any] = _published().annotate(stage=_stage(today))
    return rows


def years_of_promises() -> list[int]:
    """The years in which notices in force were issued, the newest first."""
    years = _published().annotate(year=ExtractYear("notice__document__dated_on"))
    return list(years.order_by("-year").values_list("year", flat=True).distinct())


def _published() -> QuerySet[Any]:
    return ConclusionPoint.objects.filter(notice__in=ConclusionNotice.objects.issued())


def chosen_of(rows: QuerySet[Any], chosen: Chosen) -> QuerySet[Any]:
    """Those of `rows` a reader asked for."""
    if chosen.unit:
        rows = rows.filter(notice__document__organisation__unit=chosen.unit)
    if chosen.field:
        about = ConclusionPoint.groups.through.objects.filter(issuegroup__field=chosen.field)
        rows = rows.filter(pk__in=about.values("conclusionpoint"))
    if chosen.year:
        rows = rows.filter(notice__document__dated_on__year=chosen.year)
    if chosen.stage:
        rows = rows.filter(stage=chosen.stage)
    return rows


def lines_of(points: Sequence[Any]) -> list[Promise]:
    """The points of `promises` as lines, their tasks in one query."""
    stages = {point.pk: Stage(point.stage) for point in points}
    return [Promise(line, stages[line.point.pk]) for line in with_tasks(points)]


def tallies(today: datetime.date, chosen: Chosen) -> list[Tally]:
    """Every stage with its number among what was chosen, whichever stage is shown; one query."""
    found = counted_by_stage(chosen_of(promises(today), replace(chosen, stage="")))
    return [
        Tally(Stage(stage), number, chosen.query(stage=stage), stage == chosen.stage)
        for stage, number in found.items()
    ]


def counted_by_stage(rows: QuerySet[Any]) -> dict[str, int]:
    """How many points stand at each stage, every stage named; one query."""
    found = dict(rows.order_by().values_list("stage").annotate(n=Count("pk")))
    return {stage: found.get(stage, 0) for stage in Stage.values}


def counted_by_year(rows: QuerySet[Any]) -> dict[int, dict[str, int]]:
    """The same by the year of the notice, the earliest first; one query."""
    years: dict[int, dict[str, int]] = {}
    numbered = rows.annotate(year=ExtractYear("notice__document__dated_on")).order_by("year")
    for year, stage, number in numbered.values_list("year", "stage").annotate(n=Count("pk")):
        years.setdefault(year, dict.fromkeys(Stage.values, 0))[stage] = number
    return years


def _stage(today: datetime.date) -> Case:
    """Each point has exactly one stage, so that the numbers of all stages add up."""
    kind = ContentType.objects.get_for_model(ConclusionPoint)
    tasks = Task.objects.filter(origin_type=kind, origin_id=OuterRef("pk")).live()
    unfinished = tasks.exclude(state=TaskState.ACCEPTED)
    late = unfinished.filter(state=TaskState.OPEN, due_on__lt=today, paused_on=None)
    heard = PetitionItem.objects.filter(point=OuterRef("pk"), answered_on__isnull=False)
    return Case(
        When(kind=Kind.ANSWERED, then=Value(Stage.ANSWERED.value)),
        When(kind=Kind.NOT_CONSIDERED, then=Value(Stage.NOT_CONSIDERED.value)),
        When(Exists(heard), then=Value(Stage.ANSWERED.value)),
        When(Exists(late), then=Value(Stage.LATE.value)),
        When(kind=Kind.PETITION, then=Value(Stage.PETITION.value)),
        When(Exists(unfinished), then=Value(Stage.WORKING.value)),
        When(Exists(tasks), then=Value(Stage.KEPT.value)),
        default=Value(Stage.WORKING.value),
        output_field=CharField(),
    )
