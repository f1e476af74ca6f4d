"""One PDF of many personal copies: 150 invitations for a conference.

The paper is drawn once with marks where the personal words belong; a copy is the same HTML with the
marks replaced. Copies are laid out some dozens at a time, because layout slows down with length, and
the parts are put together afterwards. The result is for the printer and carries no tags: a copy that
is read on a screen is printed by itself (`render_pdf`).
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pikepdf
from django.utils.html import escape

from documents.printing.html import render_article, wrap
from documents.printing.paper import Paper, Qr
from documents.printing.pdf import write_pdf
from documents.printing.qr import qr_data_uri
from documents.printing.words import DOTS, PLACEHOLDERS

CHUNK = 50
_HERE = "\ue000{}\ue001"  # characters for private use cannot come from a person's text: see _clean
_ARTICLES = _HERE.format("articles")
_QR = _HERE.format("qr")


@dataclass(frozen=True)
class Guest:
    """What is personal on one copy: words for the placeholders, perhaps a code of one's own."""

    fields: Mapping[str, str] = field(default_factory=dict)
    qr_text: str = ""
    qr_caption: str = ""


def render_merged(paper: Paper, people: Sequence[Guest]) -> bytes:
    """Print a copy for everybody, in order; each begins on a page of its own, numbered from 1.

    Without people it prints one copy with dotted lines.
    """
    copies = list(_copies(paper, people or [Guest()]))
    parts = [
        write_pdf(_page(paper, copies[at : at + CHUNK]), paper.profile, variant=None)
        for at in range(0, len(copies), CHUNK)
    ]
    return parts[0] if len(parts) == 1 else _together(parts)


def _page(paper: Paper, copies: Sequence[str]) -> str:
    """Some copies as one HTML page."""
    return wrap(paper.title, [_ARTICLES]).replace(_ARTICLES, "".join(copies))


def _copies(paper: Paper, people: Sequence[Guest]) -> Iterator[str]:
    """The HTML of each copy."""
    marked = replace(
        paper, fill={**paper.fill, **{name: _HERE.format(name) for name in PLACEHOLDERS}}
    )
    with_code = str(render_article(replace(marked, qr=Qr(_QR, _HERE.format("caption")))))
    with_code = with_code.replace(qr_data_uri(_QR), _QR)
    without = str(render_article(replace(marked, qr=None)))
    for person in people:
        words = with_code if person.qr_text else without
        for name in PLACEHOLDERS:
            value = person.fields.get(name) or paper.fill.get(name) or DOTS
            words = words.replace(_HERE.format(name), _clean(value))
        if person.qr_text:
            words = words.replace(_HERE.format("caption"), _clean(person.qr_caption))
            words = words.replace(_QR, qr_data_uri(person.qr_text))
        yield words


def _clean(value: str) -> str:
    """A person's words as HTML text, without the characters our marks are made of."""
    return escape(value.replace("\ue000", "").replace("\ue001", ""))


def _together(parts: Sequence[bytes]) -> bytes:
    """Append PDFs to the first one, keeping its title and language."""
    with pikepdf.open(io.BytesIO(parts[0])) as whole:
        for part in parts[1:]:
            with pikepdf.open(io.BytesIO(part)) as more:
                whole.pages.extend(more.pages)
        written = io.BytesIO()
        whole.save(written, deterministic_id=True)
        return written.getvalue()
