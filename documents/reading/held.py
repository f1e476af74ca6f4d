"""The words of one conference: when, where, with whom, about what (domain.md §4.1.1, §4.1.3)."""

import re
from collections.abc import Sequence

from core.timephrase import Kind, TimePhrase
from documents.reading.letters import fold_in_place, one_line, regex
from documents.reading.phrases import understood

_QUARTER = re.compile(r"quy\s+(iv|iii|ii|i|[1-4])\b")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_TIME = re.compile(
    r"(?:(?:dự kiến|khoảng)\s*:?\s*)?(?:vào\s+)?(?:\d{1,2}\s*(?:giờ|h|g)\s*\d{0,2}(?:\s*phút)?\s*,?\s*)?(?:(?:ngày\s+\d{1,2}(?:\s+tháng\s+\d{1,2}|/\d{1,2})|(?:(?:đầu|giữa|cuối)\s+)?tháng\s+\d{1,2}(?:\s*[-–]\s*\d{1,2})?"
    r"|quý\s+(?:IV|III|II|I|[1-4])\b|\d{1,2}/\d{1,2}(?!\s*(?:ngày|buổi)))(?:\s*/\s*\d{4}|,?\s*năm\s+\d{4})?)(?:\s*\([^()]{1,60}\))?",
    re.IGNORECASE,
)
_PLACE = regex(
    r"(?:tại|Tại|[Đđ]ịa điểm\s*:?)\s+((?:[A-ZĐÀ-Ỹ]|trụ sở|hội trường|nhà văn hóa|nhà văn hoá|phòng họp|thôn|xã|phường|trường)[^,.;()]{2,120}?)"
    r"(?=\s*(?:[,.;()]|$|\s(?:với|về|vào|do|từ|cho)\s))"
)
_TALK_WITH = regex(
    r"(?:[Đđ]ối thoại\s+|[Gg]ặp mặt\s+|,\s*|^)với\s+([^.;]{3,200}?)"
    r"(?=\s+(?:về|vào|tại|trong|tổ chức)\s|,(?!\s*(?:[A-ZĐÀ-Ỹ]|xã |phường |thôn |thị trấn ))|[.;]|$)"
)
_NO_TIME = frozenset({Kind.TERM, Kind.UNSPECIFIED})
_SPAN = re.compile(
    r"từ\s+(?:ngày\s+)?\d{1,2}(?:/\d{1,2}){0,2}\s*(?:đến|-)\s*(?:hết\s+)?(?:ngày\s+)?\d{1,2}/\d{1,2}(?:/\d{4})?",
    re.IGNORECASE,
)
_AUDIENCE_TAIL = re.compile(r",\s*với\s+[^,.;]{3,200}$")
_TAIL = re.compile(r"[\s,;.]*(?:(?:dự kiến|tổ chức|vào|trong|thời gian:?|lúc)\s*)+(?=[,;.\s]*$)")
_LEAD = re.compile(r"^[\s,;.:-]*(?:(?:dự kiến|vào|trong|tổ chức vào|thời gian:?|lúc)\s+)*")
_WHERE = re.compile(r"(?:^|[,;.]?\s+)(?:tại|Tại|[Đđ]ịa điểm\s*:?)\s.{3,200}")
_FILLER = re.compile(
    r"(?<!\w)(?:(?:buổi )?(?:sáng|chiều|tối)|bắt đầu|từ|lúc|vào|nửa ngày|01 buổi|một buổi|thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật|thời gian"
    r"|dự kiến|khoảng|trong|tổ chức|hội nghị|ngày|năm|tháng|đến|cụ thể|phút|giờ)(?!\w)",
    re.IGNORECASE,
)
_ANY_WORD = re.compile(r"[^\W\d_]{2}")
_UNIT = regex(
    r"\b((?:xã|phường|thị trấn|thôn|xóm|khu phố|đặc khu)\s+[A-ZĐÀ-Ỹ][\wà-ỹ]*(?:\s+[A-ZĐÀ-Ỹ][\wà-ỹ]*){0,3})"
)
_UNIT_LIST = regex(
    r"(?:các|những)\s+(xã|phường|thị trấn|thôn|xóm|khu phố)\s*:?\s+((?:[A-ZĐÀ-Ỹ][\wà-ỹ]*(?:\s[A-ZĐÀ-Ỹ\d][\wà-ỹ]*)*(?:,\s*|\s+và\s+)?){2,20})"
)


