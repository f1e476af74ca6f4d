"""Setting one paragraph as the printer sets it: which words stand on which line, and where.

Papers are set without kerning and ligatures, as wide as the letters are. What might be broken
otherwise than at a space, or fits so narrowly that rounding decides, is not set here (None).
"""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from documents.printing import metrics

NARROW = 0.15  # CSS pixels, four hundredths of a millimetre: closer to the edge, rounding decides
_TAG = re.compile(r"<(/?)(b|i|span)(?: class=\"fill\")?>")
_PLAIN = re.compile(r"""[\w.,:;()“”"'&@+<>]+…*|[-–…]+""")


@dataclass(frozen=True)
class Shape:
    """The box of a paragraph in CSS pixels: size of type, width, indent of the first line."""

    size: float
    width: float
    indent: float = 0
    align: str = "left"


@dataclass(frozen=True)
class Bit:
    """Words of one face at a place on their line, `gap` added to every space in them."""

    face: str
    text: str
    x: float
    gap: float = 0


Run = tuple[str, str]
Word = list[Run]


def runs_of(markup: str) -> list[Run] | None:
    """The (face, text) runs of a paragraph's HTML; None when there is more in it than words."""
    runs, open_tags, at = [], {"b": 0, "i": 0, "span": 0}, 0
    for tag in _TAG.finditer(markup):
        runs.append((_face(open_tags), markup[at : tag.start()]))
        open_tags[tag[2]] += -1 if tag[1] else 1
        at = tag.end()
    runs.append((_face(open_tags), markup[at:]))
    if any("<" in text for _, text in runs):
        return None
    return [(face, html.unescape(text)) for face, text in runs if text]


def lines_of(runs: Sequence[Run], shape: Shape) -> list[list[Bit]] | None:
    """The lines of a paragraph, first word to last; None when only the printer can tell."""
    words = _words(runs)
    if any(not char.isascii() and char.isspace() for _, text in runs for char in text):
        return None
    lines: list[list[Word]] = [[]]
    used, room = 0.0, shape.width - shape.indent
    for word in words:
        wide = sum(_width(run, shape) for run in word)
        space = _width((word[0][0], " "), shape) if lines[-1] else 0.0
        if abs(used + space + wide - room) < NARROW:
            return None
        if used + space + wide < room:
            lines[-1].append(word)
            used += space + wide
            continue
        if not lines[-1] or wide > shape.width - NARROW:
            return None
        lines.append([word])
        used, room = wide, shape.width
    if len(lines) > 1 and not all(map(_breaks_at_spaces_only, words)):
        return None
    return [_placed(line, shape, at, len(lines)) for at, line in enumerate(lines)]


def _face(open_tags: dict[str, int]) -> str:
    name = ("bold" if open_tags["b"] else "") + ("italic" if open_tags["i"] else "")
    return name or "regular"


def _words(runs: Sequence[Run]) -> list[Word]:
    """Words between spaces, each in the pieces its faces make; runs of spaces count as one."""
    words: list[Word] = [[]]
    for face, text in runs:
        for at, part in enumerate(re.split(r"[ \n\t\r]+", text)):
            if at and words[-1]:
                words.append([])
            if part:
                words[-1].append((face, part))
    return [word for word in words if word]


def _breaks_at_spaces_only(word: Word) -> bool:
    return _PLAIN.fullmatch("".join(text for _, text in word)) is not None


def _width(run: Run, shape: Shape) -> float:
    return metrics.width_in(run[0], run[1]) * shape.size / 1000


def _placed(line: Sequence[Word], shape: Shape, at: int, count: int) -> list[Bit]:
    """A line's words where they stand; the space between two faces goes with the first."""
    indent = shape.indent if at == 0 else 0.0
    runs = [
        (face, text + (" " if part == len(word) - 1 and number < len(line) - 1 else ""))
        for number, word in enumerate(line)
        for part, (face, text) in enumerate(word)
    ]
    free = shape.width - indent - sum(_width(run, shape) for run in runs)
    is_stretched = shape.align == "justify" and at < count - 1 and len(line) > 1
    gap = free / (len(line) - 1) if is_stretched else 0.0
    x = indent + (free / 2 if shape.align == "center" else 0.0)
    bits: list[Bit] = []
    for face, text in runs:
        if bits and bits[-1].face == face:
            bits[-1] = Bit(face, bits[-1].text + text, bits[-1].x, gap)
        else:
            bits.append(Bit(face, text, x, gap))
        x += _width((face, text), shape) + gap * text.count(" ")
    return bits
