"""A paper as an HTML page: the preview on screen and, with the printer's style sheet, the PDF."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from documents.printing.css import skin_css, skin_version, text_width
from documents.printing.outline import Block, Column
from documents.printing.paper import Paper
from documents.printing.qr import qr_data_uri
from documents.printing.words import (
    DOTS,
    Piece,
    addressee_lines,
    is_lead_row,
    is_long_list,
    is_long_row,
    pieces,
    recipients_label,
    stays_with_next,
    titles,
)

__all__ = ["render_html", "skin_css", "skin_version"]


@dataclass(frozen=True)
class DrawnRow:
    """A row of a table; one longer than a page may break, one that leads others stays with them."""

    cells: Sequence[tuple[SafeString, Column]]
    is_long: bool
    is_lead: bool = False
    clause_id: int = 0


@dataclass(frozen=True)
class DrawnBlock:
    """A block with its words already marked up."""

    block: Block
    words: SafeString
    rows: Sequence["DrawnRow"] = ()
    is_kept: bool = False

    @property
    def is_loose(self) -> bool:
        """Whether a dotted line waits for a hand: such a line is not stretched."""
        return DOTS in self.words


def render_html(papers: Paper | Sequence[Paper], *, for_print: bool, css_url: str = "") -> str:
    """A whole HTML page; on screen it links to the skin's style sheet, for the printer to none."""
    papers = [papers] if isinstance(papers, Paper) else list(papers)
    if not for_print and not css_url:
        paper = papers[0]
        css_url = reverse("documents:skin_css", args=[paper.skin_code, skin_version(paper.profile)])
    return wrap(papers[0].title, [render_article(paper) for paper in papers], css_url=css_url)


def wrap(title: str, articles: Sequence[str], *, css_url: str = "") -> str:
    """Articles that are already HTML, as one page."""
    return render_to_string(
        "documents/print/document.html",
        {"title": title, "articles": articles, "css_url": css_url},
    )


def render_article(paper: Paper) -> SafeString:
    """One paper, from the heading to the last recipient."""
    return render_to_string("documents/print/paper.html", _context(paper))


def _context(paper: Paper) -> dict[str, Any]:
    profile = paper.profile
    broken = titles(paper)
    minutes = len(paper.signatures) > 1
    return {
        "paper": paper,
        "nation": list(profile["heading"]),
        "parent_lines": broken.parent,
        "org_lines": broken.organisation,
        "star": profile["org"].get("star", ""),
        "has_org_rule": bool(profile["org"].get("rule")),
        "is_date_by_star": profile["place_date"].get("beside") == "star",
        "abstract_lines": broken.abstract,
        "subject_lines": broken.subject,
        "dashes": profile["abstract"].get("dashes", ""),
        "is_draft_boxed": profile["draft"].get("boxed"),
        "is_urgency_boxed": profile["urgency"].get("boxed"),
        "addressees": addressee_lines(paper),
        "blocks": [
            replace(_drawn(block, paper), is_kept=stays_with_next(paper, at))
            for at, block in enumerate(paper.blocks)
        ],
        "appendices": [
            {"appendix": one, "blocks": [_drawn(block, paper) for block in one.blocks]}
            for one in paper.appendices
        ],
        "is_minutes": minutes,
        "is_long_list": is_long_list(paper),
        "recipients_label": recipients_label(paper),
        "qr_uri": qr_data_uri(paper.qr.text) if paper.qr else "",
    }


def _drawn(block: Block, paper: Paper) -> DrawnBlock:
    if block.table is None:
        return DrawnBlock(block, inline(block.text, paper.fill, is_italic=block.is_italic))
    room = text_width(paper.profile)
    ids = block.table.row_ids or (0,) * len(block.table.rows)
    rows = [
        DrawnRow(
            [
                (inline(cell, paper.fill), column)
                for cell, column in zip(cells, block.table.columns, strict=True)
            ],
            is_long_row(cells, block.table, room),
            is_lead_row(cells),
            clause_id,
        )
        for cells, clause_id in zip(block.table.rows, ids, strict=True)
    ]
    return DrawnBlock(block, SafeString(), rows)


def inline(text: str, fill: Mapping[str, str], *, is_italic: bool = False) -> SafeString:
    """Marked text as HTML; everything else a person typed is escaped."""
    drawn = ((_drawn_piece(piece),) for piece in pieces(text, fill, is_italic=is_italic))
    return format_html_join("", "{}", drawn)


def _drawn_piece(piece: Piece) -> SafeString:
    if piece.kind == "box":
        return format_html('<span class="{}"></span>', "box")
    words = escape(piece.text)
    if piece.kind == "dots":
        words = format_html('<span class="fill">{}</span>', words)
    if piece.is_italic:
        words = format_html("<i>{}</i>", words)
    return format_html("<b>{}</b>", words) if piece.is_bold else words
