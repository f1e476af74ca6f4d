"""A paper as an HTML page: the preview on screen and, with the printer's style sheet, the PDF."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from documents.printing import marks, metrics
from documents.printing.css import skin_css, skin_version, text_width
from documents.printing.outline import Block, Column
from documents.printing.paper import Paper, bare, punctuated
from documents.printing.qr import qr_data_uri

__all__ = ["render_html", "skin_css", "skin_version"]

PLACEHOLDERS = ("khách mời", "chức vụ", "đơn vị", "chỗ ngồi", "mã")
_SPECIAL = re.compile(rf"(\[(?:{'|'.join(PLACEHOLDERS)})\]|☐|□)")
DOTS = "…" * 12


@dataclass(frozen=True)
class DrawnBlock:
    """A block with its words already marked up."""

    block: Block
    words: SafeString
    cells: Sequence[Sequence[tuple[SafeString, Column]]] = ()

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
    left, _right = profile["columns_mm"]
    minutes = len(paper.signatures) > 1
    return {
        "paper": paper,
        "nation": list(profile["heading"]),
        "parent_lines": _lines(paper.parent_organisation, profile["parent_org"], left - 2),
        "org_lines": _lines(paper.organisation, profile["org"], left - 2),
        "star": profile["org"].get("star", ""),
        "has_org_rule": bool(profile["org"].get("rule")),
        "is_date_by_star": profile["place_date"].get("beside") == "star",
        "abstract_lines": _lines(paper.abstract, profile["abstract"], text_width(profile) - 16),
        "subject_lines": _lines(paper.letter_subject, profile["letter_abstract"], left - 8),
        "dashes": profile["abstract"].get("dashes", ""),
        "is_draft_boxed": profile["draft"].get("boxed"),
        "is_urgency_boxed": profile["urgency"].get("boxed"),
        "addressees": _addressees(paper),
        "blocks": [_drawn(block, paper.fill) for block in paper.blocks],
        "is_minutes": minutes,
        "recipients_label": profile["recipients_label"].get("text", "Nơi nhận:"),
        "qr_uri": qr_data_uri(paper.qr.text) if paper.qr else "",
    }


def _lines(text: str, rule: Mapping[str, Any], room: float) -> list[str]:
    if not text:
        return []
    return metrics.balanced(text, rule["pt"], room, is_bold=bool(rule.get("bold")))


def _addressees(paper: Paper) -> tuple[str, ...]:
    rule = paper.profile["addressees"]
    lines = [bare(line) for line in paper.addressees]
    if len(lines) < 2:
        return tuple(line + rule["end"] for line in lines)
    return punctuated([f"- {line}" for line in lines], rule["sep"], rule["end"])


def _drawn(block: Block, fill: Mapping[str, str]) -> DrawnBlock:
    if block.table is None:
        return DrawnBlock(block, inline(block.text, fill, is_italic=block.is_italic))
    cells = [
        [
            (inline(cell, fill), column)
            for cell, column in zip(row, block.table.columns, strict=True)
        ]
        for row in block.table.rows
    ]
    return DrawnBlock(block, SafeString(), cells)


def inline(text: str, fill: Mapping[str, str], *, is_italic: bool = False) -> SafeString:
    """Marked text as HTML; everything else a person typed is escaped."""
    return format_html_join(
        "", "{}", ((_run(run, fill),) for run in marks.runs(text, is_italic=is_italic))
    )


def _run(run: marks.Run, fill: Mapping[str, str]) -> SafeString:
    words = format_html_join("", "{}", ((part,) for part in _parts(run.text, fill)))
    if run.is_italic:
        words = format_html("<i>{}</i>", words)
    return format_html("<b>{}</b>", words) if run.is_bold else words


def _parts(text: str, fill: Mapping[str, str]) -> Iterator[str]:
    for part in _SPECIAL.split(text):
        if part in {"☐", "□"}:
            yield format_html('<span class="{}"></span>', "box")
        elif _SPECIAL.fullmatch(part):
            words = fill.get(part[1:-1], "")
            yield (
                format_html("<b>{}</b>", words)
                if words
                else format_html('<span class="fill">{}</span>', DOTS)
            )
        else:
            yield part
