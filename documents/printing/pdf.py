"""HTML to PDF: the page, checked and in its style, goes through the engine (engine.py)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.utils.translation import gettext as _

from documents.printing import metrics
from documents.printing.css import skin_css
from documents.printing.html import render_html
from documents.printing.metrics import UnprintableTextError
from documents.printing.paper import Paper

__all__ = ["ForbiddenAddressError", "UnprintableTextError", "render_pdf", "write_pdf"]

VARIANT = "pdf/ua-1"
ARCHIVE_VARIANT = "pdf/a-2a"  # for keeping, tagged as well; -3 and -4 add only attachments


Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Laid:
    """A file and, page by page, the boxes of what has an id (left, top, right, bottom; CSS pixels)."""

    pdf: bytes
    boxes: list[dict[str, Box]]


class ForbiddenAddressError(ValueError):
    """The page asked for something outside of itself."""


def render_pdf(papers: Paper | Sequence[Paper], *, is_archival: bool = False) -> bytes:
    """Print papers of one skin one after the other; the same input gives the same bytes.

    PDF/UA, for people who listen to a paper; with `is_archival` PDF/A, for those who keep it.
    """
    papers = [papers] if isinstance(papers, Paper) else list(papers)
    page = render_html(papers, for_print=True)
    return write_pdf(page, papers[0].profile, variant=ARCHIVE_VARIANT if is_archival else VARIANT)


def write_pdf(
    page: str,
    profile: Mapping[str, Any],
    *,
    variant: str | None = VARIANT,
    css: str = "",
    until: str = "",
) -> bytes:
    """Print a finished HTML page in a skin; characters without a picture are refused.

    Without a variant the file carries no tags: smaller, and for the printer only. `css` stands in
    for the skin's rules where the page is not a paper (a register). With `until`, the sheet on which
    this id stands is the last one printed.
    """
    style = css or skin_css(profile, screen=False)
    return lay_out(page, style, variant=variant, until=until).pdf


def lay_out(page: str, css: str, *, variant: str | None = None, until: str = "") -> Laid:
    """Print a page as `write_pdf` does, and say where things came to stand."""
    page = metrics.printable(page)
    metrics.check_printable(page)
    # Not before it is needed (engine.py).
    engine = import_module("documents.printing.engine")
    written, boxes, refused = engine.print_page(page, css, variant=variant, until=until)
    if refused:
        raise ForbiddenAddressError(_("Bản in không được lấy nội dung từ “%s”.") % refused[0][:200])
    return Laid(bytes(written), boxes)
