"""What senders do after they sent: add, withdraw, ask about their data, judge the outcome.

Whoever holds code and secret is the sender; the view has checked both before it calls these.
"""

import datetime
import uuid

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments.actions import give_task
from core.calendar import WorkingCalendar
from core.codes import grouped_code
from core.dates import written_day
from core.timephrase import parse
from core.transitions import IllegalMoveError, move, record
from feedback.actions.privacy import stop_using
from feedback.actions.reopening import ask_again, withdraw_asking
from feedback.models import Addition, DataRequest, Opinion, Sender, Submission, Support, Verdict
from feedback.queries.tracking import is_told
from feedback.states import OpinionState
from organisations.models import Organisation
from organisations.queries import deadline_phrase

OPEN_TO_WORDS = (OpinionState.RECEIVED, OpinionState.CLASSIFIED, OpinionState.ASKED)


@transaction.atomic
def add_words(opinion: Opinion, *, text: str, token: uuid.UUID) -> Addition:
    """Keep what the sender adds to an opinion that is not answered yet; twice the same counts once.

    A matter that left the dialogue takes nothing more: the words would escape its lock.
    """
    locked = Opinion.objects.select_for_update(of=("self",)).get(pk=opinion.pk)
    if locked.state not in OPEN_TO_WORDS:
        raise IllegalMoveError(_("Việc này không nhận bổ sung được nữa."))
    addition, is_new = Addition.objects.get_or_create(
        token=token, defaults={"opinion": locked, "text": text}
    )
    if is_new:
        record(locked, by=None, note=_("Người gửi bổ sung thông tin"))
    return addition


def withdraw_opinion(opinion: Opinion) -> None:
    """Take one's opinion back, as long as no agency was asked about it; doing so twice is harmless."""
    if opinion.state == OpinionState.WITHDRAWN:
        return
    if opinion.state == OpinionState.ASKED:
        raise IllegalMoveError(
            _("Cơ quan đang chuẩn bị trả lời việc này. Muốn rút, xin liên hệ văn phòng.")
        )
    move(
        opinion,
        OpinionState.WITHDRAWN,
        by=None,
        note=_("Người gửi rút ý kiến"),
        group=None,
    )


@transaction.atomic
def ask_about_data(
    submission: Submission, *, kind: str, note: str, today: datetime.date
) -> DataRequest:
    """Take a request about personal data and start its clocks as a task of the office.

    A withdrawal or erasure stops all use at once; the task is to delete what is left.
    The days come from the office's DeadlineRule `data_reply` and `data_<kind>`; the task names the
    code of the form, never the person.
    """
    organisation = submission.consultation.organisation
    request, is_new = DataRequest.objects.get_or_create(
        submission=submission,
        kind=kind,
        received_on=today,
        defaults={"note": note, "reply_by": _day("data_reply", organisation, today)},
    )
    if not is_new:
        return request
    if kind in (DataRequest.Kind.WITHDRAW, DataRequest.Kind.ERASE):
        stop_using(submission, now=timezone.now())
    label = DataRequest.Kind(kind).label
    request.task = give_task(
        by=None,
        today=today,
        title=_("Dữ liệu cá nhân của phiếu %(code)s: %(kind)s")
        % {"code": grouped_code(submission.code), "kind": label},
        details=_("Trả lời người gửi trước hết ngày %(day)s.")
        % {"day": written_day(request.reply_by)},
        owner=organisation,
        lead=organisation,
        due_on=_day(f"data_{kind}", organisation, today),
        origin=request,
        origin_label=_("Yêu cầu của người gửi phiếu %(code)s")
        % {"code": grouped_code(submission.code)},
    )
    request.save(update_fields=["task"])
    return request


def give_verdict(voice: Opinion | Support, *, is_settled: bool, reason: str = "") -> Verdict:
    """Keep the word of a sender, or of one who joined, on whether a matter is settled.

    The latest word counts. “Chưa” asks whoever watches the work to look again, once at a time.
    """
    support = voice if isinstance(voice, Support) else None
    with transaction.atomic():
        opinion = _told_opinion(voice)
        verdict, _is_new = Verdict.objects.update_or_create(
            **({"support": support} if support else {"opinion": opinion}),
            defaults={"is_settled": is_settled, "reason": "" if is_settled else reason},
        )
        said = _("đã được giải quyết") if is_settled else _("chưa giải quyết")
        if support is not None:
            record(support.group, by=None, note=_("Người cùng ý kiến: %(said)s") % {"said": said})
        else:
            record(opinion, by=None, note=_("Người gửi: %(said)s") % {"said": said})
        if is_settled:
            withdraw_asking(opinion, support=support)
        else:
            ask_again(opinion, support=support, reason=reason)
    return verdict


def _told_opinion(voice: Opinion | Support) -> Opinion:
    """The opinion that stands for a matter, locked; refused before an answer or result was told."""
    of = Q(group=voice.group_id) if isinstance(voice, Support) else Q(pk=voice.pk)
    opinion = (
        Opinion.objects.filter(of)
        .select_for_update(of=("self",))
        .select_related("group__lead", "submission__consultation__organisation")
        .order_by("pk")
        .first()
    )
    if opinion is None or not is_told(opinion):
        raise IllegalMoveError(_("Việc này chưa có câu trả lời được công bố."))
    return opinion


def confirm_email(sender: Sender, *, now: datetime.datetime) -> None:
    """Remember that the address belongs to whoever gave it; only then anything else is mailed."""
    unconfirmed = Sender.objects.filter(pk=sender.pk, email_confirmed_at=None)
    unconfirmed.filter(submission__consent_withdrawn_at=None).update(email_confirmed_at=now)


def _day(code: str, organisation: Organisation, today: datetime.date) -> datetime.date:
    """The last good day of a clock; an unreadable phrase is refused where it is edited."""
    found = parse(deadline_phrase(code, organisation)).resolve(today, WorkingCalendar.load())
    return found or today
