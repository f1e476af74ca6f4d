"""The conferences a plan foresees: by quarter, in a table, or one for the whole plan (domain.md §4.2)."""

import re
from collections.abc import Sequence
from dataclasses import replace

from core.timephrase import TimePhrase
from documents.reading import topics
from documents.reading.held import (
    audience_in,
    bare_theme,
    chairs_in,
    kind_of,
    phrase_of,
    place_in,
    quarter_in,
    quarter_of,
    time_in,
    units_in,
    written_time,
)
from documents.reading.letters import fold_in_place, one_line
from documents.reading.markers import NUMBER
from documents.reading.nodes import Node
from documents.reading.results import SessionReading
from documents.reading.tables import Row, rows_in
from documents.reading.topics import label_of

_FIELDS = (
    ("time", re.compile(r"(?:du kien )?(?:thoi gian|thoi diem|ngay)")),
    ("place", re.compile(r"(?:hinh thuc,? (?:va )?)?dia diem")),
    ("audience", re.compile(r"(?:doi tuong|thanh phan doi thoai)")),
    ("theme", re.compile(r"(?:noi dung|chu de|chuyen de)")),
    ("chairs", re.compile(r"(?:nguoi )?chu tri")),
)
_DATED = re.compile(
    r"(?:(?:[Bb]uổi\s+)?(?:[Ss]áng|[Cc]hiều|[Tt]ối)\s+)?(?:(?:[Tt]hứ \w+|[Cc]hủ nhật),?\s+)?(?:\d{1,2}\s*(?:giờ|h)\s*\d{0,2},?\s*)?(?:[Nn]gày|[Tt]háng)\s+\d{1,2}"
)
_WHO = re.compile(
    r"(?:các |đại diện )?(?:thôn|xã|phường|bản|xóm|khu phố|tổ dân phố|nhân dân|cử tri|hội viên|đoàn viên|cán bộ|công nhân|người|hộ|doanh nghiệp|thanh niên|phụ nữ|nông dân)\b",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"(?:(?:hội nghị|đợt|cuộc|kỳ|lần|buổi)(?: đối thoại)?\s+)(?:thứ\s+(?:nhất|hai|ba|tư|bốn|năm)|lần thứ \w+|[1-6IV]{1,3}(?!\w))\s*:?",
    re.IGNORECASE,
)
_AT = re.compile(r"(?:[,;.]\s*|\s)(?:tại|Tại|địa điểm:?)\s+(.{3,200})")
_TITLE = 200
_HELD_AT = re.compile(r"^(?:Tổ chức\s+)?(?:Hội nghị\s+)?(?:trực tiếp\s+)?tại\s+", re.IGNORECASE)
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
    found = found or [one for node in root.walk() for one in _scheduled(node, year)]
    found = found or [one for node in root.walk() for one in _enumerated(node, year)]
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


def _scheduled(heading: Node, year: int | None) -> list[SessionReading]:
    """A list of days, each with its place: "1. Sáng ngày 21/4/2026: thôn A, tại …"."""
    days = [one for one in heading.children if one.kind == "fact_line" and _DATED.match(one.text)]
    if len(days) < 2 or not all(place_in(one.text) for one in days):
        return []
    return [_of_day(one, year) for one in days]


def _of_day(node: Node, year: int | None) -> SessionReading:
    """What follows the day is whom one meets ("thôn A", "cử tri …"), else what about."""
    about = bare_theme(label_of(node.text)[1])
    is_who = bool(about and _WHO.match(about))
    return replace(
        _of_words(node.text, node.line, year),
        theme=None if is_who else about,
        audience=about if is_who else audience_in(node.text),
    )


def _enumerated(node: Node, year: int | None) -> list[SessionReading]:
    """ "… 02 hội nghị: Hội nghị thứ nhất vào tháng 5 tại X; Hội nghị thứ hai …" in one sentence."""
    if node.kind not in {"fact_line", "text", "topic"}:
        return []
    starts = [found.start() for found in _ORDINAL.finditer(node.text)]
    if len(starts) < 2:
        return []
    ends = [*starts[1:], len(node.text)]
    pieces = (node.text[start:end].strip(" ;,.") for start, end in zip(starts, ends, strict=True))
    return [_of_words(piece, node.line, year) for piece in pieces if time_in(piece, year)]


