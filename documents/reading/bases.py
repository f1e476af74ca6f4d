"""Papers cited as bases, one by one, in lists and in sentences (domain.md §1.7, §4.1.5)."""

import dataclasses
import datetime
import re
from collections.abc import Iterator

from documents.reading.codes import CODE, code_of
from documents.reading.letters import fold_in_place, mend_digits, one_line, opens_lower
from documents.reading.nodes import Node
from documents.reading.phrases import DAY
from documents.reading.results import BasisReading
from documents.reading.topics import PAGE

_KINDS = (
    "Quyết định|Quy định|Kế hoạch|Đề án|Nghị quyết|Nghị định|Thông tư liên tịch|Thông tư|Luật|Bộ luật|Pháp lệnh|Chỉ thị|Kết luận"
    "|Hướng dẫn|Thông báo|Công văn|Chương trình hành động|Chương trình công tác|Chương trình|Quy chế|Điều lệ|Thông tri|Tờ trình|Báo cáo|Văn bản|Hiến pháp"
    "|Công điện|Quy trình|Nội quy|Văn bản hợp nhất"
)
_NUMBERED = re.compile(
    rf"(?:(?P<kind>{_KINDS})\s+(?P<name>[^,;:“\"()\d]{{0,120}}?)\s*)?(?<![\w/]){CODE}"
)
_START = re.compile(rf"(?:{_KINDS})\b")
_VERB = re.compile(
    r"(?:Căn cứ|Thực hiện|Thi hành|Theo|Xét|Tiếp tục thực hiện|Triển khai thực hiện|Triển khai|Trên cơ sở|Nhằm triển khai)\s*:?\s+(?:vào\s+)?",
    re.IGNORECASE,
)
_CUT = re.compile(
    rf"\s*;\s*(?:và\s+)?|,\s+(?:và\s+)?(?=(?:(?:{_KINDS})\s+(?:[^,;]{{0,80}}?\s)?số\s)|căn cứ\s|thực hiện\s|xét\s)|\s+và\s+(?=(?:{_KINDS})\s+số\s)"
)
_ISSUING = re.compile(
    r"(?:^|[,;.]\s*|\s)(?P<who>(?:Ban Thường vụ|Ban Chấp hành|Thường trực|Đảng (?:ủy|uỷ)|Huyện (?:ủy|uỷ)|Thị (?:ủy|uỷ)|Thành (?:ủy|uỷ)|Tỉnh (?:ủy|uỷ)|Chi bộ|Chi (?:ủy|uỷ)|(?:Ủy|Uỷ) ban|UBND|(?:Ủy|Uỷ) ban nhân dân|HĐND"
    r"|Hội đồng|Bí thư|Chủ tịch|Ban|Phòng|Sở|Văn phòng|Trung tâm|Công an|Hội|Đoàn|BTV)(?:\s[^,;.\s]+){0,9}?)\s+"
    r"(?:xây dựng|ban hành|tổ chức|lập|thông báo|đề nghị|yêu cầu|quyết định|trân trọng)\s+(?:thực hiện\s+)?(?:các\s+)?"
    r"(?P<what>[Kk]ế hoạch|[Cc]hương trình|[Tt]hông báo|[Hh]ội nghị|[Qq]uyết định|[Bb]áo cáo|[Hh]ướng dẫn|[Qq]uy chế|[Cc]ông văn|.{0,60}như sau)"
)
_ASKING = re.compile(
    r",\s+(?P<who>(?:Ban|Phòng|Sở|UBND|(?:Ủy|Uỷ) ban|HĐND|Hội|Văn phòng|Thường trực|Đảng (?:ủy|uỷ)|Huyện (?:ủy|uỷ)|Thị (?:ủy|uỷ)|Thành (?:ủy|uỷ)|Tỉnh (?:ủy|uỷ)|Đoàn|Công an|Trung tâm"
    r"|Huyện đoàn|Tỉnh đoàn|Liên đoàn|Chủ tịch|Bí thư|Chi bộ|Trường)(?:\s[^,;.\s]+){0,12}?)\s+"
    r"(?:đề nghị|yêu cầu|trân trọng|kính|thông báo|báo cáo|mời|triển khai|gửi|xây dựng|ban hành|tổ chức|có ý kiến|phối hợp|giao)\b"
)
"""Who asks in the sentence of a letter: the citation ends before it."""
_DATE = re.compile(rf"\s*,?\s*(?:ngay\s+)?({DAY})")
_BODY = re.compile(
    r"\s*(?:,\s*)?(?:của|giữa)\s+(?P<body>.+?)(?=\s*(?:,?\s+(?:về|ban hành|quy định|phê duyệt|hướng dẫn|khóa|khoá|nhiệm kỳ|thực hiện|v/v|sửa đổi|qua|để|trên|tại|theo|nhằm|trong)\s|[“\"(;,.]|$))"
)
_QUOTED = re.compile(r"[“\"](?P<title>[^”\"]{3,600})[”\"]")
_ASKED = re.compile(
    r"(?:đề nghị|ý kiến chỉ đạo|ý kiến|chỉ đạo|yêu cầu|kết luận) của\s+(?P<body>.+?)\s+(?:tại|ở)\s"
)
_ABOUT = re.compile(
    r"(?:^|\s)(?:(?:về việc|về|V/v|v/v)\s+|(?=(?:ban hành|quy định|phê duyệt|hướng dẫn|sửa đổi)\s))(?P<title>.{3,600})",
    re.DOTALL,
)
_PLAIN = re.compile(
    r"(?:tình hình thực tế|chức năng|đề nghị của|điều kiện|nhiệm vụ|Điều \d|khoản \d)"
)
_MAX_SENTENCE = 6000


