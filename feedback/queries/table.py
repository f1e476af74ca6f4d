"""The consolidated table (domain.md §3.7): which voices it counts, its sections, rows and sums.

Everything the table says is counted from one list of voices, so sums are equal however they are
grouped and wherever they are shown; what a figure counts, `Asked.opinions` lists.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, cast
from urllib.parse import urlencode

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from core.text import sort_key
from feedback.models import Competence, Consultation, Field, IssueGroup, Opinion, Support
from feedback.models.opinions import OpinionQuerySet
from feedback.states import AnswerState, OpinionState
from organisations.models import AdministrativeUnit, Organisation
from plans.models import DialogueSession

GROUPINGS = ("field", "competence", "area", "unit")
ANSWERED, PENDING, IN_TABLE, NONE = "answered", "pending", "table", "none"
LEFT = (OpinionState.ROUTED, OpinionState.DECLINED, OpinionState.WITHDRAWN)
Matter = tuple[int, int]
"""A group's number and 0, or 0 and the number of an opinion that stands alone; (0, 0): the rest."""
REST: Matter = (0, 0)


class Voice(NamedTuple):
    """One opinion, or one person who joined a group: where it belongs and what it counts."""

    group: int
    opinion: int
    field: str
    competence: str
    area: int
    unit: int
    stage: str
    kind: str
    is_repeated: bool
    opinions: int
    people: int

    @property
    def matter(self) -> Matter:
        """The group it is in, or itself."""
        return (self.group, 0) if self.group else (0, self.opinion)


@dataclass(frozen=True)
class Asked:
    """What a table is asked to show: the grouping, the filters, the public version or the office's."""

    by: str = "field"
    is_public: bool = False
    consultation: int = 0
    field: str = ""
    competence: str = ""
    area: int = 0
    unit: str = ""
    stage: str = ""
    group: int = 0
    opinion: int = 0

    @property
    def pairs(self) -> list[tuple[str, object]]:
        """What is asked for, as names and values of a form."""
        by = "public" if self.is_public else self.by
        given = [(name, value) for name, value in vars(self).items() if name != "is_public"]
        return [(name, by if name == "by" else value) for name, value in given if value]

    @property
    def query(self) -> str:
        """The same in an address."""
        return urlencode(self.pairs)

    def of_section(self, key: str, **more: object) -> str:
        """The address of the list behind a figure of a section."""
        return self.narrowed(**{self.by: key, "stage": self.stage or IN_TABLE}, **more)

    def narrowed(self, **more: object) -> str:
        """The address of the list behind a figure: the same filters and some more."""
        return replace(self, **more).query  # type: ignore[arg-type]

    def consultations(self, session: DialogueSession) -> "QuerySet[Consultation]":
        """Those of the session, also those it shares with others."""
        found = Consultation.objects.for_session(session.pk)
        return found.filter(pk=self.consultation) if self.consultation else found

    def opinions(self, session: DialogueSession) -> OpinionQuerySet:
        """The opinions that are counted, each with the `topic` and `level` it is counted under."""
        ids = list(self.consultations(session).values_list("pk", flat=True))
        found = Opinion.objects.filter(submission__consultation__in=ids).annotate(
            topic=Coalesce("group__field", "field"),
            level=Coalesce("group__competence", "competence"),
        )
        found = found.filter(self._of_form("submission__") & self._stage_of_opinion())
        if self.area or self.unit:
            # A matter that left by law is a stub; not even its place is told.
            found = found.exclude(state=OpinionState.ROUTED)
        if self.group or self.opinion:
            found = found.filter(group=self.group) if self.group else found.filter(pk=self.opinion)
        return cast("OpinionQuerySet", self._of_matter(found))

    def supports(self, session: DialogueSession) -> "QuerySet[Support]":
        """Who joined the groups that are counted."""
        ids = list(self.consultations(session).values_list("pk", flat=True))
        found = Support.objects.filter(group__consultation__in=ids).annotate(
            topic=F("group__field"), level=F("group__competence")
        )
        released = Q(group__answer__state=AnswerState.RELEASED)
        by_stage = {"": Q(), IN_TABLE: Q(), ANSWERED: released, PENDING: ~released}
        found = found.filter(self._of_form("submission__") & by_stage.get(self.stage, Q(pk=None)))
        if self.group or self.opinion:
            found = found.filter(group=self.group or None)
        return cast("QuerySet[Support]", self._of_matter(found))

    def _of_form(self, path: str) -> Q:
        """Where the form came from."""
        asked = Q(**{f"{path}area": self.area}) if self.area else Q()
        if self.unit == NONE:
            asked &= Q(**{f"{path}sender_organisation": None})
        elif self.unit:
            asked &= Q(**{f"{path}sender_organisation": self.unit})
        return asked

    def _stage_of_opinion(self) -> Q:
        left_out = {IN_TABLE: LEFT, PENDING: (*LEFT, OpinionState.ANSWERED)}.get(self.stage)
        if left_out is not None:
            return ~Q(state__in=left_out)
        return Q(state=self.stage) if self.stage else Q()

    def _of_matter(self, found: Any) -> Any:
        """The field and the competence are the group's where there is one."""
        if self.field:
            found = found.filter(topic=self.field)
        if self.competence:
            found = found.filter(level="" if self.competence == NONE else self.competence)
        return found


