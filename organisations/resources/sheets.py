"""The files of the spreadsheet: what is read from one, what is imported, what is written."""

import csv
import datetime
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import tablib
from django.utils.translation import gettext as _
from import_export.formats.base_formats import CSV, XLSX
from import_export.results import RowResult
from openpyxl import load_workbook

from core.files import CheckedFile, FileError
from core.sheets import typed_words
from core.text import TextError, clean_line, fold
from organisations.models import User
from organisations.queries import HIGHEST_FIRST
from organisations.resources.units import COLUMNS, UnitResource

MAX_ROWS = 1000
MAX_COLUMNS = 50
MAX_UNPACKED = 30 * 1024 * 1024
FORMATS: dict[str, type[Any]] = {"xlsx": XLSX, "csv": CSV}
NUMBER = "number"
HEADERS = (NUMBER, *COLUMNS)
_UNREADABLE = (ValueError, KeyError, IndexError, TypeError, AttributeError, SyntaxError, OSError,
               csv.Error, zipfile.BadZipFile)  # fmt: skip

Row = list[str]
"""The number of the row in the file, then its cells in the order of COLUMNS."""


@dataclass
class Problem:
    """One thing to mend in the file."""

    number: str
    column: str
    sentence: str


@dataclass
class Report:
    """What an import does, row by row, or why it does nothing."""

    rows: list[Row]
    added: list[tuple[str, str]] = field(default_factory=list)
    changed: list[tuple[str, str]] = field(default_factory=list)
    same: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_sheet(checked: CheckedFile) -> list[Row]:
    """The rows of an uploaded file; FileError says what is wrong with the file as a whole."""
    shown = {"name": checked.name}
    try:
        cells = _csv_rows(checked) if checked.kind == "csv" else _xlsx_rows(checked)
        header, *rows = islice(cells, MAX_ROWS + 2) if cells else [[]]
    except UnicodeDecodeError as error:
        raise FileError(
            _("Tệp “%(name)s” không phải mã UTF-8. Hãy lưu lại dạng “CSV UTF-8” hoặc Excel.")
            % shown
        ) from error
    except _UNREADABLE as error:
        raise FileError(_("Tệp “%(name)s” đã hỏng, không đọc được bảng.") % shown) from error
    if len(rows) > MAX_ROWS:
        raise FileError(
            _("Bảng dài hơn %(limit)s dòng. Hãy chia thành nhiều tệp.") % {"limit": MAX_ROWS}
        )
    places = _places(header)
    numbered = (
        [str(number), *(row[place] if place < len(row) else "" for place in places)]
        for number, row in enumerate(rows, start=2)
    )
    kept = [row for row in numbered if any(row[1:])]
    if not kept:
        raise FileError(_("Bảng trong tệp “%(name)s” chưa có dòng nào.") % shown)
    return kept


def import_rows(rows: list[Row], *, by: User, is_trial: bool) -> Report:
    """Import rows, all or none; a trial says what would happen and leaves nothing behind."""
    report = Report(rows, problems=list(_characters(rows)))
    if report.problems:
        return report
    arranged = _above_first(rows)
    dataset = tablib.Dataset(*arranged, headers=HEADERS)
    result = UnitResource(by).import_data(
        dataset, dry_run=is_trial, use_transactions=True, rollback_on_validation_errors=True
    )
    kinds = {
        RowResult.IMPORT_TYPE_NEW: report.added,
        RowResult.IMPORT_TYPE_UPDATE: report.changed,
        RowResult.IMPORT_TYPE_SKIP: report.same,
    }
    for found in result.rows:
        if found.errors:
            raise found.errors[0].error
        if found.import_type in kinds:
            kinds[found.import_type].append((found.row_values[NUMBER], found.object_repr))
    for wrong in result.invalid_rows:
        number = arranged[wrong.number - 1][0]
        for column, said in wrong.error_dict.items():
            label = "" if column == "__all__" else column
            report.problems += [Problem(number, label, sentence) for sentence in said]
    report.problems.sort(key=lambda problem: int(problem.number))
    return report


def write_file(kind: str) -> tuple[bytes, str]:
    """Everything that stands, as a file of that kind, with its content type."""
    form = FORMATS[kind]()
    content = form.export_data(UnitResource().export())
    # Excel takes a file without this mark for something else than UTF-8.
    return content if kind == "xlsx" else content.encode("utf-8-sig"), form.get_content_type()


def _csv_rows(checked: CheckedFile) -> Iterator[Row]:
    text = checked.content.decode("utf-8-sig")
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return ([_cell(value) for value in row[:MAX_COLUMNS]] for row in rows)


def _xlsx_rows(checked: CheckedFile) -> Iterator[Row]:
    with zipfile.ZipFile(io.BytesIO(checked.content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
            raise FileError(_("Tệp “%(name)s” quá lớn khi mở ra.") % {"name": checked.name})
    book = load_workbook(io.BytesIO(checked.content), read_only=True, data_only=True)
    sheet = book.worksheets[0]
    rows = sheet.iter_rows(max_row=MAX_ROWS + 2, max_col=MAX_COLUMNS, values_only=True)
    return ([_cell(value) for value in row] for row in rows)


def _cell(value: object) -> str:
    """The text of a cell; a ' that kept it from being a formula is taken off again."""
    if isinstance(value, datetime.date):
        return f"{value:%d/%m/%Y}"
    return typed_words("" if value is None else str(value).strip())


def _places(header: Row) -> list[int]:
    """Where each column stands; columns we do not know are left alone."""
    known = [fold(name) for name in header]
    missing = [str(label) for label in COLUMNS.values() if fold(str(label)) not in known]
    if missing:
        raise FileError(
            _("Dòng đầu của bảng thiếu cột: %(names)s. Hãy dùng tệp tải về từ trang này làm mẫu.")
            % {"names": ", ".join(missing)}
        )
    return [known.index(fold(str(label))) for label in COLUMNS.values()]


def _characters(rows: list[Row]) -> Iterator[Problem]:
    """Bring every cell into its normal form; name the cells that hold hidden characters."""
    for row in rows:
        for place, label in enumerate(COLUMNS.values(), start=1):
            try:
                row[place] = clean_line(row[place])
            except TextError as error:
                yield Problem(row[0], str(label), str(error))


def _above_first(rows: list[Row]) -> list[Row]:
    """Units before bodies, the highest first, and each body after the one above it."""
    names = list(HEADERS)
    level, body, above = (names.index(name) for name in ("level", "body", "body_above"))
    ranks = {fold(str(one.label)): rank for rank, one in enumerate(HIGHEST_FIRST)}
    parents = {fold(row[body]): fold(row[above].split(" — ")[0]) for row in rows}

    def depth(row: Row) -> int:
        steps, name = 0, fold(row[body])
        while name and steps < len(HIGHEST_FIRST) * 3:
            steps, name = steps + 1, parents.get(name, "")
        return steps

    return sorted(rows, key=lambda row: (depth(row), ranks.get(fold(row[level]), 0)))
