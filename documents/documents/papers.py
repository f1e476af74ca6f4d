"""A document as paper and as outline: its clauses with the numbers the skin gives them."""

from dataclasses import dataclass
from typing import Any

from documents import facts, queries
from documents.documents.amendments import amending_clauses
from documents.models import Clause, Document, clause_tree
from documents.printing.paper import Extra, Paper, build_paper


def paper_of(
    document: Document, clauses: list[Clause] | None = None, *, is_whole: bool = False
) -> Paper:
    """What is printed: header, clauses, signature block and what other packages add.

    An amendment in points prints those; with `is_whole` the whole text as it then reads.
    """
    if clauses is None:
        clauses = queries.clauses_of(document)
    if document.amendment_style == Document.AmendmentStyle.POINTS and not is_whole:
        return build_paper(document, amending_clauses(document, clauses))
    return build_paper(document, clauses, extra=facts.extra_of(document) or Extra())


@dataclass(frozen=True)
class OutlineRow:
    """One line of the outline: the clause, its depth, what its fact says, open comments."""

    clause: Clause
    depth: int
    summary: str
    comments: int = 0


def outline_of(clauses: list[Clause]) -> list[OutlineRow]:
    """The clause tree as lines in reading order."""
    said = queries.summaries(clauses)
    waiting = queries.open_comment_counts(clauses[0].document_id) if clauses else {}
    rows: list[OutlineRow] = []

    def walk(level: list[tuple[Clause, list[Any]]], depth: int) -> None:
        for clause, below in level:
            count = waiting.get(clause.pk, 0)
            rows.append(OutlineRow(clause, depth, said.get(clause.pk, ""), count))
            walk(below, depth + 1)

    walk(clause_tree(clauses), 1)
    return rows
