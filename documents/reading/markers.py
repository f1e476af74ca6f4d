"""Markers of items and headings: what stands before the words, and how deep it reaches."""

from dataclasses import dataclass

from documents.reading.letters import regex

PART, ROMAN, ARTICLE, NUMBER, DOTTED, LETTER, PAREN, STAR, DASH, PLUS, LOW_STAR = range(11)
"""Ranks: a smaller one holds the greater ones. A heading has at most rank PAREN."""

_NEXT = r"(?:\s+|(?=[^\W\d]|[“\"(*]|$))"
_MARKERS = tuple(
    (rank, regex(pattern))
    for rank, pattern in (
        (PART, r"(?:Phần|PHẦN|Chương|CHƯƠNG)\s+(?:[IVX]{1,5}|\d{1,2}|thứ\s\w+|THỨ\s\w+)(?![\w/])\s*[.:\-–]?(?:\s+|$)"),
        (ARTICLE, r"(?:Điều|Mục|MỤC)\s+(?:\d{1,3}|[IVX]{1,5})(?![\w/])\s*[.:]?(?:\s+|$)"),
        (ROMAN, r"(?:X{0,2}(?:IX|IV|V?I{1,3}|V)|X{1,2})\s*(?:[.\-–):]|/(?=\s))" + _NEXT),
        (ROMAN, r"(?:X{0,2}(?:IX|IV|V?I{1,3}|V)|X{1,2})\s+(?=[A-ZĐÀ-Ỹ]{2,}[\s,])"),
        (DOTTED, r"\d{1,2}(?:\.\d{1,2}){1,3}\s?[.)\-–:]?\s+(?!năm|tháng)"),
        (DOTTED, r"\d{1,2}\.\d{1,2}\.(?=[^\W\d])"),
        (NUMBER, r"\d{1,2}\s?[./]" + _NEXT),
        (NUMBER, r"\d{1,2}\s?[-–](?:\s+(?=[^\W\d])|(?=[A-ZĐÀ-Ỹ]))"),
        (PAREN, r"(?:\(\d{1,2}\)|\d{1,2}\))\s*"),
        (LETTER, r"[a-zđ]\s?[.)]\s*(?=\S|$)|[A-HĐ]\s?[.)]\s+(?=\S)"),
        (STAR, r"[*❖◆►⮚]\s+(?=\S)"),
        (DASH, r"[-–—•●▪■·‑]\s*(?=[^\s\d\-]|\d{1,4}\s)"),
        (PLUS, r"\+\s*(?=\S)"),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Marker:
    """The marker as written, its rank, and the words after it."""

    text: str
    rank: int
    rest: str

    @property
    def is_heading(self) -> bool:
        """Whether such a marker numbers headings rather than items."""
        return self.rank <= PAREN


def marker_of(text: str) -> Marker | None:
    """The marker a line begins with, or None."""
    if not text or text[0] not in _FIRST:
        return None
    for rank, shape in _MARKERS:
        found = shape.match(text)
        if found:
            return Marker(found[0].strip(), rank, text[found.end() :].strip())
    return None


_FIRST = frozenset("PCĐMIVX0123456789(abcdđeghiklmnopqrstuvxyABCDEFGH*❖◆►⮚-–—•●▪■·‑+")
