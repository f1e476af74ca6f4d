"""The paper slip of a consultation: same questions, same notice as the web form."""

import datetime

from django.utils.translation import gettext as _

from documents.printing.slip import Slip, render_slip_pdf
from documents.skins import skin_for
from feedback.models import ConsentText, Consultation, Field


def slip_of(consultation: Consultation, *, address: str, today: datetime.date) -> bytes:
    """The slip as PDF, with a QR code to the form at `address`."""
    organisation = consultation.organisation
    consent = ConsentText.objects.filter(organisation=organisation).order_by("-version").first()
    slip = Slip(
        organisation=organisation,
        skin=skin_for(organisation, today),
        purpose=_("Hội nghị đối thoại: %(theme)s") % {"theme": consultation.session.theme},
        url=address,
        areas=[field.name for field in Field.objects.exclude(pk="OTHER").order_by("position")],
        notice=[f"**{head}:** {words}" for head, words in consent.blocks] if consent else [],
        consent=_("Tôi đồng ý cho %(office)s xử lý dữ liệu cá nhân nêu trên cho mục đích đã nêu.")
        % {"office": organisation.name},
        plan_reference=_plan_reference(consultation),
    )
    return render_slip_pdf(slip)


def _plan_reference(consultation: Consultation) -> str:
    document = consultation.session.plan.document
    if document.dated_on is None:
        return ""
    return _("Kèm theo Kế hoạch số %(code)s, ngày %(day)s") % {
        "code": document.register_code,
        "day": f"{document.dated_on:%d/%m/%Y}",
    }
