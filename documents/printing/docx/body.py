"""The body of a Word file: headings, numbered paragraphs, tables, lines to write on."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from documents.printing.css import text_width
from documents.printing.docx.numbering import Numbering
from documents.printing.docx.xml import (
    Cell,
    Element,
    Face,
    Frame,
    Shape,
    nothing,
    paragraph,
    row,
    run,
    tab,
    table,
)
from documents.printing.outline import Block, Column, Table
from documents.printing.words import BOX, Piece, column_widths, is_lead_row, is_long_row, pieces

SYMBOLS = "Segoe UI Symbol"  # Times New Roman has no box to tick
FIRST_GAP_PT = 14
_STYLES = {
    "section": "Heading1",
    "basis": "CanCu",
    "centre": "GiuaTrang",
    "enacting": "BanHanh",
    "choices": "DongDien",
    "field": "DongDien",
}
_ALIGN = {"center": "center", "right": "right"}


class Body:
    """Draws blocks one after the other, counting with Word's own list."""

    def __init__(self, profile: Mapping[str, Any], fill: Mapping[str, str], numbering: Numbering):
        self.profile = profile
        self.fill = fill
        self.numbering = numbering

    def draw(
        self, blocks: Sequence[Block], *, kept: Container[int] = (), room: float = 0
    ) -> Iterator[Element]:
        """All blocks; those whose place is in `kept` stay on a page with what follows them."""
        for at, block in enumerate(blocks):
            before = FIRST_GAP_PT if at == 0 else None
            yield from self._block(block, before, at in kept, room or text_width(self.profile))

    def _block(
        self, block: Block, before: float | None, keep: bool, room: float
    ) -> Iterator[Element]:
        if block.table:
            yield from self._table(block.table, room, before, keep=keep)
        elif block.role == "notice":
            words = [paragraph("ThongBao", self._runs(line)) for line in block.text.split("\n")]
            yield table([room], [row([Cell(room, words)])], Frame(weight=0.75, padding=(2, 3)))
            yield nothing()
        elif block.role == "field":
            yield from self._field(block, room)
        else:
            yield self._paragraph(block, Shape(before=before, keep_next=keep))

    def _paragraph(self, block: Block, shape: Shape) -> Element:
        style = _STYLES.get(block.role, "BodyText")
        if block.role == "title":
            style = "Heading2" if block.level == 2 else "Heading3"
        mark = Face(is_bold=block.is_bold, is_italic=block.is_italic)
        is_heading = style.startswith("Heading")
        inherited = Face(is_bold=is_heading, is_italic=style == "CanCu" and block.is_italic)
        number = self.numbering.of_block(block) if block.marker else None
        words = []
        if block.marker and number is None:
            words.append(run(f"{block.marker} ", mark))
        words += self._runs(block.text, is_italic=block.is_italic, inherited=inherited)
        for option in block.options:
            words += [_box(), run(f" {option}    ")]
        is_loose = any(piece.kind == "dots" for piece in pieces(block.text, self.fill))
        shape = replace(
            shape,
            number=number,
            mark=mark if number else Face(),
            keep_next=shape.keep_next or block.role == "lead",
            align="left" if is_loose else None,
        )
        return paragraph(style, words, shape)

    def _runs(
        self, text: str, *, is_italic: bool = False, inherited: Face | None = None
    ) -> list[Element]:
        """Words as runs; what the style says already is not said again."""
        found = inherited or Face()
        return [_run(piece, found) for piece in pieces(text, self.fill, is_italic=is_italic)]

    def _field(self, block: Block, room: float) -> Iterator[Element]:
        """A label with a dotted line behind it, perhaps more lines below."""
        shape = Shape(dots_at=room)
        if block.text:
            yield paragraph("DongDien", [*self._runs(f"{block.text} "), tab()], shape)
        for _line in block.write_lines:
            yield paragraph("DongKe", [tab()], replace(shape, before=6))

    def _table(
        self, ruled: Table, room: float, before: float | None, *, keep: bool
    ) -> Iterator[Element]:
        widths = column_widths(ruled.columns, room)
        pairs = list(zip(ruled.columns, widths, strict=True))
        if ruled.caption:
            yield paragraph("TenBang", [run(ruled.caption)], Shape(before=before or 4))
        else:
            yield paragraph("Vach", [], Shape(line=4, before=before, keep_next=True))
        head = [
            Cell(
                width, [paragraph("DauBang", [run(column.title)], Shape(keep_next=True))], "center"
            )
            for column, width in pairs
        ]
        last = len(ruled.rows) - 1
        leads = [is_lead_row(cells) and at < last for at, cells in enumerate(ruled.rows)]
        rows = [
            row(
                [
                    self._cell(words, *pair, (keep and at == last) or leads[at])
                    for words, pair in zip(cells, pairs, strict=True)
                ],
                is_long=is_long_row(cells, ruled, room),
            )
            for at, cells in enumerate(ruled.rows)
        ]
        frame = Frame(weight=0.5, padding=(1, 1.8))
        yield table(widths, [row(head, is_header=True), *rows], frame)
        yield paragraph("Vach", [], Shape(line=10, keep_next=keep))

    def _cell(self, text: str, column: Column, width: float, keep: bool) -> Cell:
        shape = Shape(align=_ALIGN.get(column.align), keep_next=keep)
        lines = text.split("\n")
        return Cell(width, [paragraph("Bang", self._runs(line), shape) for line in lines])


def _run(piece: Piece, inherited: Face) -> Element:
    if piece.kind == "box":
        return _box()
    face = Face(
        is_bold=piece.is_bold and not inherited.is_bold,
        is_italic=piece.is_italic and not inherited.is_italic,
    )
    return run(piece.text, face)


def _box() -> Element:
    return run(BOX, Face(font=SYMBOLS))
