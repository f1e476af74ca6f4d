"""Sorting opinions: classify, decline, and lead out of the dialogue what does not belong in it."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit, outbox
from core.access import require
from core.transitions import IllegalMoveError, move, record
from documents.actions import create_document
from documents.models import Document
from documents.rules import may_create_document
from feedback import rules
from feedback.actions.intake import delete_stored
from feedback.actions.stripping import hold_to_strip, strip_opinion
from feedback.actions.telling import letter_of_answer
from feedback.documents import reply_letter, transfer_slip
from feedback.models import Field, Opinion, ReplyLetter, RestrictedMatter, Sender, Submission
from feedback.queries.leads import last_line_of, receiving_body_of
from feedback.queries.releases import mailable
from feedback.queries.retention import letters_to
from feedback.states import MatterState, OpinionState
from organisations.models import User


@transaction.atomic
def classify_opinion(
    opinion: Opinion,
    *,
    by: User,
    kind: str,
    field: Field,
    competence: str,
    other_fields: Iterable[Field] = (),
    supporters: int = 1,
) -> None:
    """Say what an opinion is, which field it concerns and who is competent; may be done again."""
    _require_office(by, opinion)
    values = {
        "kind": kind,
        "field": field,
        "competence": competence,
        "supporters": supporters,
    }
    note = _("%(kind)s · %(field)s") % {"kind": Opinion.Kind(kind).label, "field": field}
    if opinion.state == OpinionState.CLASSIFIED:
        Opinion.objects.filter(pk=opinion.pk, state=OpinionState.CLASSIFIED).update(**values)
        record(opinion, by=by, note=note)
    else:
        move(opinion, OpinionState.CLASSIFIED, by=by, note=note, **values)
    opinion.other_fields.set(row for row in other_fields if row != field)


@transaction.atomic
def decline_opinion(
    opinion: Opinion,
    *,
    by: User,
    reason: str,
    resolution: str = Opinion.Resolution.OUT_OF_SCOPE,
    target: str = "",
) -> None:
    """Leave an opinion out of the dialogue, with words its sender will read.

    What belongs to voters' meetings names where it went (`target`).
    """
    _require_office(by, opinion)
    move(
        opinion,
        OpinionState.DECLINED,
        by=by,
        note=reason,
        resolution=resolution,
        resolution_note=reason,
        resolution_target=target,
        group=None,
    )
    _tell_sender(opinion)


def reopen_opinion(opinion: Opinion, *, by: User) -> None:
    """Take a declined opinion back into the dialogue."""
    _require_office(by, opinion)
    nothing = {"resolution": "", "resolution_note": "", "resolution_target": ""}
    move(opinion, OpinionState.RECEIVED, by=by, **nothing)


@transaction.atomic
def write_reply_letter(opinion: Opinion, *, by: User, today: datetime.date) -> Document:
    """Begin the letter to a sender whose opinion stays out: words from the reason, no name in it."""
    _require_office(by, opinion)
    if opinion.state != OpinionState.DECLINED:
        raise IllegalMoveError(_("Chỉ soạn công văn trả lời cho ý kiến không đưa vào đối thoại."))
    known = ReplyLetter.objects.filter(opinion=opinion).select_related("document").first()
    if known is not None:
        return known.document
    document = create_document(
        organisation=opinion.submission.consultation.organisation,
        by=by,
        today=today,
        **reply_letter(opinion),
    )
    ReplyLetter.objects.create(opinion=opinion, document=document)
    return document


@transaction.atomic
def route_out_opinion(
    opinion: Opinion, *, by: User, kind: str, receiving_body: str, reason: str, today: datetime.date
) -> RestrictedMatter:
    """Lead a complaint, denunciation, crime report or civil dispute out of the dialogue.

    The words go to the restricted matter, which reception alone opens; the opinion stays as a stub
    without words, and no history line, group, list, message, task or draft keeps any (domain.md
    §2.4–2.5); `papers` of the matter says which issued paper still does. A clerk's routing also begins the transfer slip.
    """
    _require_office(by, opinion)
    hold_to_strip([opinion])
    content = _whole_text(opinion)
    move(
        opinion,
        OpinionState.ROUTED,
        by=by,
        note="",
        resolution=Opinion.Resolution.TRANSFERRED,
        resolution_note="",
        resolution_target=receiving_body,
    )
    papers = strip_opinion(opinion, by=by)
    matter = RestrictedMatter.objects.create(
        opinion=opinion,
        kind=kind,
        content=content,
        receiving_body=receiving_body,
        reason=reason,
        papers="\n".join(papers),
        routed_by=by,
        routed_on=today,
    )
    if may_create_document(by, opinion.submission.consultation.organisation):
        write_slip(matter, by=by, today=today)
    return matter


@transaction.atomic
def write_slip(matter: RestrictedMatter, *, by: User, today: datetime.date) -> Document:
    """Begin the transfer slip (phiếu chuyển) of a matter; it names the code, never the sender."""
    _require_office(by, matter.opinion)
    if matter.slip is None:
        organisation = matter.opinion.submission.consultation.organisation
        basis = receiving_body_of(organisation, matter.kind).basis
        matter.slip = create_document(
            organisation=organisation, by=by, today=today, **transfer_slip(matter, basis)
        )
        matter.save(update_fields=["slip"])
    return matter.slip


def note_stub_viewed(opinion: Opinion, *, by: User) -> None:
    """Somebody looks at what is left of a routed opinion: reception can see who did."""
    audit.note(audit.Kind.READ, by=by, said=_("Xem phiếu lưu"), about=opinion.matter)


def note_matter_viewed(matter: RestrictedMatter, *, by: User) -> None:
    """Reception opens a matter: every view is remembered."""
    require(rules.may_see_matter(by, matter), _("Chỉ bộ phận tiếp công dân xem được hồ sơ này."))
    audit.note(audit.Kind.READ, by=by, said=_("Xem hồ sơ"), about=matter)


@transaction.atomic
def hand_over_matter(matter: RestrictedMatter, *, by: User) -> None:
    """Hand a matter over on paper: words, sender and files are erased, a stub remains."""
    require(rules.may_see_matter(by, matter), _("Chỉ bộ phận tiếp công dân được bàn giao hồ sơ."))
    submission = matter.opinion.submission
    move(
        matter,
        MatterState.HANDED_OVER,
        by=by,
        content="",
        reason="",
        handed_over_at=timezone.now(),
    )
    files = [row.file for row in submission.files.select_related("file")]
    submission.files.all().delete()
    delete_stored(files)
    Sender.objects.filter(submission=submission).delete()
    letters_to(submission).delete()


def _whole_text(opinion: Opinion) -> str:
    added = opinion.additions.order_by("pk").values_list("text", flat=True)
    parts = (opinion.text, opinion.proposal, opinion.raised_before, *added)
    return "\n\n".join(part for part in parts if part)


def _tell_sender(opinion: Opinion) -> None:
    """One letter to a sender who may be mailed; the words stay on the page."""
    key = f"left-out:{opinion.pk}:{last_line_of([opinion.pk])}"
    forms = mailable(Submission.objects.filter(pk=opinion.submission_id))
    outbox.write_all([letter_of_answer(form, key=key) for form in forms])


def _require_office(by: User, opinion: Opinion) -> None:
    require(
        rules.may_sort_opinion(by, opinion),
        _("Chỉ văn phòng tổng hợp ý kiến được xử lý ý kiến này."),
    )
