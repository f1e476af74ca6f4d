"""The register of outgoing documents as a book: its lines, gaps, numbers still kept."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Max, Prefetch, QuerySet
from django.utils.translation import gettext as _

from documents.models import Document, Recipient, RegisterNumber
from documents.models.document import IN_FORCE_ONCE
from documents.queries.papers import term_on
from documents.states import DocumentState, NumberState
from organisations.models import Organisation


@dataclass(frozen=True)
class BookLine:
    """One line as the book shows, prints and exports it."""

    row: RegisterNumber
    code: str
    dated_on: datetime.date | None
    title: str
    signer: str
    recipients: str
    note: str

    @property
    def document(self) -> Document | None:
        """The paper, if it was written here."""
        return self.row.document


def book_rows(rows: "QuerySet[RegisterNumber]") -> "QuerySet[RegisterNumber]":
    """Register lines with all a line of the book says; three questions."""
    newer = Document.objects.filter(state__in=IN_FORCE_ONCE).select_related("type", "organisation")
    others = Recipient.objects.exclude(purpose=Recipient.Purpose.ARCHIVE).order_by("position")
    return rows.select_related(
        "organisation",
        "type",
        "document__type",
        "document__organisation",
    ).prefetch_related(
        Prefetch("document__recipients", others, to_attr="others"),
        Prefetch("document__amendments", newer, to_attr="newer"),
    )


def book_line(row: RegisterNumber) -> BookLine:
    """What stands in the book about a number (row from `book_rows`)."""
    paper = row.document
    abstract = paper.abstract if paper else row.abstract
    others: list[Recipient] = getattr(paper, "others", [])
    return BookLine(
        row=row,
        code=row.code,
        dated_on=paper.dated_on if paper else row.dated_on,
        title=abstract if abstract.startswith(row.type.name) else f"{row.type.name} {abstract}",
        signer=paper.signer_name if paper else row.signer_name,
        recipients="; ".join(one.text for one in others) if paper else row.recipients,
        note=_note(row),
    )


def _note(row: RegisterNumber) -> str:
    if row.state == NumberState.VOIDED:
        return _("Đã hủy: %(reason)s") % {"reason": row.reason}
    if row.state == NumberState.RESERVED:
        return _("Đang giữ số từ ngày %(day)s") % {"day": f"{row.given_on:%d/%m/%Y}"}
    paper = row.document
    if paper is None:
        return _("Lập ngoài phần mềm")
    if paper.state == DocumentState.REVOKED:
        return (
            _("Đã thu hồi: %(reason)s") % {"reason": row.reason} if row.reason else _("Đã thu hồi")
        )
    for amendment in getattr(paper, "newer", ()):
        if paper.state == DocumentState.AMENDED:
            return _("Được sửa đổi bởi %(code)s") % {"code": amendment.register_code}
    return ""


def missing_numbers(rows: "QuerySet[RegisterNumber]") -> list[str]:
    """The series in which a number is missing; none ever should be."""
    series = (
        rows.order_by()
        .values("organisation__short_name", "type__name", "scope")
        .annotate(given=Count("id"), last=Max("number"))
    )
    return [
        _("%(type)s của %(body)s: thiếu %(n)d số")
        % {
            "type": one["type__name"],
            "body": one["organisation__short_name"],
            "n": one["last"] - one["given"],
        }
        for one in series
        if one["last"] != one["given"]
    ]


def scope_on(organisation: Organisation, day: datetime.date) -> str:
    """Within what numbers run: the Party's term, elsewhere the year; empty without a term."""
    if organisation.system != Organisation.System.PARTY:
        return f"year:{day.year}"
    term = term_on(organisation, day)
    return f"term:{term.pk}" if term else ""


def reserved_numbers(document: Document, day: datetime.date) -> "QuerySet[RegisterNumber]":
    """Numbers kept that a draft may take on a day."""
    return (
        RegisterNumber.objects.filter(
            organisation=document.organisation,
            type=document.type_id,
            scope=scope_on(document.organisation, day),
            state=NumberState.RESERVED,
        )
        .select_related("organisation")
        .order_by("number")
    )
