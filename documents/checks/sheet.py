"""What the rules read of one paper, loaded once whatever its length."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from core.calendar import WorkingCalendar
from documents.checks.settings import Settings
from documents.models import (
    Attachment,
    Clause,
    ClauseKind,
    Document,
    LegalBasis,
    Recipient,
    clause_tree,
)
from documents.reading.slips import plain
from organisations.models import Post


@dataclass
class Sheet:
    """One paper: header, clauses in reading order, the papers it cites, recipients, lists."""

    document: Document
    today: datetime.date
    clauses: list[Clause] = field(default_factory=list)
    bases: dict[int, LegalBasis] = field(default_factory=dict)
    recipients: list[Recipient] = field(default_factory=list)
    settings: Settings = field(default_factory=Settings)

    @classmethod
    def load(cls, document: Document, today: datetime.date) -> "Sheet":
        """Read the paper; the number of questions does not grow with it."""
        rows = Clause.objects.filter(document=document).select_related("basis__basis__replaced_by")
        clauses = in_reading_order(list(rows))
        return cls(
            document=document,
            today=today,
            clauses=clauses,
            bases={clause.pk: clause.basis.basis for clause in clauses if hasattr(clause, "basis")},
            recipients=list(document.recipients.select_related("organisation")),
            settings=Settings.load(),
        )

    @property
    def on(self) -> datetime.date:
        """The day of the paper: what it bears, or today while it is a draft."""
        return self.document.dated_on or self.today

    @cached_property
    def calendar(self) -> WorkingCalendar:
        """Which days count."""
        return WorkingCalendar.load()

    @cached_property
    def own_posts(self) -> list[str]:
        """The posts of the issuing organisation."""
        rows = Post.objects.filter(organisation=self.document.organisation_id)
        return list(rows.values_list("name", flat=True))

    @cached_property
    def has_attachments(self) -> bool:
        """Whether any file goes with the paper."""
        return Attachment.objects.filter(document=self.document).exists()

    @cached_property
    def texts(self) -> dict[int, str]:
        """The words of every clause without marks, by clause, in reading order."""
        return {clause.pk: plain(clause.text) for clause in self.clauses}

    def own_texts(self) -> Iterator[tuple[int, str]]:
        """The words that are the office's own: everything but citations."""
        for clause in self.clauses:
            if clause.kind != ClauseKind.LEGAL_BASIS:
                yield clause.pk, self.texts[clause.pk]

    def of_kind(self, kind: str) -> list[Clause]:
        """The clauses of one kind."""
        return [clause for clause in self.clauses if clause.kind == kind]


def in_reading_order(clauses: list[Clause]) -> list[Clause]:
    """The clauses as they are read, from top to bottom."""

    def walk(level: list[tuple[Clause, list[Any]]]) -> Iterator[Clause]:
        for clause, below in level:
            yield clause
            yield from walk(below)

    return list(walk(clause_tree(clauses)))
