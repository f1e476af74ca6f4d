"""The file as a whole: is it a plan, do its papers agree, is what they promise attached (E29, E30)."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from documents.reading.checks.walk import finding, part_line, texts_of
from documents.reading.letters import words
from documents.reading.results import Reading, ReadingFinding

_ATTACHED = re.compile(
    r"\b(?:gửi kèm|kèm theo|đính kèm)\b(?! (?:Quyết định|Công văn|Kế hoạch số|Thông báo số))",
    re.IGNORECASE,
)
_ATTACHMENTS = frozenset({"PL", "PYK", "DS", "CTr"})
_NAMES = ("gap mat", "tiep xuc", "doi thoai truc tiep")


def check(reading: Reading) -> Iterator[ReadingFinding]:
    """Every rule over the papers of one file together."""
    yield from _is_plan(reading)
    yield from _names(reading)
    yield from _cited(reading)
    yield from _attachments(reading)


def _is_plan(reading: Reading) -> Iterator[ReadingFinding]:
    """E0: no paper of an office was recognised."""
    if not reading.documents:
        yield finding("E0", "error", _("Tệp không có chữ nào; không giống một kế hoạch."), None)
    elif not any(document.type and document.clauses for document in reading.documents):
        message = _("Văn bản này không giống một kế hoạch: không thấy tên loại, mục hoặc nơi nhận.")
        yield finding("E0", "warning", message, reading.documents[0].line)
    elif not any(
        clause.kind == "heading" or clause.cells
        for document in reading.documents
        for clause in document.clauses
    ) and not any(document.addressees or document.recipients for document in reading.documents):
        message = _("Văn bản này không giống một kế hoạch: không thấy mục nào.")
        yield finding("E0", "warning", message, reading.documents[0].line)


def _names(reading: Reading) -> Iterator[ReadingFinding]:
    """E29: the papers of one file call the conference by one name."""
    first = next((document for document in reading.documents if document.type == "KH"), None)
    if first is None or not first.abstract:
        return
    mine = {name for name in _NAMES if name in words(first.abstract)}
    for document in reading.documents:
        about = words(document.abstract or "")
        if document is first or "doi thoai" not in about:
            continue
        if {name for name in _NAMES if name in about} != mine:
            message = _("Tên hội nghị ở đây khác tên trong kế hoạch (“%(name)s”).") % {
                "name": first.abstract
            }
            yield finding("E29", "info", message, part_line(document, "abstract", "subject"))


def _cited(reading: Reading) -> Iterator[ReadingFinding]:
    """E7: a paper of the file cited by another is said to come from who signs it."""
    signed: dict[tuple[int | str, str | None], str] = {
        (document.number, document.symbol): document.signature.collective
        for document in reading.documents
        if document.number and document.signature and document.signature.collective
    }
    for document in reading.documents:
        for basis in document.legal_bases:
            collective = signed.get((basis.number or 0, basis.symbol))
            if collective and basis.body and words(collective) not in words(basis.body):
                message = _("“%(code)s” được ghi là của “%(body)s” nhưng ký thay mặt “%(signed)s”.")
                shown = {"code": basis.register_code, "body": basis.body, "signed": collective}
                yield finding("E7", "warning", message % shown, basis.line)


def _attachments(reading: Reading) -> Iterator[ReadingFinding]:
    """E30: what is said to be attached is in the file."""
    if any(document.type in _ATTACHMENTS for document in reading.documents):
        return
    for document in reading.documents:
        for text, line in texts_of(document):
            found = _ATTACHED.search(text)
            if found:
                message = _("Có nói đến tài liệu “%(words)s” nhưng trong tệp không có.")
                near = _near(text, found)
                yield finding("E30", "warning", message % {"words": near}, line)
                break


def _near(text: str, found: re.Match[str]) -> str:
    """The words before an attachment's mention, from the start of a word."""
    before = re.split(r"[.;:\t]\s", text[: found.start()])[-1]
    words_before = before.split()[-8:]
    return " ".join([*words_before, found[0]])
