"""Everything a printed paper says, as plain values; how it looks is the skin's business.

`build_paper` reads a document; the renderers (screen, PDF) read only a `Paper`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from documents.models import ClauseKind, Document, Recipient, clause_tree
from documents.printing import grids, marks
from documents.printing.outline import Pair, outline, roman
from documents.printing.parts import Appendix, Articles, Block, Column, Extra, Table
from documents.skins import LETTER, number_line, symbol_for
from documents.states import DocumentState

if TYPE_CHECKING:
    from documents.models import Clause

__all__ = [
    "Appendix",
    "Block",
    "Column",
    "Extra",
    "Paper",
    "Qr",
    "SignLine",
    "Signature",
    "Table",
    "build_paper",
]

MINUTES = "BB"
PETITION = "TTr"
BLANK = "\u00a0" * 6
REVOKED_MARK = "ĐÃ THU HỒI"
_ABOUT = re.compile(r"^(v/v|về việc)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class SignLine:
    """One line above a signature: on whose authority, or the post."""

    text: str
    is_bold: bool = True
    is_post: bool = False


@dataclass(frozen=True)
class Signature:
    """Capacity and post, room to sign, the name."""

    lines: tuple[SignLine, ...]
    name: str


@dataclass(frozen=True)
class Qr:
    """A code printed at the foot of the paper, with a sentence saying what it opens."""

    text: str
    caption: str = ""


@dataclass(frozen=True)
class Paper:
    """A paper ready to be drawn.

    `fill` gives the words for placeholders such as `[khách mời]`; those without words print as a
    dotted line. `recipients` are complete lines, punctuation included.
    """

    title: str
    skin_code: str
    profile: Mapping[str, Any]
    organisation: str
    parent_organisation: str = ""
    number: str = ""
    place_date: str = ""
    type_code: str = ""
    type_name: str = ""
    abstract: str = ""
    letter_subject: str = ""
    draft_mark: str = ""
    urgency: str = ""
    urgency_key: str = ""
    addressees_label: str = ""
    addressees: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    signatures: tuple[Signature, ...] = ()
    recipients: tuple[str, ...] = ()
    fill: Mapping[str, str] = field(default_factory=dict)
    qr: Qr | None = None
    contact: str = ""
    dated_on: date | None = None
    appendices: tuple[Appendix, ...] = ()


def build_paper(
    document: Document, clauses: "Sequence[Clause]", *, extra: Extra | None = None
) -> Paper:
    """Say on paper what the document says: header, numbered clauses, signature, recipients."""
    extra = extra or Extra()
    profile = document.skin.profile
    tree = clause_tree(list(clauses))
    body = [pair for pair in tree if pair[0].kind != ClauseKind.APPENDIX]
    is_letter = document.type_id == LETTER
    addressees = [addressee.text for addressee in document.addressees.all()]
    return Paper(
        title=str(document),
        skin_code=document.skin_id,
        profile=profile,
        organisation=(document.organisation_name or document.organisation.name).upper(),
        parent_organisation=(
            document.parent_heading or document.organisation.parent_heading
        ).upper(),
        number=_number(document),
        place_date=_place_date(document),
        type_code=document.type_id,
        type_name="" if is_letter else document.type.name.upper(),
        abstract="" if is_letter else document.abstract,
        letter_subject=_letter_subject(document) if is_letter else "",
        draft_mark=_mark(document),
        urgency=document.get_urgency_display().upper() if document.urgency else "",
        urgency_key=document.urgency,
        addressees_label=_addressees_label(document) if addressees else "",
        addressees=tuple(addressees),
        blocks=outline(
            body,
            profile,
            verb=document.introduction_verb,
            extra=extra,
            is_programme=document.type_id == "CTr",
            articles=_articles(document),
        ),
        signatures=_signatures(document),
        recipients=_recipients(document),
        fill=extra.fill,
        qr=Qr(extra.qr_text, extra.qr_caption) if extra.qr_text else None,
        contact=_contact(document),
        dated_on=document.dated_on,
        appendices=_appendices(document, [*_written(tree, profile, extra), *extra.appendices]),
    )


def _number(document: Document) -> str:
    symbol = document.symbol or symbol_for(document.type, document.organisation, document.skin)
    return number_line(document.skin, document.number, symbol)


def _place_date(document: Document) -> str:
    minutes = document.skin.profile["minutes"]
    if document.type_id == MINUTES and not minutes.get("place_date", True):
        return ""
    return f"{document.place}, {written_date(document.dated_on)}".removeprefix(", ")


def _articles(document: Document) -> Articles | None:
    """How a decision is written: party `BAN THƯỜNG VỤ QUYẾT ĐỊNH`, state `CHỦ TỊCH … QUYẾT ĐỊNH:`."""
    rule = document.skin.profile.get("articles", {})
    if document.type_id not in rule.get("types", ()):
        return None
    name = (document.organisation_name or document.organisation.name).upper()
    collective = (document.collective or document.organisation.collective or name).upper()
    post = document.signer_post.upper().removeprefix("PHÓ ")
    enacting = str(rule.get("enacting", {}).get(document.type_id, ""))
    issuer = name if document.is_of_collective or not post else f"{post} {name}"
    return Articles(
        mark=str(rule["mark"]),
        enacting=enacting.format(collective=collective),
        issuer=issuer if rule.get("has_issuer") else "",
    )


def _contact(document: Document) -> str:
    """Address and telephone at the foot of page 1, for the types the skin names."""
    types = document.skin.profile.get("contact", {}).get("types", ())
    return document.organisation.contact if document.type_id in types else ""


def _written(tree: Sequence[Pair], profile: Mapping[str, Any], extra: Extra) -> Iterator[Appendix]:
    """The appendices among the clauses, each numbered by itself; wide tables lie on their side."""
    inside = replace(extra, tables={pk: one for pk, one in extra.tables.items() if pk})
    for clause, below in tree:
        if clause.kind == ClauseKind.APPENDIX:
            blocks = outline(below, profile, verb="", extra=inside, is_closed=False)
            tables = (block.table for block in blocks if block.table)
            is_landscape = any(grids.is_wide(table) for table in tables)
            title = marks.plain(clause.text)
            yield Appendix(title, blocks, is_landscape, clause_id=clause.pk)


def _appendices(document: Document, given: Sequence[Appendix]) -> tuple[Appendix, ...]:
    """Number them if there are several and say which paper they belong to."""
    words = document.skin.profile.get("appendix", {})
    label = str(words.get("label", {}).get("text", "Phụ lục"))
    origin = str(words.get("origin", {}).get("text", "(Kèm theo {paper})"))
    number = _number(document).replace("Số:", "số").replace("Số", "số", 1)
    issuer = document.organisation_name or document.organisation.name
    paper = f"{document.type.name} {number} {written_date(document.dated_on)} của {issuer}"
    return tuple(
        replace(
            one,
            title=one.title.upper(),
            label=f"{label} {roman(at)}" if len(given) > 1 else label,
            origin=origin.format(paper=paper),
        )
        for at, one in enumerate(given, start=1)
    )


def written_date(day: date | None) -> str:
    """`ngày 08 tháng 02 năm 2026`: days below 10 and the first two months take a zero."""
    if day is None:
        return f"ngày{BLANK}tháng{BLANK}năm{BLANK}".rstrip()
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def _letter_subject(document: Document) -> str:
    prefix = document.skin.profile["letter_abstract"].get("prefix", "")
    words = _ABOUT.sub("", document.abstract)
    if prefix:
        return f"{prefix}{words}"
    return f"về việc {words}" if words != document.abstract else words


def _mark(document: Document) -> str:
    """A draft has no number; the printed number ends it, even before the move to issued."""
    if document.state == DocumentState.REVOKED:
        return REVOKED_MARK
    is_draft = document.number is None
    return str(document.skin.profile["draft"].get("text", "Dự thảo")) if is_draft else ""


def _addressees_label(document: Document) -> str:
    rule = document.skin.profile["addressees"]
    key = "label_petition" if document.type_id == PETITION else "label"
    return str(rule.get(key, "Kính gửi"))


def _signatures(document: Document) -> tuple[Signature, ...]:
    rule = document.skin.profile
    if document.type_id != MINUTES:
        return (Signature(_sign_lines(document), document.signer_name),)
    return (
        Signature((SignLine(rule["minutes"]["left"]),), document.secretary_name),
        Signature((SignLine(rule["minutes"]["right"]),), document.signer_name),
    )


def _sign_lines(document: Document) -> tuple[SignLine, ...]:
    profile = document.skin.profile
    prefixes: Mapping[str, str] = profile["sign_authority"]["prefixes"]
    post = document.signer_post.upper()
    collective = (document.collective or document.organisation.collective).upper()
    post_line = SignLine(post, is_bold=bool(profile["sign_post"].get("bold")), is_post=True)
    alone = bool(profile["sign_post"].get("bold_alone", True))
    match document.capacity:
        case Document.Capacity.COLLECTIVE if collective:
            return SignLine(f"{prefixes['collective']} {collective}"), post_line
        case Document.Capacity.COLLECTIVE_DEPUTY if collective:
            head = SignLine(f"{prefixes['deputy']} {post.removeprefix('PHÓ ')}")
            return SignLine(f"{prefixes['collective']} {collective}"), head, post_line
        case Document.Capacity.DEPUTY | Document.Capacity.COLLECTIVE_DEPUTY:
            return SignLine(f"{prefixes['deputy']} {post.removeprefix('PHÓ ')}"), post_line
        case Document.Capacity.BY_ORDER if collective:
            return SignLine(f"{prefixes['by_order']} {collective}"), post_line
        case Document.Capacity.ACTING:
            return (SignLine(f"{prefixes['acting']} {post}", is_bold=alone, is_post=True),)
        case _:
            return (SignLine(post, is_bold=alone, is_post=True),)


def _recipients(document: Document) -> tuple[str, ...]:
    rule = document.skin.profile["recipients"]
    rows = sorted(document.recipients.all(), key=lambda row: row.position)
    lines = [_recipient_line(row, rule) for row in rows if row.purpose != Recipient.Purpose.ARCHIVE]
    archive = [row.text for row in rows if row.purpose == Recipient.Purpose.ARCHIVE]
    lines += archive_lines(archive or [document.organisation.archive_line], rule)
    return punctuated(lines, rule["sep"], rule["end"])


def _recipient_line(row: Recipient, rule: Mapping[str, Any]) -> str:
    text = bare(row.text)
    purpose = rule["purposes"].get(row.purpose, "")
    return f"{text} ({purpose})" if purpose and not text.endswith(")") else text


def archive_lines(texts: Sequence[str], rule: Mapping[str, Any]) -> list[str]:
    """The last lines of Nơi nhận: `Lưu Văn phòng Đảng ủy` or `Lưu: VT, VP`."""
    lines = []
    for text in map(bare, texts):
        if text.lower().startswith("lưu"):
            lines.append(text)
        elif text:
            words = text.removeprefix("VT").strip(", ") if "VT" in rule["archive"] else text
            lines.append(rule["archive"].format(text=words).rstrip(", "))
    if not lines and rule.get("archive_default"):
        lines.append(rule["archive_default"])
    return lines


def bare(text: str) -> str:
    """A list line without the hyphen and the punctuation somebody typed around it."""
    return text.strip().removeprefix("-").strip().rstrip(".;, ")


def punctuated(lines: Sequence[str], sep: str, end: str) -> tuple[str, ...]:
    """Every line with its separator, the last with the closing mark."""
    last = len(lines) - 1
    return tuple(line + (end if at == last else sep) for at, line in enumerate(lines))
