"""WordprocessingML in small pieces: elements, their properties in the order Word wants, units."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from documents.printing import metrics

_NOT_XML = re.compile("[\x00-\x09\x0b-\x1f\ufffe\uffff]")

Element = Any  # an lxml element; lxml carries no types

# The schema fixes the order of properties; Word repairs or refuses a file that breaks it.
_ORDER = {
    name: at
    for at, name in enumerate(
        [
            "rStyle",
            "rFonts",
            "b",
            "bCs",
            "i",
            "iCs",
            "caps",
            "color",
            "sz",
            "szCs",
            "u",
            "lang",
            "pStyle",
            "keepNext",
            "keepLines",
            "pageBreakBefore",
            "widowControl",
            "numPr",
            "pBdr",
            "tabs",
            "spacing",
            "ind",
            "contextualSpacing",
            "jc",
            "outlineLvl",
            "rPr",
            "sectPr",
            "tblStyle",
            "tblW",
            "tblInd",
            "jcTable",
            "tblBorders",
            "tblLayout",
            "tblCellMar",
            "tblLook",
            "cantSplit",
            "trHeight",
            "tblHeader",
            "tcW",
            "gridSpan",
            "tcBorders",
            "tcMar",
            "vAlign",
        ]
    )
}


def twips(mm: float) -> int:
    """Twentieths of a point in so many millimetres."""
    return round(mm * 1440 / 25.4)


def element(tag: str, *children: Element | None, **attributes: object) -> Element:
    """`element("ind", left=0)` → `<w:ind w:left="0"/>`; attributes without a value are left out."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        if value is not None:
            made.set(qn(f"w:{name}"), str(value))
    made.extend(child for child in children if child is not None)
    return made


def properties(tag: str, *children: Element | None) -> Element:
    """A `…Pr` element with its children in the schema's order."""
    found = [child for child in children if child is not None]
    return element(tag, *sorted(found, key=lambda child: _ORDER[child.tag.split("}")[1]]))


def flag(tag: str, is_on: bool) -> Element | None:
    """A property that is there or not, such as `<w:b/>`."""
    return element(tag) if is_on else None


@dataclass(frozen=True)
class Face:
    """How letters look, as far as it differs from the paragraph's style."""

    is_bold: bool = False
    is_italic: bool = False
    pt: float | None = None
    color: str | None = None
    font: str | None = None
    spacing_pt: float | None = None


def run_properties(face: Face, tag: str = "rPr") -> Element:
    """The letters of a run or of a paragraph's mark."""
    fonts = element("rFonts", ascii=face.font, hAnsi=face.font, eastAsia=face.font, cs=face.font)
    size = None if face.pt is None else f"{face.pt * 2:g}"
    return properties(
        tag,
        fonts if face.font else None,
        flag("b", face.is_bold),
        flag("bCs", face.is_bold),
        flag("i", face.is_italic),
        flag("iCs", face.is_italic),
        element("color", val=face.color.lstrip("#").upper()) if face.color else None,
        element("spacing", val=f"{face.spacing_pt * 20:.0f}") if face.spacing_pt else None,
        element("sz", val=size) if size else None,
        element("szCs", val=size) if size else None,
    )


def run(text: str, face: Face | None = None) -> Element:
    """Words in one style; a line break in them breaks the line."""
    made = element("r")
    if face and face != Face():
        made.append(run_properties(face))
    for at, line in enumerate(_clean(text).split("\n")):
        if at:
            made.append(element("br"))
        words = element("t")
        words.text = line
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        made.append(words)
    return made


def _clean(text: str) -> str:
    """NFC without invisible characters and those XML cannot hold."""
    return _NOT_XML.sub("", metrics.printable(text))


def tab() -> Element:
    """A tabulator, for dotted lines to write on."""
    return element("r", element("tab"))


@dataclass(frozen=True)
class Shape:
    """How one paragraph differs from its style; lengths in mm, gaps and lines in pt.

    `number` is (list, level); `rule` the width of a stroke below in pt; `line` an exact pitch.
    """

    number: tuple[int, int] | None = None
    keep_next: bool = False
    before: float | None = None
    after: float | None = None
    line: float | None = None
    left: float | None = None
    right: float | None = None
    first: float | None = None
    align: str | None = None
    rule: float | None = None
    mark: Face = Face()
    dots_at: float | None = None


PLAIN = Shape()


def paragraph(style: str, runs: Iterable[Element], shape: Shape = PLAIN) -> Element:
    """A paragraph of a style with what is special about it."""
    return element("p", _paragraph_properties(style, shape), *runs)