def _of_words(text: str, line: int, year: int | None) -> SessionReading:
    """One conference told in a few words: "Hội nghị thứ nhất vào tháng 5/2026 tại X, với Y"."""
    literal = written_time(text)
    rest = _ORDINAL.sub("", text, count=1).lstrip(" :,-")
    place, audience = place_in(text), audience_in(text)
    return _session(
        time_in(literal, year),
        literal=literal or text[:80],
        quarter=quarter_in(text) or quarter_of(time_in(literal, year)),
        theme=bare_theme(rest),
        audience=audience,
        place=place,
        chairs=None,
        words=text,
        line=line,
        confidence=0.7,
    )


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
    heading = written_time(node.text)
    time = time_in(fields.get("time"), year) or (phrase_of(heading, year) if heading else None)
    theme = fields.get("theme") or _theme(own) or _title(node.text)
    place = fields.get("place") or place_in(own)
    words = " | ".join(part for part in (theme, fields.get("audience"), place, own) if part)
    return _session(
        time,
        literal=fields.get("time") or heading or label_of(node.text)[0],
        quarter=quarter_in(node.text) or quarter_of(time),
        theme=theme,
        audience=fields.get("audience") or audience_in(own),
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
        kind=kind_of(words),
        chairs=chairs_in(chairs),
        time=time,
        line=line,
        confidence=confidence,
    )


def _is_session_row(row: Row) -> bool:
    return (
        "time" in row.words
        and ("place" in row.words or "audience" in row.words)
        and "cooperating" not in row.words
        and "deliverable" not in row.words
    )


def _of_row(row: Row, year: int | None) -> SessionReading:
    words = row.words
    time = time_in(words["time"], year)
    row.node.kind = "session"
    return _session(
        time,
        literal=words["time"],
        quarter=quarter_in(words["time"]) or quarter_of(time),
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
    time = time_in(fields.get("time"), year)
    audience = fields.get("audience") or _audience(abstract)
    place = fields.get("place") or None
    name = "time" if "time" in fields else "place"
    line = next((node.line for node in nodes if name in _fields([node])), 0)
    return [
        _session(
            time,
            literal=fields.get("time", ""),
            quarter=quarter_of(time),
            theme=_theme_beside(root, line),
            audience=audience,
            place=place,
            chairs=fields.get("chairs"),
            words=" | ".join(part for part in (audience, place) if part),
            line=line,
            confidence=0.85 if time and place else 0.6,
        )
    ]


def _theme_beside(root: Node, line: int) -> str | None:
    """ "Nội dung: …" in the same list as the line that says when."""
    found = next((node.parent for node in root.walk() if node.line == line and node.parent), root)
    labels = (label_of(node.text) for node in found.children)
    said = next((rest for label, rest in labels if rest and _name_of(label) == "theme"), "")
    return said.strip(" .;") if 0 < len(said) < _TITLE else None


def _may_describe(node: Node) -> bool:
    return node.topic in {topics.FACTS, topics.PARTICIPANTS, topics.TOPIC, None} and not node.above(
        "assignee"
    )


def _audience(abstract: str | None) -> str | None:
    found = _WITH.search(abstract or "")
    return one_line(found[1]) if found else None


def _theme(text: str) -> str | None:
    """ "Quý II: Đối thoại với …" → what follows the colon; its own time and place are no theme."""
    return bare_theme(label_of(text)[1]) if text else None


def _title(text: str) -> str | None:
    """ "Đối thoại về nước sạch" says what it is about; "Quý II/2026", "Hội nghị lần 1" do not."""
    is_about = re.match(r"(?:hội nghị\s+)?đối thoại\s+(?:về|chuyên đề)\s", text, re.IGNORECASE)
    return text.strip(" .;:") if is_about and len(text) < _TITLE else None
