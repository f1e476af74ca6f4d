"""A file as lines of text."""

from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.table import Table
from docx.text.paragraph import Paragraph

from core.text import nfc

_LAYOUT_ROWS = 3


def read_file(path: Path) -> list[str]:
    """The lines of a UTF-8 text or of a Word file (tables as tabs, headings as "##")."""
    if path.suffix.lower() == ".docx":
        return word_lines(docx.Document(str(path)))
    return nfc(path.read_text(encoding="utf-8-sig")).splitlines()


def word_lines(document: WordDocument) -> list[str]:
    """Paragraphs and tables in order; a blank line after each paragraph."""
    lines: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            lines += _paragraph(block)
        else:
            lines += [*_table(block), ""]
    return lines


def _paragraph(paragraph: Paragraph) -> list[str]:
    text = paragraph.text.rstrip()
    if not text.strip():
        return [""]
    style = (paragraph.style.name or "") if paragraph.style else ""
    runs = [run for run in paragraph.runs if run.text.strip()]
    is_bold = bool(runs) and all(run.bold for run in runs)
    level = style.removeprefix("Heading ") if style.startswith("Heading ") else ""
    lead = "#" * min(int(level), 6) + " " if level.isdecimal() else ""
    parts = [part.rstrip() for part in text.split("\n")]
    shown = [f"**{part}**" if is_bold and part.strip() else part for part in parts]
    return [
        lead + shown[0] + "  " * (len(shown) > 1),
        *(f"{part}  " for part in shown[1:-1]),
        *shown[1:][-1:],
        "",
    ]


def _table(table: Table) -> list[str]:
    """Rows as tabs; a table that only lays out a heading or a signature gives its cells' lines."""
    rows = [_distinct(row.cells) for row in table.rows]
    first = rows[0][0].strip().upper() if rows and rows[0] else ""
    is_layout = (
        len(rows) <= _LAYOUT_ROWS
        and first not in {"TT", "STT"}
        and any("\n" in cell for row in rows for cell in row)
    )
    if is_layout:
        return [line for row in rows for cell in row for line in (*cell.split("\n"), "")]
    return ["\t".join(" ".join(cell.split()) for cell in row) for row in rows]


def _distinct(cells: tuple[object, ...]) -> list[str]:
    """The words of each cell; a merged cell, given once for every column it spans, counts once."""
    found: list[str] = []
    before: object = None
    for cell in cells:
        element = getattr(cell, "_tc", cell)
        if element is not before:
            found.append(str(getattr(cell, "text", "")))
        before = element
    return found
