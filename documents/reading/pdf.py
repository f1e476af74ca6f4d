"""The words of a PDF as lines: columns parted by tabs, paragraphs in one piece, tables row by row.

The file is opened by a process of its own with limits (`documents/reading/pdf_child.py`); what it
says is put in order here.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from documents.reading.letters import ends_sentence
from documents.reading.markers import marker_of

CHILD = Path(__file__).parent / "pdf_child.py"
SECONDS = 15
_COLUMN_GAP, _WORD_GAP, _NEAR = 14, 1.2, 3
_PAGE_NUMBER = re.compile(r"\s*\d{1,3}\s*")


class PdfError(ValueError):
    """Nothing could be read; `why` is password, broken or large."""

    def __init__(self, why: str) -> None:
        """Remember the reason."""
        super().__init__(why)
        self.why = why


class Box(NamedTuple):
    """Words or a rule on a page, in points from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float
    text: str = ""

    @property
    def height(self) -> float:
        """How high it is."""
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as one sees it: where it begins and ends, how high it stands, its page."""

    text: str
    left: float
    right: float
    middle: float
    page: int

    @property
    def is_row(self) -> bool:
        """Whether it has several columns."""
        return "\t" in self.text


def pdf_lines(content: bytes, *, most_pages: int) -> tuple[list[str], int]:
    """The lines of the first pages and how many pages there are; PdfError if it cannot be read."""
    pages, count = _asked(content, most_pages)
    lines: list[_Line] = []
    for number, (pieces, rules) in enumerate(pages):
        lines += _lines_of(pieces, rules, number)
    return list(_paragraphs(lines)), count


def _asked(content: bytes, most: int) -> tuple[list[tuple[list[Box], list[Box]]], int]:
    """What the other process says; its silence means that it was stopped by a limit."""
    command = [sys.executable, "-I", str(CHILD), str(most)]
    try:
        answer = subprocess.run(
            command,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise PdfError("large") from error
    if answer.returncode != 0:
        raise PdfError("large")
    said: list[dict[str, Any]] = [json.loads(line) for line in answer.stdout.splitlines()]
    last = said[-1] if said else {"error": "large"}
    if "error" in last:
        raise PdfError(last["error"])
    pages = [([Box(*one) for one in page["words"]], [Box(*one) for one in page["rules"]]) for page in said[:-1]]  # fmt: skip
    return pages, int(last["pages"])


def _lines_of(pieces: Sequence[Box], rules: Sequence[Box], page: int) -> list[_Line]:
    """The lines of one page from top to bottom, rows of ruled tables as one line each."""
    rows, free = _rows(pieces, rules)
    found = [_line(group, page) for group in _groups(free)]
    found += [_row(cells, page) for cells in rows]
    found.sort(key=lambda line: -line.middle)
    if found and _PAGE_NUMBER.fullmatch(found[0].text):
        return found[1:]
    return found


def _groups(pieces: Iterable[Box]) -> Iterator[list[Box]]:
    """Pieces that stand on one line."""
    group: list[Box] = []
    for piece in sorted(pieces, key=lambda one: -(one.top + one.bottom)):
        shared = min(piece.top, group[0].top) - max(piece.bottom, group[0].bottom) if group else 0
        if group and shared < 0.5 * min(piece.height, group[0].height):
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _line(pieces: Sequence[Box], page: int) -> _Line:
    ordered = sorted(pieces)
    text, end = "", ordered[0].left
    for piece in ordered:
        gap = piece.left - end
        if text and gap > _COLUMN_GAP:
            text = f"{text.rstrip()}\t"
        elif text and gap > _WORD_GAP and not text.endswith(" "):
            text += " "
        text += piece.text.lstrip() if text.endswith(("\t", " ")) else piece.text
        end = piece.right
    middle = median((one.top + one.bottom) / 2 for one in ordered)
    return _Line(text.strip(), ordered[0].left, end, middle, page)


def _row(cells: Sequence[Sequence[Box]], page: int) -> _Line:
    written = [" ".join(_line(group, page).text.replace("\t", " ") for group in _groups(cell)) for cell in cells]  # fmt: skip
    boxes = [box for cell in cells for box in cell]
    top = max((box.top for box in boxes), default=0)
    left, right = min(box.left for box in boxes), max(box.right for box in boxes)
    return _Line("\t".join(written), left, right, top, page)


def _rows(pieces: Sequence[Box], rules: Sequence[Box]) -> tuple[list[list[list[Box]]], list[Box]]:
    """The rows of ruled tables as cells, and the pieces that stand in none."""
    upright = [one for one in rules if one.height > one.right - one.left]
    heights = _distinct(one.top for one in rules if one.height <= one.right - one.left)
    free, rows = list(pieces), []
    for low, high in zip(heights, heights[1:], strict=False):
        through = (
            one.left for one in upright if one.bottom < low + _NEAR and one.top > high - _NEAR
        )
        sides = _distinct(through)
        if len(sides) < 3:
            continue
        cells = [
            [one for one in free if low < (one.top + one.bottom) / 2 < high and left < (one.left + one.right) / 2 < right]
            for left, right in zip(sides, sides[1:], strict=False)
        ]  # fmt: skip
        held = {id(one) for cell in cells for one in cell}
        if held:
            rows.append(cells)
            free = [one for one in free if id(one) not in held]
    return rows, free


def _distinct(places: Iterable[float]) -> list[float]:
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _NEAR:
            found.append(place)
    return found


def _paragraphs(lines: Sequence[_Line]) -> Iterator[str]:
    """Lines broken by the width of the page are joined; an empty line stands between paragraphs."""
    if not lines:
        return
    plain = [line for line in lines if not line.is_row] or list(lines)
    right = max(line.right for line in plain)
    margin = min(line.left for line in plain)
    pitches = [above.middle - below.middle for above, below in zip(plain, plain[1:], strict=False)]
    pitch = median([one for one in pitches if 4 < one < 40] or [0])
    held = lines[0]
    for before, line in zip(lines, lines[1:], strict=False):
        if _goes_on(before, line, margin=margin, right=right, pitch=pitch):
            held = _Line(f"{held.text} {line.text}", held.left, line.right, line.middle, line.page)
            continue
        yield held.text
        is_table = before.is_row and line.is_row
        if not is_table and before.page == line.page and before.middle - line.middle > 1.5 * pitch:
            yield ""
        held = line
    yield held.text


def _goes_on(before: _Line, line: _Line, *, margin: float, right: float, pitch: float) -> bool:
    """Whether a line at the margin goes on with a full one."""
    is_full = before.right > right - 0.15 * (right - margin)
    at_margin = abs(line.left - margin) < 2 * _NEAR
    if before.is_row or line.is_row or not (is_full and at_margin) or marker_of(line.text):
        return False
    if before.page != line.page:
        return not ends_sentence(before.text)
    return before.middle - line.middle < 1.4 * pitch