@dataclass
class Figures:
    """What is counted: matters, opinions (answered and not yet), people who said the same."""

    matters: int = 0
    opinions: int = 0
    answered: int = 0
    people: int = 0

    @property
    def pending(self) -> int:
        """Opinions not answered yet."""
        return self.opinions - self.answered

    def count(self, voice: Voice) -> None:
        """Count one voice; matters are counted by whoever knows them."""
        self.opinions += voice.opinions
        self.people += voice.people
        self.answered += voice.opinions if voice.stage == ANSWERED else 0


@dataclass
class Cell:
    """What one section says about one matter, before its words are known."""

    matter: Matter
    figures: Figures = field(default_factory=Figures)
    areas: set[int] = field(default_factory=set)
    units: set[int] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    field: str = ""
    competence: str = ""
    is_repeated: bool = False

    def count(self, voice: Voice) -> None:
        """Count one voice about the matter."""
        self.figures.count(voice)
        self.areas.add(voice.area)
        self.units.add(voice.unit)
        self.kinds |= {voice.kind} - {""}
        self.field, self.competence = voice.field, voice.competence
        self.is_repeated = self.is_repeated or voice.is_repeated


@dataclass(frozen=True)
class Section:
    """One field, competence, area or unit with its matters, most people first."""

    key: str
    label: str
    figures: Figures
    cells: list[Cell]


@dataclass(frozen=True)
class Figure:
    """A number with the list behind it."""

    label: str
    value: int
    query: str = ""


@dataclass(frozen=True)
class Numbers:
    """The whole table as figures: its sections, its sum, and what does not stand in it."""

    asked: Asked
    sections: list[Section]
    total: Figures
    left: dict[str, int]

    @property
    def received(self) -> int:
        """Everything that came in: what stands in the table and what left it."""
        return self.total.opinions + sum(self.left.values())

    @property
    def rows(self) -> int:
        """How many rows the table has."""
        return sum(len(section.cells) for section in self.sections)

    @property
    def in_table(self) -> str:
        """The address of the list of everything the table counts."""
        return self.asked.narrowed(stage=self.asked.stage or IN_TABLE)

    @property
    def counts(self) -> list[Figure]:
        """The figures above the table; those after the first sum up to it."""
        asked, total = self.asked, self.total
        lines = [
            Figure(_("Đã nhận"), self.received, asked.query),
            Figure(_("Đã trả lời"), total.answered, asked.narrowed(stage=ANSWERED)),
            Figure(_("Chưa trả lời"), total.pending, asked.narrowed(stage=PENDING)),
        ]
        return lines + [
            Figure(str(label), self.left[state], asked.narrowed(stage=state))
            for state, label in left_labels().items()
        ]


def left_labels() -> dict[str, str]:
    """What becomes of opinions that do not stand in the table."""
    return {
        OpinionState.ROUTED: _("Chuyển ngoài đối thoại"),
        OpinionState.DECLINED: _("Không thuộc nội dung đối thoại"),
        OpinionState.WITHDRAWN: _("Người gửi đã rút"),
    }