def bases_in(root: Node) -> tuple[BasisReading, ...]:
    """The bases of the opening, then papers with a number the body cites and the opening does not."""
    found: list[BasisReading] = []
    for node in root.children:
        if node.kind in {"legal_basis", "introduction"}:
            found += _in_opening(node)
    known = {basis.register_code for basis in found}
    for node in root.walk():
        if node.kind not in {"legal_basis", "introduction"} and node.topic != PAGE:
            for basis in _numbered(node):
                if basis.register_code not in known:
                    known.add(basis.register_code)
                    found.append(basis)
    return tuple(found)


def issuer_sentence(text: str) -> tuple[str, int] | None:
    """The collective that "xây dựng kế hoạch", and where its sentence begins."""
    shown = text[:_MAX_SENTENCE]
    found = [
        match
        for match in _ISSUING.finditer(shown)
        if not shown[: match.start("who")].rstrip().endswith("của")
    ]
    return (one_line(found[-1]["who"]), found[-1].start("who")) if found else None


def _in_opening(node: Node) -> Iterator[BasisReading]:
    text = node.text[:_MAX_SENTENCE]
    verb = _VERB.match(text)
    if not verb:
        return
    issuer = issuer_sentence(text)
    asking = None if issuer else _ASKING.search(text, verb.end())
    end = issuer[1] if issuer else asking.start() if asking else 0
    text = text[:end] if end > verb.end() else text
    yield from _completed(_cited(text[verb.end() :], node.line))


def _completed(found: Iterator[BasisReading]) -> Iterator[BasisReading]:
    """ "Quyết định số A và Quyết định số B ngày … của X": the body and the day hold for both."""
    held: list[BasisReading] = []
    for basis in found:
        before = held[-1] if held else None
        is_bare = before and before.number and before.body is None and before.date is None
        if before and is_bare and basis.number and before.kind == basis.kind:
            held[-1] = dataclasses.replace(held[-1], body=basis.body, date=basis.date)
        held.append(basis)
    yield from held


def _cited(text: str, line: int) -> Iterator[BasisReading]:
    """The papers of a sentence; words behind a semicolon that cite nothing belong to the title before."""
    literals: list[str] = []
    for piece in _pieces(text):
        again = _VERB.match(piece.strip())
        literal = one_line(piece.strip()[again.end() if again else 0 :]).strip(" ,;.")
        if basis_of(literal, line):
            literals.append(literal)
        elif literals and opens_lower(literal):
            literals[-1] = f"{literals[-1]}; {literal}"
    yield from filter(None, (basis_of(literal, line) for literal in literals))


