"""Uploaded files: judged by what is inside them, stored under names nobody can guess."""

import base64
import hashlib
import io
import os
import struct
import uuid
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import pikepdf
import puremagic
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageOps

from core.models import StoredFile
from core.sealed import KEY_BYTES, seal_bytes, unseal_bytes
from core.text import TextError, clean_line
from core.zips import active_part, zip_problem

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.utils.functional import _StrPromise

MAX_PIXELS = 40_000_000
MAX_PDF_OBJECTS = 200_000
_MAX_NAME = 150


class FileError(ValueError):
    """The file is refused; the message is a Vietnamese sentence naming it."""


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that may be kept: its bytes (images re-encoded), clean name and true type."""

    name: str
    kind: str
    content_type: str
    content: bytes

    @property
    def size(self) -> int:
        """Length in bytes."""
        return len(self.content)


@dataclass(frozen=True, slots=True)
class FileKind:
    """One row of the table of accepted files; `check` gives the bytes to keep or raises."""

    label: "str | _StrPromise"
    extensions: tuple[str, ...]
    content_type: str
    check: Callable[[bytes, str], bytes]


def check_upload(
    uploaded: "File[bytes]", kinds: Iterable[str] | None = None, *, max_bytes: int | None = None
) -> CheckedFile:
    """Judge an uploaded file by its content; FileError says what is wrong with it.

    `kinds` are keys of KINDS, `max_bytes` is UPLOAD_MAX_BYTES if not given; images lose their
    hidden data (place, device).
    """
    max_bytes = max_bytes or settings.UPLOAD_MAX_BYTES
    name = _clean_name(str(uploaded.name or ""))
    allowed = tuple(kinds or KINDS)
    if not uploaded.size:
        raise FileError(_("Tệp “%(name)s” rỗng.") % {"name": name})
    if uploaded.size > max_bytes:
        raise FileError(
            _("Tệp “%(name)s” nặng %(size)s, tối đa %(limit)s.")
            % {"name": name, "size": print_size(uploaded.size), "limit": print_size(max_bytes)}
        )
    extension = PurePosixPath(name).suffix.lower()
    kind = next((key for key in allowed if extension in KINDS[key].extensions), None)
    if kind is None:
        raise FileError(
            _("Không nhận tệp “%(name)s”. Chỉ nhận: %(kinds)s.")
            % {"name": name, "kinds": describe_kinds(allowed)}
        )
    uploaded.seek(0)
    content = uploaded.read()
    row = KINDS[kind]
    if not _true_extensions(content) & set(row.extensions):
        raise FileError(
            _("Tệp “%(name)s” không phải là %(label)s thật: nội dung không đúng với đuôi tệp.")
            % {"name": name, "label": row.label}
        )
    return CheckedFile(name, kind, row.content_type, row.check(content, name))


def store(
    checked: CheckedFile, by: "AbstractBaseUser | None", *, is_sealed: bool = False
) -> StoredFile:
    """Keep a checked file; `by` is None for a citizen without an account.

    A sealed one is unreadable on the disk and in its backups without the key in its row.
    """
    row = StoredFile(
        name=checked.name,
        content_type=checked.content_type,
        size=checked.size,
        sha256=hashlib.sha256(checked.content).hexdigest(),
        uploaded_by_id=by.pk if by else None,
    )
    content, extension = checked.content, KINDS[checked.kind].extensions[0]
    if is_sealed:
        key = os.urandom(KEY_BYTES)
        row.lock = f"{base64.b64encode(key).decode()} {checked.name}"
        row.name, content = f"tep-dinh-kem{extension}", seal_bytes(content, key)
    row.file.save(f"{uuid.uuid4()}{extension}", ContentFile(content), save=True)
    return row


def read_stored(stored: StoredFile) -> bytes:
    """The content as it was sent, opened if it is sealed."""
    with stored.file.open("rb") as file:
        content = bytes(file.read())
    key = stored.lock.partition(" ")[0]
    return unseal_bytes(content, base64.b64decode(key), "tệp") if key else content


def open_for_download(stored: StoredFile) -> dict[str, Any]:
    """What a view gives to `FileResponse(**…)`: always saved, never shown inside our pages."""
    return {
        "streaming_content": io.BytesIO(read_stored(stored))
        if stored.lock
        else stored.file.open("rb"),
        "as_attachment": True,
        "filename": stored.own_name,
        "content_type": stored.content_type,
        "headers": {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"},
    }


def print_size(count: int) -> str:
    """A size in bytes for people: "350 KB", "10 MB", "1,5 MB"."""
    if count < 1024 * 1024:
        return f"{max(1, round(count / 1024))} KB"
    return f"{count / 1024 / 1024:.1f} MB".replace(".0 ", " ").replace(".", ",")


def describe_kinds(kinds: Iterable[str]) -> str:
    """The accepted kinds in words: "ảnh JPG, ảnh PNG, tệp PDF"."""
    return ", ".join(str(KINDS[key].label) for key in kinds)


class UploadField(forms.FileField):
    """One file; `cleaned_data` holds a CheckedFile or None."""

    default_error_messages = {"required": gettext_lazy("Hãy chọn tệp.")}

    def __init__(self, *, kinds: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Take the accepted kinds (keys of KINDS)."""
        self.kinds = tuple(kinds or KINDS)
        kwargs.setdefault("help_text", _upload_help(self.kinds))
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Let the browser offer only accepted files."""
        return {"accept": ",".join(ext for key in self.kinds for ext in KINDS[key].extensions)}

    def to_python(self, data: Any) -> Any:
        """Check the content."""
        if data in self.empty_values or isinstance(data, CheckedFile):
            return data or None
        try:
            return check_upload(data, kinds=self.kinds)
        except FileError as error:
            raise ValidationError(str(error), code="file") from error


class _MultipleFileInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class MultiUploadField(UploadField):
    """Several files; `cleaned_data` holds a list of CheckedFile, all problems are named at once."""

    widget = _MultipleFileInput

    def __init__(self, *, max_files: int | None = None, **kwargs: Any) -> None:
        """Take the greatest number of files (SUBMISSION_MAX_FILES if not given)."""
        self.max_files = max_files or settings.SUBMISSION_MAX_FILES
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[CheckedFile]:
        """Check every file."""
        chosen = [one for one in data or [] if one] if isinstance(data, (list, tuple)) else [data]
        chosen = [one for one in chosen if one]
        if self.required and not chosen:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(chosen) > self.max_files:
            raise ValidationError(
                _("Đã chọn %(count)s tệp, tối đa %(limit)s tệp."),
                params={"count": len(chosen), "limit": self.max_files},
            )
        checked, problems = [], []
        for one in chosen:
            try:
                checked.append(super().clean(one))
            except ValidationError as error:
                problems.append(error)
        if problems:
            raise ValidationError(problems)
        return checked


def _upload_help(kinds: tuple[str, ...]) -> str:
    return _("Nhận %(kinds)s; mỗi tệp tối đa %(limit)s.") % {
        "kinds": describe_kinds(kinds),
        "limit": print_size(settings.UPLOAD_MAX_BYTES),
    }


def _clean_name(name: str) -> str:
    try:
        line = clean_line(name.replace("\\", "/").rsplit("/", 1)[-1])
    except TextError as error:
        raise FileError(
            _("Tên tệp có ký tự ẩn không dùng được. Hãy đổi tên tệp rồi tải lại.")
        ) from error
    path = PurePosixPath(line or "tep")
    return path.stem[: _MAX_NAME - len(path.suffix)] + path.suffix


def _true_extensions(content: bytes) -> set[str]:
    try:
        return {found.extension for found in puremagic.magic_string(content[:4096])}
    except (puremagic.PureError, ValueError):
        return set()


def _check_image(content: bytes, name: str) -> bytes:
    """The picture drawn anew, turned upright, without hidden data."""
    broken = FileError(_("Tệp “%(name)s” không phải là ảnh thật hoặc đã hỏng.") % {"name": name})
    huge = FileError(
        _("Ảnh “%(name)s” quá lớn: tối đa %(limit)s triệu điểm ảnh.")
        % {"name": name, "limit": MAX_PIXELS // 1_000_000}
    )
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "WEBP"]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise huge
            return _draw_anew(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise huge from error
    except FileError:
        raise
    except (OSError, ValueError, SyntaxError, EOFError, OverflowError, struct.error) as error:
        raise broken from error


def _draw_anew(picture: Image.Image) -> bytes:
    form = "JPEG" if picture.format == "MPO" else picture.format  # MPO: telephones' double JPEG
    upright = ImageOps.exif_transpose(picture)
    if form == "JPEG":
        clean = upright.convert("RGB")
    else:
        clean = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    clean.info = {}
    out = io.BytesIO()
    clean.save(out, form, quality=88) if form != "PNG" else clean.save(out, form)
    return out.getvalue()


def _check_pdf(content: bytes, name: str) -> bytes:
    shown = {"name": name}
    try:
        with pikepdf.open(io.BytesIO(content)) as paper:
            if paper.is_encrypted:
                raise FileError(
                    _("Tệp “%(name)s” có mật khẩu. Hãy bỏ mật khẩu rồi tải lại.") % shown
                )
            if not len(paper.pages) or len(paper.objects) > MAX_PDF_OBJECTS:
                raise FileError(_("Tệp “%(name)s” không mở được như một tệp PDF.") % shown)
            if any(_is_active(thing) for thing in paper.objects):
                raise FileError(
                    _(
                        "Tệp “%(name)s” chứa mã chạy được hoặc tệp đính kèm bên trong. "
                        "Hãy in ra PDF mới rồi tải lại."
                    )
                    % shown
                )
    except pikepdf.PasswordError as error:
        raise FileError(
            _("Tệp “%(name)s” có mật khẩu. Hãy bỏ mật khẩu rồi tải lại.") % shown
        ) from error
    except (pikepdf.PdfError, RuntimeError, TypeError, AttributeError, KeyError) as error:
        raise FileError(_("Tệp “%(name)s” không mở được như một tệp PDF.") % shown) from error
    return content


_ACTIVE_KEYS = {"/JS", "/JavaScript", "/EF", "/EmbeddedFiles", "/RichMediaContent", "/XFA"}
_ACTIVE_ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/Rendition", "/GoToE"}


def _is_active(thing: Any, depth: int = 0) -> bool:
    """Whether an object of a PDF, or one written inside it, runs code or carries a file."""
    if depth > 20:
        return True
    if isinstance(thing, pikepdf.Array):
        parts: Iterable[Any] = thing
    elif isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        keys = set(thing.keys())
        if keys & _ACTIVE_KEYS or str(thing.get("/Type")) == "/EmbeddedFile":
            return True
        if "/S" in keys and str(thing.get("/S")) in _ACTIVE_ACTIONS:
            return True
        parts = [thing[key] for key in keys]
    else:
        return False
    nested = (pikepdf.Array, pikepdf.Dictionary)
    return any(
        isinstance(part, nested) and not part.is_indirect and _is_active(part, depth + 1)
        for part in parts
    )


def _check_office(main_part: str) -> Callable[[bytes, str], bytes]:
    """The check of a Word or Excel file whose text lies in `main_part`."""

    def check(content: bytes, name: str) -> bytes:
        shown = {"name": name}
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                needed = {"[Content_Types].xml", main_part}
                problem = zip_problem(archive, needed) or active_part(archive)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError,
                ValueError, struct.error) as error:  # fmt: skip
            raise FileError(_("Tệp “%(name)s” đã hỏng, không mở được.") % shown) from error
        if problem:
            raise FileError(problem % shown)
        return content

    return check


KINDS: dict[str, FileKind] = {
    "jpeg": FileKind(gettext_lazy("ảnh JPG"), (".jpg", ".jpeg"), "image/jpeg", _check_image),
    "png": FileKind(gettext_lazy("ảnh PNG"), (".png",), "image/png", _check_image),
    "webp": FileKind(gettext_lazy("ảnh WebP"), (".webp",), "image/webp", _check_image),
    "pdf": FileKind(gettext_lazy("tệp PDF"), (".pdf",), "application/pdf", _check_pdf),
    "docx": FileKind(
        gettext_lazy("tệp Word (.docx)"),
        (".docx",),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _check_office("word/document.xml"),
    ),
    "xlsx": FileKind(
        gettext_lazy("tệp Excel (.xlsx)"),
        (".xlsx",),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _check_office("xl/workbook.xml"),
    ),
}
IMAGES = ("jpeg", "png", "webp")
PAPERS = (*IMAGES, "pdf", "docx")
"""What people attach to an opinion, an answer or a proof of work."""
