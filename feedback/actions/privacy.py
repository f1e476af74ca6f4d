"""Personal data: every reading is remembered, requests are carried out, and nothing outlives them.

What remains of a request is its row: who carried it out, when, how many rows of what; no name.
"""

import datetime
from collections.abc import Iterable, Mapping

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assignments.actions import report_task
from assignments.states import Resolution, TaskState
from core import audit
from core.access import require
from core.audit import forgetting
from core.models import HistoryEntry, Message
from core.transitions import IllegalMoveError, move
from feedback import rules
from feedback.actions.intake import Contact, ask_to_confirm, delete_stored
from feedback.actions.leaving import leave_later_steps
from feedback.actions.stripping import hold_to_strip, strip_opinion, strip_reopenings
from feedback.models import DataRequest, Opinion, Reopening, Sender, Submission, Verdict
from feedback.queries.opinions import is_restricted
from feedback.queries.retention import letters_to
from feedback.states import DataRequestState, MatterState, OpinionState
from organisations.models import User

NOT_OFFICE = gettext_lazy("Chỉ văn phòng tổng hợp ý kiến được thực hiện yêu cầu về dữ liệu.")
NOT_SENDER = gettext_lazy("Chỉ người được giao mới mở được thông tin của người gửi.")
WITH_OTHERS = (OpinionState.ASKED, OpinionState.ANSWERED, OpinionState.FORWARDED)
"""An agency has the words already: they stay, without anything that tells whose they are."""


def note_sender_read(submission: Submission, *, by: User) -> None:
    """Somebody of the office opens a sender's contact data: who, when, of which form."""
    _require_reader(by, submission)
    note = _("Mở thông tin người gửi phiếu %(code)s")
    said = note % {"code": submission.shown_code}
    audit.note(audit.Kind.READ, by=by, said=said, about=submission)


def note_scan_read(opinion: Opinion, *, by: User) -> None:
    """A scanned slip shows a hand and a name: opening it is opening contact data."""
    note = _("Mở bản chụp phiếu, từ ý kiến %(code)s")
    said = note % {"code": opinion.code}
    audit.note(audit.Kind.READ, by=by, said=said, about=opinion.submission)


def note_data_taken(submission: Submission, *, by: User | None) -> None:
    """A file with everything held was made, for the sender (None) or by the office for her."""
    if by is not None:
        _require_reader(by, submission)
    said = _("Lấy tệp toàn bộ dữ liệu của phiếu")
    audit.note(audit.Kind.READ, by=by, said=said, about=submission)


@transaction.atomic
def stop_using(submission: Submission, *, now: datetime.datetime) -> None:
    """From the moment consent is withdrawn nothing more is sent; what waits is thrown away."""
    Submission.objects.filter(pk=submission.pk, consent_withdrawn_at=None).exclude(
        consent=None
    ).update(consent_withdrawn_at=now)
    Sender.objects.filter(submission=submission).update(email_confirmed_at=None)
    letters_to(submission).exclude(state=Message.State.SENT).delete()


@transaction.atomic
def give_data(request: DataRequest, *, by: User, today: datetime.date) -> None:
    """The office has handed the sender everything held about her."""
    _require_office(by, request)
    note_data_taken(request.submission, by=by)
    _finish(request, by=by, today=today, outcome=_("Đã trao tệp toàn bộ dữ liệu của phiếu."))


@transaction.atomic
def correct_sender(
    request: DataRequest, *, by: User, today: datetime.date, contact: Contact
) -> None:
    """Write the contact data as the sender wants them; a new address must be confirmed anew."""
    _require_office(by, request)
    _require_reader(by, request.submission)
    sender = Sender.objects.filter(submission=request.submission).first()
    sender = sender or Sender(submission=request.submission)
    changed = [name for name, value in vars(contact).items() if getattr(sender, name) != value]
    is_new_address = "email" in changed
    for name in changed:
        setattr(sender, name, getattr(contact, name))
    if is_new_address:
        sender.email_confirmed_at = None
        letters_to(request.submission).delete()
    sender.save()
    if is_new_address:
        ask_to_confirm(sender)
    outcome = _("Đã sửa %(n)d mục thông tin liên hệ.") % {"n": len(changed)}
    _finish(request, by=by, today=today, outcome=outcome, counts={"fields": len(changed)})


@forgetting()
def withdraw_consent(request: DataRequest, *, by: User, today: datetime.date) -> None:
    """Carry out a withdrawal: contact data and files go, the opinion stays without a name.

    So does what the conference wrote down; issued papers stay, and the outcome names them.
    """
    _require_office(by, request)
    _require_handed_over(request.submission)
    stop_using(request.submission, now=timezone.now())
    papers = [
        sentence
        for opinion in request.submission.opinions.order_by("pk")
        for sentence in leave_later_steps(opinion, by=by, keeps_words=True)
    ]
    counts = forget_person(request.submission)
    outcome = _("Đã xóa thông tin liên hệ và tệp kèm theo; ý kiến được giữ lại không tên.")
    _finish(request, by=by, today=today, outcome=_joined(outcome, papers), counts=counts)


