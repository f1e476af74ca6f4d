"""A file or a pasted text as the lines the reader takes, with what was noticed on the way.

Nothing is stored. Every limit is a setting (READING_…), so that reading stays a matter of a second
or two within the request.
"""

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from docx.oxml import parse_xml

from core.text import nfc
from documents.reading import refusals
from documents.reading.encodings import Decoded, decode, modernise
from documents.reading.pdf import PdfError, pdf_lines
from documents.reading.refusals import IntakeError
from documents.reading.word import Reader

__all__ = ["Intake", "IntakeError", "read_content", "read_path", "read_pasted"]

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_PAGE = re.compile(r"\A\s*(?:<!doctype html|<html|<\?xml)", re.IGNORECASE)
_MUCH_CONTROL = 0.01
_MANY_EMPTY = re.compile(r"\n{4,}")


@dataclass(frozen=True, slots=True)
class Intake:
    """The text of a file, line by line; `notices` are sentences for the person who sent it."""

    lines: tuple[str, ...]
    notices: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The lines in one piece."""
        return "\n".join(self.lines)


def read_path(path: Path) -> Intake:
    """Read a file of this machine (`manage.py read_plan`)."""
    refusals.check_size(path.stat().st_size)
    return read_content(path.read_bytes())


def read_content(content: bytes) -> Intake:
    """Read an uploaded file by what is in it, whatever it is called; IntakeError says why not."""
    refusals.check_size(len(content))
    if content.startswith((_ZIP, _EMPTY_ZIP)):
        return _word(content)
    if refusals.is_pdf(content):
        return _pdf(content)
    refusals.refuse_by_content(content)
    decoded = decode(content)
    if decoded is None or _is_noise(decoded.text):
        raise IntakeError(
            _(
                "Tệp này không phải văn bản. Hãy dùng tệp Word (.docx), tệp chữ (.txt) hoặc dán nội dung."
            )
        )
    if _PAGE.match(decoded.text):
        raise IntakeError(
            _("Đây là tệp trang mạng (HTML). Hãy mở bằng Word, lưu thành dạng .docx rồi tải lại.")
        )
    return _text(decoded)


def read_pasted(text: str) -> Intake:
    """Take pasted text; letters of an old font become Unicode."""
    if not text.strip():
        raise IntakeError(_("Chưa có nội dung. Hãy chọn tệp hoặc dán văn bản vào ô."))
    return _text(modernise(nfc(text)))


def _text(decoded: Decoded) -> Intake:
    notices = [converted(decoded.encoding)] if decoded.encoding else []
    return _bounded(decoded.text, notices)


def _word(content: bytes) -> Intake:
    archive = refusals.open_word(content)
    with archive:
        root = _xml(archive, refusals.WORD_PART)
        found = Reader(_xml(archive, "word/styles.xml"), _xml(archive, "word/numbering.xml")).read(
            root
        )
    text = _MANY_EMPTY.sub("\n\n\n", nfc("\n".join(found.lines)).strip("\n"))
    if not text.strip():
        raise (
            refusals.only_pictures()
            if _has_pictures(archive)
            else IntakeError(_("Tệp Word không có chữ nào. Hãy chọn lại tệp."))
        )
    return _bounded(text, [converted(name) for name in sorted(found.encodings)])


def _pdf(content: bytes) -> Intake:
    most = settings.READING_MAX_PAGES
    try:
        lines, pages = pdf_lines(content, most_pages=most)
    except PdfError as error:
        raise refusals.pdf_problem(error.why) from error
    if pages > most:
        raise refusals.too_many_pages(pages)
    text = nfc("\n".join(lines))
    if not text.strip():
        raise refusals.scan(pages)
    notice = _(
        "Đọc từ tệp PDF: hãy xem lại chỗ xuống dòng và các bảng; chữ nghiêng, đậm không giữ."
    )
    return _bounded(text, [notice])


def converted(encoding: str) -> str:
    """What is said about a text of an old encoding."""
    if encoding == "Windows-1258":
        return _("Tệp dùng bảng mã Windows-1258, đã chuyển sang Unicode. Hãy xem lại dấu các chữ.")
    return _(
        "Tệp dùng bảng mã cũ %(name)s, đã chuyển sang Unicode. Hãy xem lại dấu và chữ hoa."
    ) % {"name": encoding}


def _bounded(text: str, notices: list[str]) -> Intake:
    text = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")  # lines keep their numbers
    limit, most = settings.READING_MAX_CHARACTERS, settings.READING_MAX_LINES
    if len(text) > limit or text.count("\n") >= most:
        raise IntakeError(
            _(
                "Văn bản dài %(count)s ký tự, mỗi lần chỉ đọc được %(limit)s ký tự, %(lines)s dòng (khoảng 60 trang). "
                "Hãy chỉ lấy phần kế hoạch, hoặc chia thành nhiều lần."
            )
            % {"count": _grouped(len(text)), "limit": _grouped(limit), "lines": _grouped(most)}
        )
    return Intake(tuple(text.split("\n")), tuple(notices))


def _xml(archive: zipfile.ZipFile, name: str) -> Any:
    content = refusals.part_of(archive, name)
    if content is None:
        return None
    try:
        return parse_xml(content)
    except SyntaxError as error:  # lxml's XMLSyntaxError is one
        raise refusals.broken() from error


def _has_pictures(archive: zipfile.ZipFile) -> bool:
    return any(entry.filename.startswith("word/media/") for entry in archive.infolist())


def _is_noise(text: str) -> bool:
    return len(_CONTROL.findall(text[:20_000])) > max(3, len(text[:20_000]) * _MUCH_CONTROL)


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
