"""HTML to PDF; the only place that knows WeasyPrint.

Nothing is fetched from anywhere: a paper may use the four faces of the typeface and pictures that
travel inside it (`data:`). Every other address stops the job loudly.
"""

import contextlib
import hashlib
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from documents.printing import metrics
from documents.printing.css import skin_css
from documents.printing.html import render_html
from documents.printing.metrics import UnprintableTextError
from documents.printing.paper import Paper

__all__ = ["ForbiddenAddressError", "UnprintableTextError", "render_pdf", "write_pdf"]

FAMILY = "Times New Roman"
VARIANT = "pdf/ua-1"
ARCHIVE_VARIANT = "pdf/a-2a"  # for keeping, tagged as well; -3 and -4 add only attachments
logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)


class ForbiddenAddressError(ValueError):
    """The page asked for something outside of itself."""


class _RefusedError(FatalURLFetchingError):
    """What WeasyPrint lets through to its caller instead of printing without the picture."""


class AssetFetcher(URLFetcher):
    """Hands out the typeface (`asset:regular`…) and decodes `data:`; refuses all else.

    Refusals are remembered, because inside an SVG WeasyPrint swallows every exception.
    """

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """The body of an address, or _RefusedError."""
        scheme, _colon, name = url.partition(":")
        if scheme == "asset" and name in metrics.FACES:
            body = metrics.font_file(name).read_bytes()
            return URLFetcherResponse(url, body, {"Content-Type": "font/otf"})
        if scheme == "data":
            return super().fetch(url, headers)
        self.refused.append(url)
        raise _RefusedError(url)


def render_pdf(papers: Paper | Sequence[Paper], *, is_archival: bool = False) -> bytes:
    """Print papers of one skin one after the other; the same input gives the same bytes.

    PDF/UA, for people who listen to a paper; with `is_archival` PDF/A, for those who keep it.
    """
    papers = [papers] if isinstance(papers, Paper) else list(papers)
    page = render_html(papers, for_print=True)
    return write_pdf(page, papers[0].profile, variant=ARCHIVE_VARIANT if is_archival else VARIANT)


def write_pdf(
    page: str, profile: Mapping[str, Any], *, variant: str | None = VARIANT, css: str = ""
) -> bytes:
    """Print a finished HTML page in a skin; characters without a picture are refused.

    Without a variant the file carries no tags: smaller, and for the printer only. `css` stands in
    for the skin's rules where the page is not a paper (a register).
    """
    css = css or skin_css(profile, screen=False)
    return lay_out(page, css, variant=variant).pdf


Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Laid:
    """A file and, page by page, the boxes of what has an id (left, top, right, bottom; CSS pixels)."""

    pdf: bytes
    boxes: list[dict[str, Box]]


def lay_out(page: str, css: str, *, variant: str | None = None) -> Laid:
    """Print a page as `write_pdf` does, and say where things came to stand."""
    page = metrics.printable(page)
    metrics.check_printable(page)
    identifier = hashlib.sha256((page + css).encode()).digest()[:16]
    fonts, faces = _typeface()
    fetcher = AssetFetcher()
    laid = Laid(b"", [])
    with contextlib.suppress(_RefusedError):
        source = HTML(string=page, base_url=None, url_fetcher=fetcher)
        drawn = source.render(
            stylesheets=[faces, _style(css)], font_config=fonts, pdf_variant=variant
        )
        written = drawn.write_pdf(pdf_variant=variant, pdf_identifier=identifier)
        laid = Laid(written, [dict(one.anchors) for one in drawn.pages])
    if fetcher.refused:
        raise ForbiddenAddressError(
            _("Bản in không được lấy nội dung từ “%s”.") % fetcher.refused[0][:200]
        )
    return laid


@cache
def _typeface() -> tuple[FontConfiguration, CSS]:
    """The four faces, read once per process."""
    fonts = FontConfiguration()
    styles = {
        "regular": ("normal", "normal"),
        "bold": ("bold", "normal"),
        "italic": ("normal", "italic"),
        "bolditalic": ("bold", "italic"),
    }
    rules = "".join(
        f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};font-style:{style};'
        f"src:url(asset:{face})}}"
        for face, (weight, style) in styles.items()
    )
    return fonts, CSS(string=rules, font_config=fonts, url_fetcher=AssetFetcher())


@cache
def _style(css: str) -> CSS:
    """A skin's rules, parsed once per process."""
    return CSS(string=css, url_fetcher=AssetFetcher())
