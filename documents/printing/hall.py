"""What is printed for a hall: name badges, table signs, the plan of seats."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string

from documents.printing.pdf import write_pdf
from documents.printing.qr import qr_data_uri

BADGES_A_SHEET = 10
ONE_LINE, LINE_POINTS = 20, 960
"""Letters of a name on one line of a sign; points times letters that fill it in bold capitals."""
SHEET_MM, LEAST_FOR_POST = 273, 24
INK, RED, GREY = "#1d1f23", "#9e1b1e", "#555"


@dataclass(frozen=True)
class Badge:
    """A badge of 90 × 55 mm: who somebody is, where they sit, the code of the door."""

    issuer: str
    title: str
    name: str
    post: str = ""
    body: str = ""
    seat: str = ""
    qr_text: str = ""
    code: str = ""

    @property
    def size(self) -> str:
        """Long names and posts are set smaller, so that every badge holds its words."""
        return _size(self.name, self.post + self.body)


@dataclass(frozen=True)
class Sign:
    """A sign for the table, folded in the middle of an A4 sheet and read from both sides."""

    name: str
    post: str = ""
    body: str = ""

    @property
    def lines(self) -> list[str]:
        """The name on one line, or a long one on two of about the same length."""
        words = self.name.split()
        if len(self.name) <= ONE_LINE or len(words) < 2:
            return [self.name]
        cut = min(
            range(1, len(words)),
            key=lambda at: abs(len(" ".join(words[:at])) - len(" ".join(words[at:]))),
        )
        return [" ".join(words[:cut]), " ".join(words[cut:])]

    @property
    def points(self) -> int:
        """How large the name can be on a sheet 297 mm wide: readable across the hall."""
        return max(24, min(96, round(LINE_POINTS / max(map(len, self.lines), default=1))))


@dataclass(frozen=True)
class Sitting:
    """One seat, perhaps with who sits there."""

    label: str
    name: str = ""
    who: str = ""


@dataclass(frozen=True)
class SeatChart:
    """The hall from the front, row by row or table by table, and everybody by name."""

    title: str
    subtitle: str
    blocks: Sequence[tuple[str, Sequence[Sitting]]]
    people: Sequence[Sitting]
    front: str = ""


def render_badges(badges: Sequence[Badge]) -> bytes:
    """Ten badges on each A4 sheet, with marks to cut along."""
    shown = [(badge, qr_data_uri(badge.qr_text) if badge.qr_text else "") for badge in badges]
    sheets = [shown[at : at + BADGES_A_SHEET] for at in range(0, len(shown), BADGES_A_SHEET)]
    page = render_to_string("documents/print/badges.html", {"sheets": sheets})
    return write_pdf(page, {}, variant=None, css=BADGE_CSS)


def render_signs(signs: Sequence[Sign]) -> bytes:
    """One A4 sheet per person, to be folded along the line in the middle."""
    page = render_to_string("documents/print/signs.html", {"signs": signs})
    sizes = sorted({sign.points for sign in signs})
    return write_pdf(page, {}, variant=None, css=SIGN_CSS + "".join(map(_name_rule, sizes)))


def render_chart(chart: SeatChart) -> bytes:
    """The plan of seats on A4 across, then the list by name."""
    page = render_to_string("documents/print/seats.html", {"chart": chart})
    return write_pdf(page, {}, css=CHART_CSS + _seat_rule(chart))


def _seat_rule(chart: SeatChart) -> str:
    """As many seats side by side as a row has, up to twenty; narrow ones hold the name alone."""
    longest = max((len(seats) for _name, seats in chart.blocks), default=1)
    across = longest if longest <= 20 else -(-longest // -(-longest // 20))
    width = min(40.0, SHEET_MM / across - 0.7)
    rule = f".seat {{ width: {width:.1f}mm; }}\n"
    return rule if width >= LEAST_FOR_POST else rule + ".seat .who { display: none; }\n"


def _size(name: str, words: str) -> str:
    if len(name) > 28 or len(words) > 90:
        return "small"
    return "middle" if len(name) > 20 or len(words) > 55 else "large"


def _name_rule(points: int) -> str:
    return f".n{points} {{ font-size: {points}pt; }}\n"


BADGE_CSS = f"""
@page {{ size: A4; margin: 11mm 15mm; }}
html {{ font-family: "Times New Roman"; color: {INK}; }}
body {{ margin: 0; }}
.sheet {{ width: 180mm; height: 275mm; break-after: page; }}
.sheet:last-child {{ break-after: auto; }}
.badge {{ float: left; box-sizing: border-box; width: 90mm; height: 55mm; position: relative;
  border: 0.2mm dashed #bbb; padding: 3mm 4mm; overflow: hidden; text-align: center; }}
.issuer {{ font-size: 8pt; font-weight: bold; text-transform: uppercase; margin: 0; color: {RED}; }}
.title {{ font-size: 7.5pt; margin: 0.5mm 0 0; height: 6.5mm; overflow: hidden; line-height: 1.15; color: {GREY}; }}
.middle-part {{ position: absolute; left: 4mm; right: 4mm; top: 14mm; height: 22mm; }}
.name {{ font-weight: bold; margin: 0 0 0.6mm; line-height: 1.1; }}
.post {{ margin: 0; line-height: 1.15; }}
.large .name {{ font-size: 19pt; }} .large .post {{ font-size: 11pt; }}
.middle .name {{ font-size: 16pt; }} .middle .post {{ font-size: 10pt; }}
.small .name {{ font-size: 13pt; }} .small .post {{ font-size: 8pt; }}
.foot {{ position: absolute; left: 4mm; right: 4mm; bottom: 2.5mm; height: 15mm; text-align: left; }}
.foot img {{ float: right; width: 15mm; height: 15mm; }}
.foot p {{ margin: 0; font-size: 9pt; }}
.foot .seat {{ font-weight: bold; font-size: 11pt; padding-top: 3mm; }}
.foot .code {{ color: {GREY}; font-size: 8pt; }}
"""

SIGN_CSS = f"""
@page {{ size: A4 landscape; margin: 0; }}
html {{ font-family: "Times New Roman"; color: {INK}; }}
body {{ margin: 0; }}
.sign {{ width: 297mm; height: 210mm; position: relative; break-after: page; overflow: hidden; }}
.sign:last-child {{ break-after: auto; }}
.half {{ position: absolute; left: 0; width: 297mm; height: 105mm; text-align: center; }}
.half.far {{ top: 0; transform: rotate(180deg); }}
.half.near {{ top: 105mm; border-top: 0.2mm dashed #bbb; box-sizing: border-box; }}
table {{ width: 297mm; border-collapse: collapse; }}
tr {{ height: 105mm; }}
td {{ vertical-align: middle; text-align: center; padding: 8mm 12mm; }}
.name {{ font-weight: bold; text-transform: uppercase; line-height: 1.05; margin: 0; color: {RED}; }}
.post {{ font-size: 26pt; margin: 5mm 0 0; line-height: 1.15; }}
"""

CHART_CSS = f"""
@page {{ size: A4 landscape; margin: 12mm;
  @bottom-right {{ content: counter(page) "/" counter(pages); font: 9pt "Times New Roman"; }} }}
html {{ font-family: "Times New Roman"; color: {INK}; font-size: 9pt; }}
body {{ margin: 0; }}
h1 {{ text-align: center; font-size: 15pt; margin: 0; }}
.sub {{ text-align: center; margin: 1mm 0 4mm; color: {GREY}; }}
.front {{ text-align: center; border: 0.4mm solid {RED}; padding: 2mm; margin: 0 25% 5mm; font-weight: bold; font-size: 11pt; }}
.block {{ margin: 0 0 3mm; break-inside: avoid; }}
.block h2 {{ font-size: 10pt; margin: 0 0 1mm; color: {RED}; }}
.seat {{ display: inline-block; vertical-align: top; box-sizing: border-box; height: 15mm;
  border: 0.2mm solid #999; padding: 0.8mm 1mm; margin: 0 0.6mm 0.6mm 0; overflow: hidden; line-height: 1.1; }}
.seats {{ font-size: 0; }}
.seat .no {{ color: {GREY}; font-size: 7.5pt; }}
.seat .name {{ font-weight: bold; font-size: 8pt; }}
.seat .no {{ margin-right: 0.8mm; }}
.seat .long {{ font-size: 6.5pt; }}
.seat .who {{ display: block; line-clamp: 2; font-size: 6.5pt; color: {GREY}; }}
.list {{ break-before: page; columns: 2; column-gap: 10mm; }}
.list h2 {{ column-span: all; font-size: 12pt; margin: 0 0 3mm; }}
.list table {{ width: 100%; border-collapse: collapse; }}
.list td {{ border-bottom: 0.2mm solid #ccc; padding: 0.8mm 1mm; vertical-align: top; break-inside: avoid; }}
.list .at {{ white-space: nowrap; text-align: right; font-weight: bold; }}
"""
