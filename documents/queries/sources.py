"""The source of a reading as it stands beside the result: each line, and what it was taken for."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from documents.reading import Reading
from documents.reading.lines import clean_lines

ROLES = {
    "nation": _("quốc hiệu"),
    "motto": _("tiêu ngữ"),
    "party": _("tiêu đề Đảng"),
    "issuer": _("cơ quan"),
    "number": _("số, ký hiệu"),
    "subject": _("trích yếu"),
    "place_date": _("địa danh, ngày"),
    "type": _("tên loại"),
    "abstract": _("trích yếu"),
    "addressees": _("kính gửi"),
    "addressee": _("kính gửi"),
    "recipients": _("nơi nhận"),
    "recipient": _("nơi nhận"),
    "capacity": _("quyền hạn ký"),
    "collective": _("tập thể ban hành"),
    "post": _("chức vụ"),
    "name": _("họ tên"),
    "other": _("không dùng"),
}


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line of the file; `prefix` names the first piece read from it, `role` a part of the head or end."""

    number: int
    text: str
    is_bold: bool = False
    certainty: str = ""
    prefix: str = ""
    role: object = ""


def source_lines(
    reading: Reading, *, certainty: Mapping[int, str], pieces: Mapping[int, str]
) -> list[SourceLine]:
    """Every line with words, in order, without the marks of its layout."""
    roles = {
        part.line: ROLES.get(part.role, "")
        for paper in reading.documents
        for part in (*paper.before, *paper.after)
    }
    words: dict[int, list[str]] = {}
    bold: set[int] = set()
    for line in clean_lines(reading.lines):
        if not line.is_blank and line.text:
            words.setdefault(line.number, []).append(" · ".join(line.cells) or line.text)
            bold |= {line.number} if line.is_bold or line.level else set()
    return [
        SourceLine(
            number=number,
            text=" ".join(parts),
            is_bold=number in bold,
            certainty=certainty.get(number, ""),
            prefix=pieces.get(number, ""),
            role=roles.get(number, ""),
        )
        for number, parts in words.items()
    ]
