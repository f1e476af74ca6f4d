"""The head of a paper: bodies, number, place and date, type, abstract, addressees (domain.md §1.2.2, §1.3.2)."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from documents.reading.letters import is_capitals, mend_digits, one_line, opens_lower, regex
from documents.reading.lines import Line
from documents.reading.markers import marker_of
from documents.reading.results import Part
from documents.reading.titles import (
    ADDRESS,
    MARK,
    MOTTO,
    NATION,
    NUMBER,
    PARTY,
    PLACE_DATE,
    SUBJECT,
    UNION,
    is_body_name,
    is_unit_name,
    type_of,
)

_SPLIT = regex(
    r"\s+(?=ĐẢNG CỘNG SẢN VIỆT NAM|ĐOÀN TNCS HỒ CHÍ MINH|CỘNG H(?:ÒA|OÀ) XÃ HỘI|Độc lập\s*[-–]\s*Tự do)"
    r"|(?<=[A-ZĐ/…_*:])\s+(?=[A-ZĐÀ-Ỹ][\w.]*(?: [A-ZĐÀ-Ỹ][\w.]*){0,4}, ngày\s.*\stháng\s)"
)
_BODY_START = re.compile(
    r"(?:Căn cứ|Thực hiện\s.*(?:\d|Chương trình|Nghị quyết|Kế hoạch|Luật)|Thi hành|Tiếp tục|Nhằm|Để |Theo |Trên cơ sở"
    r"|Ngày \d|Kính gửi|Kính trình|Triển khai\s.*\d|Được sự|Xét )"
)
_ABSTRACT_LINES, _ABSTRACT_WIDTH = 8, 200
_UNFINISHED = re.compile(
    r"(?:\b(?:VÀ|CÁC|CỦA)|[,&-]|^(?:VĂN PHÒNG|ĐẢNG (?:ỦY|UỶ|BỘ)|BAN CHẤP HÀNH|BCH|CÔNG AN|THƯỜNG TRỰC|BAN THƯỜNG (?:VỤ|TRỰC)"
    r"|(?:ỦY|UỶ) BAN|TRUNG TÂM|CHI BỘ|LIÊN ĐOÀN))$"
)
"""A line of a name that the next line goes on with."""
_ORGAN = re.compile(r"(?:BAN )?(?:THƯỜNG TRỰC|THƯỜNG VỤ|CHẤP HÀNH)")
"""An organ named below its body."""


@dataclass(slots=True)
class Head:
    """What the head says; `size` counts the lines it takes, `parts` keep them all."""

    type: str | None = None
    number: int | None = None
    symbol: str | None = None
    separator: str = ""
    number_literal: str | None = None
    place: str | None = None
    date: datetime.date | None = None
    date_literal: str | None = None
    issuers: list[str] = field(default_factory=list)
    system: str | None = None
    subject: list[str] = field(default_factory=list)
    addressees: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    size: int = 0

    @property
    def abstract(self) -> str | None:
        """The lines of the abstract as one."""
        return one_line(" ".join(self.subject)) or None


def read_head(lines: Sequence[Line], title: int | None) -> Head:
    """Read the lines up to the body; `title` is the place of the line with the type's name."""
    head = Head()
    end = title if title is not None else _letter_head(lines)
    for line in lines[:end]:
        for piece in line.pieces if not line.is_blank else ():
            for text in _SPLIT.split(piece):
                _take(head, text.strip(), line.number)
    head.size = end
    if title is not None:
        _read_title(head, lines)
    _read_addressees(head, lines)
    return head


def _letter_head(lines: Sequence[Line]) -> int:
    """How many lines stand above "Kính gửi"; 0 if this is no letter."""
    for at, line in enumerate(lines[:60]):
        if any(ADDRESS.match(piece) for piece in line.pieces):
            return at
    return 0


def _take(head: Head, text: str, line: int) -> None:
    """Sort one piece of the heading."""
    if not text:
        return
    role = _role(head, text)
    head.parts.append(Part(role, text, line))
    if role in {"nation", "motto"}:
        head.system = "state"
    elif role in {"party", "union"}:
        head.system = role
    elif role == "number":
        _take_number(head, text)
    elif role == "place_date":
        _take_date(head, text)
    elif role == "subject":
        head.subject.append(SUBJECT.sub("", text, count=1))
    elif role == "issuer":
        _take_issuer(head, text)


def _role(head: Head, text: str) -> str:
    for role, shape in _ROLES:
        if shape.match(mend_digits(text)):
            return role
    if is_body_name(text) or is_unit_name(text):
        return "issuer"
    last = head.parts[-1].role if head.parts else ""
    if last == "subject" and (opens_lower(text) or head.subject) and not is_capitals(text):
        return "subject"
    if (
        is_capitals(text)
        and text[0].isalpha()
        and not head.number_literal
        and len(text) < 90
        and len(head.issuers) < 4
    ):
        return "issuer"
    return "star" if text == "*" else "other"


