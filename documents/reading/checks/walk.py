"""What the rules look at: the words of a paper with their lines, and its fixed days."""

import datetime
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from core.timephrase import Bound, Precision, TimePhrase
from documents.reading.phrases import deadlines_in
from documents.reading.results import ClauseReading, DocumentReading, DutyReading, ReadingFinding

_DAY = datetime.timedelta(days=1)
_WITHOUT_DAYS = frozenset({"legal_basis", "introduction", "closing"})
MAX_PHRASES = 400
"""Days looked at in one paper; a novel has more and is no plan."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A fixed time phrase and its line; `duty` if it limits one."""

    phrase: TimePhrase
    line: int
    duty: DutyReading | None = None

    @property
    def named_day(self) -> datetime.date | None:
        """The day the words name ("trước ngày 05/8" names 05/8), if they name one."""
        if self.phrase.precision != Precision.DAY or self.phrase.end is None:
            return None
        return self.phrase.end + _DAY if self.phrase.bound == Bound.BEFORE else self.phrase.end


def finding(rule: str, severity: str, message: str, line: int | None) -> ReadingFinding:
    """One finding."""
    return ReadingFinding(rule=rule, severity=severity, message=message, line=line)


def clauses_of(document: DocumentReading) -> Iterator[ClauseReading]:
    """Every clause, depth first."""
    pending = list(reversed(document.clauses))
    while pending:
        clause = pending.pop()
        yield clause
        pending += reversed(clause.children)


def texts_of(document: DocumentReading) -> Iterator[tuple[str, int]]:
    """Every stretch of words with its line: abstract, clauses, recipients; tabs between cells."""
    for part in document.before:
        if part.role in {"abstract", "subject", "addressee", "addressees"}:
            yield part.text, part.line
    for clause in clauses_of(document):
        yield "\t".join(clause.cells) or clause.text, clause.line
    for row in document.recipients:
        yield row.text, row.line


def dated(document: DocumentReading) -> list[Dated]:
    """Fixed days and months of sessions, duties and other clauses, in order of line."""
    found = [Dated(session.time, session.line) for session in document.sessions
             if session.time and session.time.end]  # fmt: skip
    found += [
        Dated(duty.due, duty.due_line or duty.line, duty)
        for duty in document.duties
        if duty.due and duty.due.end
    ]
    known = {(one.phrase.end, one.line) for one in found}
    literals = {one.phrase.literal for one in found}
    for clause in clauses_of(document):
        if clause.kind in _WITHOUT_DAYS or len(found) > MAX_PHRASES:
            continue
        for one in deadlines_in(clause.text, year=document.year):
            is_known = (one.phrase.end, clause.line) in known or one.phrase.literal in literals
            if one.is_fixed and not is_known:
                found.append(Dated(one.phrase, clause.line))
    return sorted(found, key=lambda one: one.line)


def shortened(text: str, width: int) -> str:
    """The first whole words of a long text."""
    return textwrap.shorten(text, width, placeholder="…")


def part_line(document: DocumentReading, *roles: str) -> int:
    """The line of the first part of one of these roles, else the paper's first line."""
    parts = (*document.before, *document.after)
    return next((part.line for part in parts if part.role in roles), document.line)