def bare_theme(said: str) -> str | None:
    """What a conference is about, its time, place and audience taken away; None if no word is left."""
    bare = _AUDIENCE_TAIL.sub("", _TIME.sub("", _WHERE.sub("", said, count=1)))
    bare = one_line(_TAIL.sub("", _LEAD.sub("", bare))).strip(" .;,-")
    return bare if _ANY_WORD.search(_FILLER.sub("", bare)) else None


def place_in(text: str) -> str | None:
    """Where it is held ("tại Hội trường xã")."""
    found = _PLACE.search(text)
    return one_line(found[1]).strip(" .;,") if found else None


def audience_in(text: str) -> str | None:
    """Whom one talks with ("đối thoại với nông dân xã Phổ An")."""
    found = _TALK_WITH.search(text)
    return one_line(found[1]).strip(" .;,") if found else None


def written_time(text: str) -> str | None:
    """The most exact time a line names: a day before a month, a month before a quarter."""
    found = [match[0] for match in _TIME.finditer(text)]
    return min(found, key=_exactness) if found else None


def _exactness(words: str) -> int:
    folded = fold_in_place(words)
    return 2 if "quy" in folded else 1 if re.match(r"\D*thang", folded) else 0


def time_in(words: str | None, year: int | None) -> TimePhrase | None:
    """The whole line if it can be understood, else the first stretch of it that can."""
    if not words:
        return None
    whole = phrase_of(words, year)
    if whole:
        return whole
    span = _SPAN.search(words)
    found = span or _TIME.search(words)
    return phrase_of(found[0], year) if found else None


def phrase_of(words: str, year: int | None) -> TimePhrase | None:
    """The time some words name, or None: no term of office, nothing counted from another day."""
    phrase = understood(one_line(words)[:250], year=year)
    return phrase if phrase and phrase.kind not in _NO_TIME and not phrase.is_relative else None


def quarter_in(text: str) -> int | None:
    """The quarter some words name ("Quý II" gives 2)."""
    found = _QUARTER.search(fold_in_place(text))
    return _QUARTERS[found[1]] if found else None


def quarter_of(time: TimePhrase | None) -> int | None:
    """The quarter a time ends in."""
    return (time.end.month - 1) // 3 + 1 if time and time.end else None


def kind_of(words: str) -> str:
    """ad_hoc, thematic or periodic, by the words."""
    folded = fold_in_place(words)
    if "dot xuat" in folded:
        return "ad_hoc"
    return "thematic" if "chuyen de" in folded else "periodic"


def units_in(text: str) -> tuple[str, ...]:
    """Communes and villages named in some words, each once."""
    found: list[str] = []
    for listed in _UNIT_LIST.finditer(text):
        found += [
            f"{listed[1]} {name.strip()}"
            for name in re.split(r",\s*|\s+và\s+", listed[2])
            if name.strip()
        ]
    found += [one_line(unit) for unit in _UNIT.findall(text)]
    return tuple(dict.fromkeys(found))


def chairs_in(words: str | None) -> tuple[str, ...]:
    """The chairs of a line, one by one."""
    pieces: Sequence[str] = (
        re.split(r";\s*|,\s*(?=đồng chí|đ/c|Chủ tịch|Bí thư)", words) if words else ()
    )
    return tuple(name for piece in pieces if (name := piece.strip(" .;,")))