_ROLES = (
    ("nation", NATION),
    ("motto", MOTTO),
    ("party", PARTY),
    ("union", UNION),
    ("number", NUMBER),
    ("place_date", PLACE_DATE),
    ("subject", SUBJECT),
    ("mark", MARK),
)


def _take_number(head: Head, text: str) -> None:
    found = NUMBER.match(mend_digits(text))
    if found and head.number_literal is None:
        head.number = int(found["n"]) if (found["n"] or "").isdecimal() else None
        head.separator = "/" if found["sep"] == "/" else "-"
        head.symbol = re.sub(r"\s+", "", found["symbol"]).strip(".")
        head.number_literal = text
        head.system = head.system or ("state" if head.separator == "/" else "party")


def _take_date(head: Head, text: str) -> None:
    found = PLACE_DATE.match(mend_digits(text))
    if found and head.date_literal is None:
        head.place, head.date_literal = one_line(found["place"]), text
        numbers = [found[name].strip(" .…_") for name in ("y", "m", "d")]
        if all(number.isdecimal() for number in numbers):
            head.date = _date(*(int(number) for number in numbers))


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _take_issuer(head: Head, text: str) -> None:
    is_part = not is_body_name(text) or bool(_ORGAN.fullmatch(text))
    if head.issuers and (is_part or _UNFINISHED.search(head.issuers[-1])):
        head.issuers[-1] += f" {text}"
    else:
        head.issuers.append(text)


def _read_title(head: Head, lines: Sequence[Line]) -> None:
    """The type, then the lines of the abstract below it."""
    line = lines[head.size]
    head.type, rest = type_of(line.text) or (None, "")
    named = line.text[: len(line.text) - len(rest)].strip() if rest else line.text
    head.parts.append(Part("type", named, line.number))
    if head.type != "PL" or rest:
        head.subject = [rest] if rest else []
    if rest:
        head.parts.append(Part("abstract", rest, line.number))
    head.size += 1
    for line in lines[head.size : head.size + 2 * _ABSTRACT_LINES]:
        if line.is_rule and head.subject:
            head.size += 1
            break
        if not line.is_blank and not line.is_rule:
            if MARK.match(line.text):
                head.parts.append(Part("mark", line.text, line.number))
            elif _is_abstract(head, line):
                head.subject.append(line.text)
                head.parts.append(Part("abstract", line.text, line.number))
            else:
                break
        head.size += 1


def _is_abstract(head: Head, line: Line) -> bool:
    text = line.text
    if line.cells or marker_of(text) or len(head.subject) >= _ABSTRACT_LINES:
        return False
    if _BODY_START.match(text) and not (line.is_bold and not text.startswith("Căn cứ")):
        return False
    if head.subject and not line.is_bold and text.endswith((".", ";", ":")):
        return False
    if head.subject and _is_name_line(head.subject[-1]):
        return False
    return len(text) <= _ABSTRACT_WIDTH and not ADDRESS.match(text)


def _is_name_line(text: str) -> bool:
    """Whether the abstract is complete: it ends with a year and no comma."""
    return bool(re.search(r"(?:năm|NĂM) \d{4}\.?$", text))


def _read_addressees(head: Head, lines: Sequence[Line]) -> None:
    """ "Kính gửi: A; B" or the list below it (also "Kính gửi: - A" on one line, finding E25)."""
    at = head.size
    while at < len(lines) and (lines[at].is_blank or lines[at].is_rule):
        at += 1
    found = ADDRESS.match(lines[at].text) if at < len(lines) else None
    if not found:
        return
    head.parts.append(Part("addressees", lines[at].text, lines[at].number))
    rest = lines[at].text[found.end() :]
    head.addressees += _addressees(rest)
    is_open = not rest or rest.endswith((":", ";", ",")) or rest.startswith("-")
    at += 1
    while at < len(lines) and is_open:
        line = lines[at]
        if not line.is_blank:
            marker = marker_of(line.text)
            if not (marker and not marker.is_heading) and not opens_lower(line.text):
                break
            if marker is None and head.addressees:
                head.addressees[-1] = one_line(f"{head.addressees[-1]} {line.text}")
            else:
                head.addressees += _addressees(line.text)
            head.parts.append(Part("addressee", line.text, line.number))
        at += 1
    head.size = at


def _addressees(text: str) -> list[str]:
    pieces = re.split(r";\s*|(?:^|\s)[-–+]\s+", text)
    return [name for piece in pieces if (name := piece.strip(" .;,"))]
