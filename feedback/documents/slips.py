"""Phiếu chuyển, the letter to a sender, and the letter with a list to another level (domain.md §3.10)."""

from typing import Any

from django.utils.translation import gettext as _

from documents.actions import ClauseDraft, RecipientDraft
from documents.models import ClauseKind, Document, Recipient
from documents.printing.outline import Column, Extra, Table
from feedback.models import Forwarding, Opinion, RestrictedMatter
from feedback.queries.forwarding import LETTER_TYPE, list_of
from organisations.models import Organisation

K = ClauseKind
SLIP_TYPE = "PC"


def transfer_slip(matter: RestrictedMatter, basis: str) -> dict[str, Any]:
    """The slip that goes with a matter: code, day, law and receiver; no words, no sender."""
    opinion = matter.opinion
    submission = opinion.submission
    organisation = submission.consultation.organisation
    shown = {
        "office": organisation.name,
        "body": matter.receiving_body,
        "kind": matter.get_kind_display().lower(),
        "code": opinion.code,
        "day": f"{submission.received_on:%d/%m/%Y}",
        "basis": basis,
    }
    first = _("Ngày %(day)s, %(office)s nhận được một nội dung thuộc loại %(kind)s (mã %(code)s).")
    second = _(
        "Căn cứ %(basis)s, nội dung này không thuộc phạm vi hội nghị đối thoại. %(office)s chuyển "
        "đến %(body)s để xem xét, giải quyết theo thẩm quyền."
    )
    third = _(
        "Hồ sơ được bàn giao trực tiếp trong bì niêm phong. Phiếu này không ghi nội dung và người "
        "gửi; đề nghị giữ bí mật thông tin về người gửi theo quy định."
    )
    closing = _("Đề nghị %(body)s thông báo kết quả giải quyết theo quy định")
    return {
        "type_code": SLIP_TYPE,
        "abstract": _("về việc chuyển nội dung thuộc thẩm quyền giải quyết (mã %(code)s)") % shown,
        "addressees": [matter.receiving_body],
        "clauses": [
            ClauseDraft(K.INTRODUCTION, first % shown),
            ClauseDraft(K.TEXT, second % shown),
            ClauseDraft(K.TEXT, third),
            ClauseDraft(K.CLOSING, closing % shown),
        ],
        "recipients": as_above(organisation),
    }


def reply_letter(opinion: Opinion) -> dict[str, Any]:
    """The letter to whoever sent an opinion that stays out: the reason's own words, by the code."""
    organisation = opinion.submission.consultation.organisation
    code = opinion.submission.shown_code
    lines = [line for line in opinion.resolution_note.splitlines() if line.strip()]
    thanks = _("%(office)s trân trọng cảm ơn Ông/Bà đã gửi ý kiến")
    return {
        "type_code": LETTER_TYPE,
        "abstract": _("về việc trả lời ý kiến mã %(code)s") % {"code": opinion.code},
        "addressees": [_("Ông/Bà gửi ý kiến mã %(code)s") % {"code": code}],
        "clauses": [
            *[ClauseDraft(K.TEXT, line) for line in lines],
            ClauseDraft(K.CLOSING, thanks % {"office": organisation.name}),
        ],
        "recipients": as_above(organisation),
    }


def forwarding_letter(
    organisation: Organisation, receiver: str, *, code: str, number: int
) -> dict[str, Any]:
    """The letter in front of a list; the list itself is printed below it, from its lines."""
    shown = {"office": organisation.name, "receiver": receiver, "n": number, "code": code}
    first = _(
        "Qua lấy ý kiến trước hội nghị đối thoại, %(office)s tổng hợp được %(n)s nội dung thuộc "
        "thẩm quyền của %(receiver)s (mã danh sách %(code)s)."
    )
    second = _(
        "%(office)s chuyển các nội dung nêu trong danh sách dưới đây để %(receiver)s xem xét, giải "
        "quyết. Danh sách không ghi người gửi ý kiến."
    )
    closing = _(
        "Đề nghị %(receiver)s xem xét và thông báo kết quả để %(office)s trả lời người gửi."
    )
    return {
        "type_code": LETTER_TYPE,
        "abstract": (_("về việc chuyển ý kiến, kiến nghị đến %(receiver)s") % shown)[:500],
        "addressees": [receiver],
        "clauses": [
            ClauseDraft(K.INTRODUCTION, first % shown),
            ClauseDraft(K.TEXT, second % shown),
            ClauseDraft(K.CLOSING, closing % shown),
        ],
        "recipients": as_above(organisation),
    }


def table_of_list(forwarding: Forwarding) -> Extra:
    """The lines of a list as the table printed in its letter."""
    columns = (
        Column(_("TT"), width=11, align="center"),
        Column(_("Nội dung ý kiến, kiến nghị")),
        Column(_("Lĩnh vực"), width=26),
        Column(_("Địa bàn"), width=26),
        Column(_("Số người"), width=15, align="center"),
    )
    items = forwarding.items.select_related("field").order_by("position")
    rows = tuple(
        (str(item.position), item.text, item.field.name, item.areas, str(item.people))
        for item in items
    )
    caption = _("Danh sách ý kiến, kiến nghị, mã %(code)s") % {"code": forwarding.shown_code}
    return Extra(tables={0: Table(columns, rows, caption)})


def extra_of_letter(document: Document) -> Extra | None:
    """The table under a letter that goes with a list; None for other letters."""
    forwarding = list_of(document)
    return table_of_list(forwarding) if forwarding else None


def as_above(organisation: Organisation) -> list[RecipientDraft]:
    """Nơi nhận of a letter: whom it addresses, and the archive."""
    archive = organisation.archive_line or _("Lưu: VT")
    return [
        RecipientDraft(_("Như trên")),
        RecipientDraft(archive, Recipient.Purpose.ARCHIVE),
    ]