def numbers_of(session: DialogueSession, asked: Asked) -> Numbers:
    """Count every voice once, and put it where it belongs."""
    sections: dict[str, dict[Matter, Cell]] = {}
    figures: dict[str, Figures] = {}
    matters: dict[str, set[Matter]] = {}
    total, left = Figures(), dict.fromkeys(left_labels(), 0)
    shown = _shown_to_public(session, asked) if asked.is_public else None
    for voice in _voices(session, asked):
        if voice.stage in left:
            left[voice.stage] += 1
            continue
        key = str(getattr(voice, asked.by) or NONE)
        matter = voice.matter if shown is None or voice.group in shown else REST
        cell = sections.setdefault(key, {}).setdefault(matter, Cell(matter))
        cell.count(voice)
        figures.setdefault(key, Figures()).count(voice)
        total.count(voice)
        matters.setdefault(key, set()).add(voice.matter)
    total.matters = len(set[Matter]().union(*matters.values()))
    for key, found in matters.items():
        figures[key].matters = len(found)
    labels = _labels(asked.by, sections)
    built = [
        Section(key, labels[key], figures[key], _ordered(sections[key].values()))
        for key in labels
        if key in sections
    ]
    return Numbers(asked, built, total, left)


def sums_of(session: DialogueSession, asked: Asked) -> tuple[int, int]:
    """Opinions and people of a list behind a figure, counted by the database."""
    found = asked.opinions(session).aggregate(n=Count("pk"), people=Sum("supporters"))
    return found["n"], (found["people"] or 0) + asked.supports(session).count()


def _voices(session: DialogueSession, asked: Asked) -> Iterator[Voice]:
    left = set(LEFT)
    opinions: Any = asked.opinions(session)
    rows = opinions.order_by("pk").values_list(
        "pk", "group_id", "topic", "level", "submission__area_id",
        "submission__sender_organisation_id", "state", "kind", "raised_before", "supporters",
    )  # fmt: skip
    for pk, group, topic, level, area, unit, state, kind, raised, people in rows.iterator():
        stage = state if state in left or state == ANSWERED else PENDING
        yield Voice(
            group or 0, pk, topic, level, area, unit or 0, stage, kind, bool(raised), 1, people
        )
    supports: Any = asked.supports(session)
    joined = supports.values_list(
        "group_id", "topic", "level", "submission__area_id", "submission__sender_organisation_id",
    )  # fmt: skip
    for group, topic, level, area, unit in joined.iterator():
        yield Voice(group, 0, topic, level, area, unit or 0, PENDING, "", False, 0, 1)


def _shown_to_public(session: DialogueSession, asked: Asked) -> set[int]:
    """Groups whose title everybody may read: shown for joining, or answered in public."""
    found = IssueGroup.objects.filter(
        Q(is_public=True) | Q(answer__state=AnswerState.RELEASED),
        consultation__in=asked.consultations(session),
    )
    return set(found.values_list("pk", flat=True))


def _ordered(cells: Iterable[Cell]) -> list[Cell]:
    return sorted(
        cells,
        key=lambda cell: (
            cell.matter == REST,
            -cell.figures.people,
            not cell.matter[0],
            cell.matter,
        ),
    )


def _labels(by: str, keys: Iterable[str]) -> dict[str, str]:
    """The names of the sections, in their order."""
    if by == "field":
        fields = Field.objects.filter(pk__in=list(keys)).order_by("position")
        return {row.pk: row.name for row in fields}
    if by == "competence":
        known = {value: str(label) for value, label in Competence.choices}
        return {**known, NONE: _("Chưa xác định thẩm quyền")}
    numbers = [int(key) for key in keys if key != NONE]
    model: Any = AdministrativeUnit if by == "area" else Organisation
    named = {str(row.pk): str(row) for row in model.objects.filter(pk__in=numbers)}
    ordered = dict(sorted(named.items(), key=lambda pair: sort_key(pair[1])))
    return {**ordered, NONE: _("Người dân tự gửi")}
