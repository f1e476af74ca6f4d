"""Wording: known slips of scanning, doubled words, one spelling throughout (domain.md §4.3: E12–E14, E31)."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import islice

from django.utils.translation import gettext as _

from documents.reading.checks.walk import finding, texts_of
from documents.reading.results import DocumentReading, ReadingFinding
from documents.reading.slips import Spelling, doubled, misspelt, read_spelling, shipped_lines

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


@cache
def _spellings() -> tuple[Spelling, ...]:
    return tuple(filter(None, map(read_spelling, shipped_lines("spelling"))))


def _slips(texts: list[tuple[str, int]]) -> Iterator[ReadingFinding]:
    """E12, E14: words a scan or a keyboard gets wrong; the text is kept."""
    said: Counter[str] = Counter()
    for text, line in texts:
        for slip in {slip.better: slip for slip in misspelt(text, _spellings())}.values():
            said[slip.better] += 1
            if said[slip.better] <= _MOST:
                rule = "E12" if slip.better.lower() == "đối thoại" else "E14"
                message = _("“%(wrong)s” có thể là “%(right)s”.")
                shown = {"wrong": slip.found, "right": slip.better}
                yield finding(rule, "info", message % shown, line)


def _doubled(texts: list[tuple[str, int]]) -> Iterator[ReadingFinding]:
    """E13: the same word or two words twice."""
    allowed = shipped_lines("doubles")
    found = ((slip, line) for text, line in texts for slip in doubled(text, allowed))
    for slip, line in islice(found, _MOST):
        yield finding("E13", "info", _("Lặp từ: “%(words)s”.") % {"words": slip.found}, line)


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
