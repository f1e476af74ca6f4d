"""The conferences a plan foresees: by quarter, in a table, or one for the whole plan (domain.md §4.2)."""

import re
from collections.abc import Sequence

from core.timephrase import Kind, TimePhrase
from documents.reading import topics
from documents.reading.letters import fold_in_place, one_line, regex
from documents.reading.markers import NUMBER
from documents.reading.phrases import understood
from documents.reading.results import SessionReading
from documents.reading.structure import Node
from documents.reading.tables import Row, rows_in
from documents.reading.topics import label_of

_FIELDS = (
    ("time", re.compile(r"(?:du kien )?(?:thoi gian|thoi diem|ngay)")),
    ("place", re.compile(r"(?:hinh thuc,? (?:va )?)?dia diem")),
    ("audience", re.compile(r"(?:doi tuong|thanh phan doi thoai)")),
    ("theme", re.compile(r"(?:noi dung|chu de|chuyen de)")),
    ("chairs", re.compile(r"(?:nguoi )?chu tri")),
)
_QUARTER = re.compile(r"quy\s+(iv|iii|ii|i|[1-4])\b")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_TIME = re.compile(
    r"(?:(?:dự kiến|khoảng)\s*:?\s*)?(?:vào\s+)?(?:\d{1,2}\s*(?:giờ|h|g)\s*\d{0,2}(?:\s*phút)?\s*,?\s*)?(?:(?:ngày\s+\d{1,2}(?:\s+tháng\s+\d{1,2}|/\d{1,2})|(?:(?:đầu|giữa|cuối)\s+)?tháng\s+\d{1,2}(?:\s*[-–]\s*\d{1,2})?"
    r"|quý\s+(?:IV|III|II|I|[1-4])\b|\d{1,2}/\d{1,2})(?:\s*/\s*\d{4}|,?\s*năm\s+\d{4})?)(?:\s*\([^()]{1,60}\))?",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:tại|Tại)\s+((?:Hội trường|Nhà [Vv]ăn hóa|Nhà văn hoá|trụ sở|Trụ sở|Trung tâm|UBND|Phòng họp|hội trường|nhà văn hóa)[^,.;]{2,120})"
)
_AT = re.compile(r"(?:[,;.]\s*|\s)(?:tại|Tại|địa điểm:?)\s+(.{3,200})")
_WHERE = re.compile(r"(?:^|[,;.]?\s+)(?:tại|Tại|[Đđ]ịa điểm\s*:?)\s.{3,200}")
_FILLER = re.compile(
    r"(?<!\w)(?:(?:buổi )?(?:sáng|chiều|tối)|bắt đầu|từ|lúc|vào|nửa ngày|01 buổi|một buổi|thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật|thời gian"
    r"|dự kiến|khoảng|trong|tổ chức|hội nghị|ngày|năm|tháng|đến|cụ thể|phút|giờ)(?!\w)",
    re.IGNORECASE,
)
_TITLE = 200
_ANY_WORD = re.compile(r"[^\W\d_]{2}")
_HELD_AT = re.compile(r"^(?:Tổ chức\s+)?(?:Hội nghị\s+)?(?:trực tiếp\s+)?tại\s+", re.IGNORECASE)
_UNIT = regex(
    r"\b((?:xã|phường|thị trấn|thôn|xóm|khu phố|đặc khu)\s+[A-ZĐÀ-Ỹ][\wà-ỹ]*(?:\s+[A-ZĐÀ-Ỹ][\wà-ỹ]*){0,3})"
)
_UNIT_LIST = regex(
    r"(?:các|những)\s+(xã|phường|thị trấn|thôn|xóm|khu phố)\s*:?\s+((?:[A-ZĐÀ-Ỹ][\wà-ỹ]*(?:\s[A-ZĐÀ-Ỹ\d][\wà-ỹ]*)*(?:,\s*|\s+và\s+)?){2,20})"
)
_WITH = re.compile(
    r"(?:^|\s)với\s+(.{3,250}?)(?:\s+(?:trên địa bàn\s+.{2,40}?\s+)?(?:\d tháng (?:đầu |cuối ))?năm \d{4}.*)?$",
    re.DOTALL,
)


