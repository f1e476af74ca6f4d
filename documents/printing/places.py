"""Where a clause stands, as papers cite it: "mục II.1", "khoản 2 Điều 1", "dòng thứ 3 của bảng, mục I"."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from documents.models import Clause, ClauseKind, Document, clause_tree
from documents.printing import grids
from documents.printing.outline import (
    BULLETS,
    BY_PLACE,
    NUMBERED,
    TITLES,
    Pair,
    letter,
    roman,
    third_mark,
)

SECTION, NUMBER, ROW, BULLET = "section", "number", "row", "bullet"
_NAMED = {"legal_basis", "introduction", "closing", "appendix"}


@dataclass(frozen=True)
class Line:
    """A clause in reading order: how deep it stands and how it is cited."""

    clause: Clause
    depth: int
    place: str


@dataclass(frozen=True)
class _Stand:
    """What a clause stands below: how that is cited, the numbers so far, how deep, of what kind."""

    above: str = ""
    within: str = ""
    path: tuple[str, ...] = ()
    depth: int = 1
    parent: str = ""


def places_of(document: Document, clauses: list[Clause]) -> dict[int, str]:
    """The citation of every clause, by its id, numbered as the print of that paper numbers it."""
    walker = _Walker(document.skin.profile, document.type_id)
    walker.walk(clause_tree(clauses), _Stand())
    return walker.found


def lines_of(document: Document, clauses: list[Clause]) -> list[Line]:
    """The clauses in reading order with their citations."""
    places = places_of(document, clauses)

    def walk(level: Sequence[Pair], depth: int) -> Iterator[Line]:
        for clause, below in level:
            yield Line(clause, depth, places[clause.pk])
            yield from walk(below, depth + 1)

    return list(walk(clause_tree(clauses), 1))


class _Walker:
    """Counts as the outline counts, and names what it has counted."""

    def __init__(self, profile: Mapping[str, Any], type_code: str) -> None:
        self.has_articles = type_code in profile.get("articles", {}).get("types", ())
        self.has_letters = "{letter}" in third_mark(profile)
        self.found: dict[int, str] = {}

    def walk(self, level: Sequence[Pair], stand: _Stand) -> None:
        counts: dict[str, int] = {}
        annexes = sum(clause.kind == ClauseKind.APPENDIX for clause, _below in level)
        last_row = 0
        for at, (clause, below) in enumerate(level):
            last_row = max(last_row, at + grids.grid_size(level, at))
            style = ROW if at < last_row else _style(clause.kind, stand)
            counts[style] = counts.get(style, 0) + 1
            number = counts[style]
            inner = stand.path
            if style in {SECTION, NUMBER}:
                inner = (*stand.path, roman(number) if style == SECTION else str(number))
                here = self._numbered(inner, is_section=style == SECTION, stand=stand)
            else:
                here = _unnumbered(style, number, stand.above, annexes=annexes)
            self.found[clause.pk] = here
            is_annex = style == ClauseKind.APPENDIX
            self.walk(
                below,
                _Stand(
                    above=here,
                    within=here if is_annex else stand.within,
                    path=() if is_annex else inner,
                    depth=1 if is_annex else stand.depth + 1,
                    parent=clause.kind,
                ),
            )

    def _numbered(self, path: tuple[str, ...], *, is_section: bool, stand: _Stand) -> str:
        """ "mục II.1", "điểm a mục II.1"; in a decision "Điều 2", "khoản 1 Điều 2"."""
        place = self._of_articles(path, stand) if self.has_articles else self._of_sections(path)
        return f"{place}, {stand.within}" if stand.within else place

    def _of_sections(self, path: tuple[str, ...]) -> str:
        is_lettered = self.has_letters and len(path) > _sections(path) + 1
        at = _sections(path) + 1
        plain = _("mục %(place)s") % {"place": ".".join(path[:at] if is_lettered else path)}
        if not is_lettered:
            return plain
        return _("điểm %(letter)s %(place)s") % {"letter": letter(int(path[at])), "place": plain}

    def _of_articles(self, path: tuple[str, ...], stand: _Stand) -> str:
        has_article = bool(_sections(path))
        names = [_("khoản %(n)s"), _("điểm %(n)s")]
        numbers = path[has_article:]
        said = [
            name % {"n": number if at == 0 else letter(int(number))}
            for at, (name, number) in enumerate(zip(names, numbers, strict=False))
        ]
        article = [_("Điều %(n)s") % {"n": _arabic(path[0])}] if has_article else []
        return " ".join([*reversed(said), *article])


def _sections(path: Sequence[str]) -> int:
    """1 if the path begins with a section's Roman number, else 0."""
    return int(bool(path) and not path[0].isdecimal())


def _arabic(numeral: str) -> int:
    return next(n for n in range(1, 400) if roman(n) == numeral)


def _style(kind: str, stand: _Stand) -> str:
    if kind == ClauseKind.HEADING and stand.depth == 1:
        return SECTION
    if kind in TITLES or kind in NUMBERED:
        return NUMBER
    if kind in BY_PLACE and stand.depth == 2 and stand.parent == ClauseKind.HEADING:
        return NUMBER
    if kind in BULLETS or (kind in BY_PLACE and stand.depth > 1):
        return BULLET
    return kind if kind in _NAMED else "text"


def _unnumbered(style: str, number: int, above: str, *, annexes: int) -> str:
    if style == ClauseKind.APPENDIX:
        return _("Phụ lục %(n)s") % {"n": roman(number)} if annexes > 1 else _("Phụ lục")
    names = {
        "legal_basis": _("căn cứ thứ %(n)s"),
        "introduction": _("câu mở đầu"),
        "closing": _("câu kết"),
        BULLET: _("gạch đầu dòng thứ %(n)s"),
        ROW: _("dòng thứ %(n)s của bảng"),
    }
    if style == ROW and number == 1:
        own = _("dòng đầu của bảng")
    else:
        own = names.get(style, _("đoạn thứ %(n)s")) % {"n": number - (style == ROW)}
    return f"{own}, {above}" if above else own
