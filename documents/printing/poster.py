"""A notice-board poster: one page, big letters, a code to answer by telephone."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from django.template.loader import render_to_string

from documents.printing.metrics import balanced
from documents.printing.pdf import write_pdf
from documents.printing.qr import qr_data_uri

FITS = (1.0, 0.88, 0.76, 0.64, 0.5)
TITLE_PT, SIDE_MM = 38, 16
SIZES = {"a4": ("A4", 1.0), "a3": ("A3", 1.414)}


@dataclass(frozen=True)
class Poster:
    """What hangs on the board: who calls, to what, the facts, how to be heard."""

    issuer: str
    title: str
    theme: str
    facts: Sequence[tuple[str, str]]
    call: str
    answers: Sequence[str]
    qr_text: str = ""
    qr_caption: str = ""


def render_poster(poster: Poster, *, size: str = "a4") -> bytes:
    """The poster as PDF on one sheet of A4 or A3; long words make all letters smaller."""
    context = {"poster": poster, "qr": qr_data_uri(poster.qr_text) if poster.qr_text else ""}
    for fit in FITS:
        lines = balanced(poster.title, TITLE_PT, _room(fit), is_bold=True)
        page = render_to_string("documents/print/poster.html", {**context, "title_lines": lines})
        printed = write_pdf(page, {}, css=poster_css(size, fit))
        with pikepdf.open(BytesIO(printed)) as file:
            if len(file.pages) == 1:
                break
    return printed


def _room(fit: float) -> float:
    """The width in mm a line of the title has on an A4 sheet with letters of full size."""
    return 210 / fit - 2 * SIDE_MM - 1


def poster_css(size: str, fit: float = 1.0) -> str:
    """Every measure of the poster, larger on the larger sheet, smaller by `fit`."""
    sheet, scale = SIZES[size]
    scale *= fit

    def pt(points: float) -> str:
        return f"{points * scale:.1f}pt"

    return f"""
@page {{ size: {sheet} portrait; margin: {18 * scale:.0f}mm {SIDE_MM * scale:.0f}mm; }}
html {{ font-family: "Times New Roman"; color: #1d1f23; }}
body {{ margin: 0; }}
.issuer {{ text-align: center; font-size: {pt(18)}; font-weight: bold; text-transform: uppercase; }}
.rule {{ border-top: {pt(3)} solid #9e1b1e; margin: {pt(10)} 20% {pt(16)}; }}
h1 {{ text-align: center; font-size: {pt(TITLE_PT)}; line-height: 1.15; color: #9e1b1e; margin: 0 0 {pt(10)}; }}
.theme {{ text-align: center; font-size: {pt(22)}; font-style: italic; margin: 0 0 {pt(18)}; }}
table {{ width: 100%; border-collapse: collapse; font-size: {pt(22)}; }}
th {{ text-align: left; vertical-align: top; width: 25%; padding: {pt(6)} {pt(10)} {pt(6)} 0; font-weight: normal; color: #555; }}
td {{ padding: {pt(6)} 0; font-weight: bold; }}
.answers {{ margin-top: {pt(18)}; border-top: {pt(1)} solid #ddd6c8; padding-top: {pt(12)}; }}
.answers h2 {{ font-size: {pt(24)}; margin: 0 0 {pt(8)}; }}
.answers p {{ font-size: {pt(18)}; margin: 0 0 {pt(6)}; }}
.answers img {{ float: right; width: {44 * scale:.0f}mm; height: {44 * scale:.0f}mm; margin: 0 0 {pt(6)} {pt(16)}; }}
.caption {{ font-size: {pt(13)}; color: #555; overflow-wrap: anywhere; }}
"""
