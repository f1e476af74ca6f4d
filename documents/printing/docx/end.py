"""The end of a Word file: Nơi nhận and signature side by side, the code at the foot."""

import io
from collections.abc import Iterator

import segno
from docx.document import Document
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from documents.printing.css import text_width
from documents.printing.docx.xml import (
    Cell,
    Element,
    Face,
    Shape,
    nothing,
    paragraph,
    row,
    run,
    table,
)
from documents.printing.paper import Paper, Qr, Signature
from documents.printing.words import is_long_list, recipients_label

GAP_PT = 12
QR_MM = 24


def end(paper: Paper) -> Iterator[Element]:
    """One row that never breaks: copies on the left, the hand on the right; minutes have two hands."""
    if not paper.signatures:
        return
    left, right = paper.profile["columns_mm"]
    yield paragraph("Vach", [], Shape(line=GAP_PT, keep_next=True))
    if len(paper.signatures) == 1:
        cells = [Cell(left, _copies(paper)), Cell(right, _hand(paper, paper.signatures[0]))]
        yield table([left, right], [row(cells, is_long=is_long_list(paper))])
        yield nothing()
        return
    half = text_width(paper.profile) / len(paper.signatures)
    hands = [Cell(half, _hand(paper, signature)) for signature in paper.signatures]
    yield table([half] * len(hands), [row(hands)])
    if paper.recipients:
        yield paragraph("Vach", [], Shape(line=GAP_PT, keep_next=True))
        yield from _copies(paper)


def _copies(paper: Paper) -> list[Element]:
    if not paper.recipients:
        return []
    last = len(paper.recipients) - 1
    return [
        paragraph("NoiNhan", [run(recipients_label(paper))]),
        *(
            paragraph("NoiNhanDong", [run(f"- {line}")], Shape(keep_next=at < last))
            for at, line in enumerate(paper.recipients)
        ),
    ]


def _hand(paper: Paper, signature: Signature) -> list[Element]:
    lines = [
        paragraph(
            "ChucVu" if line.is_post else "QuyenHan",
            [run(line.text, Face(is_bold=line.is_bold))],
            Shape(keep_next=True),
        )
        for line in signature.lines
    ]
    room = paper.profile["sign_name"].get("space_mm", 26) * 72 / 25.4
    return [*lines, paragraph("NguoiKy", [run(signature.name)], Shape(before=room))]


def qr(code: Qr, room: float, document: Document) -> Iterator[Element]:
    """The code as a picture with its sentence beside it."""
    holder = paragraph("Qr", [])
    picture = io.BytesIO()
    segno.make(code.text, error="m", micro=False).save(picture, kind="png", scale=8, border=2)
    shape = Paragraph(holder, document._body).add_run().add_picture(picture, Mm(QR_MM), Mm(QR_MM))
    shape._inline.docPr.set("descr", code.caption)
    words = Cell(room - QR_MM - 3, [paragraph("Qr", [run(code.caption)])], valign="center")
    yield paragraph("Vach", [], Shape(line=10))
    yield table([QR_MM + 3, room - QR_MM - 3], [row([Cell(QR_MM + 3, [holder]), words])])
    yield nothing()
