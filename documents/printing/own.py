"""What is a copy's own in the HTML of a paper: marked paragraphs and the code."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from documents.printing.html import wrap
from documents.printing.qr import qr_data_uri

HERE = "\ue000{}\ue001"  # characters for private use cannot come from a person's text: see merge
CODE = HERE.format("qr")
_ARTICLES = HERE.format("articles")
_ANY_CODE = qr_data_uri("0")
_HOLDING = re.compile(r"<p class=\"(?=((?:(?!</p>).)*\ue000))", re.DOTALL)
_OWN = re.compile(r"<p data-own class=\"([^\"]*)\"([^>]*)>(.*?)</p>", re.DOTALL)


@dataclass(frozen=True)
class Copy:
    """The HTML of one copy with `CODE` where the address of its code belongs, and the code's words."""

    page: str
    code: str

    @property
    def whole(self) -> str:
        """The HTML as it is printed by itself."""
        return self.page.replace(CODE, qr_data_uri(self.code)) if self.code else self.page


def mark_own(article: str) -> str:
    """Mark the paragraphs that hold personal words, while these are still marks."""
    return _HOLDING.sub('<p data-own class="', article)


def own_paragraphs(page: str) -> Iterator[tuple[set[str], str]]:
    """The classes and the words of each marked paragraph."""
    for found in _OWN.finditer(page):
        yield set(found[1].split()), found[3]


def blanked(page: str) -> str:
    """The copy without what is its own: equal for copies that can share a set paper."""
    return _OWN.sub(r'<p data-own class="\1"\2></p>', page)


def framed(copy: Copy, number: int) -> str:
    """The copy with a name on everything that is its own; its words keep their room, unseen."""
    page = copy.page.replace('<article class="', f'<article id="copy-{number}" class="', 1)
    page = page.replace(f'<img src="{CODE}"', f'<img id="code-of-{number}" src="{_ANY_CODE}"')
    for at in range(len(_OWN.findall(page))):
        page = page.replace(
            "<p data-own class", f'<p id="own-{at}-of-{number}" data-own="" class', 1
        )
    return page


def one_page(title: str, articles: Iterable[str]) -> str:
    """Articles that are HTML already as one page."""
    return wrap(title, [_ARTICLES]).replace(_ARTICLES, "".join(articles))
