"""The office has another body write a draft, and gets it back to submit it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import outbox
from core.access import require
from core.transitions import record
from documents import rules
from documents.actions.drafting import hold_draft
from documents.models import Document
from documents.models.document import WRITERS
from organisations.models import Membership, Organisation, Role, User


@transaction.atomic
def hand_drafting(document: Document, *, by: User, body: Organisation) -> None:
    """Let a body of the place write the draft; its people are told. The office may still edit it."""
    held = hold_draft(document, by)
    require(
        rules.may_hand_drafting(by, held),
        _("Chỉ chuyên viên của cơ quan ban hành giao soạn thảo, khi còn là dự thảo."),
    )
    _set(document, body, by=by, note=_("Giao %(body)s soạn thảo") % {"body": body.name})
    _tell(
        document,
        _people(body, *WRITERS),
        key=f"draft-handed:{document.pk}:{body.pk}",
        subject=_("Giao soạn thảo: %(paper)s") % {"paper": document},
        body=_("Văn phòng giao cơ quan Ông/Bà soạn dự thảo này. Soạn xong, bấm “Gửi văn phòng”."),
    )


@transaction.atomic
def finish_drafting(document: Document, *, by: User) -> None:
    """The body gives the draft to the office, which checks and submits it."""
    held = hold_draft(document, by)
    require(
        rules.is_drafter_of(by, held),
        _("Chỉ cơ quan được giao soạn thảo gửi dự thảo về văn phòng."),
    )
    _set(document, None, by=by, note=_("Gửi dự thảo về văn phòng"))
    _tell(
        document,
        _people(document.organisation, Role.CLERK),
        key=f"draft-finished:{document.pk}",
        subject=_("Đã soạn xong: %(paper)s") % {"paper": document},
        body=_("%(person)s đã gửi dự thảo. Mở để kiểm tra và trình ký.") % {"person": by},
    )


def _set(document: Document, body: Organisation | None, *, by: User, note: str) -> None:
    document.drafter = body
    document.save(update_fields=["drafter"])
    record(document, by=by, note=note)


def _people(body: Organisation, *roles: str) -> list[User]:
    posts = Membership.objects.current(timezone.localdate()).filter(
        organisation=body, role__in=roles, user__is_active=True
    )
    return list({row.user_id: row.user for row in posts.select_related("user")}.values())


def _tell(document: Document, people: list[User], *, key: str, subject: str, body: str) -> None:
    outbox.notify(
        people,
        key=f"{key}:{timezone.now():%Y%m%d%H%M%S}",
        subject=subject,
        body=body,
        reason=_("ông/bà soạn thảo văn bản này cùng cơ quan ban hành."),
        link=document.get_absolute_url(),
        about=document,
    )
