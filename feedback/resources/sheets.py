"""The files of opinions: the template, the file that is read, the rows that were not taken."""

import base64
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, islice
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from core.files import FileError
from core.sealed import unseal_bytes
from core.sheets import Row, Sheet, book_bytes, open_sheet, write_sheet
from core.text import fold
from feedback import actions
from feedback.actions.imports import PORTION, SheetRow
from feedback.models import Consultation, OpinionImport, StagedRow
from feedback.resources.opinions import NEEDED, OpinionResource, RowReader

HEADING_AMONG = 10
AT_ONCE = 500
ROWS_WITH_LISTS = 2000


def write_template(consultation: Consultation) -> bytes:
    """The sheet to fill in: headings, one example, lists to choose from."""
    resource = OpinionResource(consultation, timezone.localdate())
    example = resource.example()
    book = write_sheet(
        _("Ý kiến"),
        list(resource.headings.values()),
        [[example.get(name, "") for name in resource.headings]],
    )
    lists: Any = book.create_sheet(_("Danh mục"))
    sheet: Any = book.worksheets[0]
    for place, (name, words) in enumerate(resource.lists.items(), start=1):
        letter = get_column_letter(place)
        lists.column_dimensions[letter].width = 40
        for line, word in enumerate([resource.headings[name], *words], start=1):
            lists.cell(line, place, word).data_type = "s"
        rule = DataValidation(
            type="list", formula1=f"='{lists.title}'!${letter}$2:${letter}${len(words) + 1}"
        )
        at = get_column_letter(list(resource.headings).index(name) + 1)
        rule.add(f"{at}2:{at}{ROWS_WITH_LISTS}")
        sheet.add_data_validation(rule)
    return book_bytes(book)


def read_import(sheet: OpinionImport) -> None:
    """Judge every row of a waiting file, portion by portion; may be begun again at any time."""
    try:
        with _open(sheet) as found:
            resource = _resource(sheet)
            heading, places, rows = find_heading(found.rows, resource, sheet.name)
            judged = _judged(
                RowReader(resource, places, found.merged), rows, max(sheet.read_upto, heading)
            )
            for first in judged:
                if not actions.stage_rows(sheet, chain([first], islice(judged, PORTION - 1))):
                    return
        if not sheet.read_upto:
            raise FileError(_("Bảng trong tệp “%(name)s” chưa có dòng nào.") % {"name": sheet.name})
    except FileError as error:
        actions.refuse_import(sheet, str(error))
        return
    actions.finish_reading(sheet)


def write_rest(sheet: OpinionImport) -> bytes:
    """The rows that were not taken as they stood in the file, each with its reason."""
    reasons = {
        row.number: " ".join(
            f"{column}: {said}" if column else said for _c, column, said in row.problems or []
        )
        for row in sheet.rows.exclude(result=StagedRow.Result.GOOD).only("number", "problems")
    }
    resource = _resource(sheet)
    with _open(sheet) as found:
        _number, places, rows = find_heading(found.rows, resource, sheet.name)
        lines = [
            [*(_cell(cells, place) for place in places.values()), reasons[number]]
            for number, cells in rows
            if number in reasons
        ]
    headings = [resource.headings[name] for name in places]
    return book_bytes(write_sheet(_("Cần sửa"), [*headings, _("Lý do")], lines))


def find_heading(
    rows: Iterator[Row], resource: OpinionResource, name: str
) -> tuple[int, dict[str, int], Iterator[Row]]:
    """The number of the row of headings, where each column stands, and the rows below it."""
    wanted = {fold(heading): column for column, heading in resource.headings.items()}
    best: set[str] = set()
    for _attempt, (number, cells) in zip(range(HEADING_AMONG), rows, strict=False):
        words = [fold(cell.rstrip(" *:")) for cell in cells]
        found = {wanted[word] for word in words if word in wanted}
        if set(NEEDED) <= found:
            _refuse_twins([word for word in words if word in wanted], resource, wanted)
            return (
                number,
                {wanted[word]: at for at, word in enumerate(words) if word in wanted},
                rows,
            )
        best = max(best, found, key=len)
    missing = [resource.headings[column] for column in NEEDED if column not in best]
    raise FileError(
        _(
            "Tệp “%(name)s” thiếu cột: %(missing)s. Hãy dùng tệp mẫu tải về từ trang này và giữ "
            "nguyên dòng tên cột."
        )
        % {"name": name, "missing": ", ".join(missing)}
    )


def _refuse_twins(words: list[str], resource: OpinionResource, wanted: dict[str, str]) -> None:
    for word in words:
        if words.count(word) > 1:
            raise FileError(
                _("Có hai cột cùng tên “%(name)s”. Hãy bỏ bớt một cột.")
                % {"name": resource.headings[wanted[word]]}
            )


def _resource(sheet: OpinionImport) -> OpinionResource:
    return OpinionResource(sheet.consultation, timezone.localdate(sheet.created_at))


@contextmanager
def _open(sheet: OpinionImport) -> Iterator[Sheet]:
    """The rows of a kept file; while they are read its content lies in a file only we may read."""
    with sheet.file.open("rb") as kept:
        content = unseal_bytes(kept.read(), base64.b64decode(sheet.lock), sheet.name)
    with tempfile.NamedTemporaryFile(suffix=f".{sheet.kind}") as opened:
        opened.write(content)
        opened.flush()
        with open_sheet(
            opened.name, sheet.kind, sheet.name, most=settings.IMPORT_MAX_ROWS
        ) as found:
            yield found


def _judged(reader: RowReader, rows: Iterator[Row], behind: int) -> Iterator[SheetRow]:
    """The rows behind the last one that was kept, judged a lot at a time."""
    fresh = (row for row in rows if row[0] > behind)
    while lot := list(islice(fresh, AT_ONCE)):
        yield from reader.read(lot)


def _cell(cells: list[str], place: int) -> str:
    text = cells[place] if place < len(cells) else ""
    return "".join(c for c in text.encode("utf-8", "replace").decode() if c >= " " or c in "\n\t")
