"""One PDF of many personal copies: 500 invitations for a conference.

Only a name, a seat and a code differ from copy to copy. So the printer sets the paper once for every
shape it takes (the name on one line, or on two) with room for the personal words, and these are laid
on it in the same type where the printer would put them (`overlay`). Copies for which only the printer
can tell where that is are set whole, some dozens at a time, because layout slows down with length.
The result is for the printer and carries no tags: a copy that is read on a screen is printed by
itself (`render_pdf`).
"""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace

import pikepdf
from django.utils.html import escape

from documents.printing.css import skin_css
from documents.printing.html import render_article
from documents.printing.overlay import Overlay
from documents.printing.own import CODE, HERE, Copy, mark_own, one_page
from documents.printing.paper import Paper, Qr
from documents.printing.pdf import lay_out
from documents.printing.qr import qr_data_uri
from documents.printing.words import DOTS, PLACEHOLDERS

CHUNK = 50


@dataclass(frozen=True)
class Guest:
    """What is personal on one copy: words for the placeholders, perhaps a code of one's own."""

    fields: Mapping[str, str] = field(default_factory=dict)
    qr_text: str = ""
    qr_caption: str = ""


def render_merged(
    paper: Paper, people: Sequence[Guest], *, tell: Callable[[int], None] = lambda _done: None
) -> bytes:
    """Print a copy for everybody, in order; each begins on a page of its own, numbered from 1.

    Without people it prints one copy with dotted lines. `tell` hears now and then how many are done.
    """
    copies = list(_copies(paper, people or [Guest()]))
    shared = Overlay(copies, paper.profile, paper.title)
    alone = [at for at in range(len(copies)) if at not in shared.copies]
    with ExitStack() as files:
        whole = _set_whole(paper, [(at, copies[at].whole) for at in alone], tell, files)
        letters = files.enter_context(pikepdf.new())
        for at in range(len(copies)):
            letters.pages.extend(whole[at] if at in whole else shared.pages_of(at))
            if at % CHUNK == 0:
                tell(max(at, len(alone)))
        letters.docinfo["/Title"] = paper.title
        letters.Root.Lang = "vi"
        written = io.BytesIO()
        letters.save(
            written,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
        return written.getvalue()


def _set_whole(
    paper: Paper,
    copies: Sequence[tuple[int, str]],
    tell: Callable[[int], None],
    files: ExitStack,
) -> dict[int, list[pikepdf.Page]]:
    """The pages of copies that share nothing, out of `files` that stay open until all is written."""
    pages: dict[int, list[pikepdf.Page]] = {}
    css = skin_css(paper.profile, screen=False)
    for start in range(0, len(copies), CHUNK):
        tell(start)
        part = [
            article.replace("<article ", f'<article id="copy-{at}" ', 1)
            for at, article in copies[start : start + CHUNK]
        ]
        laid = lay_out(one_page(paper.title, part), css)
        file = files.enter_context(pikepdf.open(io.BytesIO(laid.pdf)))
        for page, boxes in zip(file.pages, laid.boxes, strict=True):
            (name,) = (name for name in boxes if name.startswith("copy-"))
            pages.setdefault(int(name.removeprefix("copy-")), []).append(page)
    return pages


def _copies(paper: Paper, people: Sequence[Guest]) -> Iterator[Copy]:
    """The HTML of each copy."""
    marked = replace(
        paper, fill={**paper.fill, **{name: HERE.format(name) for name in PLACEHOLDERS}}
    )
    with_code = str(render_article(replace(marked, qr=Qr(CODE, HERE.format("caption")))))
    with_code = mark_own(with_code.replace(qr_data_uri(CODE), CODE))
    without = mark_own(str(render_article(replace(marked, qr=None))))
    for person in people:
        words = with_code if person.qr_text else without
        for name in PLACEHOLDERS:
            value = person.fields.get(name) or paper.fill.get(name) or DOTS
            words = words.replace(HERE.format(name), _clean(value))
        if person.qr_text:
            words = words.replace(HERE.format("caption"), _clean(person.qr_caption))
        yield Copy(words, person.qr_text)


def _clean(value: str) -> str:
    """A person's words as HTML text, without the characters our marks are made of."""
    return escape(value.replace("\ue000", "").replace("\ue001", ""))
