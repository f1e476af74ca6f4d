"""A report's tables as a spreadsheet: read from the paper itself, so both say the same."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from core.sheets import book_bytes, plain_words
from dialogue.models import Report
from documents import queries
from documents.models import ClauseKind, clause_tree
from documents.printing import grids
from documents.printing.marks import plain
from documents.printing.parts import Table

TITLE_LENGTH = 31
"""What Excel takes for the name of a sheet."""
WIDE, NARROW = 48, 14
_NOT_IN_NAMES = str.maketrans("", "", r"[]:*?/\'")


def write_report(report: Report) -> bytes:
    """A sheet for each table of the paper as it reads now; numbers are numbers, words no formulas."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, (title, table) in enumerate(tables_of(report), start=1):
        name = f"{number}. {title.translate(_NOT_IN_NAMES)}"[:TITLE_LENGTH]
        _write(book.create_sheet(name), report, title, table)
    if not book.worksheets:
        sheet: Any = book.create_sheet(_("Báo cáo"))
        sheet.append([plain_words(str(report.document))])
        sheet.append([_("Báo cáo này không có bảng số liệu.")])
    return book_bytes(book)


def tables_of(report: Report) -> Iterator[tuple[str, Table]]:
    """The tables of the paper with what stands above them."""
    yield from _under("", clause_tree(queries.clauses_of(report.document)))


def _under(title: str, pairs: list[Any]) -> Iterator[tuple[str, Table]]:
    at = 0
    while at < len(pairs):
        size = grids.grid_size(pairs, at)
        if size:
            yield title, grids.grid([clause for clause, _below in pairs[at : at + size]])
        else:
            clause, below = pairs[at]
            is_title = clause.kind in {ClauseKind.APPENDIX, ClauseKind.HEADING}
            yield from _under(plain(clause.text) if is_title else title, below)
        at += size or 1


def _write(sheet: Any, report: Report, title: str, table: Table) -> None:
    sheet.append([plain_words(title)])
    sheet.append([plain_words(_("%(paper)s; số liệu tính đến ngày %(day)s") % {
        "paper": str(report.document), "day": f"{report.as_of:%d/%m/%Y}",
    })])  # fmt: skip
    sheet.append([plain_words(column.title) for column in table.columns])
    for row in table.rows:
        sheet.append([_value(cell) for cell in row])
    for place, column in enumerate(table.columns, start=1):
        longest = max((len(row[place - 1]) for row in table.rows), default=len(column.title))
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = min(WIDE, max(NARROW, longest + 2))
    bold = Font(bold=True)
    for number, line in enumerate(sheet.iter_rows(), start=1):
        is_sum = number > 3 and "**" in table.rows[number - 4][0]
        for cell in line:
            cell.alignment = Alignment(wrap_text=number > 2, vertical="top")
            if number in {1, 3} or is_sum:
                cell.font = bold
    sheet.freeze_panes = "B4"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _value(text: str) -> int | str:
    """A number as a number, words as words."""
    words = plain(text)
    return int(words) if words.isascii() and words.isdigit() else plain_words(words)
