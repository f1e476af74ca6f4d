"""Answers: prepared by the asked agency, judged by the office, embargoed until released."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments.actions import accept_task, report_task, return_task
from assignments.states import Resolution, TaskState
from core import outbox
from core.access import require
from core.codes import grouped_code
from core.models import Message
from core.transitions import IllegalMoveError, move, record
from core.versions import save_version
from feedback import rules
from feedback.models import Answer, IssueGroup, Opinion, Submission
from feedback.states import AnswerState, OpinionState
from organisations.models import User


@transaction.atomic
def write_answer(
    group: IssueGroup, *, by: User, text: str, legal_basis: str = "", version: int = 0
) -> Answer:
    """Write or change the draft answer; `version` 0 is a first draft. StaleError if overtaken."""
    require(
        rules.may_write_answer(by, group), _("Chỉ cơ quan được giao trả lời được soạn câu trả lời.")
    )
    answer = Answer.objects.filter(group=group).first()
    if answer is None:
        answer = Answer.objects.create(
            group=group, text=text, legal_basis=legal_basis, written_by=by
        )
        record(answer, by=by, note=_("Soạn câu trả lời"), to_state=AnswerState.DRAFT)
        return answer
    if answer.state != AnswerState.DRAFT:
        raise IllegalMoveError(_("Câu trả lời đã gửi văn phòng, không sửa được nữa."))
    save_version(answer, version=version, text=text, legal_basis=legal_basis, written_by=by)
    record(answer, by=by, note=_("Sửa câu trả lời"))
    return answer


@transaction.atomic
def submit_answer(answer: Answer, *, by: User) -> None:
    """Send the draft to the office; the agency's task counts as reported.

    The task says only that an answer came: more people see tasks than may read the answer.
    """
    group = answer.group
    require(
        rules.may_write_answer(by, group), _("Chỉ cơ quan được giao trả lời được gửi câu trả lời.")
    )
    move(answer, AnswerState.SUBMITTED, by=by)
    if group.task is not None and group.task.state == TaskState.OPEN:
        report_task(
            group.task,
            by=by,
            result=_("Đã gửi dự thảo trả lời cho văn phòng."),
            resolution=Resolution.EXPLAINED,
            no_evidence_reason=_("Dự thảo trả lời nằm ở trang của vấn đề."),
        )


@transaction.atomic
def return_answer(answer: Answer, *, by: User, reason: str) -> None:
    """Send the answer back with what is missing; the agency's task is open again."""
    _require_judge(by, answer)
    move(answer, AnswerState.DRAFT, by=by, note=reason)
    task = answer.group.task
    if task is not None and task.state == TaskState.REPORTED:
        return_task(task, by=by, reason=_("Văn phòng đề nghị sửa dự thảo trả lời."))


@transaction.atomic
def accept_answer(answer: Answer, *, by: User) -> None:
    """Accept the answer; it stays under embargo until it is released."""
    _require_judge(by, answer)
    move(answer, AnswerState.ACCEPTED, by=by)
    task = answer.group.task
    if task is not None and task.state == TaskState.REPORTED:
        accept_task(task, by=by)


@transaction.atomic
def release_answers(answers: Sequence[Answer], *, by: User) -> int:
    """Lift the embargo: answers become readable, opinions answered, senders told where to look.

    Returns how many senders were written to. Each gets one message, without the answer in it.
    """
    for answer in answers:
        require(
            rules.may_release_answers(by, answer.group.consultation),
            _("Chỉ văn phòng tổng hợp ý kiến được công bố câu trả lời."),
        )
        move(answer, AnswerState.RELEASED, by=by, released_at=timezone.now())
        for opinion in answer.group.opinions.filter(
            state__in=[OpinionState.ASKED, OpinionState.CLASSIFIED]
        ):
            move(
                opinion,
                OpinionState.ANSWERED,
                by=by,
                resolution=Opinion.Resolution.ANSWERED,
            )
    return tell_senders(answers)


def answer_in_hall(opinions: Iterable[Opinion], *, by: User, note: str = "") -> None:
    """Mark opinions answered at the conference itself; those already settled stay as they are."""
    with transaction.atomic():
        for opinion in opinions:
            require(rules.may_sort_opinion(by, opinion), _("Chỉ văn phòng được ghi đã trả lời."))
            if opinion.state in (OpinionState.CLASSIFIED, OpinionState.ASKED):
                move(
                    opinion,
                    OpinionState.ANSWERED,
                    by=by,
                    note=note,
                    resolution=Opinion.Resolution.ANSWERED,
                )


def tell_senders(answers: Sequence[Answer]) -> int:
    """One message to every sender and joiner who left consent and an e-mail, and confirmed it."""
    answered = Q(opinions__group__answer__in=answers, opinions__state=OpinionState.ANSWERED)
    submissions = (
        Submission.objects.filter(
            answered | Q(supports__group__answer__in=answers), consent__isnull=False
        )
        .exclude(sender__email="")
        .exclude(sender__email_confirmed_at=None)
        .exclude(opinions__state=OpinionState.ROUTED)
        .select_related("sender", "consultation")
        .filter(sender__isnull=False)
        .distinct()
    )
    letters = [_letter(submission, answers) for submission in submissions]
    outbox.write_all(letters)
    return len(letters)


def _letter(submission: Submission, answers: Sequence[Answer]) -> Message:
    first = min(answer.pk for answer in answers)
    return outbox.letter(
        key=f"answer-released:{submission.pk}:{first}",
        address=submission.sender.email,
        subject=_("Ý kiến của Ông/Bà đã có trả lời"),
        body=_(
            "Ý kiến Ông/Bà gửi (mã tra cứu %(code)s) đã có trả lời.\n\n"
            "Để giữ kín nội dung, thư này không ghi câu trả lời. Mời Ông/Bà mở trang tra cứu, "
            "nhập mã tra cứu và mã bí mật trên giấy hẹn."
        )
        % {"code": grouped_code(submission.code)},
        reason=_("đã ghi thư điện tử và đồng ý nhận trả lời khi gửi ý kiến"),
        link=reverse("feedback:track"),
    )


def _require_judge(by: User, answer: Answer) -> None:
    require(
        rules.may_judge_answer(by, answer.group),
        _("Chỉ văn phòng tổng hợp được duyệt, và không phải người của cơ quan đã soạn trả lời."),
    )
