"""Laying personal words on a paper that is set once: what `merge` prints hundreds of copies with.

Copies that are the same but for the words of marked paragraphs (`own`) and for their code, and that
break these words into the same number of lines, share one set paper. On it the words are drawn with
the printer's own fonts, line by line, where `typeset` finds the printer would put them.
"""

import io
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from django.utils.html import escape

from documents.printing import metrics
from documents.printing.css import skin_css, text_width
from documents.printing.own import Copy, blanked, framed, one_page, own_paragraphs
from documents.printing.pdf import Box, Laid, lay_out
from documents.printing.qr import qr_runs
from documents.printing.typeset import Bit, Shape, lines_of, runs_of

PX_PER_MM, PX_PER_PT = 96 / 25.4, 96 / 72
FEWEST = 3  # copies for which a set paper is worth while
_CSS = '[data-own],[id^="code-"]{visibility:hidden}'
_TAGS = {
    "regular": "{}",
    "bold": "<b>{}</b>",
    "italic": "<i>{}</i>",
    "bolditalic": "<b><i>{}</i></b>",
}
_CENTRED = {"centre", "enacting"}

Lines = list[list[Bit]]
Key = tuple[str, tuple[int, ...]]


@dataclass(frozen=True)
class Face:
    """How the printer drew a face: the name and size of its font, the first baseline, the line."""

    font: str
    size: float
    baseline: float
    line: float


@dataclass
class Sheets:
    """A set paper: its pages as they are drawn everywhere, and where each own thing stands."""

    pages: list[pikepdf.Object] = field(default_factory=list)
    height: float = 0
    boxes: dict[str, tuple[int, Box]] = field(default_factory=dict)


class Overlay:
    """The papers that several copies share, set in one go; `copies` maps a copy to its own lines."""

    def __init__(self, copies: Sequence[Copy], profile: Mapping[str, Any], title: str) -> None:
        self._codes = [copy.code for copy in copies]
        shaped = {at: _shaped(copy, profile) for at, copy in enumerate(copies)}
        found = {at: shape for at, shape in shaped.items() if shape is not None}
        counts = Counter(key for key, _ in found.values())
        self.copies = {at: one for at, one in found.items() if counts[one[0]] >= FEWEST}
        if self.copies:
            self._set(copies, profile, title)

    def _set(self, copies: Sequence[Copy], profile: Mapping[str, Any], title: str) -> None:
        firsts: dict[Key, int] = {}
        for at, (key, _) in self.copies.items():
            firsts.setdefault(key, at)
        frames = [framed(copies[at], number) for number, at in enumerate(firsts.values())]
        page = one_page(title, [*frames, *_samples(lines for _, lines in self.copies.values())])
        laid = lay_out(page, skin_css(profile, screen=False) + _CSS)
        self._pdf = pikepdf.open(io.BytesIO(laid.pdf))
        self._faces = dict(_faces(self._pdf, laid))
        self._fonts = self._pdf.make_indirect(_fonts(self._pdf))
        self._sheets: dict[Key, Sheets] = {}
        for number, key in enumerate(firsts):
            sheets = _sheets(self._pdf, laid, number)
            if _agrees(sheets, key, self._faces):
                self._sheets[key] = sheets
        self.copies = {at: one for at, one in self.copies.items() if one[0] in self._sheets}

    def pages_of(self, at: int) -> Iterator[pikepdf.Page]:
        """The pages of one copy, ready to be put into a file."""
        key, paragraphs = self.copies[at]
        sheets = self._sheets[key]
        words: dict[int, list[str]] = defaultdict(list)
        for number, lines in enumerate(paragraphs):
            page, box = sheets.boxes[f"own-{number}"]
            words[page].extend(_drawn_lines(lines, box, self._faces))
        if "code" in sheets.boxes:
            page, box = sheets.boxes["code"]
            words[page].append(_drawn_code(self._codes[at], box))
        for number, form in enumerate(sheets.pages):
            yield self._page(form, sheets.height, "\n".join(words[number]))

    def _page(self, form: pikepdf.Object, height: float, words: str) -> pikepdf.Page:
        content = f"/Paper Do\nq .75 0 0 -.75 0 {height:.4f} cm 0 g\n{words}\nQ"
        return pikepdf.Page(
            self._pdf.make_indirect(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Page,
                    MediaBox=form.BBox,
                    Resources=pikepdf.Dictionary(
                        Font=self._fonts, XObject=pikepdf.Dictionary(Paper=form)
                    ),
                    Contents=self._pdf.make_stream(content.encode("ascii")),
                )
            )
        )


def _shaped(copy: Copy, profile: Mapping[str, Any]) -> tuple[Key, list[Lines]] | None:
    """What a copy shares with others, and its own lines; None when only the printer can set it."""
    paragraphs: list[Lines] = []
    for classes, markup in own_paragraphs(copy.page):
        runs = runs_of(metrics.printable(markup))
        lines = runs and lines_of(runs, _shape(classes, profile))
        if not lines:
            return None
        paragraphs.append(lines)
    return (blanked(copy.page), tuple(map(len, paragraphs))), paragraphs


