"""What the one who chairs the conference should know before it begins (domain.md §2.6, §3.7)."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from core.text import sort_key
from feedback.models import IssueGroup, Opinion, Submission
from feedback.queries.marks import Mark, marks_of, words_of
from feedback.queries.memory import Memory, memories_of
from feedback.queries.replies import Replies, replies_of
from feedback.queries.table import Asked, Matter, Numbers, numbers_of
from feedback.queries.table_rows import Part, Row, parts_of
from feedback.states import AnswerState
from organisations.models import User
from plans.models import DialogueSession

IN_DETAIL = 60
SPEAKERS = 100
READ_FOR_MARKS = 2000
READY = (AnswerState.ACCEPTED, AnswerState.RELEASED)


@dataclass(frozen=True)
class Marked:
    """An opinion in which something should be looked at before it is read aloud."""

    opinion: Opinion
    marks: list[Mark]


@dataclass(frozen=True)
class Topic:
    """One matter as the chair meets it: what is said, the answer at hand, what was promised before."""

    row: Row
    memory: Memory | None
    marked: list[Marked]


@dataclass(frozen=True)
class Chapter:
    """A field with its matters."""

    part: Part
    topics: list[Topic]


@dataclass(frozen=True)
class Speaker:
    """Somebody who registered to speak, on what; a dossier is for those who may see senders."""

    submission: Submission
    name: str
    subjects: list[str]


@dataclass(frozen=True)
class Due:
    """A matter somebody has still to answer."""

    group: IssueGroup
    state: str
    due_on: datetime.date | None
    is_late: bool


@dataclass(frozen=True)
class Waiting:
    """What one body has still to answer; without a body: nobody was asked yet."""

    lead: str
    matters: list[Due]

    @property
    def late(self) -> int:
        """How many of them are late."""
        return sum(1 for due in self.matters if due.is_late)


@dataclass(frozen=True)
class Dossier:
    """The whole of it; `left_out` rows of the table are not told one by one."""

    session: DialogueSession
    numbers: Numbers
    chapters: list[Chapter]
    left_out: int
    speakers: list[Speaker]
    speaker_count: int
    waiting: list[Waiting]
    replies: list[Replies]

    @property
    def topics(self) -> list[Topic]:
        """Every matter that is told."""
        return [topic for chapter in self.chapters for topic in chapter.topics]

    @property
    def prepared(self) -> int:
        """How many of the matters have an accepted or released answer."""
        answers = [topic.row.answer for topic in self.topics]
        return sum(1 for answer in answers if answer and answer.state in READY)

    @property
    def unanswered(self) -> int:
        """How many groups have none."""
        return sum(len(row.matters) for row in self.waiting)


def dossier_of(session: DialogueSession, *, user: User, today: datetime.date) -> Dossier:
    """Everything at a glance; answers under embargo only where the person may read them."""
    asked = Asked()
    numbers = numbers_of(session, asked)
    kept = _weightiest(numbers)
    parts = parts_of(kept, user=user)
    rows = [row for part in parts for row in part.rows]
    groups = [row.group.pk for row in rows if row.group]
    memories, marked = memories_of(groups), _marked(rows, session)
    chapters = [
        Chapter(
            part,
            [
                Topic(row, memories.get(row.cell.matter[0]), marked.get(row.cell.matter, []))
                for row in part.rows
            ],
        )
        for part in parts
    ]
    speakers = _speakers(session, asked)
    consultations = asked.consultations(session)
    return Dossier(
        session=session,
        numbers=numbers,
        chapters=chapters,
        left_out=numbers.rows - kept.rows,
        speakers=_named(speakers[:SPEAKERS]),
        speaker_count=speakers.count(),
        waiting=_waiting(session, asked, today),
        replies=replies_of(consultations, with_words=True),
    )


def _weightiest(numbers: Numbers) -> Numbers:
    """The matters most people stand behind, each still under its field with the field's own sums."""
    cells = [cell for section in numbers.sections for cell in section.cells]
    cells.sort(key=lambda cell: (not cell.matter[0], -cell.figures.people, cell.matter))
    kept = {cell.matter for cell in cells[:IN_DETAIL]}
    sections = [
        replace(section, cells=[cell for cell in section.cells if cell.matter in kept])
        for section in numbers.sections
    ]
    return replace(numbers, sections=[section for section in sections if section.cells])


def _marked(rows: Sequence[Row], session: DialogueSession) -> dict[Matter, list[Marked]]:
    """What to look at before words are read aloud: telephones, numbers of identity, abuse."""
    groups = [row.cell.matter[0] for row in rows if row.cell.matter[0]]
    alone = [row.cell.matter[1] for row in rows if row.cell.matter[1]]
    found = Opinion.objects.filter(Q(group__in=groups) | Q(pk__in=alone)).order_by("pk")
    words = words_of(session.plan.document.organisation_id)
    marked: dict[Matter, list[Marked]] = {}
    for opinion in found.select_related("submission").defer("search")[:READ_FOR_MARKS]:
        marks = marks_of(f"{opinion.text}\n{opinion.proposal}".strip(), words)
        if marks:
            matter = (opinion.group_id, 0) if opinion.group_id else (0, opinion.pk)
            marked.setdefault(matter, []).append(Marked(opinion, marks))
    return marked


def _speakers(session: DialogueSession, asked: Asked) -> "QuerySet[Submission]":
    """Who registered to speak, in the order they came; not where a matter left by law."""
    return (
        Submission.objects.filter(
            Q(opinions__in=Opinion.objects.in_dialogue()) | Q(supports__isnull=False),
            consultation__in=asked.consultations(session),
            wants_to_speak=True,
        )
        .exclude(opinions__matter__isnull=False)
        .distinct()
        .order_by("pk")
    )


def _named(forms: "QuerySet[Submission]") -> list[Speaker]:
    opinions = Prefetch("opinions", Opinion.objects.in_dialogue().select_related("group"))
    related = forms.select_related("area", "sender", "sender_organisation")
    return [
        Speaker(
            form,
            getattr(getattr(form, "sender", None), "full_name", ""),
            [
                *(row.group.title if row.group else row.text for row in form.opinions.all()),
                *(row.group.title for row in form.supports.all()),
            ],
        )
        for form in related.prefetch_related(opinions, "supports__group")
    ]


def _waiting(session: DialogueSession, asked: Asked, today: datetime.date) -> list[Waiting]:
    """Groups without an accepted answer, by the body that owes it; the longest list first."""
    open_groups = (
        IssueGroup.objects.standing()
        .filter(consultation__in=asked.consultations(session))
        .exclude(answer__state__in=READY)
        .filter(Q(opinions__isnull=False) | Q(supports__isnull=False))
        .distinct()
        .select_related("lead", "task", "answer")
        .order_by("task__due_on", "pk")
    )
    by_lead: dict[str, list[Due]] = {}
    for group in open_groups:
        answer = getattr(group, "answer", None)
        state = str(answer.get_state_display()) if answer else _("Chưa có dự thảo")
        due_on = group.task.due_on if group.task else None
        is_late = bool(due_on and due_on < today)
        lead = group.lead.name if group.lead else ""
        due = Due(group, state if group.lead else _("Chưa giao cơ quan nào"), due_on, is_late)
        by_lead.setdefault(lead, []).append(due)
    rows = [Waiting(lead, matters) for lead, matters in by_lead.items()]
    return sorted(rows, key=lambda row: (not row.lead, -len(row.matters), sort_key(row.lead)))
