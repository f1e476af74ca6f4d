"""The end of a paper: who signs and who receives it (domain.md §1.2.5, §1.2.6, §1.3.3)."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from core.timephrase import Kind
from documents.reading.letters import (
    fold_in_place,
    is_capitals,
    one_line,
    opens_lower,
    regex,
    words,
)
from documents.reading.lines import Line
from documents.reading.markers import marker_of
from documents.reading.phrases import understood
from documents.reading.results import Part, RecipientReading, SignatureReading

_CAPACITY = regex(r"(?P<capacity>T/M|TM\.?|K/T|KT\.?|T/L|TL\.?|TUQ\.?|T/UQ|Q\.)\s*(?=[A-ZĐÀ-Ỹ]{2})")
_POST = re.compile(
    r"(?:quyen )?(?:pho )?(?:bi thu|chu tich|truong (?:ban|phong|thon|cong an|doan|tieu ban|ban to chuc)|chanh (?:van phong|thanh tra)|giam doc|chu nhiem"
    r"|chanh vp|pho chanh|hieu truong|tong |cuc truong|chi cuc truong|uy vien|thu ky|chu tri|thuong truc|tong giam doc|vien truong|thu truong|to truong)"
)
_LABEL = re.compile(
    r"(?:Nơi nhận|NƠI NHẬN|Nơi gửi)\s*[:.]?\s*|N(?i:[ơo]i nh[ậâaă]n)\s*(?:[:.]\s*|$)"
)
"""With a colon also as a scan reads it: “Nơi nhân:”, “Noi nhận:”."""
_DIGITAL = re.compile(
    r"(?:Người ký|Ký bởi|Email|Cơ quan|Thời gian ký|Ngày ký|Signature|Chữ ký số|Được ký)\s*:?.*",
    re.IGNORECASE,
)
_SIGNED_AT = re.compile(r"(?:Thời gian ký|Ngày ký)\s*:?\s*\d.*", re.IGNORECASE)
_SEAL = re.compile(
    r"[\[(<]?\s*(?:đã\s?k[ýí]|da\s?ky|ký,? ?(?:ghi rõ|đóng dấu|dấu|tên)?.*|ký tên.*|chữ ký.*|con dấu.*)[\])>]?",
    re.IGNORECASE,
)
_NAME = regex(
    r"(?:(?:TS|ThS|PGS|GS|BS|BSCKII?|Ths|KS|LS|CN)\.?\s*|(?:Bác sĩ|Thạc sĩ|Tiến sĩ|Kỹ sư|Đồng chí|(?:Đại|Thượng|Trung|Thiếu) (?:tá|tướng|úy|uý))\s+)*[A-ZĐÀ-Ỹ][\wà-ỹ]{0,9}(?:\s+[A-ZĐÀ-Ỹ][\wà-ỹ]{0,9}){1,5}"
)
_PURPOSES = (
    ("report", r"(?:de )?(?:bao cao|b/?c(?:ao)?)"),
    (
        "carry_out",
        r"(?:de )?(?:t(?:o chuc )?/?thuc hien|th|t/h|c/d|chi dao|p/h|phoi hop)[^()]{0,30}",
    ),
    ("inform", r"(?:de )?(?:biet|theo doi|phoi hop|chi dao)[^()]{0,30}"),
)
_PURPOSE = re.compile(r"\s*\(\s*(?P<why>[^()]{1,60})\)\s*[.;,]?\s*$")
_ARCHIVE = re.compile(r"Lưu\b")
_UPPER = re.compile(r"\b(?:tỉnh|trung ương|tw|thành (?:ủy|uỷ)|chính phủ|quốc hội|ban bí thư)\b")
_SPLIT = regex(r"\s+(?=(?:T/M|TM\.|K/T|KT\.|T/L|TL\.|TUQ\.)\s+[A-ZĐÀ-Ỹ]{2})")
_LONG = 160


@dataclass(slots=True)
class Ending:
    """What the end says; `parts` keep every line of it, in order."""

    start: int
    recipients: list[RecipientReading] = field(default_factory=list)
    capacity: str | None = None
    collective: list[str] = field(default_factory=list)
    posts: list[str] = field(default_factory=list)
    name: str | None = None
    signed_at: datetime.datetime | None = None
    signature_line: int = 0
    parts: list[Part] = field(default_factory=list)
    label: Part | None = None
    braces: list[tuple[int, str | None]] = field(default_factory=list)
    inline: str = ""

    @property
    def signature(self) -> SignatureReading | None:
        """Who signs, or None if nobody does."""
        if not (self.posts or self.collective or self.capacity):
            return None
        return SignatureReading(
            capacity=self.capacity,
            collective=one_line(" ".join(self.collective)) or None,
            post=one_line(" ".join(self.posts)) or None,
            name=self.name,
            signed_at=self.signed_at,
            line=self.signature_line,
            confidence=0.95 if self.name and self.posts else 0.6,
        )


def is_ending_line(text: str) -> bool:
    """Whether a line opens the end of a paper: "Nơi nhận", or who signs for whom."""
    return bool(len(text) < _LONG and (_LABEL.match(text) or _is_capacity(text)))


def read_ending(lines: Sequence[Line], after: int) -> Ending:
    """Read what stands below the body of `lines`; `after` is the size of the head."""
    ending = Ending(start=_start(lines, after))
    for line in lines[ending.start :]:
        for piece in line.pieces if not line.is_blank else ():
            for text in _SPLIT.split(piece):
                _take(ending, text, line.number)
    _apply_braces(ending)
    return ending


def _start(lines: Sequence[Line], after: int) -> int:
    for at in range(after, len(lines)):
        if any(is_ending_line(piece) for piece in lines[at].pieces):
            return at
    written = [at for at in range(after, len(lines)) if lines[at].text][-6:]
    weak = [at for at in written if _is_post(lines[at].text)]
    return weak[0] if weak else len(lines)


def _is_post(text: str) -> bool:
    return is_capitals(text) and bool(_POST.match(fold_in_place(text)))


def _is_capacity(text: str) -> bool:
    return is_capitals(text) and bool(_CAPACITY.match(text))


def _take(ending: Ending, text: str, line: int) -> None:
    """Sort one piece of the end."""
    text = text.strip()
    if not text:
        return
    role = _role(ending, text)
    ending.parts.append(Part(role, text, line))
    taker = _TAKERS.get(role)
    if taker:
        taker(ending, text, line)


def _role(ending: Ending, text: str) -> str:
    signs = bool(ending.posts or ending.collective)
    checks = (
        ("recipients", _LABEL.match(text)),
        ("capacity", _is_capacity(text)),
        ("post", _is_post(text)),
        ("digital", _DIGITAL.fullmatch(text)),
        ("seal", _SEAL.fullmatch(text)),
        ("brace", _why(text) if text.startswith("(") else None),
        ("recipient", ending.label and (_is_item(text) or _ARCHIVE.match(text))),
        ("collective", ending.collective and not ending.posts and is_capitals(text)),
        ("name", signs and not ending.name and len(text) < 60 and _NAME.fullmatch(text)),
        (
            "continued",
            ending.label and opens_lower(text) and (ending.inline or _last(ending) == "recipient"),
        ),
        ("recipient", ending.label and not signs and len(text) < _LONG),
    )
    return next((role for role, fits in checks if fits), "other")


def _is_item(text: str) -> bool:
    marker = marker_of(text)
    return bool(marker and not marker.is_heading)


def _last(ending: Ending) -> str:
    return next(
        (part.role for part in reversed(ending.parts) if part.role in {"recipient", "post"}), ""
    )


def _take_label(ending: Ending, text: str, line: int) -> None:
    ending.label = ending.label or ending.parts[-1]
    ending.inline = _LABEL.sub("", text, count=1).strip()
    _split_inline(ending, line)


def _split_inline(ending: Ending, line: int) -> None:
    """ "Nơi nhận: A; B; Lưu: VT." on one line, or on several broken by the width."""
    ending.recipients = []
    for piece in re.split(r";\s*|(?<!\w)-\s+", ending.inline):
        if piece.strip(" .,"):
            _add_recipient(ending, piece, line)


def _take_capacity(ending: Ending, text: str, line: int) -> None:
    found = _CAPACITY.match(text)
    if found and (ending.capacity is None or not ending.posts):
        ending.capacity = found["capacity"]
        ending.signature_line = ending.signature_line or line
        rest = text[found.end() :].strip()
        if _is_post(rest) and not rest.startswith("THƯỜNG TRỰC"):
            ending.posts.append(rest)
        else:
            ending.collective.append(rest)


def _take_post(ending: Ending, text: str, line: int) -> None:
    if ending.name is None:
        is_deputy = (ending.capacity or "").startswith("K") and len(ending.posts) == 1
        ending.posts = [text] if is_deputy else [*ending.posts, text]
        ending.signature_line = ending.signature_line or line


def _take_collective(ending: Ending, text: str, _line: int) -> None:
    ending.collective.append(text)


def _take_name(ending: Ending, text: str, _line: int) -> None:
    ending.name = text


def _take_digital(ending: Ending, text: str, _line: int) -> None:
    phrase = understood(text, year=None) if _SIGNED_AT.fullmatch(text) else None
    if phrase and phrase.kind == Kind.TIMESTAMP:
        ending.signed_at = phrase.moment


def _take_recipient(ending: Ending, text: str, line: int) -> None:
    if ending.inline and not _is_item(text) and ending.label:
        ending.inline = f"{ending.inline} {text}"
        _split_inline(ending, ending.label.line)
    else:
        ending.inline = ""
        _add_recipient(ending, text, line)


def _add_recipient(ending: Ending, text: str, line: int) -> None:
    marker = marker_of(text)
    rest = marker.rest if marker and not marker.is_heading else text
    brace = _PURPOSE.search(rest)
    why = _why(brace[0]) if brace else None
    shown = rest[: brace.start()] if brace and why else rest
    purpose = "archive" if _ARCHIVE.match(rest) else why
    ending.recipients.append(
        RecipientReading(text=one_line(shown).strip(" ,;."), purpose=purpose, line=line)
    )


def _take_continued(ending: Ending, text: str, line: int) -> None:
    if ending.inline:
        _take_recipient(ending, text, line)
    elif ending.recipients:
        last = ending.recipients.pop()
        before = ending.parts[-2].text.rstrip() if len(ending.parts) > 1 else ""
        comma = "," if before.endswith(",") else ""
        brace = _PURPOSE.search(text)
        why = _why(brace[0]) if brace else None
        shown = text[: brace.start()] if brace and why else text
        ending.recipients.append(
            RecipientReading(
                text=one_line(f"{last.text}{comma} {shown}").strip(" ,;."),
                purpose=last.purpose or why,
                line=last.line,
            )
        )


def _take_brace(ending: Ending, text: str, _line: int) -> None:
    ending.braces.append((len(ending.recipients), _why(text)))


def _apply_braces(ending: Ending) -> None:
    """A brace among the lines covers those above it; below them all, the upper bodies (if any)."""
    for count, why in ending.braces:
        plain = [at for at, row in enumerate(ending.recipients[:count]) if not row.purpose]
        upper = [at for at in plain if _UPPER.search(ending.recipients[at].text.lower())]
        is_last = count == len(ending.recipients)
        for at in (upper or plain) if is_last else plain:
            row = ending.recipients[at]
            ending.recipients[at] = RecipientReading(
                text=row.text, purpose=why, line=row.line, confidence=0.5
            )


def _why(text: str) -> str | None:
    inside = words(text).strip("() .;,")
    return next((name for name, shape in _PURPOSES if re.fullmatch(shape, inside)), None)


_TAKERS = {
    "recipients": _take_label,
    "capacity": _take_capacity,
    "post": _take_post,
    "collective": _take_collective,
    "name": _take_name,
    "digital": _take_digital,
    "recipient": _take_recipient,
    "continued": _take_continued,
    "brace": _take_brace,
}
