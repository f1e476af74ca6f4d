"""A reading written out again: every line of the paper, once, in its order."""

from collections.abc import Iterable, Iterator

from documents.reading.results import ClauseReading, DocumentReading, Reading


def as_text(reading: Reading) -> str:
    """Head, clauses, recipients and signature of every paper, one paragraph a line."""
    return "\n\n".join("\n".join(paper_lines(document)) for document in reading.documents)


def paper_lines(document: DocumentReading) -> Iterator[str]:
    """The lines of one paper; a table's row keeps tabs between its cells."""
    yield from (part.text for part in document.before)
    yield from clause_lines(document.clauses)
    yield from (part.text for part in document.after)


def clause_lines(clauses: Iterable[ClauseReading]) -> Iterator[str]:
    """Markers and words of a tree of clauses, depth first."""
    for clause in clauses:
        row = "\t".join(clause.cells)
        yield row or f"{clause.marker} {clause.text}".strip()
        yield from clause_lines(clause.children)
