"""A read paper as the pieces one accepts or leaves: each clause with the fact found in its words.

The tree stays as it was read, with four changes for what a clause can carry in this house: a
sentence that cites papers gives one clause to each of them, a paragraph with two duties becomes
two, the line that says when a conference is held carries the conference, and the heading row of a
table is left out (it is printed anew).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from core.text import fold
from documents.reading.names import split_names
from documents.reading.results import (
    BasisReading,
    ClauseReading,
    DocumentReading,
    DutyReading,
    GroupReading,
    ProgrammeItemReading,
    SessionReading,
)

SURE, FAIR = 0.85, 0.65
PLAN = "KH"
_TITLE_ROWS = {"tt", "stt", "so tt"}
_VERB = re.compile(
    r"(?:Căn cứ(?: vào)?|Thực hiện|Triển khai(?: thực hiện)?|Theo|Xét)\s+", re.IGNORECASE
)
_GAP = re.compile(r"\s*[,;]?\s*(?:và\s+)?(?:(?:căn cứ|thực hiện|theo)\s+)?", re.IGNORECASE)
_HOLDERS = {"text", "fact_line", "topic", "participant_group"}


@dataclass(frozen=True, slots=True)
class AssigneeReading:
    """The bodies named in an assignee's clause."""

    names: tuple[str, ...]


