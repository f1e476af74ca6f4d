"""The consolidated table as files: PDF and Word through the papers, Excel with one cell per value."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from core.access import RefusedError
from core.sheets import XLSX, book_bytes, plain_words
from documents.printing import docx as word
from documents.printing.pdf import render_pdf
from feedback import rules
from feedback.actions import tables as actions
from feedback.documents.table import sentence_of, table_paper
from feedback.queries.table import Asked, Figures, Numbers, numbers_of
from feedback.queries.table_rows import Part, Row, parts_of
from organisations.models import User
from plans.models import DialogueSession

TYPES = {"pdf": "application/pdf", "docx": word.CONTENT_TYPE, "xlsx": XLSX}
CELL_LIMIT = 32_000
TITLE, HEADINGS = 1, 4


def table_file(
    session: DialogueSession, asked: Asked, kind: str, *, user: User, today: datetime.date
) -> bytes:
    """The whole table as `kind`, with the answers the person may read."""
    numbers = numbers_of(session, asked)
    parts = parts_of(numbers, user=user)
    if kind == "xlsx":
        return write_table(session, numbers, parts)
    paper = table_paper(session, numbers, parts, today=today)
    return render_pdf(paper) if kind == "pdf" else word.render_docx(paper)


def make_table(pk: int) -> None:
    """Make an ordered file; of two workers the second gives way, a killed one is followed."""
    with transaction.atomic():
        order = actions.hold_order(pk)
        if order is None:
            return
        asked, user = Asked(**order.asked), order.ordered_by
        if not rules.may_read_table(user, order.session):
            actions.fail_order(order, _("Ông/bà không còn được xem bảng tổng hợp này."))
            return
        today = timezone.localdate(order.ordered_at)
        try:
            content = table_file(order.session, asked, order.kind, user=user, today=today)
        except RefusedError as error:
            actions.fail_order(order, error.reason)
            return
        actions.keep_file(order, content)


def write_table(session: DialogueSession, numbers: Numbers, parts: Sequence[Part]) -> bytes:
    """The table as a spreadsheet: sections and the sum as lines of their own, words never formulas."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = _("Bảng tổng hợp")
    columns = _columns(is_public=numbers.asked.is_public)
    sheet.append([_("BẢNG TỔNG HỢP Ý KIẾN, KIẾN NGHỊ")])
    sheet.append([_plain(session.theme)])
    sheet.append([_plain(sentence_of(numbers))])
    sheet.append(list(columns))
    bold = [TITLE, HEADINGS]
    for part in parts:
        bold.append(sheet.max_row + 1)
        sheet.append(_sum_line(columns, part.section.label, part.section.figures))
        for row in part.rows:
            told = _told(row)
            sheet.append([told[name] for name in columns.values()])
    bold.append(sheet.max_row + 1)
    sheet.append(_sum_line(columns, _("CỘNG"), numbers.total))
    _dress(sheet, columns, bold)
    return book_bytes(book)


def _columns(*, is_public: bool) -> dict[str, str]:
    """Headings and what stands under them (domain.md §3.7); the public version names no sender."""
    shared = {_("STT"): "number", _("Lĩnh vực"): "field", _("Nội dung (đã gộp)"): "content"}
    sums = {_("Số lượt ý kiến"): "opinions", _("Số người cùng ý kiến"): "people"}
    answer = {_("Trả lời"): "answer", _("Căn cứ"): "basis"}
    if is_public:
        return {
            **shared,
            **sums,
            _("Thẩm quyền"): "competence",
            _("Cơ quan trả lời"): "lead",
            **answer,
        }
    return {
        **shared,
        _("Mã"): "code",
        _("Địa bàn"): "areas",
        _("Đơn vị gửi"): "units",
        **sums,
        _("Đã trả lời (lượt)"): "answered",
        _("Loại"): "kinds",
        _("Thẩm quyền"): "competence",
        _("Cơ quan trả lời"): "lead",
        _("Cơ quan phối hợp"): "helpers",
        _("Hạn trả lời"): "due_on",
        **answer,
        _("Đã kiến nghị nhiều lần"): "is_repeated",
        _("Ghi chú"): "note",
    }


def _told(row: Row) -> dict[str, Any]:
    figures, answer = row.cell.figures, row.answer
    return {
        "number": row.number,
        "field": row.field,
        "content": _plain(row.content),
        "code": row.code,
        "areas": _plain("; ".join(row.areas)),
        "units": _plain("; ".join(row.units)),
        "opinions": figures.opinions,
        "people": figures.people,
        "answered": figures.answered,
        "kinds": "; ".join(row.kinds),
        "competence": row.competence,
        "lead": _plain(row.lead),
        "helpers": _plain("; ".join(row.helpers)),
        "due_on": row.due_on,
        "answer": _plain(answer.text if answer else ""),
        "basis": _plain(answer.legal_basis if answer else ""),
        "is_repeated": _("Có") if row.is_repeated else "",
        "note": row.note,
    }


def _sum_line(columns: dict[str, str], label: str, figures: Figures) -> list[Any]:
    told = {
        "content": _plain(label),
        "opinions": figures.opinions,
        "people": figures.people,
        "answered": figures.answered,
    }
    return [told.get(name) for name in columns.values()]


def _plain(text: str) -> str:
    """Words as a cell holds them: no formula, no control characters, no longer than Excel takes."""
    words = "".join(char for char in text if char >= " " or char in "\n\t")
    return plain_words(words[:CELL_LIMIT])


def _dress(sheet: Any, columns: dict[str, str], bold: Sequence[int]) -> None:
    widths = {"content": 60, "answer": 60, "basis": 30, "areas": 24, "units": 24, "lead": 24}
    for place, name in enumerate(columns.values(), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = widths.get(name, 14)
    for row in sheet.iter_rows(min_row=HEADINGS):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(cell.value, datetime.date):
                cell.number_format = "dd/mm/yyyy"
    for number in bold:
        for cell in sheet[number]:
            cell.font = Font(bold=True)
    sheet.freeze_panes = f"A{HEADINGS + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{HEADINGS}:{HEADINGS}"
