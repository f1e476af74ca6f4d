"""WeasyPrint behind one function; loading it takes a second, so only web processes do it at start.

Nothing is fetched from anywhere: a paper may use the four faces of the typeface and pictures that
travel inside it (`data:`). Every other address stops the job loudly.
"""

import contextlib
import hashlib
import logging
from collections.abc import Mapping
from functools import cache

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from documents.printing import metrics

Boxes = dict[str, tuple[float, float, float, float]]
FAMILY = "Times New Roman"
logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)


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


def print_page(
    page: str, css: str, *, variant: str | None, until: str = ""
) -> tuple[bytes, list[Boxes], list[str]]:
    """The PDF of a page in a style, where its ids stand, and the addresses that were refused.

    With `until`, sheets behind the one with this id are left off.
    """
    identifier = hashlib.sha256((page + css).encode()).digest()[:16]
    fonts, faces = _typeface()
    fetcher = AssetFetcher()
    written, boxes = b"", []
    with contextlib.suppress(_RefusedError):
        laid = HTML(string=page, base_url=None, url_fetcher=fetcher).render(
            stylesheets=[faces, _style(css)], font_config=fonts, pdf_variant=variant
        )
        if until:
            behind = [at for at, sheet in enumerate(laid.pages, start=1) if until in sheet.anchors]
            laid = laid.copy(laid.pages[: behind[0]] if behind else laid.pages)
        written = laid.write_pdf(pdf_variant=variant, pdf_identifier=identifier)
        boxes = [dict(sheet.anchors) for sheet in laid.pages]
    return written, boxes, fetcher.refused


def get_ready() -> None:
    """Read the typeface and print once, so that the first to sign does not wait for it."""
    print_page("<p>.</p>", "", variant=None)


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
