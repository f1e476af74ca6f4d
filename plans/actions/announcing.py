"""Papers that make a session known, begun with everything the plan already says."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.access import RefusedError, require
from documents.actions import ClauseDraft, RecipientDraft, create_document
from documents.models import Document, Recipient
from documents.states import DocumentState
from organisations.models import Organisation, User
from plans import rules
from plans.documents.announcements import invitation_letter, public_notice, request_letter
from plans.models import Announcement, DialogueSession
from plans.queries.calls import Call, call_of

Kind = Announcement.Kind
NOT_ANNOUNCING = gettext_lazy(
    "Chỉ chuyên viên của cơ quan tổ chức được lập, và chỉ khi kế hoạch đã ban hành."
)


@dataclass(frozen=True)
class Shape:
    """How a kind of announcement is written."""

    type_code: str
    abstract: str
    write: Callable[[Call], list[ClauseDraft]]
    is_letter: bool


def _shapes() -> dict[str, Shape]:
    return {
        Kind.NOTICE: Shape("TB", _("tổ chức %(conference)s"), public_notice, is_letter=False),
        Kind.REQUEST: Shape(
            "CV", _("tuyên truyền, chuẩn bị %(conference)s"), request_letter, is_letter=True
        ),
        Kind.INVITATION: Shape(
            "CV", _("mời, cử đại biểu dự %(conference)s"), invitation_letter, is_letter=True
        ),
    }


@transaction.atomic
def announce_session(
    session: DialogueSession, *, by: User, kind: str, now: datetime.datetime, today: datetime.date
) -> Document:
    """Draft one announcement of a session, filled from the plan; nothing is typed twice.

    Raises RefusedError unless `by` is a clerk of an issued plan's organisation, or if there is one
    of this kind already.
    """
    require(rules.may_announce_session(by, session), NOT_ANNOUNCING)
    DialogueSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    live = Announcement.objects.filter(session=session, kind=kind).exclude(
        document__state=DocumentState.REVOKED
    )
    if live.exists():
        raise RefusedError(_("Văn bản này đã được lập; hãy mở bản đang có."))
    call, shape = call_of(session, now), _shapes()[kind]
    plan = session.plan.document
    bodies = _addressed(session, today)
    small = call.conference[:1].lower() + call.conference[1:]
    header: dict[str, Any] = {"addressees": _letter_to(bodies)} if shape.is_letter else {}
    document = create_document(
        organisation=plan.organisation,
        type_code=shape.type_code,
        abstract=(shape.abstract % {"conference": small})[:500],
        by=by,
        today=today,
        clauses=shape.write(call),
        recipients=_recipients(plan, bodies, is_letter=shape.is_letter),
        relates_to=plan,
        **header,
    )
    Announcement.objects.create(session=session, kind=kind, document=document)
    return document


def _addressed(session: DialogueSession, today: datetime.date) -> list[Organisation]:
    """The bodies of the organisation's own unit and those of the session's units."""
    home = session.plan.document.organisation
    units = [home.unit_id, *(unit.pk for unit in session.units.all())]
    rows = Organisation.objects.current(today).filter(unit__in=units).exclude(pk=home.pk)
    return list(rows.order_by("system", "name")[:30])


def _letter_to(bodies: list[Organisation]) -> list[str]:
    return [body.name for body in bodies] or [_("Các cơ quan, đơn vị, thôn, tổ dân phố")]


def _recipients(
    plan: Document, bodies: list[Organisation], *, is_letter: bool
) -> list[RecipientDraft]:
    """A letter goes to those it addresses; a notice to each body by name; both are filed."""
    archive = plan.organisation.archive_line or _("Lưu: VT")
    if is_letter:
        to = [RecipientDraft(_("Như trên"))]
    else:
        to = [RecipientDraft(body.name, Recipient.Purpose.INFORM, body) for body in bodies]
    return [*to, RecipientDraft(archive, Recipient.Purpose.ARCHIVE)]
