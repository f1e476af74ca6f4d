"""Reading measures back out of a printed PDF, in millimetres from the upper left corner."""

import io
from dataclasses import dataclass

import pdfplumber

MM = 72 / 25.4
GAP_PT = 20  # a wider gap within a line separates columns


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


def read(pdf: bytes) -> Printed:
    """Open a PDF and gather its lines."""
    pages = pdfplumber.open(io.BytesIO(pdf)).pages
    lines = [
        _line(words, page, number)
        for number, page in enumerate(pages, start=1)
        for words in _lines(page)
    ]
    return Printed(pages, sorted(lines, key=lambda line: (line.page, line.baseline, line.x0)))


def _lines(page):
    rows = {}
    for word in page.extract_words(return_chars=True, extra_attrs=[]):
        rows.setdefault(round(word["chars"][0]["matrix"][5]), []).append(word)
    for row in rows.values():
        row.sort(key=lambda word: word["x0"])
        group = []
        for word in row:
            if group and word["x0"] - group[-1]["x1"] > GAP_PT:
                yield group
                group = []
            group.append(word)
        yield group


def _line(words, page, number):
    chars = [char for word in words for char in word["chars"]]
    return Line(
        text=" ".join(word["text"] for word in words),
        x0=words[0]["x0"] / MM,
        x1=words[-1]["x1"] / MM,
        baseline=(float(page.height) - chars[0]["matrix"][5]) / MM,
        size=round(max(char["size"] for char in chars), 1),
        fonts={char["fontname"] for char in chars},
        page=number,
        color=tuple(round(part, 2) for part in chars[0]["non_stroking_color"] or ()),
    )
