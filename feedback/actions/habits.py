"""What an office writes down once for sorting: who answers in which field, where matters go, its words."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.access import require
from feedback import rules
from feedback.models import Mandate, ReceivingBody, ReplyTemplate
from organisations.models import Organisation, User

OFFICE_ONLY = _("Chỉ văn phòng tổng hợp ý kiến được sửa mẫu dùng khi phân loại.")


@transaction.atomic
def set_habits(
    organisation: Organisation,
    *,
    by: User,
    mandates: Mapping[str, Organisation | None],
    bodies: Mapping[str, tuple[str, str]],
    templates: Mapping[str, str],
) -> None:
    """Keep the office's own: lead by field, (body, basis) by kind of matter, words by resolution.

    What is left empty goes back to what every office begins with.
    """
    require(rules.may_set_watch_words(by, organisation), OFFICE_ONLY)
    Mandate.objects.filter(unit=organisation.unit_id).delete()
    Mandate.objects.bulk_create(
        Mandate(unit_id=organisation.unit_id, field_id=field, lead=lead)
        for field, lead in mandates.items()
        if lead is not None
    )
    shared = dict(ReceivingBody.objects.filter(organisation=None).values_list("kind", "basis"))
    ReceivingBody.objects.filter(organisation=organisation).delete()
    ReceivingBody.objects.bulk_create(
        ReceivingBody(
            organisation=organisation, kind=kind, name=name, basis=basis or shared.get(kind, "")
        )
        for kind, (name, basis) in bodies.items()
        if name
    )
    ReplyTemplate.objects.filter(organisation=organisation).delete()
    ReplyTemplate.objects.bulk_create(
        ReplyTemplate(organisation=organisation, resolution=resolution, text=text)
        for resolution, text in templates.items()
        if text
    )
