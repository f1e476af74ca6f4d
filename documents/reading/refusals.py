"""Files that are not read, each with the sentence that says what it is and what to do instead."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _

from core.files import print_size

WORD_PART = "word/document.xml"
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_CHUNK = 65_536


class IntakeError(ValueError):
    """The file is not read; the message is a Vietnamese sentence with what to do."""


def check_size(size: int, limit: int | None = None) -> None:
    """Refuse by size alone, before a byte is looked at."""
    most = limit or settings.READING_MAX_BYTES
    if size > most:
        raise IntakeError(
            _(
                "Tệp nặng %(size)s, chỉ nhận tệp không quá %(limit)s. Hãy bỏ bớt ảnh trong tệp rồi lưu lại, "
                "hoặc chép phần chữ và dán vào ô bên dưới."
            )
            % {"size": print_size(size), "limit": print_size(most)}
        )


def refuse_by_content(content: bytes) -> None:
    """What the first bytes say, whatever the file is called."""
    if not content.strip(b"\0\r\n\t "):
        raise IntakeError(_("Tệp rỗng, không có gì để đọc. Hãy chọn lại tệp."))
    if content.startswith(_OLE):
        raise IntakeError(_old_office(content))
    if content.startswith(_IMAGES) or content[8:12] == b"WEBP" or content[4:8] == b"ftyp":
        raise IntakeError(
            _(
                "Đây là tệp ảnh, không phải văn bản có chữ. Hãy dùng tệp Word gốc (.docx), hoặc gõ, dán nội dung."
            )
        )
    if content.startswith(b"{\\rtf"):
        raise IntakeError(
            _("Đây là tệp RTF. Hãy mở bằng Word, chọn “Lưu thành” dạng Word (.docx) rồi tải lại.")
        )


def open_word(content: bytes) -> zipfile.ZipFile:
    """The container of a Word file that is safe to open; IntakeError otherwise."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        problem = _shape_problem(archive) or _word_problem(archive)
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError, struct.error) as error:
        raise broken() from error
    if problem:
        raise IntakeError(problem)
    return archive


def part_of(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """A part of the container, its bytes counted while they come out: the directory may lie."""
    if name not in archive.namelist():
        return None
    limit = settings.READING_MAX_PART_BYTES
    found = bytearray()
    try:
        with archive.open(name) as part:
            while chunk := part.read(_CHUNK):
                found += chunk
                if len(found) > limit:
                    raise IntakeError(too_large())
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        RuntimeError,
        NotImplementedError,
    ) as error:
        raise broken() from error
    head = bytes(found[:2])
    if b"<!DOCTYPE" in found or b"<!ENTITY" in found or head in {b"\xff\xfe", b"\xfe\xff"}:
        raise IntakeError(
            _(
                "Tệp Word này chứa khai báo lạ có thể làm treo máy nên không mở. "
                "Hãy chép phần chữ và dán vào ô bên dưới."
            )
        )
    return bytes(found)


def broken() -> IntakeError:
    """A container that cannot be opened, or whose text is cut off."""
    return IntakeError(
        _(
            "Tệp Word đã hỏng, không mở được. Hãy mở lại bằng Word, lưu thành tệp mới rồi tải lên, "
            "hoặc chép phần chữ và dán vào ô bên dưới."
        )
    )


def too_large() -> str:
    """A container that grows too much when it is unpacked."""
    return _(
        "Tệp Word này phình quá lớn khi mở ra, không an toàn. Hãy chép phần chữ và dán vào ô bên dưới."
    )


def only_pictures() -> IntakeError:
    """A Word file of scanned pages."""
    return IntakeError(
        _(
            "Tệp chỉ có ảnh quét, không có chữ để đọc. Hãy dùng tệp Word gốc, hoặc nhận dạng chữ (OCR) "
            "rồi dán nội dung vào ô bên dưới."
        )
    )


