"""Word counts lists itself; here the numbers and dashes it shows are written out."""

from dataclasses import dataclass, field
from typing import Any

from documents.reading.wordstyles import W, value

_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
          (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_KEPT_BULLETS = set("-–—+*•·●▪■◆❖►")
_DEEPEST = 9


@dataclass(slots=True)
class _Level:
    """One level of a list."""

    format: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass(slots=True)
class Lists:
    """Counts the numbered paragraphs of a file in reading order."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    starts: dict[str, dict[int, int]] = field(default_factory=dict)
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, root: Any) -> "Lists":
        """Read `word/numbering.xml` (None: a file without lists)."""
        lists = cls()
        if root is None:
            return lists
        for abstract in root.iter(W + "abstractNum"):
            name = abstract.get(W + "abstractNumId", "")
            lists.levels[name] = dict(map(_level, abstract.iter(W + "lvl")))
        for number in root.iter(W + "num"):
            name = number.get(W + "numId", "")
            lists.abstract[name] = value(number, "abstractNumId") or ""
            lists.starts[name] = _overrides(number)
        return lists

    def marker(self, number: str | None, level: int) -> str:
        """What Word shows before the next paragraph of a list: "I.", "1.1.", "-"; "" for none."""
        abstract = self.abstract.get(number or "")
        rows = self.levels.get(abstract or "", {})
        shape = rows.get(level)
        if number is None or abstract is None or shape is None or level >= _DEEPEST:
            return ""
        if shape.format == "bullet":
            above = sum(row.format == "bullet" for at, row in rows.items() if at < level)
            return _bullet(shape.text, above)
        counts = self._counted(number, abstract, level, rows)
        if shape.format == "none":
            return ""
        return _fill(shape.text, counts, rows).strip()

    def _counted(
        self, number: str, abstract: str, level: int, rows: dict[int, _Level]
    ) -> list[int | None]:
        """Lists of one abstract list go on counting together; an override begins anew, once."""
        counts = self.counts.setdefault(abstract, [None] * _DEEPEST)
        if number not in self.seen:
            self.seen.add(number)
            for at, start in self.starts.get(number, {}).items():
                counts[at] = start - 1
        now = counts[level]
        counts[level] = rows[level].start if now is None else now + 1
        for below in range(level + 1, _DEEPEST):
            counts[below] = None
        return counts


def _level(element: Any) -> tuple[int, _Level]:
    at = element.get(W + "ilvl", "0")
    start = value(element, "start") or "1"
    return (
        int(at) if at.isdecimal() else 0,
        _Level(
            format=value(element, "numFmt") or "decimal",
            text=(value(element, "lvlText") or "")[:40],
            start=int(start) if start.isdecimal() else 1,
        ),
    )


def _overrides(number: Any) -> dict[int, int]:
    found = {}
    for override in number.iter(W + "lvlOverride"):
        at, start = override.get(W + "ilvl", ""), value(override, "startOverride") or ""
        if at.isdecimal() and start.isdecimal() and int(at) < _DEEPEST:
            found[int(at)] = int(start)
    return found


def _bullet(text: str, above: int) -> str:
    """The sign itself if it is one people type; else a dash, below another level of signs a plus."""
    return text if text in _KEPT_BULLETS else "+" if above else "-"


def _fill(text: str, counts: list[int | None], rows: dict[int, _Level]) -> str:
    for at in range(_DEEPEST):
        place = f"%{at + 1}"
        if place in text:
            shape = rows.get(at, _Level())
            counted = counts[at]
            text = text.replace(place, _count(counted or shape.start, shape.format))
    return text


def _count(number: int, form: str) -> str:
    if form in {"upperRoman", "lowerRoman"}:
        return _roman(number) if form == "upperRoman" else _roman(number).lower()
    if form in {"upperLetter", "lowerLetter"}:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _roman(number: int) -> str:
    written = ""
    for worth, letters in _ROMAN:
        while number >= worth and len(written) < 20:
            written += letters
            number -= worth
    return written
