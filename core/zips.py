"""Zipped office files: what makes one unsafe, said in a sentence with room for %(name)s."""

import re
import zipfile

from django.utils.translation import gettext as _

MAX_ZIP_ENTRIES = 3000
MAX_ZIP_BYTES = 150 * 1024 * 1024
MAX_ZIP_RATIO = 200


def zip_problem(archive: zipfile.ZipFile, needed: set[str]) -> str:
    """A sentence (with room for %(name)s) if a zipped office file is unsafe or lacks a part."""
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    escaping = any(
        name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) for name in names
    )
    if len(entries) > MAX_ZIP_ENTRIES or unpacked > MAX_ZIP_BYTES:
        return _("Tệp “%(name)s” quá lớn khi mở ra.")
    if unpacked > 10 * 1024 * 1024 and unpacked / packed > MAX_ZIP_RATIO:
        return _("Tệp “%(name)s” nén bất thường, không an toàn để mở.")
    if any(entry.flag_bits & 1 for entry in entries):
        return _("Tệp “%(name)s” có mật khẩu. Hãy bỏ mật khẩu rồi tải lại.")
    if escaping or len(names) != len(entries) or not needed <= names:
        return _("Tệp “%(name)s” không phải là tệp Word hoặc Excel đúng chuẩn.")
    return ""


def active_part(archive: zipfile.ZipFile) -> str:
    """Macros, controls, embedded programs, and templates fetched from elsewhere."""
    macros = _("Tệp “%(name)s” có chứa macro hoặc chương trình nhúng. Hãy lưu lại không có macro.")
    for entry in archive.infolist():
        low = entry.filename.lower()
        if re.search(r"vbaproject|vbadata|/activex/|/embeddings/oleobject|/macrosheets/", low):
            return macros
        if low == "[content_types].xml" or low.endswith(".rels"):
            if entry.file_size > 2_000_000:
                return _("Tệp “%(name)s” quá lớn khi mở ra.")
            part = archive.read(entry)
            if _is_active_relation(part):
                return macros
    return ""


def _is_active_relation(part: bytes) -> bool:
    if b"\0" in part or b"<!DOCTYPE" in part or b"macroEnabled" in part or b"vbaProject" in part:
        return True
    relations = re.findall(rb"<(?:\w+:)?Relationship\b[^>]*>", part)
    return any(
        re.search(rb"TargetMode\s*=\s*.External", relation)
        and re.search(rb"attachedTemplate|oleObject|frame|subDocument", relation)
        for relation in relations
    )
