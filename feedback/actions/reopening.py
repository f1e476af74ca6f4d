"""“Chưa giải quyết”: the request it makes, and the decision the sender reads."""

import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments.actions import free_place, give_task
from assignments.actions.reopening import reopen_task
from assignments.models import Task
from assignments.states import RequestState, TaskState
from core import outbox
from core.access import require
from core.calendar import WorkingCalendar
from core.timephrase import TimePhrase
from core.transitions import IllegalMoveError, move
from feedback import rules
from feedback.actions.telling import letter_to_sender
from feedback.models import Notice, Opinion, Reopening, Support
from feedback.queries.releases import way_of_form
from feedback.queries.reopenings import (
    decider_of,
    keepers_of,
    lead_for,
    open_work,
    result_in_doubt,
)
from organisations.models import Organisation, User


def ask_again(opinion: Opinion, *, reason: str, support: Support | None = None) -> Reopening | None:
    """Ask whoever watches the work to look again; None while somebody still works on it.

    `support` is given where one who joined the matter asks. The caller holds the opinion's row. While one request waits, new words take the place of the old.
    """
    if open_work(opinion) is not None:
        return None
    waiting = opinion.reopenings.waiting().filter(support=support).first()
    if waiting is not None:
        waiting.reason = reason
        waiting.save(update_fields=["reason"])
        return waiting
    request = Reopening.objects.create(
        opinion=opinion, support=support, reason=reason, task=result_in_doubt(opinion)
    )
    _tell_deciders(request)
    return request


def withdraw_asking(opinion: Opinion, *, support: Support | None = None) -> None:
    """The sender now says it is settled: a request that waits is no longer one."""
    for request in opinion.reopenings.waiting().filter(support=support):
        move(request, RequestState.WITHDRAWN, by=None)


@transaction.atomic
def uphold_reopening(
    request: Reopening,
    *,
    by: User,
    decision: str,
    due: TimePhrase,
    today: datetime.date,
    lead: Organisation | None = None,
) -> Task:
    """The sender is right: the task is open again, or somebody else gets a new one.

    A new one where there was none, where its lead has ended, or where `lead` names another body.
    """
    require(rules.may_decide_reopening(by, request, today), rules.NOT_DECIDING)
    calendar = WorkingCalendar.load()
    due_on = due.resolve(today, calendar)
    if due_on is None or due_on < today:
        raise IllegalMoveError(_("Thời hạn mới phải là một ngày chưa qua."))
    chosen = lead or lead_for(request, today).body
    move(
        request,
        RequestState.ACCEPTED,
        by=by,
        decision=decision,
        decided_by=by,
        decided_at=timezone.now(),
    )
    task = request.task
    if task is not None and task.lead_id == chosen.pk and task.state == TaskState.ACCEPTED:
        reopen_task(task, by=by, reason=decision, due_on=due_on, due_phrase=due)
    else:
        task = _give_anew(request, chosen, by, due, due_on, today)
        request.given = task
        request.save(update_fields=["given"])
    _tell_sender(request)
    return task


@transaction.atomic
def refuse_reopening(request: Reopening, *, by: User, decision: str, today: datetime.date) -> None:
    """The result stands; the sender reads why."""
    require(rules.may_decide_reopening(by, request, today), rules.NOT_DECIDING)
    move(
        request,
        RequestState.REFUSED,
        by=by,
        decision=decision,
        decided_by=by,
        decided_at=timezone.now(),
    )
    _tell_sender(request)


def _give_anew(
    request: Reopening,
    lead: Organisation,
    by: User,
    due: TimePhrase,
    due_on: datetime.date,
    today: datetime.date,
) -> Task:
    """A new task; it grows out of what the old one grew out of, so that its trace goes on."""
    opinion, old = request.opinion, request.task
    matter = opinion.group.title if opinion.group else opinion.text
    goes_on = old is not None and old.lead_id != lead.pk and _is_free(old.origin, lead)
    return give_task(
        by=by,
        today=today,
        title=_("Giải quyết lại: %(matter)s") % {"matter": matter},
        details=request.decision,
        owner=decider_of(request, today),
        lead=lead,
        due_phrase=due,
        due_on=due_on,
        anchor_on=today,
        stage="after",
        clause=old.clause if goes_on and old else None,
        origin=old.origin if goes_on and old else request,
        origin_label=_("Người nêu ý kiến %(code)s cho biết chưa giải quyết xong")
        % {"code": request.voice.code},
        origin_link=request.get_absolute_url(),
    )


def _is_free(origin: Model | None, lead: Organisation) -> bool:
    """Whether a body has no task from there yet but what was cancelled."""
    if origin is None:
        return False
    free_place(origin)
    kind = ContentType.objects.get_for_model(origin)
    return not Task.objects.filter(origin_type=kind, origin_id=origin.pk, lead=lead).exists()


def _tell_deciders(request: Reopening) -> None:
    """Whoever decides hears that somebody waits; the sender's words stay in the software."""
    today = timezone.localdate()
    opinion = request.opinion
    values = {"code": request.voice.code}
    outbox.notify(
        keepers_of(decider_of(request, today), today),
        key=f"unsettled:{request.pk}",
        subject=_("Người gửi cho biết chưa được giải quyết: %(code)s") % values,
        body=_(
            "Người gửi ý kiến %(code)s cho biết việc chưa được giải quyết và đề nghị xem lại. Mở để "
            "xem lý do và quyết định: mở lại việc, hoặc trả lời vì sao không."
        )
        % values,
        reason=_("ông/bà theo dõi việc giải quyết ý kiến này."),
        link=request.get_absolute_url(),
        about=opinion,
    )


def _tell_sender(request: Reopening) -> None:
    """A sender who is heard by e-mail gets one letter; everybody reads it with the code."""
    submission = request.submission
    if way_of_form(submission) != Notice.Channel.EMAIL:
        return
    letter = letter_to_sender(
        submission,
        key=f"reopening:{request.pk}",
        subject=_("Đề nghị xem lại của Ông/Bà đã có quyết định"),
        body=_(
            "Ông/Bà đã cho biết việc nêu ra (mã tra cứu %(code)s) chưa được giải quyết. Văn phòng đã trả lời."
        ),
    )
    outbox.write_all([letter])
