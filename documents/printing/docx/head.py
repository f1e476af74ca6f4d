"""The head of a Word file: the two columns, the name of the paper, Kính gửi."""

from collections.abc import Iterator, Sequence

from documents.printing.css import text_width
from documents.printing.docx.xml import (
    Cell,
    Element,
    Face,
    Frame,
    Shape,
    nothing,
    paragraph,
    row,
    rule,
    run,
    table,
)
from documents.printing.metrics import MM_PER_PT, width_mm
from documents.printing.paper import Paper
from documents.printing.words import addressee_lines, heading_columns, titles

STAMP_PADDING_MM = 6


def head(paper: Paper) -> list[Element]:
    """Everything above the body."""
    return [*_columns(paper), *_name(paper), *_addressees(paper)]


def _columns(paper: Paper) -> list[Element]:
    left, right = heading_columns(paper)
    rows = [row([Cell(left, _issuer(paper)), Cell(right, list(_nation(paper)))])]
    star = paper.profile["org"].get("star", "")
    by_star = paper.profile["place_date"].get("beside") == "star"
    # A line that fills its column is set closer: another typeface may be a little wider than ours.
    is_full = right > paper.profile["columns_mm"][1]
    date = run(paper.place_date, Face(spacing_pt=-0.3) if is_full else None)
    place = [paragraph("DiaDanh", [date])] if paper.place_date else []
    if star:
        beside = Cell(right, place if by_star else [])
        rows.append(row([Cell(left, [paragraph("DauSao", [run(star)])]), beside]))
    number = [paragraph("SoKyHieu", [run(paper.number)]), *_below_number(paper)]
    rows.append(row([Cell(left, number), Cell(right, [] if by_star else place)]))
    return [table([left, right], rows)]


def _issuer(paper: Paper) -> list[Element]:
    profile, words = paper.profile, titles(paper)
    found = []
    if words.parent:
        found.append(paragraph("CapTren", [run("\n".join(words.parent))]))
    found.append(paragraph("CoQuan", [run("\n".join(words.organisation))]))
    if share := profile["org"].get("rule"):
        width = _widest(words.organisation, profile["org"]["pt"], is_bold=True) * share
        found.append(rule(heading_columns(paper)[0], width, gap=2))
    return found


def _nation(paper: Paper) -> Iterator[Element]:
    room = heading_columns(paper)[1]
    for at, line in enumerate(paper.profile["heading"], start=1):
        yield paragraph(f"QuocHieu{at}", [run(line["text"])])
        if share := line.get("rule"):
            width = width_mm(line["text"], line["pt"], is_bold=bool(line.get("bold")))
            yield rule(room, width * share, gap=1)


def _widest(lines: Sequence[str], pt: float, *, is_bold: bool) -> float:
    return max(width_mm(line, pt, is_bold=is_bold) for line in lines)


def _below_number(paper: Paper) -> Iterator[Element]:
    """Under the number: the subject of a letter, how urgent it is, that it is a draft."""
    profile = paper.profile
    room = heading_columns(paper)[0]
    if lines := titles(paper).subject:
        yield paragraph("TrichYeuCV", [run("\n".join(lines))])
    if paper.urgency:
        box = profile["urgency"].get("boxes_mm", {}).get(paper.urgency_key)
        if box and profile["urgency"].get("boxed"):
            color = str(profile["urgency"].get("color", "#e2001a")).lstrip("#").upper()
            yield from _stamp("DoKhan", paper.urgency, room, (box[0], box[1]), (1, color))
        else:
            yield paragraph("DoKhan", [run(paper.urgency)], Shape(before=6))
    if paper.draft_mark:
        rule_ = profile["draft"]
        if rule_.get("boxed"):
            width = width_mm(paper.draft_mark, rule_["pt"], is_bold=True) + STAMP_PADDING_MM
            size = (width, rule_["pt"] * 1.15 * MM_PER_PT + 0.6)
            yield from _stamp("DuThao", paper.draft_mark, room, size, (0.75, "auto"))
        else:
            yield paragraph("DuThao", [run(paper.draft_mark)], Shape(before=6))


def _stamp(
    style: str, words: str, room: float, size: tuple[float, float], stroke: tuple[float, str]
) -> Iterator[Element]:
    """Words in a box of that size in mm: a table of one cell between two low paragraphs."""
    width, height = size
    weight, color = stroke
    cell = Cell(width, [paragraph(style, [run(words)])], valign="center")
    yield paragraph("Vach", [], Shape(line=6))
    yield table(
        [width], [row([cell], height=height)], Frame(weight=weight, color=color, is_centred=True)
    )
    yield nothing()


def _name(paper: Paper) -> Iterator[Element]:
    """The type in capitals, the abstract, and what is drawn below it."""
    if not paper.type_name:
        return
    abstract = paper.profile["abstract"]
    yield paragraph("Title", [run(paper.type_name)], Shape(before=20))
    lines = titles(paper).abstract
    if not lines:
        return
    yield paragraph("Subtitle", [run("\n".join(lines))])
    if share := abstract.get("rule"):
        width = _widest(lines, abstract["pt"], is_bold=bool(abstract.get("bold"))) * share
        yield rule(text_width(paper.profile), width, gap=4)
    if dashes := abstract.get("dashes"):
        yield paragraph("GachDuoi", [run(dashes)], Shape(keep_next=True))


def _addressees(paper: Paper) -> Iterator[Element]:
    lines = addressee_lines(paper)
    if not lines:
        return
    label, pt = f"{paper.addressees_label}:", paper.profile["addressees"]["pt"]
    first = width_mm(label, pt) + 4
    room = text_width(paper.profile) - first
    second = min(room, _widest(lines, pt, is_bold=False) + 2)
    yield paragraph("Vach", [], Shape(line=16))
    cells = [
        Cell(first, [paragraph("KinhGuiNhan", [run(label)])]),
        Cell(second, [paragraph("KinhGui", [run(line)]) for line in lines]),
    ]
    yield table([first, second], [row(cells)], Frame(is_centred=True))
