"""Raw lines made clean: markup, tabs and soft breaks become facts about the line (domain.md §4.4)."""

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from documents.reading.letters import one_line

MAX_LINE = 40_000
"""Characters looked at in one line; what is longer is cut into several."""

_SILENT = re.compile("[\u200b-\u200f\u00ad\ufeff\u2060\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BREAK = re.compile(r"<\s*(?:br|/p|/div)\s*/?\s*>", re.IGNORECASE)
_CELL_TAG = re.compile(r"</t[dh]\s*>\s*(?=<t[dh])", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]{0,10}(?:\s[^<>]{0,200})?/?>")
_LEVEL = re.compile(r"\s*(#{1,6})\s+")
_RULE = re.compile(r"[-–—_=*~.\s⸺―─]{3,}|[-–—_]{2,}|/{2,}")
_STAR_ITEM = re.compile(r"(?:\*{3}|\*{2}\s*\\?\*|\\?\*)\s+(?=\S)")
_STARS = re.compile(r"(?<!\s)\*{1,3}|\*{1,3}(?!\s)")
_UNDER = re.compile(r"(?<!\w)_{2}(?=\S)(.{1,400}?)(?<=\S)_{2}(?!\w)")
_ESCAPED = re.compile(r"\\([-+.()\[\]_#>~!|/])")
_PIPES = re.compile(r"\s*\|.*\|\s*")
_PIPE_RULE = re.compile(r"[\s|:\-–]+")
_WIDE = re.compile(r"(?<=\S)(?<!Số)(?<!Số:)(?<!ngày)(?<!tháng)(?<!năm) {3,}")
"""A gap between two columns; a blank number or day is no gap."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source without its markup; `cells` if it was a row of a table.

    `columns` are the parts a wide gap or a tab separates (a header of two columns).
    """

    number: int
    text: str
    level: int = 0
    is_bold: bool = False
    is_rule: bool = False
    is_soft: bool = False
    cells: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written on it."""
        return not self.text and not self.is_rule

    @property
    def pieces(self) -> tuple[str, ...]:
        """The columns, or the line itself."""
        return self.columns or (self.text,)


def clean_lines(raw: Iterable[str]) -> list[Line]:
    """Every line of the source, numbered from 1; an HTML break makes two with the same number."""
    found: list[Line] = []
    for number, text in enumerate(raw, start=1):
        text = _SILENT.sub("", unicodedata.normalize("NFC", text)).replace("\xa0", " ")
        if "<" in text:
            text = _BREAK.sub("  \n", _CELL_TAG.sub("\t", text))
        for part in text.rstrip("\n").split("\n"):
            found += [_clean(number, part[at : at + MAX_LINE]) for at in _starts(part)]
    return found


def _starts(part: str) -> range:
    return range(0, max(len(part), 1), MAX_LINE)


def _clean(number: int, raw: str) -> Line:
    is_soft = raw.endswith("  ") and bool(raw.strip())
    text = _ESCAPED.sub(r"\1", raw) if "\\" in raw else raw
    text = _TAG.sub("", text) if "<" in text else text
    text = html.unescape(text) if "&" in text else text
    if _PIPES.fullmatch(text):
        if _PIPE_RULE.fullmatch(text):
            return Line(number, "", is_rule=True)
        text = text.strip().strip("|").replace("|", "\t")
    level = _LEVEL.match(text)
    text = text[level.end() :] if level else text
    if text.strip() and _is_rule(text):
        return Line(number, "", is_rule=True)
    is_bold = bool(
        re.match(r"\s*(?:\*\*|__)", text) or re.match(r"\s*(?:#+\s*)?<(?:b|strong)>", raw)
    )
    cells = tuple(_plain(cell) for cell in text.strip("\n").split("\t")) if "\t" in text else ()
    is_row = sum(bool(cell) for cell in cells) > 1
    columns = () if is_row else tuple(_plain(part) for part in _WIDE.split(text.strip()) if part)
    return Line(
        number,
        one_line(" ".join(cells)) if cells else _plain(text),
        level=len(level[1]) if level else 0,
        is_bold=is_bold,
        is_soft=is_soft,
        cells=cells if is_row else (),
        columns=tuple(cell for cell in cells if cell) if is_row else columns[: len(columns) * (len(columns) > 1)],
    )  # fmt: skip


def _is_rule(text: str) -> bool:
    bare = text.strip()
    return bool(_RULE.fullmatch(bare)) and bare not in {"*", "\\*", "...", "…"}


def _plain(text: str) -> str:
    """Without emphasis; "*** Ở huyện:**" keeps one star as the marker of its item."""
    text = text.strip()
    if text in {"*", "\\*", "**\\***", "***"}:
        return "*"
    item = _STAR_ITEM.match(text) if "*" in text[:6] else None
    body = text[item.end() :] if item else text
    if "*" in body:
        body = _STARS.sub("", body.replace("\\*", "∗")).replace("∗", "*")
    if "__" in body:
        body = _UNDER.sub(r"\1", body)
    return one_line(("* " if item else "") + body)
