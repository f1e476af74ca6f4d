"""Where a clause stands, as papers cite it: "mục II.1", "gạch đầu dòng thứ 2, mục II.1"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from documents.models import Clause, ClauseKind, clause_tree
from documents.printing.outline import BULLETS, BY_PLACE, NUMBERED, TITLES, roman

Pair = tuple[Clause, list[Any]]


def places_of(clauses: list[Clause]) -> dict[int, str]:
    """The citation of every clause, by its id, numbered as the print numbers it."""
    found: dict[int, str] = {}
    _walk(clause_tree(clauses), "", (), found)
    return found


@dataclass(frozen=True)
class Line:
    """A clause in reading order: how deep it stands and how it is cited."""

    clause: Clause
    depth: int
    place: str


def lines_of(clauses: list[Clause]) -> list[Line]:
    """The clauses in reading order with their citations."""
    places = places_of(clauses)

    def walk(level: Sequence[Pair], depth: int) -> Iterator[Line]:
        for clause, below in level:
            yield Line(clause, depth, places[clause.pk])
            yield from walk(below, depth + 1)

    return list(walk(clause_tree(clauses), 1))


def _walk(
    level: Sequence[Pair],
    above: str,
    path: tuple[str, ...],
    found: dict[int, str],
    depth: int = 1,
    parent: str = "",
) -> None:
    counts: dict[str, int] = {}
    for clause, below in level:
        style = _style(clause.kind, depth, parent)
        counts[style] = counts.get(style, 0) + 1
        number = counts[style]
        inner = path
        if style in {"section", "number"}:
            inner = (*path, roman(number) if style == "section" else str(number))
            here = _("mục %(place)s") % {"place": ".".join(inner)}
        else:
            here = _unnumbered(style, number, above)
        found[clause.pk] = here
        _walk(below, here, inner, found, depth + 1, clause.kind)


def _style(kind: str, depth: int, parent: str) -> str:
    if kind == ClauseKind.HEADING and depth == 1:
        return "section"
    if kind in TITLES or kind in NUMBERED:
        return "number"
    if kind in BY_PLACE and depth == 2 and parent == ClauseKind.HEADING:
        return "number"
    if kind in BULLETS or (kind in BY_PLACE and depth > 1):
        return "bullet"
    return kind if kind in {"legal_basis", "introduction", "closing"} else "text"


def _unnumbered(style: str, number: int, above: str) -> str:
    names = {
        "legal_basis": _("căn cứ thứ %(n)s"),
        "introduction": _("câu mở đầu"),
        "closing": _("câu kết"),
        "bullet": _("gạch đầu dòng thứ %(n)s"),
    }
    own = names.get(style, _("đoạn thứ %(n)s")) % {"n": number}
    return f"{own}, {above}" if above else own
