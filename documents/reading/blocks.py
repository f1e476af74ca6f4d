"""Paragraphs: lines joined again where a page or a column broke them (domain.md §4.4)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from documents.reading.letters import ends_sentence, is_capitals, one_line, opens_lower
from documents.reading.lines import Line
from documents.reading.markers import Marker, marker_of

_OPEN_END = re.compile(
    r"(?:^|\s)(?:của|và|các|với|cho|về|tại|trong|từ|được|những|là|theo|đến|do|hoặc|bằng|vào|số|ngày|tháng|Ban|Ủy"
    r"|Thị|Huyện|Đảng|Hội đồng|Nhân|đồng chí|Đồng chí|đ/c|không|để|nhằm|bảo|đảm|như|khi|sau|trước)$"
)
_NAME = re.compile(
    r"(?:Nhân dân|Đảng|Nhà nước|(?:Ủy|Uỷ) ban|UBND|HĐND|MTTQ|Mặt trận|Hội đồng|Hội nghị|Thường trực|Tổ quốc|Việt Nam|Thị (?:ủy|uỷ)"
    r"|Huyện (?:ủy|uỷ)|Tỉnh (?:ủy|uỷ)|Thành (?:ủy|uỷ)|Chủ tịch|Chính phủ|Trung ương)\b"
)
_LABEL = re.compile(r"[^.;:]{1,60}:(?:\s|$)")
_OPENS = re.compile(r"(?:Trên đây là|Giao (?:Ban|Văn phòng|Phòng|UBND|(?:Ủy|Uỷ) ban|các)|Căn cứ)\s")
"""How a paragraph of its own begins, if the line before ended a sentence."""
_PAGE = re.compile(
    r"(?:[-–—|]\s*)?\d{1,3}(?:\s*[-–—|])?|(?:[^.;:]{0,80}\s)?Trang\s+(?:số\s+)?\d{1,3}(?:\s*(?:/|trên)\s*\d{1,3})?"
    r"|\d{1,3}\s*/\s*\d{1,3}"
)
_FULL_LINE = 55
"""A line at least this long may have been broken at its end."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a row of a table; `marker` as written, `text` the words after it."""

    line: int
    text: str
    marker: Marker | None = None
    level: int = 0
    is_bold: bool = False
    cells: tuple[str, ...] = ()
    last_line: int = 0
    last_width: int = 0
    is_page: bool = False

    @property
    def whole(self) -> str:
        """Marker and words."""
        return one_line(f"{self.marker.text} {self.text}") if self.marker else self.text


def blocks_of(lines: Sequence[Line]) -> list[Block]:
    """The paragraphs of a stretch of lines."""
    width = _wrapped_at(lines)
    found: list[Block] = []
    gap = True
    held: list[str] = []
    pages: list[Block] = []
    for at, line in enumerate(lines):
        if line.is_blank or line.is_rule:
            gap = True
            continue
        if _is_page_mark(line, gap=gap, after=lines[at + 1 : at + 2]):
            pages.append(replace(_block(line), marker=None, text=line.text, is_page=True))
            continue
        if found and _continues(found[-1], line, gap, width):
            held.append(line.text)
            found[-1] = replace(
                found[-1], last_line=line.number, last_width=len(line.text), text=line.text
            )
        else:
            _close(found, held)
            found += [*pages, _block(line)]
            held, pages = [found[-1].text], []
        gap = False
    _close(found, held)
    return found + pages


def is_page_mark(text: str) -> bool:
    """Whether some words are a page's number or running head ("2", "Trang 2/5")."""
    return bool(_PAGE.fullmatch(text))


def _is_page_mark(line: Line, *, gap: bool, after: Sequence[Line]) -> bool:
    """A page's number or running head; a bare number only alone between empty lines."""
    if line.cells or not is_page_mark(line.text):
        return False
    is_alone = gap and (not after or after[0].is_blank or after[0].is_rule)
    return is_alone or not line.text.isdecimal()


