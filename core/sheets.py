"""Spreadsheets in and out: what may be read and how it is read, and words that stay words.

A file is judged before it is kept (`check_sheet`) and read in a process of its own
(`core/sheet_child.py`); every refusal is a FileError with a sentence.
"""

import codecs
import csv
import io
import json
import re
import struct
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from core.files import CheckedFile, FileError, check_upload, print_size
from core.zips import zip_problem

if TYPE_CHECKING:
    from django.core.files.base import File

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\0")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHILD = Path(__file__).with_name("sheet_child.py")
AHEAD = 1024 * 1024
"""Bytes the reading process may be ahead of the one that judges: the two work side by side."""
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
Row = tuple[int, list[str]]
"""The number of a row in its sheet, and its cells."""


@dataclass(frozen=True)
class Sheet:
    """An opened sheet: the rows that merged cells touch, with the first such range; its rows."""

    merged: dict[int, str]
    rows: Iterator[Row]


def csv_bytes(rows: Iterable[Sequence[object]]) -> bytes:
    """Rows as a CSV a spreadsheet opens with every letter right; formulas are disarmed."""
    return b"".join(csv_parts(rows))


def csv_parts(rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """The same a hundred rows at a time, for tables of any length."""
    written, left = io.StringIO(), iter(rows)
    writer = csv.writer(written)
    yield codecs.BOM_UTF8
    while batch := list(islice(left, 100)):
        writer.writerows([plain_words(str(cell)) for cell in row] for row in batch)
        yield written.getvalue().encode()
        written.seek(0)
        written.truncate()


def plain_words(text: str) -> str:
    """A text no spreadsheet takes for a formula: one that looks like it stands behind a '."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def typed_words(text: str) -> str:
    """What stood there before `plain_words`."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_STARTS) else text


def check_sheet(uploaded: "File[bytes]") -> CheckedFile:
    """Judge an uploaded spreadsheet by its content; FileError says what is wrong with it."""
    name = str(uploaded.name or "")[-150:]
    kind = PurePosixPath(name).suffix.lower().removeprefix(".")
    shown = {"name": name, "limit": print_size(settings.IMPORT_MAX_BYTES)}
    if kind not in ("xlsx", "ods", "csv"):
        raise FileError(
            _(
                "Không nhận tệp “%(name)s”. Chỉ nhận Excel (.xlsx), OpenDocument (.ods) và CSV; "
                "tệp .xls, .xlsm hãy mở ra rồi lưu lại dạng .xlsx."
            )
            % shown
        )
    if not uploaded.size:
        raise FileError(_("Tệp “%(name)s” rỗng.") % shown)
    if uploaded.size > settings.IMPORT_MAX_BYTES:
        raise FileError(_("Tệp “%(name)s” quá lớn, tối đa %(limit)s.") % shown)
    uploaded.seek(0)
    content = uploaded.read()
    if content.startswith(_OLD_EXCEL):
        raise FileError(
            _(
                "Tệp “%(name)s” có mật khẩu hoặc là tệp Excel kiểu cũ. "
                "Hãy bỏ mật khẩu, lưu lại dạng .xlsx rồi tải lên."
            )
            % shown
        )
    if kind == "xlsx":
        return check_upload(uploaded, kinds=("xlsx",), max_bytes=settings.IMPORT_MAX_BYTES)
    check = {"ods": _check_ods, "csv": _check_csv}[kind]
    check(content, shown)
    return CheckedFile(name, kind, "application/octet-stream", content)


@contextmanager
def open_sheet(path: str, kind: str, name: str, *, most: int) -> Iterator[Sheet]:
    """Open the first sheet of a file; reading past `most` + 1 rows with words is refused.

    FileError, also while the rows are read, says why the file as a whole cannot be used.
    """
    command = [sys.executable, "-I", str(CHILD), path, kind, str(most)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, pipesize=AHEAD
    ) as child:
        assert child.stdout is not None
        try:
            lines = _lines(child.stdout, {"name": name})
            yield Sheet(_touched(next(lines)["merged"]), _rows(lines, most))
        finally:
            child.kill()


def write_sheet(title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> Workbook:
    """A workbook with one sheet; words are written as words, never as formulas."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = title
    sheet.append(list(headings))
    for row in rows:
        sheet.append([plain_words(cell) if isinstance(cell, str) else cell for cell in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for place, heading in enumerate(headings, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = max(14, len(heading) + 2)
    sheet.freeze_panes = "A2"
    return book


def book_bytes(book: Workbook) -> bytes:
    """The workbook as a file."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _check_csv(content: bytes, shown: dict[str, str]) -> None:
    is_utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\0" in content and not is_utf16:
        raise FileError(_("Tệp “%(name)s” không phải tệp CSV: bên trong không phải chữ.") % shown)


def _check_ods(content: bytes, shown: dict[str, str]) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            problem = zip_problem(archive, {"mimetype", "content.xml"})
            if not problem and archive.read("mimetype").strip() != _ODS:
                problem = _("Tệp “%(name)s” không phải là bảng tính OpenDocument.")
            problem = problem or _locked_or_active(archive)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError,
            ValueError, struct.error) as error:  # fmt: skip
        raise FileError(_("Tệp “%(name)s” đã hỏng, không mở được.") % shown) from error
    if problem:
        raise FileError(problem % shown)


def _locked_or_active(archive: zipfile.ZipFile) -> str:
    names = archive.namelist()
    if any(re.match(r"(Basic|Scripts|Object )", name) for name in names):
        return _(
            "Tệp “%(name)s” có chứa macro hoặc chương trình nhúng. Hãy lưu lại không có macro."
        )
    manifest = "META-INF/manifest.xml"
    if manifest in names and b"encryption-data" in archive.read(manifest):
        return _("Tệp “%(name)s” có mật khẩu. Hãy bỏ mật khẩu rồi tải lại.")
    return ""


def _lines(out: IO[bytes], shown: dict[str, str]) -> Iterator[Any]:
    """What the other process says; its silence means that it was stopped by a limit."""
    for line in out:
        said = json.loads(line.decode("utf-8", "surrogatepass"))
        if isinstance(said, list) or "merged" in said:
            yield said
        elif said["end"] == "whole":
            return
        elif said["end"] == "password":
            raise FileError(_("Tệp “%(name)s” có mật khẩu. Hãy bỏ mật khẩu rồi tải lại.") % shown)
        else:
            raise FileError(_("Tệp “%(name)s” đã hỏng, không đọc được bảng.") % shown)
    raise FileError(_("Tệp “%(name)s” quá lớn khi mở ra.") % shown)


def _rows(lines: Iterator[Any], most: int) -> Iterator[Row]:
    for count, (number, *cells) in enumerate(chain.from_iterable(lines)):
        if count > most:
            raise FileError(
                _("Bảng dài hơn %(limit)s dòng. Hãy chia thành nhiều tệp.") % {"limit": most}
            )
        yield number, cells


def _touched(merged: list[list[int]]) -> dict[int, str]:
    """Each row that a range of merged cells touches, with the name of the range: B5:B9."""
    touched: dict[int, str] = {}
    for top, left, bottom, right in merged:
        first, last = (get_column_letter(place + 1) for place in (left, right))
        for number in range(top + 1, min(bottom, top + 100_000) + 2):
            touched.setdefault(number, f"{first}{top + 1}:{last}{bottom + 1}")
    return touched
