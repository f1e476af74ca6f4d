"""What the one who chairs the conference should know before it begins (domain.md §2.6, §3.7)."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from core.text import sort_key
from feedback.models import Answer, IssueGroup, Opinion, RestrictedMatter, Submission
from feedback.queries.marks import Mark, marks_of, words_of
from feedback.queries.memory import Memory, memories_of
from feedback.queries.replies import Replies, replies_of
from feedback.queries.table import REST, Asked, Numbers, numbers_of
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
    """Somebody who registered to speak; the name only for those who may see senders."""

    submission: Submission
    name: str
    subjects: list[str]


@dataclass(frozen=True)
class Waiting:
    """What one body has still to answer; no body: nobody was asked yet."""

    lead: str
    matters: list[tuple[IssueGroup, str]]

    @property
    def late(self) -> int:
        """How many of them are late."""
        return sum(1 for _group, state in self.matters if state == _("quá hạn"))


@dataclass(frozen=True)
class Dossier:
    """The whole of it."""

    session: DialogueSession
    numbers: Numbers
    chapters: list[Chapter]
    left_out: int
    speakers: list[Speaker]
    speaker_count: int
    waiting: list[Waiting]
    alone: int
    replies: list[Replies]

    @property
    def matters_with_answers(self) -> int:
        """How many of the matters told here have an answer at hand."""
        topics = [topic for chapter in self.chapters for topic in chapter.topics]
        return sum(1 for topic in topics if topic.row.answer)
