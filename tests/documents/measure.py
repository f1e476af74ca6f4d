"""Reading measures back out of a printed PDF, in millimetres from the upper left corner."""

import ctypes
import io
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property

import pdfplumber
import pypdfium2
import pypdfium2.raw as pdfium

MM = 72 / 25.4
GAP_PT = 20  # a wider gap within a line separates columns
SPACE_PT = 3  # a wider gap within a line separates words
HYPHEN_AT_END = "\2"  # what PDFium makes of it


@dataclass
class Line:
    """One line of words: where it stands and how it is set."""

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    fonts: set
    page: int
    color: tuple = ()

    @property
    def centre(self):
        return (self.x0 + self.x1) / 2

    @property
    def is_bold(self):
        return all("Bold" in font for font in self.fonts)

    @property
    def is_italic(self):
        return all("Italic" in font for font in self.fonts)


@dataclass
class Sheet:
    """A page of a PDF, its size in points; what is drawn on it is read slowly, for those who ask."""

    pdf: bytes
    number: int
    width: float
    height: float

    @cached_property
    def _drawn(self):
        return pdfplumber.open(io.BytesIO(self.pdf)).pages[self.number - 1]

    @property
    def chars(self):
        return self._drawn.chars

    @property
    def rects(self):
        return self._drawn.rects

    @property
    def lines(self):
        return self._drawn.lines


@dataclass
class Printed:
    """All lines and drawn rules of a PDF."""

    pages: list
    lines: list

    def line(self, start, nth=0):
        """The nth line that begins with `start`."""
        return [line for line in self.lines if line.text.startswith(start)][nth]

    def on_page(self, number):
        return [line for line in self.lines if line.page == number]

    def rules(self, page=1):
        """Horizontal strokes of a page as (x0, x1, y)."""
        return [
            (shape["x0"] / MM, shape["x1"] / MM, shape["top"] / MM)
            for shape in self.pages[page - 1].rects
            if shape["height"] < 2 and shape["width"] > 5
        ]

    def boxes(self, page=1):
        """Closed frames of a page as (x0, top, width, height), outer edge."""
        frames = [
            (
                shape["x0"] / MM,
                shape["top"] / MM,
                shape["width"] / MM,
                shape["height"] / MM,
            )
            for shape in self.pages[page - 1].rects
            if shape["height"] > 10
        ]
        return frames[1::2]  # each is drawn as an inner and an outer edge

    @property
    def text(self):
        return "\n".join(line.text for line in self.lines)


@dataclass(slots=True)
class Char:
    """A letter where it was drawn, in points."""

    text: str
    x0: float
    x1: float
    y: float
    style: tuple  # size, name of the font, colour


def read(pdf: bytes) -> Printed:
    """Open a PDF and gather its lines."""
    with closing(pypdfium2.PdfDocument(pdf)) as file:
        pages = [Sheet(pdf, number, *page.get_size()) for number, page in enumerate(file, 1)]
        lines = [
            _line(words, sheet)
            for sheet, page in zip(pages, file, strict=True)
            for row in _rows(page)
            for words in _columns(_words(row))
        ]
    return Printed(pages, sorted(lines, key=lambda line: (line.page, line.baseline, line.x0)))


def _rows(page):
    """The letters of a page, those of one baseline together, from left to right."""
    rows, styles = {}, {}
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    text = page.get_textpage()
    for at in range(text.count_chars()):
        if pdfium.FPDFText_IsGenerated(text, at) == 1:
            continue
        pdfium.FPDFText_GetCharOrigin(text, at, x, y)
        pdfium.FPDFText_GetLooseCharBox(text, at, box)
        run = ctypes.addressof(pdfium.FPDFText_GetTextObject(text, at).contents)
        if run not in styles:
            styles[run] = _style(text, at)
        letter = chr(pdfium.FPDFText_GetUnicode(text, at)).replace(HYPHEN_AT_END, "-")
        char = Char(letter, x.value, box.right, y.value, styles[run])
        rows.setdefault(round(y.value), []).append(char)
    return [sorted(row, key=lambda char: char.x0) for row in rows.values()]


def _style(text, at):
    matrix, name = pdfium.FS_MATRIX(), ctypes.create_string_buffer(200)
    pdfium.FPDFText_GetMatrix(text, at, matrix)
    pdfium.FPDFText_GetFontInfo(text, at, name, len(name), None)
    parts = [ctypes.c_uint() for _part in range(4)]
    pdfium.FPDFText_GetFillColor(text, at, *parts)
    size = pdfium.FPDFText_GetFontSize(text, at) * abs(matrix.d)
    return size, name.value.decode(), tuple(round(part.value / 255, 2) for part in parts[:3])


def _words(row):
    word = []
    for char in row:
        is_space = char.text.isspace()
        if word and (is_space or char.x0 - word[-1].x1 > SPACE_PT):
            yield word
            word = []
        if not is_space:
            word.append(char)
    if word:
        yield word


def _columns(words):
    group = []
    for word in words:
        if group and word[0].x0 - group[-1][-1].x1 > GAP_PT:
            yield group
            group = []
        group.append(word)
    if group:
        yield group


def _line(words, sheet):
    chars = [char for word in words for char in word]
    return Line(
        text=" ".join("".join(char.text for char in word) for word in words),
        x0=chars[0].x0 / MM,
        x1=chars[-1].x1 / MM,
        baseline=(sheet.height - chars[0].y) / MM,
        size=round(max(char.style[0] for char in chars), 1),
        fonts={char.style[1] for char in chars},
        page=sheet.number,
        color=chars[0].style[2],
    )
