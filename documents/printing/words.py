"""The words of a paper as every renderer draws them: broken titles, Kính gửi, runs of text.

Screen, PDF and Word read a `Paper` through this module only, so they print the same words.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from documents.printing import marks, metrics
from documents.printing.css import text_width
from documents.printing.outline import Column, Table
from documents.printing.paper import Paper, bare, punctuated

PLACEHOLDERS = ("khách mời", "chức vụ", "đơn vị", "chỗ ngồi", "mã")
DOTS = "…" * 12
BOX = "☐"
CHARACTERS_PER_MM = 0.5  # of body text, roughly
LONG_LINES = 32  # lines of a row or of Nơi nhận that may break across pages
_SPECIAL = re.compile(rf"(\[(?:{'|'.join(PLACEHOLDERS)})\]|☐|□)")
_PLACEHOLDER = re.compile(rf"\[({'|'.join(PLACEHOLDERS)})\]")


@dataclass(frozen=True)
class Piece:
    """A stretch of words in one style; `kind` is "" for words, "box" to tick, "dots" to fill in."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    kind: str = ""


def typed_words(text: str) -> str:
    """What somebody outside typed, as a paper can print it: stars and brackets are no marks there,
    and what the typeface has no picture for stands as (?).
    """
    text = _PLACEHOLDER.sub("(\\1)", metrics.printable(text)).replace("*", "∗").replace("\t", " ")
    return metrics.without_unprintable(text, "(?)")


def pieces(text: str, fill: Mapping[str, str], *, is_italic: bool = False) -> Iterator[Piece]:
    """Marked text cut into pieces, with the placeholders filled or dotted."""
    for run in marks.runs(text, is_italic=is_italic):
        if "[" not in run.text and BOX not in run.text and "□" not in run.text:
            yield Piece(run.text, run.is_bold, run.is_italic)
            continue
        for part in filter(None, _SPECIAL.split(run.text)):
            yield _piece(part, run, fill)


def _piece(part: str, run: marks.Run, fill: Mapping[str, str]) -> Piece:
    if part in {BOX, "□"}:
        return Piece(BOX, kind="box")
    if not _SPECIAL.fullmatch(part):
        return Piece(part, run.is_bold, run.is_italic)
    if words := fill.get(part[1:-1], ""):
        return Piece(words, is_bold=True, is_italic=run.is_italic)
    return Piece(DOTS, run.is_bold, run.is_italic, "dots")


@dataclass(frozen=True)
class Titles:
    """The words at the head of a paper, broken into lines that fit their room."""

    parent: list[str]
    organisation: list[str]
    abstract: list[str]
    subject: list[str]


def heading_columns(paper: Paper) -> tuple[float, float]:
    """The widths in mm of the two columns of the heading; a long place and date gets its room."""
    left, right = paper.profile["columns_mm"]
    needed = metrics.width_mm(paper.place_date, paper.profile["place_date"]["pt"]) + 1
    return (left, right) if needed <= right else (left + right - needed, needed)


def titles(paper: Paper) -> Titles:
    """Break names and abstract by the width of their letters."""
    profile = paper.profile
    left = heading_columns(paper)[0]
    return Titles(
        parent=_lines(paper.parent_organisation, profile["parent_org"], left - 2),
        organisation=_lines(paper.organisation, profile["org"], left - 2),
        abstract=_lines(paper.abstract, profile["abstract"], text_width(profile) - 16),
        subject=_lines(paper.letter_subject, profile["letter_abstract"], left - 8),
    )


def _lines(text: str, rule: Mapping[str, Any], room: float) -> list[str]:
    if not text:
        return []
    return metrics.balanced(text, rule["pt"], room, is_bold=bool(rule.get("bold")))


def addressee_lines(paper: Paper) -> tuple[str, ...]:
    """Kính gửi: one addressee on the same line, several as a list."""
    rule = paper.profile["addressees"]
    lines = [bare(line) for line in paper.addressees]
    if len(lines) < 2:
        return tuple(line + rule["end"] for line in lines)
    return punctuated([f"- {line}" for line in lines], rule["sep"], rule["end"])


def column_widths(columns: Sequence[Column], room: float) -> list[float]:
    """The widths asked for in mm; columns without one share what is left."""
    free = sum(1 for column in columns if not column.width)
    left = room - sum(column.width for column in columns)
    return [column.width or left / free for column in columns]


def is_long_row(cells: Sequence[str], table: Table, room: float) -> bool:
    """Whether a row would leave most of a page empty if it were not allowed to break."""
    widths = column_widths(table.columns, room)
    return any(
        len(cell) / (width * CHARACTERS_PER_MM) > LONG_LINES
        for cell, width in zip(cells, widths, strict=True)
    )


def is_lead_row(cells: Sequence[str]) -> bool:
    """Whether a row, all bold, heads those that follow."""
    return any(cells) and all(cell.startswith("**") for cell in cells if cell)


def is_long_list(paper: Paper) -> bool:
    """Whether Nơi nhận is too long to stay on one page with the last lines."""
    return len(paper.recipients) > LONG_LINES


def stays_with_next(paper: Paper, at: int) -> bool:
    """Whether a block may not be parted from what follows, so that two lines go with the signature.

    The last block never is; if it is a single short line, the one before it stays too. Nor is a
    line that announces others ("Thành phần mời:").
    """
    last = len(paper.blocks) - 1
    if at == last:
        return bool(paper.signatures)
    if marks.plain(paper.blocks[at].text).rstrip().endswith(":"):
        return True
    if at < last - 1 or not paper.signatures or paper.blocks[last].table:
        return False
    body = paper.profile["body"]
    room = text_width(paper.profile) - body["indent_mm"]
    words = f"{paper.blocks[last].marker} {marks.plain(paper.blocks[last].text)}"
    return bool(metrics.width_mm(words, body["pt"]) < room)


def recipients_label(paper: Paper) -> str:
    """`Nơi nhận:`"""
    return str(paper.profile["recipients_label"].get("text", "Nơi nhận:"))
