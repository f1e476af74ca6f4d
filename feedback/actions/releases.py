"""Lifting the embargo: answers released together, each sender told once by the way she chose."""

from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import outbox
from core.access import require
from core.transitions import IllegalMoveError, move, record
from feedback import rules
from feedback.actions.passing import hold_groups, pass_back
from feedback.actions.telling import letter_of_answer
from feedback.models import Answer, Notice, Opinion, Release, Submission
from feedback.queries.releases import readers_of
from feedback.states import AnswerState, OpinionState
from organisations.models import User


@transaction.atomic
def release_answers(answers: Sequence[Answer], *, by: User) -> Release:
    """Lift the embargo: answers become readable, opinions answered, senders told where to look.

    Each sender gets one message without the answer in it, or stands on the office's list.
    """
    consultations = {answer.group.consultation_id for answer in answers}
    if len(consultations) != 1:
        raise IllegalMoveError(_("Hãy chọn câu trả lời của cùng một đợt."))
    require(rules.may_release_answers(by, answers[0].group.consultation), rules.NOT_RELEASING)
    hold_groups(answer.group_id for answer in answers)
    if Answer.objects.filter(pk__in=[answer.pk for answer in answers]).count() != len(answers):
        raise IllegalMoveError(
            _("Có vấn đề vừa được chuyển ra ngoài đối thoại cùng câu trả lời. Hãy tải lại trang.")
        )
    release = Release.objects.create(consultation_id=consultations.pop(), by=by)
    for answer in answers:
        move(answer, AnswerState.RELEASED, by=by, released_at=timezone.now(), release=release)
        waiting = answer.group.opinions.filter(
            state__in=[OpinionState.ASKED, OpinionState.CLASSIFIED]
        )
        for opinion in waiting:
            move(opinion, OpinionState.ANSWERED, by=by, resolution=Opinion.Resolution.ANSWERED)
    record(release, by=by, note=_("Công bố %(n)s câu trả lời") % {"n": len(answers)})
    pass_back(answers, by=by, today=timezone.localdate())
    tell_senders(answers)
    return release


def tell_senders(answers: Sequence[Answer]) -> int:
    """Tell those who sent or joined and were not told yet; how many letters were written."""
    known = set(Notice.objects.filter(answer__in=answers).values_list("answer_id", "submission_id"))
    now, letters = timezone.now(), []
    by_submission: dict[int, list[Answer]] = defaultdict(list)
    readers = readers_of(answers)
    for answer, submission_id in readers.pairs:
        if (answer.pk, submission_id) not in known:
            by_submission[submission_id].append(answer)
    notices = []
    for submission_id, told in by_submission.items():
        submission, channel = readers.submissions[submission_id]
        is_letter = channel == Notice.Channel.EMAIL
        if is_letter:
            first = min(answer.pk for answer in told)
            letters.append(
                letter_of_answer(submission, key=f"answer-released:{submission.pk}:{first}")
            )
        notices += [
            Notice(
                release_id=answer.release_id,
                answer=answer,
                submission=submission,
                channel=channel,
                told_at=now if is_letter else None,
            )
            for answer in told
            if answer.release_id
        ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    outbox.write_all(letters)
    return len(letters)


@transaction.atomic
def mark_told(release: Release, submission: Submission, *, by: User) -> None:
    """The office has told a sender by telephone, on paper or through her body."""
    require(rules.may_release_answers(by, release.consultation), rules.NOT_RELEASING)
    waiting = Notice.objects.filter(release=release, submission=submission, told_at=None)
    if waiting.update(told_at=timezone.now(), told_by=by):
        words = {"code": submission.shown_code}
        record(release, by=by, note=_("Đã báo người gửi phiếu %(code)s") % words)
