"""The register of outgoing documents as a spreadsheet."""

import io
from collections.abc import Iterable

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from documents.queries.register import BookLine

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = (16, 12, 60, 24, 44, 30)


def book_columns() -> list[str]:
    """The columns of the book, in the order of the printed one."""
    return [
        _("Số, ký hiệu"),
        _("Ngày văn bản"),
        _("Tên loại, trích yếu"),
        _("Người ký"),
        _("Nơi nhận"),
        _("Ghi chú"),
    ]


def write_book(title: str, lines: Iterable[BookLine]) -> bytes:
    """The lines as an Excel file; words are written as words, never as formulas."""
    book = Workbook()
    sheet = book.active
    sheet.title = _("Sổ văn bản đi")
    sheet.append([title])
    sheet.append(book_columns())
    for line in lines:
        sheet.append(
            [line.code, line.dated_on, line.title, line.signer, line.recipients, line.note]
        )
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if cell.data_type == "f":
                cell.data_type = "s"
            if cell.column == 2 and cell.row > 2:
                cell.number_format = "dd/mm/yyyy"
            cell.font = Font(bold=cell.row <= 2)
    for place, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(WIDTHS))
    sheet.freeze_panes = "A3"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
