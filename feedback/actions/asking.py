"""Whom a consultation asks, about what, and with which questions of its own."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.access import require
from core.transitions import IllegalMoveError, record
from feedback import queries, rules
from feedback.models import Consultation, Question, WatchList
from feedback.states import ConsultationState
from organisations.models import Organisation, User

OFFICE_ONLY = gettext_lazy("Chỉ văn phòng tổ chức đợt lấy ý kiến được làm việc này.")


def set_scope(consultation: Consultation, *, by: User, open_to: str, **chosen: Any) -> None:
    """Say for which sessions, whom and what it is; `chosen` are the rows of the four lists."""
    require(rules.may_run_consultation(by, consultation), OFFICE_ONLY)
    with transaction.atomic():
        Consultation.objects.filter(pk=consultation.pk).update(open_to=open_to)
        for name in ("also_for", "units", "invited", "topics"):
            getattr(consultation, name).set(chosen[name])
        record(consultation, by=by, note=_("Sửa phạm vi đợt lấy ý kiến"))
    queries.frame_of.cache_clear()


def write_question(
    consultation: Consultation, *, by: User, question: Question | None = None, **said: Any
) -> Question:
    """Write a question, or write it anew; only before the consultation is opened."""
    _require_draft(consultation, by)
    with transaction.atomic():
        if question is None:
            last = consultation.questions.aggregate(last=Max("position"))["last"] or 0
            question = Question(consultation=consultation, position=last + 1)
        for name, value in said.items():
            setattr(question, name, value)
        question.save()
        record(consultation, by=by, note=_("Ghi câu hỏi: %(label)s") % {"label": question.label})
    queries.frame_of.cache_clear()
    return question


def remove_question(question: Question, *, by: User) -> None:
    """Take a question out before the consultation is opened, unless another depends on it."""
    _require_draft(question.consultation, by)
    if question.followers.exists():
        raise IllegalMoveError(_("Có câu hỏi khác chỉ hỏi tùy theo câu này. Hãy bỏ câu kia trước."))
    with transaction.atomic():
        note = _("Bỏ câu hỏi: %(label)s") % {"label": question.label}
        record(question.consultation, by=by, note=note)
        question.delete()
    queries.frame_of.cache_clear()


def set_watch_words(organisation: Organisation, *, by: User, words: str) -> None:
    """Keep the words the office wants marked; they never stop an opinion."""
    require(rules.may_set_watch_words(by, organisation), OFFICE_ONLY)
    WatchList.objects.update_or_create(organisation=organisation, defaults={"words": words})


def _require_draft(consultation: Consultation, by: User) -> None:
    require(rules.may_run_consultation(by, consultation), OFFICE_ONLY)
    if consultation.state != ConsultationState.DRAFT:
        raise IllegalMoveError(
            _("Đợt này đã mở: câu hỏi giữ nguyên để mọi người trả lời cùng một câu.")
        )
