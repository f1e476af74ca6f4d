"""The whole way: lines → papers → head, tree, facts, end → findings."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from documents.reading.bases import bases_in, issuer_sentence
from documents.reading.blocks import blocks_of
from documents.reading.bundles import split_papers
from documents.reading.checks import check_reading
from documents.reading.duties import duties_in
from documents.reading.endings import Ending, read_ending
from documents.reading.groups import groups_in
from documents.reading.headers import Head, read_head
from documents.reading.letters import fold_in_place
from documents.reading.lines import Line, clean_lines
from documents.reading.nodes import Node, as_clauses
from documents.reading.programme import programme_in
from documents.reading.results import DocumentReading, Part, Reading
from documents.reading.sessions import sessions_in
from documents.reading.structure import build_tree

_YEAR = re.compile(r"(?<![\d-])(20\d{2})(?!\d)")
_TITLE_YEAR = re.compile(r"năm\s+(20\d{2})", re.IGNORECASE)


def read(lines: Iterable[str]) -> Reading:
    """Read the lines of one file; never raises, an empty file gives no paper and a finding."""
    raw = tuple(lines)
    cleaned = clean_lines(raw)
    papers = split_papers(cleaned) if any(not line.is_blank for line in cleaned) else []
    documents = tuple(_read_paper(paper, title) for paper, title in papers)
    reading = Reading(documents=documents, lines=raw)
    return Reading(documents=documents, findings=tuple(check_reading(reading)), lines=raw)


def read_text(text: str) -> Reading:
    """Read pasted text."""
    return read(text.splitlines())


def _read_paper(lines: Sequence[Line], title: int | None) -> DocumentReading:
    head = read_head(lines, title)
    ending = read_ending(lines, head.size)
    blocks = blocks_of(lines[head.size : ending.start])
    type_code = head.type or ("CV" if head.addressees else None)
    root = build_tree(blocks, type_code=type_code)
    year = _year(head, lines)
    programme = programme_in(root)
    sessions = sessions_in(root, year=year, abstract=head.abstract)
    duties = duties_in(root, year=year, addressees=tuple(head.addressees))
    return DocumentReading(
        type=type_code,
        number=head.number,
        symbol=head.symbol,
        place=head.place,
        date=head.date,
        issuer=head.issuers[-1] if head.issuers else None,
        parent_issuer=head.issuers[-2] if len(head.issuers) > 1 else None,
        collective=_collective(root),
        abstract=head.abstract,
        system=_system(head, ending, root),
        year=year,
        number_literal=head.number_literal,
        date_literal=head.date_literal,
        addressees=tuple(head.addressees),
        legal_bases=bases_in(root),
        clauses=as_clauses(root),
        sessions=sessions,
        participant_groups=groups_in(root),
        programme=programme,
        duties=duties,
        recipients=tuple(ending.recipients),
        signature=ending.signature,
        before=tuple(head.parts),
        after=_after(ending),
        line=lines[0].number,
        last_line=lines[-1].number,
        confidence=_confidence(head, root),
    )


def _after(ending: Ending) -> tuple[Part, ...]:
    return tuple(ending.parts)


def _year(head: Head, lines: Sequence[Line]) -> int | None:
    """The year of the abstract, else of the date, else the one written most."""
    found = _TITLE_YEAR.search(head.abstract or "")
    if found:
        return int(found[1])
    if head.date:
        return head.date.year
    counted = Counter(year for line in lines for year in _YEAR.findall(line.text))
    return int(counted.most_common(1)[0][0]) if counted else None


def _collective(root: Node) -> str | None:
    for node in root.children:
        if node.kind in {"introduction", "legal_basis"}:
            found = issuer_sentence(node.text)
            if found:
                return found[0]
    return None


def _system(head: Head, ending: Ending, root: Node) -> str | None:
    """party or state: by the heading, else by the prefix of the signature, else by the collective."""
    if head.system:
        return head.system
    if ending.capacity:
        return "party" if "/" in ending.capacity else "state"
    folded = fold_in_place(_collective(root) or "")
    if re.search(r"dang uy|huyen uy|thi uy|thanh uy|tinh uy|chi bo", folded):
        return "party"
    return "state" if re.search(r"ubnd|uy ban nhan dan|hdnd|hoi dong", folded) else None


def _confidence(head: Head, root: Node) -> float:
    """How much this looks like a paper of an office."""
    signs = (bool(head.type or head.addressees), bool(head.number_literal or head.issuers), bool(root.children),
             any(node.kind == "heading" for node in root.walk()))  # fmt: skip
    return round(0.2 + 0.2 * sum(signs), 2)
