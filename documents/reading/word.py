"""The text of a Word file in the order one reads it, its lists counted and its changes accepted.

What comes out looks like text somebody typed: "##" before a heading, "**" around a bold line, two
spaces at a soft line break, tabs between the cells of a table, an empty line after a paragraph.
Headers and footers, hidden and deleted words, comments and field codes stay out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from documents.reading.encodings import from_font
from documents.reading.wordlists import Lists
from documents.reading.wordstyles import Styles, W, holds, value

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LAYOUT_ROWS = 3
_MAX_DEPTH = 40
_TYPED_MARKER = re.compile(r"^(\s*(?:\(?\w{1,5}[.)\-/]|[-+•*–]))\t+")
_DROPPED = {W + name for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "footnoteReference",
            "endnoteReference", "annotationRef", "commentReference", "sdtPr", "tblPr", "trPr", "tcPr")} | {_MC + "Fallback"}  # fmt: skip
_MARKS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}


@dataclass(slots=True)
class WordText:
    """The lines of a Word file, and the old encodings its fonts were written in."""

    lines: list[str] = field(default_factory=list)
    encodings: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Run:
    text: str
    is_bold: bool


class Reader:
    """Walks the body once; `styles` and `numbering` are the parts of that name, or None."""

    def __init__(self, styles: Any, numbering: Any) -> None:
        """Take the parts the body leans on."""
        self.styles = Styles.of(styles)
        self.lists = Lists.of(numbering)
        self.found = WordText()

    def read(self, root: Any) -> WordText:
        """The text of `word/document.xml`."""
        body = root.find(W + "body")
        self.found.lines = list(self._blocks(body, 0)) if body is not None else []
        return self.found

    def _blocks(self, parent: Any, depth: int) -> Iterator[str]:
        """Paragraphs and tables under an element, whatever wraps them."""
        if depth > _MAX_DEPTH:
            return
        for child in parent:
            tag = child.tag
            if tag == W + "p":
                yield from self._paragraph(child, depth)
            elif tag == W + "tbl":
                yield from self._table(child, depth)
            elif isinstance(tag, str) and tag not in _DROPPED:
                yield from self._blocks(child, depth + 1)

    def _paragraph(self, paragraph: Any, depth: int) -> Iterator[str]:
        properties = paragraph.find(W + "pPr")
        boxes: list[Any] = []
        runs = list(self._runs(paragraph, value(properties, "pStyle"), boxes, 0))
        text = "".join(run.text for run in runs)
        if text.strip():
            marker = self.lists.marker(*self.styles.list_of(properties))
            level = self.styles.level(properties)
            is_bold = all(run.is_bold for run in runs if run.text.strip())
            yield from _lines(text, marker, level, is_bold=is_bold)
        yield ""
        for box in boxes:
            yield from self._blocks(box, depth + 1)

    def _runs(self, parent: Any, style: str | None, boxes: list[Any], depth: int) -> Iterator[_Run]:
        if depth > _MAX_DEPTH:
            return
        for child in parent:
            tag = child.tag
            if tag == W + "r":
                yield from self._run(child, style, boxes)
            elif isinstance(tag, str) and tag not in _DROPPED:
                yield from self._runs(child, style, boxes, depth + 1)

    def _run(self, run: Any, style: str | None, boxes: list[Any]) -> Iterator[_Run]:
        said = self.styles.of_run(run.find(W + "rPr"), style)
        boxes.extend(_boxes(run))
        if holds(said, "vanish"):
            return
        raw = _words(run)
        text, encoding = from_font(raw, self.styles.run_font(said))
        if encoding and text != raw:
            self.found.encodings.add(encoding)
        yield _Run(text.upper() if holds(said, "caps") else text, holds(said, "b"))

    def _table(self, table: Any, depth: int) -> Iterator[str]:
        """Rows as tabs; a table that only lays out a heading or a signature gives its cells' lines."""
        rows = [[self._cell(cell, depth) for cell in _cells(row)] for row in _rows(table)]
        first = _joined(rows[0][0]).upper() if rows and rows[0] else ""
        is_layout = (
            len(rows) <= _LAYOUT_ROWS
            and first not in {"TT", "STT", "SỐ TT"}
            and any(_is_tall(cell) for row in rows for cell in row)
        )
        if is_layout:
            yield from (line for row in rows for cell in row for line in (*cell, ""))
        else:
            yield from ("\t".join(map(_joined, row)) for row in rows)
            yield ""

    def _cell(self, cell: Any, depth: int) -> list[str]:
        return list(self._blocks(cell, depth + 1))


def _lines(text: str, marker: str, level: int, *, is_bold: bool) -> Iterator[str]:
    """One paragraph as typed lines; its soft breaks end in two spaces."""
    parts = [part.strip(" ") for part in text.strip().split("\n")]
    parts[0] = _TYPED_MARKER.sub(r"\1 ", parts[0])
    if marker:
        parts[0] = f"{marker} {parts[0]}"
    shown = [f"**{part}**" if is_bold and part and "\t" not in part else part for part in parts]
    shown[0] = "#" * level + " " * bool(level) + shown[0]
    for part in shown[:-1]:
        yield f"{part}  " if part else ""
    yield shown[-1]


def _words(run: Any) -> str:
    found = []
    for child in run:
        name = child.tag.removeprefix(W) if isinstance(child.tag, str) else ""
        if name == "t":
            found.append(child.text or "")
        elif name in _MARKS:
            found.append(_MARKS[name])
        elif name == "sym":
            found.append("-" if (child.get(W + "char") or "").upper().startswith("F") else "")
    return "".join(found)


def _boxes(run: Any) -> list[Any]:
    """The text boxes drawn in a run; the copy Word keeps for old programs counts not again."""
    found: list[Any] = []
    waiting = [child for child in run if isinstance(child.tag, str)]
    while waiting:
        element = waiting.pop(0)
        if element.tag == W + "txbxContent":
            found.append(element)
        elif element.tag not in _DROPPED:
            waiting = [child for child in element if isinstance(child.tag, str)] + waiting
    return found


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == W + "tr":
            if child.find(f"{W}trPr/{W}del") is None:
                yield child
        elif child.tag in {W + "sdt", W + "sdtContent", W + "ins", W + "customXml"}:
            yield from _rows(child)


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == W + "tc":
            yield child
        elif child.tag in {W + "sdt", W + "sdtContent", W + "customXml"}:
            yield from _cells(child)


def _is_tall(cell: list[str]) -> bool:
    return sum(bool(line.strip()) for line in cell) > 1


def _joined(cell: list[str]) -> str:
    words = " ".join(" ".join(line.split()) for line in cell if line.strip())
    return re.sub(r"\*\*|^#+ ", "", words)