def _shape(classes: set[str], profile: Mapping[str, Any]) -> Shape:
    """The box of a paragraph of the body, as the skin's rules make it."""
    body = profile["body"]
    is_centred = bool(classes & _CENTRED)
    align = "left" if "loose" in classes else body["align"]
    return Shape(
        size=body["pt"] * PX_PER_PT,
        width=text_width(profile) * PX_PER_MM,
        indent=0 if is_centred else body["indent_mm"] * PX_PER_MM,
        align="center" if is_centred else align,
    )


def _samples(copies: Iterator[list[Lines]]) -> Iterator[str]:
    """A page for each face with every letter that is drawn in it, so that the font has them all."""
    letters: dict[str, set[str]] = defaultdict(set)
    for paragraphs in copies:
        for lines in paragraphs:
            for bit in (bit for line in lines for bit in line):
                letters[bit.face].update(bit.text)
    for face, used in sorted(letters.items()):
        words = _TAGS[face].format(escape("".join(sorted(used - {" "})) + " x"))
        yield (
            '<article class="paper"><div class="body">'
            f'<p class="loose" id="face-{face}">{words}</p></div></article>'
        )


def _faces(pdf: pikepdf.Pdf, laid: Laid) -> Iterator[tuple[str, Face]]:
    """Read from the sample pages how each face was drawn."""
    for page, boxes in zip(pdf.pages, laid.boxes, strict=True):
        for name in boxes:
            if name.startswith("face-"):
                yield name.removeprefix("face-"), _face(page, boxes[name])


def _face(page: pikepdf.Page, box: Box) -> Face:
    font, size, baselines = "", 0.0, []
    for step in pikepdf.parse_content_stream(page, "Tf Tm"):
        operands = [*step.operands]
        if str(step.operator) == "Tf":
            font, size = str(operands[0]), float(operands[1])
        elif str(step.operator) == "Tm":
            baselines.append(float(operands[5]))
    lines = len(set(baselines))
    return Face(font, size, min(baselines) - box[1], (box[3] - box[1]) / lines)


def _fonts(pdf: pikepdf.Pdf) -> pikepdf.Dictionary:
    """All fonts of the file under the names the pages know them by."""
    fonts = pikepdf.Dictionary()
    for page in pdf.pages:
        for name, font in page.resources.get("/Font", {}).items():
            fonts[name] = font
    return fonts


def _sheets(pdf: pikepdf.Pdf, laid: Laid, number: int) -> Sheets:
    """The pages of a set paper and where its own things stand on them."""
    sheets = Sheets()
    for page, boxes in zip(pdf.pages, laid.boxes, strict=True):
        if f"copy-{number}" not in boxes:
            continue
        for name, box in boxes.items():
            thing = name.removesuffix(f"-of-{number}")
            if thing != name:
                # A paragraph parted by the end of a page stands nowhere in one piece.
                parted = thing in sheets.boxes
                sheets.boxes[thing] = (len(sheets.pages), (0, 0, 0, 0) if parted else box)
        sheets.height = float(page.mediabox[3])
        sheets.pages.append(pdf.make_indirect(page.as_form_xobject()))
    return sheets


def _agrees(sheets: Sheets, key: Key, faces: Mapping[str, Face]) -> bool:
    """Whether the printer broke the first copy's own words into as many lines as we did."""
    heights = [
        sheets.boxes.get(f"own-{number}", (0, (0, 0, 0, 0)))[1] for number in range(len(key[1]))
    ]
    return all(
        abs(box[3] - box[1] - count * face.line) < 1
        for box, count in zip(heights, key[1], strict=True)
        for face in faces.values()
    )


def _drawn_lines(lines: Lines, box: Box, faces: Mapping[str, Face]) -> Iterator[str]:
    """The operators that draw a paragraph's lines in its box."""
    first = faces.get("regular") or next(iter(faces.values()))
    step = (box[3] - box[1]) / len(lines)
    yield "BT"
    for number, line in enumerate(lines):
        y = box[1] + first.baseline + number * step
        for bit in line:
            face = faces[bit.face]
            yield f"1 0 0 -1 {box[0] + bit.x:.4f} {y:.4f} Tm {face.font} {face.size:.4f} Tf"
            yield f"[{_glyphs(bit, face.size)}] TJ"
    yield "ET"


def _glyphs(bit: Bit, size: float) -> str:
    """Words as numbers of pictures; behind each space the gap, in thousandths of the size."""
    numbers = metrics.glyph_numbers(bit.face)
    coded = "".join(f"{numbers[ord(char)]:04x}" for char in bit.text)
    if not bit.gap:
        return f"<{coded}>"
    space, move = f"{numbers[ord(' ')]:04x}", f"{-bit.gap * 1000 / size:.2f}"
    pieces = ("".join(f"{numbers[ord(char)]:04x}" for char in word) for word in bit.text.split(" "))
    return f"{space}>{move}<".join(pieces).join("<>")


def _drawn_code(text: str, box: Box) -> str:
    """The operators that draw a code as squares in its box."""
    size, runs = qr_runs(text)
    unit = (box[2] - box[0]) / size
    squares = " ".join(f"{x} {y} {wide} 1 re" for x, y, wide in runs)
    return f"q {unit:.5f} 0 0 {unit:.5f} {box[0]:.4f} {box[1]:.4f} cm {squares} f Q"
