"""Wording: known slips of scanning, doubled words, one spelling throughout (domain.md §4.3: E12–E14, E31)."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from documents.reading.checks.walk import finding, texts_of
from documents.reading.results import DocumentReading, ReadingFinding

_SLIPS = (
    ("E12", r"(?<!thay )(?<!trao )đổi thoại", "đối thoại"),
    ("E12", r"đối thọai|đối thoai|dối thoại", "đối thoại"),
    ("E14", r"ôn định", "ổn định"),
    ("E14", r"trong thời qua", "trong thời gian qua"),
    ("E14", r"trong thời tới", "trong thời gian tới"),
    ("E14", r"nghành", "ngành"),
    ("E14", r"bổ xung", "bổ sung"),
    ("E14", r"sử lý|xữ lý", "xử lý"),
    ("E14", r"kiến nghi\b", "kiến nghị"),
    ("E14", r"nhân dan\b|nhăn dân", "nhân dân"),
    ("E14", r"thưc hiện|thực hiên", "thực hiện"),
    ("E14", r"hôi nghị|hội nghi\b", "hội nghị"),
    ("E14", r"giãi quyết", "giải quyết"),
    ("E14", r"chổ ", "chỗ"),
    ("E14", r"cũng cố", "củng cố"),
    ("E14", r"phổ biên ", "phổ biến"),
    ("E14", r"kế hoach", "kế hoạch"),
    ("E14", r"tuyên truyên", "tuyên truyền"),
)
_SLIP_SHAPES = tuple(
    (rule, re.compile(rf"(?<!\w)(?:{shape})", re.IGNORECASE), right)
    for rule, shape, right in _SLIPS
)
_DOUBLED = re.compile(r"(?<![\w\-])([^\W\d_]{2,}(?: [^\W\d_]{1,12})?) \1(?![\w\-])", re.IGNORECASE)
_REDUPLICATED = frozenset(
    [
        "luôn",
        "thường",
        "ngày",
        "người",
        "nhà",
        "từ",
        "dần",
        "mãi",
        "đời",
        "xanh",
        "năm",
        "tháng",
        "ngành",
        "lâu",
        "chầm",
        "khắp",
        "đều",
        "mỗi",
        "rất",
        "hay",
        "sớm",
        "nơi",
        "vừa",
        "dăm",
        "ba",
        "thôn",
        "đâu",
        "gì",
        "ai",
        "nào",
        "hơi",
        "lần",
        "tầng",
        "lớp",
        "hàng",
        "đôi",
        "đua",
        "chốn",
    ]
)
_VARIANTS = (
    (
        "Nhân dân",
        (
            r"(?<!Ủy ban )(?<!Uỷ ban )(?<!Hội đồng )(?<!ủy ban )(?<!\. )\bnhân dân",
            r"(?<!Ủy ban )(?<!Uỷ ban )(?<!Hội đồng )\bNhân dân",
        ),
    ),
    ("Ủy ban nhân dân", (r"Ủy ban nhân dân", r"Ủy ban Nhân dân")),
    ("Cựu chiến binh", (r"Cựu chiến binh", r"Cựu Chiến binh")),
    ("chính trị - xã hội", (r"chính trị-xã hội", r"chính trị - xã hội", r"chính trị xã hội")),
    ("kinh tế - xã hội", (r"kinh tế-xã hội", r"kinh tế - xã hội", r"kinh tế xã hội")),
    ("ủy", (r"\b[uU]ỷ\b", r"\b[ủỦ]y\b")),
    ("xây dựng Đảng", (r"xây dựng đảng\b", r"xây dựng Đảng\b")),
    ("văn hóa", (r"văn hoá\b", r"văn hóa\b")),
)
_VARIANT_SHAPES = tuple(
    (name, tuple(re.compile(shape) for shape in shapes)) for name, shapes in _VARIANTS
)
_OPENS = re.compile(r"[.!?:;\d]\s*$")
_MOST = 40
"""Slips of one kind reported for one paper."""


def check(document: DocumentReading) -> Iterator[ReadingFinding]:
    """Every rule of wording over one paper."""
    texts = list(texts_of(document))
    yield from _slips(texts)
    yield from _doubled(texts)
    yield from _variants(texts)


def _slips(texts: list[tuple[str, int]]) -> Iterator[ReadingFinding]:
    """E12, E14: words a scan or a keyboard gets wrong; the text is kept."""
    for rule, shape, right in _SLIP_SHAPES:
        count = 0
        for text, line in texts:
            found = shape.search(text)
            if found and count < _MOST:
                count += 1
                message = _("“%(wrong)s” có thể là “%(right)s”.")
                yield finding(
                    rule, "info", message % {"wrong": found[0].strip(), "right": right}, line
                )


def _doubled(texts: list[tuple[str, int]]) -> Iterator[ReadingFinding]:
    """E13: the same word or two words twice."""
    count = 0
    for text, line in texts:
        for found in _DOUBLED.finditer(text):
            again = found[0][len(found[1]) + 1 :]
            is_name = again[:1].isupper() and found[1][:1].islower()
            if found[1].lower() not in _REDUPLICATED and not is_name and count < _MOST:
                count += 1
                shown = _whole(text, found)
                yield finding("E13", "info", _("Lặp từ: “%(words)s”.") % {"words": shown}, line)


def _whole(text: str, found: re.Match[str]) -> str:
    """ "cơ quan liên quan liên quan" doubles "liên quan", not "quan liên"."""
    shifted = (
        _DOUBLED.match(text, found.start() + found[1].find(" ") + 1) if " " in found[1] else None
    )
    return shifted[0] if shifted else found[0]


def _variants(texts: list[tuple[str, int]]) -> Iterator[ReadingFinding]:
    """E31: one paper, one spelling; the rarer one is pointed at."""
    for _name, shapes in _VARIANT_SHAPES:
        hits = [hit for hit in (_hits(shape, texts) for shape in shapes) if hit]
        if len(hits) < 2:
            continue
        hits.sort(key=len)
        (rare, line), (common, _line) = hits[0][0], hits[-1][0]
        message = _(
            "Viết không thống nhất: “%(rare)s” (%(few)s lần) và “%(common)s” (%(many)s lần)."
        )
        shown = {"rare": rare, "few": len(hits[0]), "common": common, "many": len(hits[-1])}
        yield finding("E31", "info", message % shown, line)


def _hits(shape: re.Pattern[str], texts: list[tuple[str, int]]) -> list[tuple[str, int]]:
    return [
        (found[0], line)
        for text, line in texts
        for found in shape.finditer(text)
        if not _OPENS.search(text, max(0, found.start() - 4), found.start()) and found.start()
    ]