def _pieces(text: str) -> Iterator[str]:
    """Cut outside of quotes and brackets, so that titles stay whole."""
    hidden = re.sub(r"[“\"][^”\"]*[”\"]|\([^()]*\)", lambda found: "·" * len(found[0]), text)
    at = 0
    for cut in _CUT.finditer(hidden):
        yield text[at : cut.start()]
        at = cut.end()
    yield text[at:]


def basis_of(literal: str, line: int) -> BasisReading | None:
    """One basis: kind, number, symbol, date, body, title; also those without a number."""
    found = _NUMBERED.search(mend_digits(literal))
    if found and found.start() < 120:
        return _with_number(literal, found, line)
    start = _START.match(literal)
    if not start and not _PLAIN.match(literal):
        return None
    kind = start[0] if start else None
    rest = literal[start.end() :] if start else ""
    date, end = _date_in(rest)
    if date is None:
        later = re.search(r"\sngày\s", rest)
        date, end = _date_in(rest[later.start() :]) if later else (None, 0)
    body = _BODY.search(rest)
    return BasisReading(
        literal=literal,
        kind=kind,
        date=date,
        body=one_line(body["body"]) if body else None,
        title=_unnumbered_title(kind, rest),
        line=line,
        confidence=0.7 if kind else 0.5,
    )


def _unnumbered_title(kind: str | None, rest: str) -> str | None:
    """ "Luật Tổ chức chính quyền địa phương ngày …" is called what follows its kind."""
    quoted = _QUOTED.search(rest)
    if quoted:
        return one_line(quoted["title"])
    name = re.split(r"\s*(?:,|\s(?:số|ngày|của|năm \d)\s)", rest, maxsplit=1)[0]
    return one_line(name).strip(" .;") or None if kind else None


def _with_number(literal: str, found: re.Match[str], line: int) -> BasisReading:
    rest, code = found.string[found.end() :], code_of(found)
    date, end = _date_in(rest)
    body = _BODY.match(rest, end) or _ASKED.match(literal)
    quoted = _QUOTED.search(rest)
    about = _ABOUT.search(rest, body.end() if body and body.re is _BODY else end)
    title = quoted["title"] if quoted else about["title"] if about else None
    name = one_line(found["name"] or "").strip()
    if title is None and name and name != "số":
        title = re.sub(r"\s*số$", "", name)
    return BasisReading(
        literal=literal,
        kind=found["kind"],
        number=code.number,
        symbol=code.symbol,
        body=one_line(body["body"]) if body else None,
        date=date,
        title=one_line(title).strip(' .;,”"') if title else None,
        line=line,
        confidence=0.95 if body and date else 0.7,
    )


def _date_in(rest: str) -> tuple[datetime.date | None, int]:
    """The date at the start of what follows the number, and where it ends."""
    found = _DATE.match(fold_in_place(rest))
    if not found:
        return None, 0
    numbers = [int(number) for number in re.findall(r"\d+", found[1])]
    if len(numbers) < 3:
        return None, found.end()
    try:
        return datetime.date(numbers[2], numbers[1], numbers[0]), found.end()
    except ValueError:
        return None, found.end()


def _numbered(node: Node) -> Iterator[BasisReading]:
    """Papers with a kind and a number cited in the body."""
    text = node.text[:_MAX_SENTENCE]
    for found in _NUMBERED.finditer(text):
        if found["kind"]:
            after = re.split(r"[;.]\s|;", text[found.start() :], maxsplit=1)[0][:400]
            inner = _NUMBERED.match(after)
            if inner:
                basis = _with_number(after.strip(" ,;."), inner, node.line)
                yield BasisReading(
                    **{
                        name: getattr(basis, name)
                        for name in (
                            "literal",
                            "kind",
                            "number",
                            "symbol",
                            "body",
                            "date",
                            "title",
                            "line",
                        )
                    },
                    is_in_body=True,
                    confidence=0.6,
                )
