"""Answers: prepared by the asked agency, approved by its head, judged by the office."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments.actions import accept_task, report_task, return_task
from assignments.states import Resolution, TaskState
from core import outbox
from core.access import require
from core.transitions import IllegalMoveError, move, record
from core.versions import save_version
from documents.models import LegalBasis
from feedback import rules
from feedback.actions.telling import tell_heads, tell_link
from feedback.models import Answer, IssueGroup, Opinion
from feedback.queries.answers import has_head
from feedback.states import AnswerState, OpinionState
from organisations.models import User


@transaction.atomic
def write_answer(
    group: IssueGroup,
    *,
    by: User,
    text: str,
    legal_basis: str = "",
    version: int = 0,
    bases: Iterable[LegalBasis] = (),
) -> Answer:
    """Write or change the draft answer; `version` 0 is a first draft. StaleError if overtaken.

    The head may also mend what waits for approval.
    """
    require(rules.may_write_answer(by, group), rules.NOT_LEAD)
    answer = Answer.objects.filter(group=group).first()
    if answer is None:
        answer = Answer.objects.create(
            group=group, text=text, legal_basis=legal_basis, written_by=by
        )
        record(answer, by=by, note=_("Soạn câu trả lời"), to_state=AnswerState.DRAFT)
    else:
        _require_open(answer, is_head=rules.may_approve_answer(by, group))
        save_version(
            answer, version=version, text=text, legal_basis=legal_basis, written_by=by, link=None
        )
        record(answer, by=by, note=_("Sửa câu trả lời"))
    answer.bases.set(bases)
    return answer


@transaction.atomic
def submit_answer(answer: Answer, *, by: User) -> None:
    """Send the draft on: to the agency's head if it has one, else to the office.

    A head's own word is the approval. The task then counts as reported.
    """
    group = answer.group
    require(rules.may_write_answer(by, group), rules.NOT_LEAD)
    is_head = rules.may_approve_answer(by, group)
    if has_head(group.lead_id, timezone.localdate()) and not is_head:
        move(answer, AnswerState.AT_HEAD, by=by)
        tell_heads(answer)
        return
    _send_to_office(answer, by=by)


@transaction.atomic
def approve_answer(answer: Answer, *, by: User) -> None:
    """The head of the asked agency approves: the answer goes to the office."""
    require(rules.may_approve_answer(by, answer.group), rules.NOT_LEADS_HEAD)
    _send_to_office(answer, by=by)


@transaction.atomic
def send_back_answer(answer: Answer, *, by: User, reason: str) -> None:
    """The head of the asked agency gives the draft back to whoever wrote it."""
    group = answer.group
    require(rules.may_approve_answer(by, group), rules.NOT_LEADS_HEAD)
    move(answer, AnswerState.DRAFT, by=by, note=reason)
    writer = answer.written_by
    if writer is not None and writer.pk != by.pk:
        values = {"title": group.title}
        outbox.notify(
            [writer],
            key=f"answer-sent-back:{answer.pk}:{answer.version}:{timezone.now():%Y%m%d%H%M%S}",
            subject=_("Lãnh đạo trả lại dự thảo: %(title)s") % values,
            body=_("Lãnh đạo cơ quan trả lại dự thảo trả lời “%(title)s” để sửa. Mở để xem lý do.")
            % values,
            reason=_("ông/bà đã soạn dự thảo này."),
            link=group.get_absolute_url(),
            about=group,
        )


@transaction.atomic
def return_answer(answer: Answer, *, by: User, reason: str) -> None:
    """Send the answer back with what is missing; the agency's task is open again.

    An accepted answer can still be sent back, a released one never.
    """
    _require_judge(by, answer)
    if answer.state == AnswerState.AT_HEAD:
        raise IllegalMoveError(_("Dự thảo đang chờ lãnh đạo cơ quan duyệt, chưa đến văn phòng."))
    move(answer, AnswerState.DRAFT, by=by, note=reason)
    task = answer.group.task
    if task is not None and task.state in (TaskState.REPORTED, TaskState.ACCEPTED):
        return_task(task, by=by, reason=_("Văn phòng đề nghị sửa dự thảo trả lời."))
    if answer.link is not None:
        words = _("Văn phòng đề nghị sửa câu trả lời. Mở đường dẫn để xem lý do và sửa.")
        tell_link(answer.link, key=f"returned:{answer.version}", words=words)


@transaction.atomic
def accept_answer(answer: Answer, *, by: User) -> None:
    """Accept the answer; it stays under embargo until it is released."""
    _require_judge(by, answer)
    move(answer, AnswerState.ACCEPTED, by=by)
    task = answer.group.task
    if task is not None and task.state == TaskState.REPORTED:
        accept_task(task, by=by)


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


def _send_to_office(answer: Answer, *, by: User) -> None:
    """The task says only that an answer came: more people see tasks than may read the answer."""
    move(answer, AnswerState.SUBMITTED, by=by)
    task = answer.group.task
    if task is not None and task.state == TaskState.OPEN:
        report_task(
            task,
            by=by,
            result=_("Đã gửi dự thảo trả lời cho văn phòng."),
            resolution=Resolution.EXPLAINED,
            no_evidence_reason=_("Dự thảo trả lời nằm ở trang của vấn đề."),
        )


def why_closed(answer: Answer | None, *, is_head: bool) -> str:
    """Why the draft cannot be written on now; "" while it can."""
    if answer is None or answer.state == AnswerState.DRAFT:
        return ""
    if answer.state == AnswerState.AT_HEAD:
        closed = _("Dự thảo đang chờ lãnh đạo cơ quan duyệt, không sửa được nữa.")
        return "" if is_head else closed
    return _("Câu trả lời đã gửi văn phòng, không sửa được nữa.")


def _require_open(answer: Answer, *, is_head: bool) -> None:
    reason = why_closed(answer, is_head=is_head)
    if reason:
        raise IllegalMoveError(reason)


def _require_judge(by: User, answer: Answer) -> None:
    require(
        rules.may_judge_answer(by, answer.group),
        _("Chỉ văn phòng tổng hợp được duyệt, và không phải người của cơ quan đã soạn trả lời."),
    )