def sessions_in(
    root: Node, *, year: int | None, abstract: str | None
) -> tuple[SessionReading, ...]:
    """Sessions under headings of quarters or in tables; else the one that time and place describe."""
    for node in root.walk():
        _take_described(node)
    found = [_of_clause(node, year) for node in root.walk() if node.kind == "session"]
    found += [_of_row(row, year) for row in rows_in(root) if _is_session_row(row)]
    if not found:
        found = _single(root, year, abstract)
    return tuple(found)


def _take_described(node: Node) -> None:
    """An item with lines for time and for place or audience below it is a conference of its own."""
    if node.kind not in {"topic", "text", "fact_line"} or node.rank > NUMBER:
        return
    labels = {child.line: label_of(child.text) for child in node.children}
    names = {_name_of(label) for label, rest in labels.values() if rest}
    if "time" in names and names & {"place", "audience"}:
        node.kind = "session"
        for child in node.children:
            label, rest = labels[child.line]
            child.kind = "fact_line" if rest and _name_of(label) else child.kind


def _name_of(label: str) -> str | None:
    folded = one_line(fold_in_place(label))
    return next((name for name, shape in _FIELDS if shape.match(folded)), None)


def _fields(nodes: Sequence[Node]) -> dict[str, str]:
    """ "Thời gian: …", "Địa điểm: …" of some clauses, by name of the field; else what headings hold."""
    found: dict[str, str] = {}
    for node in nodes:
        label, rest = label_of(node.text)
        _keep(found, label, rest)
    for node in nodes:
        plain = [child.text for child in node.children if not label_of(child.text)[1]]
        if node.kind == "heading" and plain and len(plain) == len(node.children) < 4:
            _keep(found, node.text, one_line(" ".join(plain)))
    return found


def _keep(found: dict[str, str], label: str, words: str) -> None:
    folded = one_line(fold_in_place(label))
    name = _name_of(label)
    if name and words and len(folded) <= 60:
        found.setdefault(name, words.strip(" .;"))
        if name == "time" and "dia diem" in folded:
            place = _AT.search(words)
            found.setdefault("place", place[1].strip(" .;") if place else "")


def _of_clause(node: Node, year: int | None) -> SessionReading:
    fields = _fields(list(node.walk()))
    own = node.text if not fields else ""
    heading = _TIME.search(node.text)
    time = _time(fields.get("time"), year) or (_phrase(heading[0], year) if heading else None)
    theme = fields.get("theme") or _theme(own) or _title(node.text)
    place = fields.get("place") or _place(own)
    words = " | ".join(part for part in (theme, fields.get("audience"), place, own) if part)
    return _session(
        time,
        literal=fields.get("time") or (heading[0] if heading else label_of(node.text)[0]),
        quarter=_quarter(node.text) or _quarter_of(time),
        theme=theme,
        audience=fields.get("audience"),
        place=place,
        chairs=fields.get("chairs"),
        words=words,
        line=node.line,
        confidence=0.9 if time and fields else 0.6,
    )


def _session(
    time: TimePhrase | None,
    *,
    literal: str,
    quarter: int | None,
    theme: str | None,
    audience: str | None,
    place: str | None,
    chairs: str | None,
    words: str,
    line: int,
    confidence: float,
) -> SessionReading:
    return SessionReading(
        literal=one_line(literal).strip(" .;"),
        quarter=quarter,
        start=time.start if time else None,
        end=time.end if time else None,
        theme=one_line(theme) if theme else None,
        audience=audience,
        place=_HELD_AT.sub("", place) if place else None,
        units=units_in(words),
        kind=_kind(words),
        chairs=_chairs(chairs),
        time=time,
        line=line,
        confidence=confidence,
    )


