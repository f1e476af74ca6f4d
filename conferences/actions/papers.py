"""The papers of a conference: invitation, its personal copies, minutes."""

import datetime
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from conferences import rules
from conferences.actions.holding import NOT_OFFICE, lock
from conferences.documents import invitation_clauses
from conferences.documents.printable import require_printable
from conferences.models import Conference, InvitationPrint, Participant
from conferences.queries.inviting import answer_path, words_of
from conferences.states import PrintState
from core.access import RefusedError, require
from core.transitions import move
from documents.actions import create_document
from documents.documents import paper_of
from documents.models import Document
from documents.printing.merge import Guest, render_merged
from documents.printing.paper import Qr
from documents.printing.pdf import render_pdf
from organisations.models import User


@transaction.atomic
def draft_invitation(
    conference: Conference, *, by: User, today: datetime.date, note: str = ""
) -> Document:
    """Draft the invitation as an official document; its approval is that of every document."""
    lock(conference)
    conference.refresh_from_db()
    require(
        rules.may_draft_invitation(by, conference),
        _("Chỉ chuyên viên của cơ quan tổ chức được soạn giấy mời, và mỗi hội nghị một giấy mời."),
    )
    document = create_document(
        by=by,
        today=today,
        organisation=conference.organisation,
        type_code="GM",
        abstract=_("dự %(title)s") % {"title": conference.title},
        clauses=invitation_clauses(conference, note=note),
        relates_to=conference.session.plan.document,
    )
    _attach(conference, invitation=document)
    return document


@transaction.atomic
def order_invitations(conference: Conference, *, by: User) -> InvitationPrint:
    """Ask for all personal invitations in one PDF; the same list is printed once."""
    require(rules.may_print_invitations(by, conference), NOT_OFFICE)
    lock(conference)
    guests = _guests(conference)
    known = conference.prints.exclude(state=PrintState.FAILED)
    wanted = {"fingerprint": _fingerprint(conference, guests)}
    found = known.filter(**wanted).first()
    return found or conference.prints.create(ordered_by=by, copies=len(guests), **wanted)


def make_invitations(order: InvitationPrint) -> None:
    """Set the letters of an order and keep the PDF; of two workers the second does nothing.

    The guests are those of this moment, in the order of the list, with the issued paper's words.
    """
    conference = Conference.objects.select_related("invitation").get(pk=order.conference_id)
    row = InvitationPrint.objects.filter(pk=order.pk)
    try:
        pdf = merge_invitations(conference, tell=lambda done: _tell(row, done))
    except RefusedError as error:
        move(order, PrintState.FAILED, by=None, error=error.reason)
        return
    with transaction.atomic():
        locked = InvitationPrint.objects.select_for_update().get(pk=order.pk)
        if locked.state == PrintState.WAITING:
            locked.file.save(f"giay-moi-{locked.pk}.pdf", ContentFile(pdf), save=False)
            move(locked, PrintState.DONE, by=None, file=locked.file)


def _tell(row: QuerySet[InvitationPrint], done: int) -> None:
    row.update(done=done)


def merge_invitations(
    conference: Conference, *, tell: Callable[[int], None] = lambda _done: None
) -> bytes:
    """All personal invitations in one PDF (seconds of work: workers call it, pages do not).

    `tell` hears now and then how many are done.
    """
    assert conference.invitation is not None
    require_printable(conference.participants.order_by("id"))
    return render_merged(paper_of(conference.invitation), _guests(conference), tell=tell)


def print_invitation(conference: Conference, person: Participant) -> bytes:
    """One personal invitation, to print alone or to read on a screen."""
    assert conference.invitation is not None
    require_printable([person])
    paper, guest = paper_of(conference.invitation), _guest(person)
    fill = {**paper.fill, **guest.fields}
    return render_pdf(replace(paper, fill=fill, qr=Qr(guest.qr_text, guest.qr_caption)))


def _guests(conference: Conference) -> list[Guest]:
    return [_guest(person) for person in conference.participants.order_by("id")]


def _guest(person: Participant) -> Guest:
    return Guest(
        words_of(person),
        qr_text=f"{settings.SITE_URL.rstrip('/')}{answer_path(person)}",
        qr_caption=_("Quét mã để báo dự họp; xin mang theo mã này khi tới dự."),
    )


def _fingerprint(conference: Conference, guests: Sequence[Guest]) -> str:
    assert conference.invitation is not None
    words = [
        conference.invitation.pdf_sha256,
        *(f"{guest.fields} {guest.qr_text}" for guest in guests),
    ]
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


def _attach(conference: Conference, **paper: Document) -> None:
    Conference.objects.filter(pk=conference.pk).update(version=F("version") + 1, **paper)
    conference.refresh_from_db()