def _paragraph_properties(style: str, shape: Shape) -> Element:
    list_, level = shape.number or (0, 0)
    number = element("numPr", element("ilvl", val=level), element("numId", val=list_))
    weight = round((shape.rule or 0) * 8)
    border = element("top", val="single", sz=weight, space=0, color="auto")
    stop = element("tab", val="right", leader="dot", pos=twips(shape.dots_at or 0))
    return properties(
        "pPr",
        element("pStyle", val=style),
        flag("keepNext", shape.keep_next),
        number if shape.number else None,
        element("pBdr", border) if shape.rule else None,
        element("tabs", stop) if shape.dots_at else None,
        spacing(shape.before, shape.after, shape.line),
        indent(shape.left, shape.right, shape.first),
        element("jc", val=shape.align) if shape.align else None,
        run_properties(shape.mark) if shape.mark != Face() else None,
    )


def spacing(
    before: float | None, after: float | None, line: float | None, rule: str = "exact"
) -> Element | None:
    """Gaps around a paragraph and its pitch: points, or with rule `auto` a multiple."""
    if before is None and after is None and line is None:
        return None
    pitch = None if line is None else round(line * (240 if rule == "auto" else 20))
    return element(
        "spacing",
        before=None if before is None else round(before * 20),
        after=None if after is None else round(after * 20),
        line=pitch,
        lineRule=None if line is None else rule,
    )


def indent(left: float | None, right: float | None, first: float | None) -> Element | None:
    """Indents in mm; a first line further left hangs."""
    if left is None and right is None and first is None:
        return None
    return element(
        "ind",
        left=None if left is None else twips(left),
        right=None if right is None else twips(right),
        firstLine=None if first is None or first < 0 else twips(first),
        hanging=twips(-first) if first is not None and first < 0 else None,
    )


def rule(room: float, width: float, *, gap: float = 1, weight: float = 0.75) -> Element:
    """A drawn stroke of that width in mm, centred in its room: the border of an empty paragraph."""
    side = (room - width) / 2
    shape = Shape(left=side, right=side, first=0, before=gap, after=0, line=2, rule=weight)
    return paragraph("Vach", [], shape)


def nothing() -> Element:
    """The paragraph Word demands after a table, as low as it can be."""
    return paragraph("Vach", [], Shape(line=1))


@dataclass(frozen=True)
class Cell:
    """What stands in a cell of a table, and its width in mm."""

    width: float
    content: Sequence[Element]
    valign: str | None = None


def row(
    cells: Sequence[Cell],
    *,
    is_header: bool = False,
    is_long: bool = False,
    height: float | None = None,
) -> Element:
    """A row breaks across pages only if it is long; a header row is repeated on every page."""
    exact = element("trHeight", val=twips(height), hRule="exact") if height else None
    return element(
        "tr",
        properties("trPr", flag("cantSplit", not is_long), exact, flag("tblHeader", is_header)),
        *(_cell(cell) for cell in cells),
    )


def _cell(cell: Cell) -> Element:
    return element(
        "tc",
        properties(
            "tcPr",
            element("tcW", w=twips(cell.width), type="dxa"),
            element("vAlign", val=cell.valign) if cell.valign else None,
        ),
        *(cell.content or [paragraph("Vach", [])]),
    )


@dataclass(frozen=True)
class Frame:
    """Lines and inner distances of a table: weight in pt, colour, padding in mm, place."""

    weight: float = 0
    color: str = "auto"
    padding: tuple[float, float] = (0, 0)
    is_centred: bool = False


def table(widths: Sequence[float], rows: Sequence[Element], frame: Frame | None = None) -> Element:
    """A table of fixed columns; without a frame it only puts things side by side."""
    frame = frame or Frame()
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    line = (
        {"val": "single", "sz": round(frame.weight * 8), "space": 0, "color": frame.color}
        if frame.weight
        else {"val": "nil"}
    )
    vertical, horizontal = (twips(length) for length in frame.padding)
    padding = {"top": vertical, "left": horizontal, "bottom": vertical, "right": horizontal}
    look = properties(
        "tblPr",
        element("tblW", w=sum(twips(width) for width in widths), type="dxa"),
        element("tblBorders", *(element(side, **line) for side in sides)),
        element("tblLayout", type="fixed"),
        element("tblCellMar", *(element(side, w=w, type="dxa") for side, w in padding.items())),
    )
    place = element("jc", val="center") if frame.is_centred else element("tblInd", w=0, type="dxa")
    look.insert(1, place)
    columns = element("tblGrid", *(element("gridCol", w=twips(width)) for width in widths))
    return cast(Element, element("tbl", look, columns, *rows))
