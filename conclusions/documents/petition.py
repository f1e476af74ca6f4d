"""The paper with which an office asks a higher level for a decision (domain.md §3.10)."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from conclusions.models import ConclusionNotice, Petition
from core.dates import written_day
from documents.actions import ClauseDraft, RecipientDraft
from documents.models import ClauseKind, Document, Recipient
from documents.printing.outline import Column, Extra, Table
from feedback.models import IssueGroup

K = ClauseKind
TYPES = ("CV", "TTr")
"""Công văn or Tờ trình: what a petition may be."""


def petition_letter(
    notice: ConclusionNotice, receiver: str, *, type_code: str, number: int
) -> dict[str, Any]:
    """The words around the list; the list itself is printed below them, from the petition's lines."""
    conference, office = notice.occasion, notice.document.organisation
    shown = {
        "office": office.name,
        "receiver": receiver,
        "title": conference.title[:1].lower() + conference.title[1:],
        "day": written_day(timezone.localdate(conference.starts_at)),
        "number": notice.document.register_code,
        "n": number,
    }
    first = _(
        "Ngày %(day)s, %(office)s tổ chức %(title)s. Tại hội nghị, Nhân dân nêu %(n)s nội dung thuộc "
        "thẩm quyền của cấp trên; chủ trì đã kết luận tại Thông báo số %(number)s."
    )
    second = _(
        "%(office)s kiến nghị %(receiver)s xem xét, giải quyết các nội dung trong bảng dưới đây. Bảng "
        "không ghi người nêu ý kiến."
    )
    closing = _(
        "Kính đề nghị %(receiver)s xem xét và thông báo kết quả để %(office)s trả lời Nhân dân."
    )
    archive = office.archive_line or _("Lưu: VT")
    return {
        "type_code": type_code,
        "abstract": _("về việc kiến nghị giải quyết nội dung vượt thẩm quyền sau %(title)s")
        % shown,
        "addressees": [receiver],
        "clauses": [
            ClauseDraft(K.INTRODUCTION, first % shown),
            ClauseDraft(K.TEXT, second % shown),
            ClauseDraft(K.CLOSING, closing % shown),
        ],
        "recipients": [
            RecipientDraft(_("Như trên")),
            RecipientDraft(archive, Recipient.Purpose.ARCHIVE),
        ],
    }


def extra_of_petition(document: Document) -> Extra | None:
    """The table under a petition; None for other papers of the type."""
    petition = Petition.objects.filter(document=document).first()
    return _table(petition) if petition else None


def _table(petition: Petition) -> Extra:
    columns = (
        Column(_("TT"), width=11, align="center"),
        Column(_("Nội dung kiến nghị")),
        Column(_("Lĩnh vực"), width=30),
    )
    items = petition.items.prefetch_related("point__groups__field").order_by("position")
    rows = tuple((str(item.position), item.text, _names(item.point.groups.all())) for item in items)
    return Extra(tables={0: Table(columns, rows, _("Nội dung kiến nghị cấp trên"))})


def _names(groups: Iterable[IssueGroup]) -> str:
    return ", ".join(dict.fromkeys(group.field.name for group in groups))