FactReading = (
    BasisReading
    | SessionReading
    | GroupReading
    | AssigneeReading
    | DutyReading
    | ProgrammeItemReading
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One clause that may be taken: `number` counts from 0 in reading order, `parent` is a number."""

    number: int
    parent: int | None
    depth: int
    kind: str
    text: str
    marker: str = ""
    line: int = 0
    confidence: float = 1.0
    fact: FactReading | None = None

    @property
    def certainty(self) -> str:
        """sure, fair or guess: how it is marked."""
        return certainty_of(min(self.confidence, getattr(self.fact, "confidence", 1.0)))


def certainty_of(confidence: float) -> str:
    """sure, fair or guess."""
    return "sure" if confidence >= SURE else "fair" if confidence >= FAIR else "guess"


@dataclass(slots=True)
class _Facts:
    """What was found, by the line it stands on; each is handed out once."""

    bases: dict[int, list[BasisReading]] = field(default_factory=lambda: defaultdict(list))
    sessions: dict[int, list[SessionReading]] = field(default_factory=lambda: defaultdict(list))
    groups: dict[int, list[GroupReading]] = field(default_factory=lambda: defaultdict(list))
    duties: dict[int, list[DutyReading]] = field(default_factory=lambda: defaultdict(list))
    items: dict[int, list[ProgrammeItemReading]] = field(default_factory=lambda: defaultdict(list))
    pieces: list[Piece] = field(default_factory=list)
    verb: str = ""


def pieces_of(document: DocumentReading) -> tuple[Piece, ...]:
    """Everything of a paper that can become a clause, in reading order."""
    found = _Facts(verb=introduction_verb(document))
    for basis in document.legal_bases:
        if not basis.is_in_body:
            found.bases[basis.line].append(basis)
    if document.type == PLAN:
        for session in document.sessions:
            found.sessions[session.line].append(session)
        for group in _all_groups(document.participant_groups):
            found.groups[group.line].append(group)
        for duty in document.duties:
            found.duties[duty.line].append(duty)
    for item in document.programme:
        found.items[item.line].append(item)
    _walk(document.clauses, found, parent=None, depth=1)
    return tuple(found.pieces)


def introduction_verb(document: DocumentReading) -> str:
    """The word the cited papers are opened with: "Căn cứ", "Thực hiện"."""
    for clause in document.clauses:
        if clause.kind in {"introduction", "legal_basis"}:
            verb = _VERB.match(clause.text)
            return verb[0].strip().capitalize()[:20] if verb else ""
    return ""


def _all_groups(groups: Iterable[GroupReading]) -> Iterator[GroupReading]:
    for group in groups:
        yield group
        yield from _all_groups(group.children)


def _walk(
    clauses: Iterable[ClauseReading], found: _Facts, *, parent: int | None, depth: int
) -> None:
    for clause in clauses:
        if clause.cells and fold(clause.cells[0]) in _TITLE_ROWS:
            continue
        first = len(found.pieces)
        for kind, text, fact in _contents(clause, found):
            found.pieces.append(
                Piece(
                    number=len(found.pieces),
                    parent=parent,
                    depth=depth,
                    kind=kind,
                    text=text,
                    marker=clause.marker,
                    line=clause.line,
                    confidence=clause.confidence,
                    fact=fact,
                )
            )
        last = len(found.pieces) - 1
        under = last if last >= first else parent
        _walk(clause.children, found, parent=under, depth=depth + 1)


def _contents(
    clause: ClauseReading, found: _Facts
) -> Iterator[tuple[str, str, FactReading | None]]:
    """A clause as one piece, or several: (kind, text, fact)."""
    line, kind = clause.line, clause.kind
    is_counted = bool(clause.marker) and clause.cells[:1] == (clause.marker,)
    told = clause.cells[1:] if is_counted else clause.cells
    words = " – ".join(cell for cell in told if cell) or clause.text
    if kind in {"legal_basis", "introduction"} and found.bases.get(line):
        yield from _cited(clause, found.bases[line], found.verb)
    elif kind == "programme_item" and found.items.get(line):
        item = found.items[line].pop(0)
        yield kind, item.text, item
    elif found.sessions.get(line) and kind in {"session", *_HOLDERS}:
        yield from _sessions(words, found.sessions.pop(line))
    elif found.groups.get(line) and kind in _HOLDERS:
        yield "participant_group", words, found.groups[line].pop(0)
    elif found.duties.get(line) and kind in {"duty", "text"}:
        yield from _duties(clause, found.duties.pop(line))
    elif kind == "assignee":
        names = _assigned(clause)
        yield kind, clause.text, AssigneeReading(names) if names else None
    else:
        yield kind, words, None


def _cited(
    clause: ClauseReading, bases: list[BasisReading], usual: str
) -> Iterator[tuple[str, str, FactReading | None]]:
    """One clause for each paper cited, and what is left of the sentence as the opening."""
    verb = _VERB.match(clause.text)
    said = verb[0].strip().capitalize() if verb else ""
    lead = verb[0] if verb and said != usual else ""
    at = verb.end() if verb else 0
    if clause.kind == "legal_basis":
        yield clause.kind, lead + clause.text[at:].rstrip(" ;,."), bases[0]
        return
    for basis in bases:
        start = clause.text.find(basis.literal, at)
        if verb is None or start < 0 or not _GAP.fullmatch(clause.text[at:start]):
            yield clause.kind, clause.text, None
            return
        at = start + len(basis.literal)
    rest = clause.text[at:].lstrip(" ,;.")
    for place, basis in enumerate(bases):
        yield "legal_basis", ("" if place else lead) + basis.literal, basis
    if rest:
        yield clause.kind, rest[:1].upper() + rest[1:], None


def _sessions(
    text: str, sessions: list[SessionReading]
) -> Iterator[tuple[str, str, FactReading | None]]:
    """A clause for each conference of one sentence, cut before the words that give its time."""
    starts, at = [0], 0
    for before, session in pairwise(sessions):
        at = max(text.find(before.literal, at), at) + len(before.literal)
        held = text.find(session.literal, at)
        gaps = [text.rfind(mark, at, max(held, at)) for mark in (";", ".", ",")]
        starts.append(next((gap + 1 for gap in gaps if gap >= 0), len(text)))
    for start, end, session in zip(starts, [*starts[1:], len(text)], sessions, strict=True):
        yield "session", text[start:end].strip() or session.literal, session


def _duties(
    clause: ClauseReading, duties: list[DutyReading]
) -> Iterator[tuple[str, str, FactReading | None]]:
    """Two acts of one paragraph become two clauses if together they are its words."""
    texts = [duty.text for duty in duties]
    if len(duties) > 1 and " ".join(texts).split() == clause.text.split():
        for duty in duties:
            yield "duty", duty.text, duty
    else:
        yield "duty", clause.text, duties[0]


def _assigned(clause: ClauseReading) -> tuple[str, ...]:
    head = re.split(r":|\bcó trách nhiệm\b|\n", clause.text)[0]
    return split_names(head)