def _shape_problem(archive: zipfile.ZipFile) -> str:
    """Too many entries, too large, packed unnaturally, names that climb out, a password."""
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    is_bomb = (
        unpacked > settings.READING_RATIO_FROM_BYTES
        and unpacked / packed > settings.READING_MAX_RATIO
    )
    if (
        len(entries) > settings.READING_MAX_ENTRIES
        or unpacked > settings.READING_MAX_UNPACKED_BYTES
        or is_bomb
    ):
        return too_large()
    if any(entry.flag_bits & 1 for entry in entries):
        return _locked()
    if len({entry.filename for entry in entries}) != len(entries):
        return str(broken())
    return ""


def _word_problem(archive: zipfile.ZipFile) -> str:
    names = {entry.filename for entry in archive.infolist()}
    if _has_macros(archive, names):
        return _(
            "Tệp Word có macro (chương trình chạy được) nên không mở. Hãy mở bằng Word, lưu thành dạng "
            ".docx không có macro rồi tải lại."
        )
    if WORD_PART in names and "[Content_Types].xml" in names:
        return ""
    if any(name.startswith("xl/") for name in names):
        return _("Đây là tệp Excel. Hãy chép các dòng cần đọc và dán vào ô bên dưới.")
    if any(name.startswith("ppt/") for name in names):
        return _("Đây là tệp PowerPoint, không phải văn bản. Hãy dùng tệp Word (.docx).")
    if "mimetype" in names and "content.xml" in names:
        return _("Đây là tệp của LibreOffice. Hãy lưu thành dạng Word (.docx) rồi tải lại.")
    return _(
        "Đây là tệp nén, không phải tệp Word. Hãy giải nén rồi tải tệp Word (.docx) bên trong."
    )


def _has_macros(archive: zipfile.ZipFile, names: Iterable[str]) -> bool:
    if any(name.lower().rsplit("/", 1)[-1] in {"vbaproject.bin", "vbadata.xml"} for name in names):
        return True
    types = part_of(archive, "[Content_Types].xml") or b""
    return b"macroEnabled" in types or b"vbaProject" in types


def _locked() -> str:
    return _(
        "Tệp Word có mật khẩu. Hãy mở bằng Word, bỏ mật khẩu (Tệp › Thông tin › Bảo vệ tài liệu), "
        "lưu lại rồi tải lên."
    )


def _old_office(content: bytes) -> str:
    """A compound file: an encrypted .docx, a Word file of before 2007, or something else."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return _locked()
    if "WordDocument".encode("utf-16-le") in content:
        return _(
            "Đây là tệp Word đời cũ (.doc). Hãy mở bằng Word, chọn “Lưu thành” dạng Word (.docx) rồi tải lại."
        )
    return _("Tệp này không phải tệp Word. Hãy dùng tệp Word (.docx) hoặc dán nội dung.")


def is_pdf(content: bytes) -> bool:
    """Whether it is a PDF, whatever it is called."""
    return content[:1024].lstrip().startswith(b"%PDF")


def pdf_problem(why: str) -> IntakeError:
    """A PDF that could not be read: password, broken, or stopped by a limit."""
    said = {
        "password": _("Tệp PDF có mật khẩu. Hãy dùng tệp Word gốc (.docx)."),
        "broken": _("Tệp PDF đã hỏng, không mở được. Hãy dùng tệp Word gốc (.docx)."),
        "large": _(
            "Tệp PDF này quá nặng khi mở ra nên đã dừng lại. Hãy dùng tệp Word gốc (.docx), "
            "hoặc chép phần chữ và dán vào ô bên dưới."
        ),
    }
    return IntakeError(said[why])


def too_many_pages(pages: int) -> IntakeError:
    """A PDF longer than what is read at once."""
    return IntakeError(
        _(
            "Tệp PDF dài %(pages)d trang, mỗi lần chỉ đọc được %(most)d trang. Hãy tách phần kế hoạch."
        )
        % {"pages": pages, "most": settings.READING_MAX_PAGES}
    )


def scan(pages: int) -> IntakeError:
    """A PDF of pictures."""
    return IntakeError(
        _(
            "Đây là bản quét %(pages)d trang, chỉ có ảnh, không có chữ để đọc. Hãy dùng tệp Word gốc (.docx), "
            "hoặc nhận dạng chữ (OCR) rồi dán nội dung vào ô bên dưới."
        )
        % {"pages": pages}
    )