@forgetting()
def erase_person(
    request: DataRequest, *, by: User, today: datetime.date, kept: Mapping[int, str]
) -> None:
    """Carry out an erasure: everything goes, but the words an agency has already been asked about.

    Those stay in the wording of `kept` (by opinion), from which the office took what tells whose
    they are. Issued papers of a conference stay, and the outcome names them.
    """
    _require_office(by, request)
    _require_handed_over(request.submission)
    stop_using(request.submission, now=timezone.now())
    papers, erased, opinions = (
        [],
        0,
        list(request.submission.opinions.select_related("group__task")),
    )
    hold_to_strip(opinions)
    for opinion in opinions:
        if opinion.state in WITH_OTHERS:
            papers += _keep_without_name(opinion, kept.get(opinion.pk, ""), by=by)
        else:
            papers += _erase_words(opinion, by=by)
            erased += 1
    _forget_joined(request.submission)
    counts = forget_person(request.submission) | ({"opinions": erased} if erased else {})
    outcome = _("Đã xóa dữ liệu cá nhân theo yêu cầu.")
    if erased < len(opinions):
        outcome += " " + _("Nội dung đã chuyển cơ quan trả lời được giữ lại không tên.")
    _finish(request, by=by, today=today, outcome=_joined(outcome, papers), counts=counts)


@transaction.atomic
def refuse_request(request: DataRequest, *, by: User, today: datetime.date, reason: str) -> None:
    """Say why a request cannot be carried out, in words its sender reads."""
    _require_office(by, request)
    _finish(request, by=by, today=today, outcome=reason, state=DataRequestState.REFUSED, counts={})


def forget_person(submission: Submission) -> dict[str, int]:
    """Delete who sent a form: contact data, files, letters, answers to questions; counted by kind."""
    files = [row.file for row in submission.files.select_related("file")]
    submission.files.all().delete()
    delete_stored(files)
    gone = {
        "sender": Sender.objects.filter(submission=submission).delete()[0],
        "files": len(files),
        "letters": letters_to(submission).delete()[0],
        "answers": submission.question_answers.all().delete()[0],
        "notes": DataRequest.objects.filter(submission=submission).exclude(note="").update(note=""),
    }
    return {kind: count for kind, count in gone.items() if count}


def _erase_words(opinion: Opinion, *, by: User) -> list[str]:
    if opinion.state in (OpinionState.RECEIVED, OpinionState.CLASSIFIED):
        note = _("Xóa theo yêu cầu của người gửi")
        move(opinion, OpinionState.WITHDRAWN, by=by, note=note)
    return strip_opinion(opinion, by=by)


def _keep_without_name(opinion: Opinion, words: str, *, by: User) -> list[str]:
    """The words in a wording that tells nobody; what was said beside them goes."""
    if not words:
        raise IllegalMoveError(_("Hãy ghi nội dung giữ lại không tên cho từng việc đã giao."))
    papers = leave_later_steps(opinion, by=by, keeps_words=True)
    Opinion.objects.filter(pk=opinion.pk).update(text=words, proposal="", raised_before="")
    opinion.additions.all().delete()
    Verdict.objects.filter(opinion=opinion).exclude(reason="").update(reason=_("Đã xóa."))
    strip_reopenings(opinion.reopenings.filter(support=None))
    kind = ContentType.objects.get_for_model(Opinion)
    HistoryEntry.objects.filter(subject_type=kind, subject_id=opinion.pk).update(note="")
    return papers


def _forget_joined(submission: Submission) -> None:
    """What the sender said of the results of matters she joined."""
    said = Verdict.objects.filter(support__submission=submission).exclude(reason="")
    said.update(reason=_("Đã xóa."))
    strip_reopenings(Reopening.objects.filter(support__submission=submission))


def _joined(outcome: str, papers: Iterable[str]) -> str:
    """The outcome with what was done to papers, each said once."""
    return " ".join([outcome, *dict.fromkeys(papers)])


def _finish(
    request: DataRequest,
    *,
    by: User,
    today: datetime.date,
    outcome: str,
    state: str = DataRequestState.DONE,
    counts: dict[str, int] | None = None,
) -> None:
    """Close the request and its task; what the sender had added to it goes."""
    move(request, state, by=by, note=outcome, outcome=outcome, counts=counts or {}, done_on=today)
    DataRequest.objects.filter(pk=request.pk).update(note="")
    task = request.task
    if task is not None and task.state == TaskState.OPEN:
        is_done = state == DataRequestState.DONE
        report_task(
            task,
            by=by,
            result=outcome,
            resolution=Resolution.DONE if is_done else Resolution.REJECTED,
            no_evidence_reason=_("Việc đã ghi ở trang của phiếu; không lưu bản sao dữ liệu."),
        )


def _require_office(by: User, request: DataRequest) -> None:
    require(rules.may_settle_data(by, request.submission), str(NOT_OFFICE))


def _require_reader(by: User, submission: Submission) -> None:
    closed = is_restricted(submission)
    require(rules.may_see_sender(by, submission, is_restricted=closed), str(NOT_SENDER))


def _require_handed_over(submission: Submission) -> None:
    """The law on complaints and denunciations comes first while reception holds the matter."""
    if submission.opinions.filter(matter__state=MatterState.HELD).exists():
        raise IllegalMoveError(
            _(
                "Một việc của phiếu này đang do bộ phận tiếp công dân giữ theo luật; chỉ xóa được "
                "sau khi đã bàn giao."
            )
        )
