"""A read paper as the pieces one accepts or leaves: each clause with the fact found in its words.

The tree stays as it was read, with five changes for what a clause can carry in this house: a
sentence that cites papers gives one clause to each of them, a paragraph with two duties or two days
becomes two, the line that says when a conference is held carries the conference, a row of a table is one
line with bars between its cells (`documents.printing.grids`), and what is printed anew is left out
(page numbers, the heading of a programme).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile

from core.text import fold
from documents.reading.blocks import is_page_mark
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
PLAN, PROGRAMME = "KH", "programme_item"
ANNEXES = frozenset({"PL", "DS"})
_ONLY_OF_PAPERS = {"introduction": "text", "closing": "text"}
BAR = " | "
_NUMBERS = {"tt", "stt", "so tt"}
_VERB = re.compile(
    r"(?:Căn cứ(?: vào)?|Thực hiện|Triển khai(?: thực hiện)?|Theo|Xét)\s+", re.IGNORECASE
)
_GAP = re.compile(r"\s*[,;]?\s*(?:và\s+)?(?P<verb>(?:căn cứ|thực hiện|theo)\s+)?", re.IGNORECASE)
_NOTE = re.compile(r"\s*\([^()]{1,40}\)|\s+(?:đối với|cho)\s[^,;.]{1,60}?(?=[,;.]|\s+và\s|$)")
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


@dataclass(frozen=True, slots=True)
class _Table:
    """How many cells the rows of a table have, and whether the first only counts them."""

    width: int
    is_counted: bool

    def line(self, cells: tuple[str, ...], *, is_head: bool) -> str:
        """A row as one line; its running number is counted when it is printed."""
        told = [cell.replace("|", "/") for cell in cells]
        told += [""] * (self.width - len(told))
        told = [*told[: self.width - 1], " ".join(told[self.width - 1 :]).strip()]
        return BAR.join(told[self.is_counted and not is_head :]).strip()


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


def hosts_of(documents: Sequence[DocumentReading]) -> list[int | None]:
    """For each paper of a file the place of the paper it is an appendix of, if it is one."""
    hosts: list[int | None] = []
    last: int | None = None
    for at, paper in enumerate(documents):
        is_annex = paper.type in ANNEXES and last is not None
        hosts.append(last if is_annex else None)
        last = last if is_annex else at
    return hosts


def pieces_of(document: DocumentReading, host: DocumentReading | None = None) -> tuple[Piece, ...]:
    """Everything of a paper that can become a clause, in reading order.

    With `host` it is an appendix of that paper and carries the facts such a paper carries.
    """
    found = _Facts(verb=introduction_verb(document))
    for basis in document.legal_bases:
        if not basis.is_in_body:
            found.bases[basis.line].append(basis)
    if (host or document).type == PLAN:
        for session in document.sessions:
            found.sessions[session.line].append(session)
        for group in _all_groups(document.participant_groups):
            found.groups[group.line].append(group)
        for duty in document.duties:
            found.duties[duty.line].append(duty)
    for item in document.programme:
        found.items[item.line].append(item)
    _walk(document.clauses, found, parent=None, depth=1)
    return tuple(_of_annex(found.pieces) if host else found.pieces)


def _of_annex(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """An appendix opens and closes with plain paragraphs."""
    for piece in pieces:
        yield replace(piece, kind=_ONLY_OF_PAPERS.get(piece.kind, piece.kind))


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
    clauses: Sequence[ClauseReading], found: _Facts, *, parent: int | None, depth: int
) -> None:
    table: _Table | None = None
    for at, clause in enumerate(clauses):
        is_head = bool(clause.cells) and (table is None or _is_heading(clause))
        table = _table(clauses[at:]) if is_head else table if clause.cells else None
        is_programme = is_head and clauses[at + 1 : at + 2] and clauses[at + 1].kind == PROGRAMME
        if (is_programme and _is_heading(clause)) or _is_of_page(clause):
            continue
        row = table.line(clause.cells, is_head=is_head) if table else ""
        first = len(found.pieces)
        for kind, text, fact in _contents(clause, found, row or clause.text):
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
    clause: ClauseReading, found: _Facts, words: str
) -> Iterator[tuple[str, str, FactReading | None]]:
    """A clause as one piece, or several: (kind, text, fact)."""
    line, kind = clause.line, clause.kind
    if kind in {"legal_basis", "introduction"} and found.bases.get(line):
        yield from _cited(clause, found.bases[line], found.verb)
    elif kind == PROGRAMME and found.items.get(line):
        item = found.items[line].pop(0)
        yield kind, _programme(clause, item), item
    elif found.sessions.get(line) and kind in {"session", *_HOLDERS}:
        yield from _sessions(words, found.sessions.pop(line))
    elif found.groups.get(line) and kind in _HOLDERS:
        yield "participant_group", words, found.groups[line].pop(0)
    elif found.duties.get(line) and kind in {"duty", "text"}:
        yield from _duties(clause, found.duties.pop(line), words)
    elif kind == "assignee":
        names = _assigned(clause)
        yield kind, clause.text, AssigneeReading(names) if names else None
    else:
        is_marked = kind == "text" and clause.marker and not clause.cells
        yield kind, f"{clause.marker} {words}" if is_marked else words, None


def _is_heading(clause: ClauseReading) -> bool:
    """Whether a row names columns: its first cell says "TT", or it was told from the rows below."""
    return bool(clause.cells) and (
        fold(clause.cells[0]) in _NUMBERS or (clause.kind == "fact_line" and not clause.marker)
    )


def _table(rows: Sequence[ClauseReading]) -> _Table:
    """The table that begins with the first of these rows."""
    below = list(takewhile(lambda row: row.cells and not _is_heading(row), rows[1:]))
    numbers = [row.cells[0] for row in below]
    counts = [int(number.strip(" .")) if _is_number(number) else 0 for number in numbers]
    is_counted = counts == list(range(1, len(counts) + 1))
    return _Table(len(rows[0].cells), is_counted and fold(rows[0].cells[0]) in _NUMBERS)


def _programme(clause: ClauseReading, item: ProgrammeItemReading) -> str:
    """The words of an item; a column of hours stands before them: "7h30 - 8h00: Đón tiếp"."""
    known = {item.text, item.conductor}
    hours = [cell for cell in clause.cells if cell and cell not in known and not _is_number(cell)]
    return ": ".join([*hours, item.text])


def _is_number(cell: str) -> bool:
    return cell.strip(" .").isdecimal()


def _is_of_page(clause: ClauseReading) -> bool:
    """Whether a paragraph is the number of a page: the print has its own."""
    is_bare = clause.kind == "text" and not (clause.marker or clause.children or clause.cells)
    return is_bare and is_page_mark(clause.text)


def _cited(
    clause: ClauseReading, bases: list[BasisReading], usual: str
) -> Iterator[tuple[str, str, FactReading | None]]:
    """One clause for each paper cited, and what is left of the sentence as the opening."""
    verb = _VERB.match(clause.text)
    said = verb[0].strip().capitalize() if verb else ""
    lead = verb[0] if verb and said != usual else ""
    at = verb.end() if verb else 0
    if clause.kind == "legal_basis" and not clause.text.rstrip().endswith(":"):
        yield clause.kind, lead + clause.text[at:].rstrip(" ;,."), bases[0]
        return
    verbs = []
    for basis in bases:
        start = clause.text.find(basis.literal, at)
        gap = _GAP.fullmatch(clause.text[at:start]) if start >= 0 else None
        if verb is None or gap is None:
            yield "introduction", clause.text, None
            return
        verbs.append(gap["verb"] or "")
        at = start + len(basis.literal)
    rest = clause.text[at:].lstrip(" ,;.")
    for place, (basis, its) in enumerate(zip(bases, verbs, strict=True)):
        yield "legal_basis", (its if place else lead) + basis.literal, basis
    if rest:
        yield "introduction", rest[:1].upper() + rest[1:], None


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
    clause: ClauseReading, duties: list[DutyReading], words: str
) -> Iterator[tuple[str, str, FactReading | None]]:
    """Two acts of one paragraph become two clauses if together they are its words."""
    acts: dict[str, list[DutyReading]] = {}
    for duty in duties:
        acts.setdefault(duty.text, []).append(duty)
    if len(acts) > 1 and " ".join(acts).split() == clause.text.split():
        for text, its in acts.items():
            said = re.sub(r"^và\s+", "", text).rstrip(" ,")
            yield from _by_day(said[:1].upper() + said[1:], its)
    else:
        yield from _by_day(words, next(iter(acts.values())))


def _by_day(
    words: str, duties: Sequence[DutyReading]
) -> Iterator[tuple[str, str, FactReading | None]]:
    """An act with several days becomes one clause for each, with all its other words.

    "Gửi báo cáo trước ngày A (đợt 1) và trước ngày B (đợt 2)" → two sentences.
    """
    days = _days_among(words, duties)
    if len(days) < 2:
        yield "duty", words, duties[0]
        return
    head, bound = words[: days[0][0]], re.split(r"\d", words[slice(*days[0])], maxsplit=1)[0]
    tail = words[days[-1][1] :]
    again = head if BAR in head else re.split(r"[;.]\s+", head)[-1]
    again = again[:1].upper() + again[1:]
    for (start, end), after, duty in zip(days, [*days[1:], None], duties, strict=True):
        note = _NOTE.match(words, end)
        said = words[start : note.end() if note else end]
        said = said if start == days[0][0] or not said[:1].isdigit() else bound + said
        rest = tail if after is None or not note else _NOTE.sub("", tail, count=1)
        last = _NOTE.match(tail) if after is None else None
        opening = head if start == days[0][0] else again
        yield "duty", opening + said + (rest[last.end() :] if last else rest), duty


def _days_among(words: str, duties: Sequence[DutyReading]) -> list[tuple[int, int]]:
    """Where the days of these duties stand, one after the other; empty if one is not found."""
    places: list[tuple[int, int]] = []
    for duty in duties:
        literal = duty.due.literal if duty.due else ""
        at = places[-1][1] if places else 0
        for said in (literal, re.sub(r"^\D*", "", literal)):
            start = words.find(said, at) if said else -1
            if start >= 0:
                places.append((start, start + len(said)))
                break
        else:
            return []
    return places


def _assigned(clause: ClauseReading) -> tuple[str, ...]:
    head = re.split(r":|\bcó trách nhiệm\b|\n", clause.text)[0]
    return split_names(head)
