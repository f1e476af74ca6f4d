"""The words of the consolidated table's rows: read only for the rows that are shown."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.db.models import Count
from django.utils.translation import gettext as _

from core.text import sort_key
from feedback.models import Answer, Competence, Field, IssueGroup, Opinion
from feedback.queries.table import REST, Asked, Cell, Numbers, Section
from feedback.states import AnswerState
from organisations.models import AdministrativeUnit, Organisation, User
from plans.models import DialogueSession


@dataclass(frozen=True)
class Row:
    """One row (domain.md §3.7): a group, or an opinion that stands alone, as one section counts it."""

    number: int
    cell: Cell
    section: Section
    code: str
    content: str
    field: str
    competence: str
    areas: Sequence[str] = ()
    units: Sequence[str] = ()
    kinds: Sequence[str] = ()
    url: str = ""
    lead: str = ""
    helpers: Sequence[str] = ()
    due_on: datetime.date | None = None
    answer: Answer | None = None
    is_repeated: bool = False
    group: IssueGroup | None = None
    asked: str = ""

    @property
    def note(self) -> str:
        """How far the matter is, and that the answer shown is still under embargo."""
        figures = self.cell.figures
        words = []
        if self.answer and self.answer.state != AnswerState.RELEASED:
            words.append(_("Trả lời chưa công bố: %(state)s") % {"state": self.answer_state})
        if figures.opinions and figures.answered == figures.opinions:
            words.append(_("Đã trả lời"))
        elif figures.answered:
            part = {"n": figures.answered, "all": figures.opinions}
            words.append(_("Đã trả lời %(n)s/%(all)s") % part)
        return "; ".join(words)

    @property
    def answer_state(self) -> str:
        """Where the answer stands, in small letters."""
        return str(self.answer.get_state_display()).lower() if self.answer else ""


@dataclass(frozen=True)
class Part:
    """A section with those of its rows that are shown; `query` lists what its sums count."""

    section: Section
    rows: list[Row]
    query: str


@dataclass(frozen=True)
class _Words:
    """Everything rows name, read with one question per table."""

    groups: dict[int, IssueGroup]
    opinions: dict[int, Opinion]
    answers: dict[int, Answer]
    areas: dict[int, str]
    units: dict[int, str]
    fields: dict[str, str]


def parts_of(
    numbers: Numbers, *, user: User, start: int = 0, stop: int | None = None
) -> list[Part]:
    """The rows from `start` to `stop` under their sections.

    Answers are those the person may read; in the public version those everybody may.
    """
    places = [(section, cell) for section in numbers.sections for cell in section.cells]
    shown = places[start:stop]
    words = _words([cell for _section, cell in shown], numbers, user)
    rows = [
        _row(number, section, cell, words, numbers)
        for number, (section, cell) in enumerate(shown, start=start + 1)
    ]
    by_section = groupby(rows, key=lambda row: row.section.key)
    return [
        Part(found[0].section, found, numbers.asked.of_section(key))
        for key, found in ((key, list(some)) for key, some in by_section)
    ]


def _words(cells: Sequence[Cell], numbers: Numbers, user: User) -> _Words:
    group_ids = [cell.matter[0] for cell in cells if cell.matter[0]]
    groups = IssueGroup.objects.filter(pk__in=group_ids).select_related("lead", "task")
    answers = Answer.objects.visible_to(user).filter(group__in=group_ids)
    if numbers.asked.is_public:
        answers = Answer.objects.released().filter(group__in=group_ids)
    alone = [cell.matter[1] for cell in cells if cell.matter[1]]
    opinions = Opinion.objects.filter(pk__in=alone).select_related("submission")
    areas = AdministrativeUnit.objects.filter(pk__in=set().union(*(c.areas for c in cells)))
    units = Organisation.objects.filter(pk__in=set().union(*(c.units for c in cells)))
    return _Words(
        groups={row.pk: row for row in groups.prefetch_related("task__cooperating", "earlier")},
        opinions={row.pk: row for row in opinions.defer("search")},
        answers={row.group_id: row for row in answers},
        areas={row.pk: str(row) for row in areas},
        units={row.pk: row.short_name for row in units},
        fields={row.pk: row.name for row in Field.objects.all()},
    )


def _row(number: int, section: Section, cell: Cell, words: _Words, numbers: Numbers) -> Row:
    row = Row(
        number=number,
        cell=cell,
        section=section,
        code="",
        content=_("Các ý kiến riêng lẻ khác"),
        field=words.fields.get(cell.field, "") if numbers.asked.by == "field" else "",
        competence="",
    )
    if cell.matter == REST:
        # Many matters in one line; their words are for the office alone.
        return row
    group_id, opinion_id = cell.matter
    narrow: dict[str, object] = {"group": group_id} if group_id else {"opinion": opinion_id}
    row = replace(
        row,
        field=words.fields.get(cell.field, ""),
        competence=str(dict(Competence.choices).get(cell.competence, "")),
        kinds=[str(label) for kind, label in Opinion.Kind.choices if kind in cell.kinds],
        is_repeated=cell.is_repeated,
        asked=numbers.asked.of_section(section.key, **narrow),
        areas=sorted((words.areas[pk] for pk in cell.areas), key=sort_key),
        units=sorted((words.units[pk] for pk in cell.units - {0}), key=sort_key),
    )
    if group_id:
        return _of_group(row, words.groups[group_id], words.answers.get(group_id))
    return _of_opinion(row, words.opinions[opinion_id])


def _of_group(row: Row, group: IssueGroup, answer: Answer | None) -> Row:
    task = group.task
    return replace(
        row,
        code=_("VĐ %(number)s") % {"number": group.pk},
        content=group.title,
        url=group.get_absolute_url(),
        lead=group.lead.name if group.lead else "",
        helpers=[body.name for body in task.cooperating.all()] if task else [],
        due_on=task.due_on if task else None,
        answer=answer,
        is_repeated=row.is_repeated or bool(group.earlier.all()),
        group=group,
    )


def _of_opinion(row: Row, opinion: Opinion) -> Row:
    content = opinion.text
    if opinion.proposal:
        content += "\n" + _("Đề xuất: %(words)s") % {"words": opinion.proposal}
    return replace(row, code=opinion.code, content=content, url=opinion.get_absolute_url())


def joiners_of(session: DialogueSession, asked: Asked) -> list[tuple[IssueGroup, int]]:
    """How many people joined each group that is counted."""
    counts = dict(
        asked.supports(session).order_by("group").values_list("group").annotate(n=Count("pk"))
    )
    groups = IssueGroup.objects.in_bulk(counts)
    return [(groups[pk], n) for pk, n in counts.items()]
