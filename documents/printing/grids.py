"""Tables typed as clauses: neighbours whose words are cut by "|" print as one ruled table.

The first names the columns ("TT | Nội dung | Thời gian"); each that follows is a row. A first
column called TT is counted, so its rows are written without their numbers and may change places.
"""

from collections.abc import Sequence
from math import sqrt
from typing import Any

from documents.models import Clause, ClauseKind
from documents.printing.marks import plain
from documents.printing.parts import Column, Table

BAR = "|"
COUNTED = frozenset({"TT", "STT", "SỐ TT"})
_NAMES_COLUMNS = frozenset({ClauseKind.FACT_LINE, ClauseKind.TEXT})
_NUMBER_MM, _ROOM_MM, _WIDE_ROOM_MM, _NARROW_MM = 13, 165, 240, 16
_WIDE = 6
"""More columns than this want a page on its side."""

Pair = tuple[Clause, list[Any]]


def cells_of(text: str) -> tuple[str, ...]:
    """The cells of a line; one cell if no bar stands in it, or if it is no single line."""
    if BAR not in text or "\n" in text.strip():
        return (text,)
    return tuple(cell.strip() for cell in text.split(BAR))


def row_of(cells: Sequence[str]) -> str:
    """Cells as one line of a clause."""
    return f" {BAR} ".join(" ".join(cell.replace(BAR, "/").split()) for cell in cells).strip()


def is_counted(head: Sequence[str]) -> bool:
    """Whether the first column holds running numbers."""
    return plain(head[0]).strip(" .").upper() in COUNTED


def grid_size(pairs: Sequence[Pair], at: int) -> int:
    """How many of the clauses from `at` on make one table: its head and its rows; 0 if none."""
    clause, below = pairs[at]
    head = cells_of(clause.text)
    if len(head) < 2 or below or clause.kind not in _NAMES_COLUMNS:
        return 0
    wanted = len(head) - is_counted(head)
    end = at + 1
    while end < len(pairs) and not pairs[end][1] and _fits(pairs[end][0].text, wanted):
        end += 1
    return end - at if end > at + 1 else 0


def _fits(text: str, wanted: int) -> bool:
    cells = cells_of(text)
    return len(cells) == wanted and (wanted > 1 or bool(text.strip()))


def grid(clauses: Sequence[Clause]) -> Table:
    """The table of a head and its rows."""
    head, *rows = (cells_of(clause.text) for clause in clauses)
    counted = is_counted(head)
    full = [(str(at), *row) if counted else row for at, row in enumerate(rows, start=1)]
    widths = _widths([head, *full], counted=counted)
    columns = tuple(
        Column(plain(title), width, "center" if _is_numbers([row[at] for row in full]) else "left")
        for at, (title, width) in enumerate(zip(head, widths, strict=True))
    )
    return Table(columns, tuple(full), row_ids=tuple(clause.pk for clause in clauses[1:]))


def _is_numbers(cells: Sequence[str]) -> bool:
    """Whether a column holds whole numbers only, or a dash where there is none."""
    words = [plain(cell).strip() for cell in cells]
    return any(map(str.isdigit, words)) and all(one.isdigit() or one in "–-" for one in words)


def is_wide(table: Table) -> bool:
    """Whether a table has more columns than a page can hold upright."""
    return len(table.columns) > _WIDE


def _widths(rows: Sequence[Sequence[str]], *, counted: bool) -> list[int]:
    """Columns by how much they hold: the longest line counts by its root, so short ones stay legible."""
    longest = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    first = [_NUMBER_MM] if counted else []
    rest = [sqrt(max(6, length)) for length in longest[len(first) :]]
    room = (_WIDE_ROOM_MM if len(rows[0]) > _WIDE else _ROOM_MM) - sum(first)
    shares = [max(_NARROW_MM, round(room * weight / sum(rest))) for weight in rest]
    return [*first, *shares[:-1], 0] if shares else first
