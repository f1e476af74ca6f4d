"""Word's own multilevel list for the numbers the outline gives: `I-`, `1.`, `1.1.`, `a)`, `-`, `+`.

A paper's markers are computed (documents.printing.outline); here each is left to Word to count, so
that a clause moved in Word takes its new number. Where Word would count differently, a new list
with a start value of its own begins. A marker no level can show stays as typed words.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from documents.printing.docx.xml import Element, Face, element, properties, run_properties, twips
from documents.printing.outline import Block, roman

OUTLINE, BULLETS = 1, 2  # the two abstract lists; bullets apart, or they would count as numbers
SECTION, LETTER = 0, 5
DEEPEST = 4  # `1.1.1.1.`
DASHES = ("-", "+")
SECTIONS = {"section", "article"}
_PATH = re.compile(r"\d+(?:\.\d+){0,3}\.")
_SECTION = re.compile(r"(?P<before>.*?)(?P<count>[IVXL]+|\d+)(?P<after>[^\dIVXL]*)")
_LETTERS = "abcd"  # then Vietnamese goes on with đ, which Word cannot count


@dataclass(frozen=True)
class Place:
    """A number as Word sees it: level, number, and the numbers above it."""

    level: int
    number: int
    above: tuple[int, ...] = ()


@dataclass
class Numbering:
    """Hands each block its list and level, counting as Word will count."""

    section_text: str = "%1."
    section_format: str = "upperRoman"
    _starts: list[dict[int, int]] = field(default_factory=lambda: [{}])
    _counts: dict[int, int] = field(default_factory=dict)
    _current: int = 0

    @classmethod
    def of(cls, blocks: Iterable[Block]) -> "Numbering":
        """The list of one paper: its sections may be `I-`, `I.` or `Điều 1.`."""
        for block in blocks:
            if block.role in SECTIONS and (match := _SECTION.fullmatch(block.marker)):
                is_roman = not match["count"].isdigit()
                return cls(
                    f"{match['before']}%1{match['after']}", "upperRoman" if is_roman else "decimal"
                )
        return cls()

    def of_block(self, block: Block) -> tuple[int, int] | None:
        """(list, level) of a block, or None if its marker is to be written as words."""
        if block.marker in DASHES:
            return 1, DASHES.index(block.marker)
        place = self._place(block)
        if place is None or not self._count(place):
            return None
        return self._current + 2, place.level

    def _place(self, block: Block) -> Place | None:
        marker = block.marker
        if block.role in SECTIONS:
            return self._section(marker)
        if _PATH.fullmatch(marker):
            *above, number = (int(part) for part in marker.rstrip(".").split("."))
            return Place(1 + len(above), number, tuple(above))
        if len(marker) == 2 and marker[0] in _LETTERS and marker[1] == ")":
            return Place(LETTER, _LETTERS.index(marker[0]) + 1)
        return None

    def _section(self, marker: str) -> Place | None:
        match = _SECTION.fullmatch(marker)
        if match is None:
            return None
        if self.section_format == "decimal":
            number = int(match["count"]) if match["count"].isdigit() else 0
        else:
            number = next((n for n in range(1, 50) if roman(n) == match["count"]), 0)
        shown = self.section_text.replace("%1", match["count"])
        return Place(SECTION, number) if number and shown == marker else None

    def _count(self, place: Place) -> bool:
        """Whether Word can arrive at the number; begins a new list if it must."""
        above = tuple(self._counts.get(level, 0) for level in range(1, place.level))
        if place.level <= DEEPEST and place.level > 1 and above != place.above:
            return False
        start = self._starts[self._current].get(place.level, 1)
        coming = self._counts[place.level] + 1 if place.level in self._counts else start
        is_skipped = bool(self._counts) and min(self._counts) > place.level
        if coming != place.number or is_skipped:
            self._starts.append({place.level: place.number})
            self._current = len(self._starts) - 1
        self._counts = {level: at for level, at in self._counts.items() if level < place.level}
        self._counts[place.level] = place.number
        return True

    def elements(self, indent_mm: float, font: str) -> list[Element]:
        """The abstract lists with their levels, and the lists that count by them."""
        shapes = [
            (self.section_format, self.section_text),
            *(("decimal", _path_text(level)) for level in range(1, DEEPEST + 1)),
            ("lowerLetter", f"%{LETTER + 1})"),
        ]
        dashes = [("bullet", dash) for dash in DASHES]
        return [
            _abstract(OUTLINE, [_level(*one, indent_mm, font) for one in enumerate(shapes)]),
            _abstract(BULLETS, [_level(*one, indent_mm, font) for one in enumerate(dashes)]),
            _list(1, BULLETS, {}),
            *(_list(at, OUTLINE, starts) for at, starts in enumerate(self._starts, start=2)),
        ]


def _abstract(code: int, levels: list[Element]) -> Element:
    kind = element("multiLevelType", val="multilevel")
    own = element("nsid", val=f"{code:08X}")  # Word takes lists with one nsid for one list
    return element("abstractNum", own, kind, *levels, abstractNumId=code)


def _path_text(level: int) -> str:
    return "".join(f"%{at + 1}." for at in range(1, level + 1))


def _level(at: int, shape: tuple[str, str], indent_mm: float, font: str) -> Element:
    return element(
        "lvl",
        element("start", val=1),
        element("numFmt", val=shape[0]),
        element("suff", val="space"),
        element("lvlText", val=shape[1]),
        element("lvlJc", val="left"),
        properties("pPr", element("ind", left=0, firstLine=twips(indent_mm))),
        run_properties(Face(font=font)),
        ilvl=at,
    )


def _list(at: int, abstract: int, starts: dict[int, int]) -> Element:
    overrides = [
        element("lvlOverride", element("startOverride", val=number), ilvl=level)
        for level, number in starts.items()
    ]
    return element("num", element("abstractNumId", val=abstract), *overrides, numId=at)