def _is_session_row(row: Row) -> bool:
    return (
        "time" in row.words
        and ("place" in row.words or "audience" in row.words)
        and "lead" not in row.words
    )


def _of_row(row: Row, year: int | None) -> SessionReading:
    words = row.words
    time = _time(words["time"], year)
    row.node.kind = "session"
    return _session(
        time,
        literal=words["time"],
        quarter=_quarter(words["time"]) or _quarter_of(time),
        theme=words.get("text"),
        audience=words.get("audience"),
        place=words.get("place"),
        chairs=words.get("lead"),
        words=" | ".join(words.values()),
        line=row.node.line,
        confidence=0.8 if time else 0.5,
    )


def _single(root: Node, year: int | None, abstract: str | None) -> list[SessionReading]:
    """The plan's only conference: what its lines of time, place and chair say."""
    nodes = [node for node in root.walk() if _may_describe(node)]
    fields = _fields(nodes)
    if "time" not in fields and "place" not in fields:
        return []
    time = _time(fields.get("time"), year)
    audience = fields.get("audience") or _audience(abstract)
    place = fields.get("place") or None
    name = "time" if "time" in fields else "place"
    line = next((node.line for node in nodes if name in _fields([node])), 0)
    return [
        _session(
            time,
            literal=fields.get("time", ""),
            quarter=_quarter_of(time),
            theme=None,
            audience=audience,
            place=place,
            chairs=fields.get("chairs"),
            words=" | ".join(part for part in (audience, place) if part),
            line=line,
            confidence=0.85 if time and place else 0.6,
        )
    ]


def _may_describe(node: Node) -> bool:
    return node.topic in {topics.FACTS, topics.PARTICIPANTS, topics.TOPIC, None} and not node.above(
        "assignee"
    )


def _audience(abstract: str | None) -> str | None:
    found = _WITH.search(abstract or "")
    return one_line(found[1]) if found else None


def _theme(text: str) -> str | None:
    """ "Quý II: Đối thoại với …" → what follows the colon; its own time and place are no theme."""
    said = label_of(text)[1].strip(" .;") if text else ""
    bare = _TIME.sub("", _WHERE.sub("", said, count=1))
    return said or None if _ANY_WORD.search(_FILLER.sub("", bare)) else None


def _title(text: str) -> str | None:
    """ "Đối thoại về nước sạch" says what it is about; "Quý II/2026", "Hội nghị lần 1" do not."""
    is_about = re.match(r"(?:hội nghị\s+)?đối thoại\s+(?:về|chuyên đề)\s", text, re.IGNORECASE)
    return text.strip(" .;:") if is_about and len(text) < _TITLE else None


def _place(text: str) -> str | None:
    found = _PLACE.search(text)
    return one_line(found[1]) if found else None


def _time(words: str | None, year: int | None) -> TimePhrase | None:
    """The whole line if it can be understood, else the first stretch of it that can."""
    if not words:
        return None
    whole = _phrase(words, year)
    if whole:
        return whole
    found = _TIME.search(words)
    return _phrase(found[0], year) if found else None


def _phrase(words: str, year: int | None) -> TimePhrase | None:
    phrase = understood(one_line(words)[:250], year=year)
    return phrase if phrase and phrase.kind not in {Kind.TERM, Kind.UNSPECIFIED} else None


def _quarter(text: str) -> int | None:
    found = _QUARTER.search(fold_in_place(text))
    return _QUARTERS[found[1]] if found else None


def _quarter_of(time: TimePhrase | None) -> int | None:
    return (time.end.month - 1) // 3 + 1 if time and time.end else None


def _kind(words: str) -> str:
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


def _chairs(words: str | None) -> tuple[str, ...]:
    pieces: Sequence[str] = (
        re.split(r";\s*|,\s*(?=đồng chí|đ/c|Chủ tịch|Bí thư)", words) if words else ()
    )
    return tuple(name for piece in pieces if (name := piece.strip(" .;,")))