def _close(found: list[Block], held: Iterable[str]) -> None:
    """Write the gathered lines into the last block (once: long novels stay linear)."""
    if not found:
        return
    text = one_line(" ".join(held))
    block = found[-1]
    if block.marker is None or block.marker.rest:
        found[-1] = replace(block, text=text)
    else:
        found[-1] = replace(block, text=text, marker=replace(block.marker, rest=text))


def _block(line: Line) -> Block:
    marker = None if line.cells else marker_of(line.text)
    return Block(
        line=line.number,
        text=marker.rest if marker else line.text,
        marker=marker,
        level=line.level,
        is_bold=line.is_bold,
        cells=line.cells,
        last_line=line.number,
        last_width=len(line.text),
    )


def _wrapped_at(lines: Sequence[Line]) -> int:
    """The width at which the source breaks its lines, or 0 if a paragraph is one line."""
    touching = [
        len(line.text)
        for line, after in zip(lines, lines[1:], strict=False)
        if line.text and after.text and not after.cells and not marker_of(after.text)
    ]
    torn = sum(_is_cut(line, after) for line, after in zip(lines, lines[1:], strict=False))
    longest = max((len(line.text) for line in lines), default=0)
    is_wrapped = len(touching) > 3 and torn > 1
    return longest if is_wrapped and _FULL_LINE <= longest <= 130 else 0


def _is_cut(line: Line, after: Line) -> bool:
    """Whether a sentence goes on over the end of the line."""
    is_words = bool(after.text) and not (after.cells or marker_of(after.text))
    return len(line.text) >= _FULL_LINE and not ends_sentence(line.text) and is_words


def _continues(block: Block, line: Line, gap: bool, width: int) -> bool:
    """Whether `line` goes on with `block` (the last lines of it, while it grows)."""
    if _stands_alone(block, line):
        return False
    text = block.text
    if not text:
        return not gap or not line.is_bold
    if block.marker and is_capitals(text) and is_capitals(line.text):
        return not gap
    if opens_lower(line.text) or _is_in_brackets(text, line.text):
        is_open = not ends_sentence(text) or (text.endswith(";") and not gap)
        return is_open and not (gap and _is_short_heading(block))
    if gap:
        return not _is_short_heading(block) and _is_torn(block, line)
    return not (line.is_bold and _LABEL.match(line.text)) and _is_broken(block, text, width)


def _stands_alone(block: Block, line: Line) -> bool:
    """Whether one of the two is no running text, or the line begins a paragraph by its words."""
    is_styled = bool(block.cells or line.cells or line.level or block.level)
    is_new = bool(_OPENS.match(line.text)) and ends_sentence(block.text)
    return is_styled or is_new or marker_of(line.text) is not None


def _is_in_brackets(text: str, after: str) -> bool:
    """Whether a bracket opened on one line closes on the next."""
    return text.count("(") > text.count(")") and ")" in after


def _is_torn(block: Block, line: Line) -> bool:
    """Whether a page break tore the sentence: an open word, or a full line before a name."""
    return bool(_OPEN_END.search(block.text)) or _goes_on(block, line)


def _is_short_heading(block: Block) -> bool:
    is_short = len(block.text) < _FULL_LINE and block.line == block.last_line
    return is_short and (block.marker is None or block.marker.is_heading)


def _goes_on(block: Block, line: Line) -> bool:
    """Whether a full line without a closing mark goes on with a name ("… các vấn đề / Nhân dân …")."""
    is_open = not ends_sentence(block.text) and block.last_width >= _FULL_LINE
    is_plain = not line.is_bold and ends_sentence(line.text) and bool(_NAME.match(line.text))
    return is_open and is_plain and not (block.marker and block.marker.is_heading)


def _is_broken(block: Block, text: str, width: int) -> bool:
    """Whether the last line was broken by the width rather than ended."""
    is_full = bool(width) and block.last_width >= width * 0.8
    return is_full or (bool(_OPEN_END.search(text)) and not _is_short_heading(block))
