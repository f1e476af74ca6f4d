"""The lead asks for a later day, or that the clock stands; the owner decides; the clock goes on."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments import queries, rules
from assignments.actions.deadlines import change_due, reckon_due, set_due
from assignments.actions.deciding import decide_request
from assignments.models import DueRequest, Task
from assignments.states import RequestState
from core import outbox
from core.access import require
from core.calendar import WorkingCalendar
from core.dates import written_day
from core.timephrase import TimePhrase
from core.transitions import IllegalMoveError, move, record
from organisations.models import User


def why_not_asked(task: Task, today: datetime.date) -> str:
    """Why nothing can be asked about this deadline now; "" if it can."""
    if task.due_on is None:
        return _("Việc này chưa có thời hạn nên không có gì để gia hạn.")
    if task.due_on < today:
        return _(
            "Việc đã quá hạn từ sau ngày %(day)s nên không gia hạn được nữa. Hãy báo cáo kết quả "
            "đã làm được và nêu lý do chậm; đơn vị giao việc có thể đặt thời hạn mới."
        ) % {"day": written_day(task.due_on)}
    if task.due_requests.filter(state=RequestState.ASKED).exists():
        return _("Đã có một đề nghị về thời hạn đang chờ quyết định.")
    return ""


@transaction.atomic
def ask_due(
    task: Task,
    *,
    by: User,
    kind: str,
    reason: str,
    today: datetime.date,
    wanted: TimePhrase | None = None,
) -> DueRequest:
    """Ask the owner for a later day (`wanted`), or that the clock stands from `today`."""
    task = Task.objects.select_for_update(of=("self",)).select_related("owner").get(pk=task.pk)
    require(rules.may_ask_due(by, task), rules.NOT_ASKING_DUE)
    obstacle = why_not_asked(task, today)
    if obstacle:
        raise IllegalMoveError(obstacle)
    asked = DueRequest.objects.create(
        task=task, kind=kind, wanted=wanted, reason=reason, asked_by=by, asked_on=today
    )
    values = {"lead": task.lead, "title": task.title, "what": words_of(asked), "reason": reason}
    record(task, by=by, note=_("Đề nghị: %(what)s. Lý do: %(reason)s") % values)
    _tell(
        asked,
        queries.who_decides(task, today),
        "asked",
        _("Đề nghị về thời hạn: %(title)s") % values,
        _("%(lead)s đề nghị: %(what)s.\nNhiệm vụ: “%(title)s”.\nLý do: %(reason)s") % values,
        _("đơn vị của ông/bà giao nhiệm vụ này."),
    )
    return asked


@transaction.atomic
def accept_due(
    asked: DueRequest, *, by: User, wanted: TimePhrase | None = None, decision: str = ""
) -> None:
    """Grant it: the day asked for (or another one, `wanted`), or the clock stands from then on."""
    require(rules.may_decide_due(by, asked), rules.NOT_DECIDING_DUE)
    asked.task = _hold_open(asked)
    decide_request(asked, RequestState.ACCEPTED, by=by, decision=decision)
    if asked.kind == DueRequest.Kind.EXTENSION:
        reason = _("Gia hạn theo đề nghị: %(reason)s") % {"reason": asked.reason}
        change_due(asked.task, by=by, reason=reason[:250], due_phrase=wanted or asked.wanted)
        return
    asked.task.paused_on = asked.asked_on
    asked.task.save(update_fields=["paused_on"])
    record(asked.task, by=by, note=_("Đồng ý %(what)s") % {"what": words_of(asked)})
    _tell_lead(asked, _("Thời hạn tạm dừng từ ngày %(day)s: %(title)s"))


@transaction.atomic
def refuse_due(asked: DueRequest, *, by: User, decision: str) -> None:
    """The day stays as it is; the lead reads why."""
    require(rules.may_decide_due(by, asked), rules.NOT_DECIDING_DUE)
    decide_request(asked, RequestState.REFUSED, by=by, decision=decision)
    _tell_lead(asked, _("Không đồng ý đổi thời hạn: %(title)s"))


@transaction.atomic
def withdraw_due(asked: DueRequest, *, by: User) -> None:
    """The lead no longer asks."""
    require(rules.may_withdraw_due(by, asked), rules.NOT_WITHDRAWING_DUE)
    move(asked, RequestState.WITHDRAWN, by=by)
    record(asked.task, by=by, note=_("Rút đề nghị: %(what)s") % {"what": words_of(asked)})


@transaction.atomic
def resume_task(task: Task, *, by: User, today: datetime.date) -> None:
    """The clock goes on: the due day moves by exactly the working days it stood still."""
    task = Task.objects.select_for_update(of=("self",)).select_related("owner").get(pk=task.pk)
    require(rules.may_resume_task(by, task), rules.NOT_RESUMING)
    assert task.paused_on is not None
    calendar = WorkingCalendar.load()
    stood = max(0, calendar.working_days_between(task.paused_on, today))
    values = {"from": written_day(task.paused_on), "to": written_day(today), "count": stood}
    reason = _("Tạm dừng từ %(from)s đến %(to)s: %(count)s ngày làm việc không tính") % values
    task.paused_on, task.paused_days = None, task.paused_days + stood
    task.save(update_fields=["paused_on", "paused_days"])
    phrase: TimePhrase | None = task.due_phrase
    if phrase is not None and phrase.is_relative:
        due_on = reckon_due(task, calendar)
    else:
        due_on = calendar.add_working_days(task.due_on, stood) if task.due_on else None
    set_due(task, task, due_on, reason=reason, by=by, due_phrase=phrase)


def words_of(asked: DueRequest) -> str:
    """What is asked for, in words."""
    if asked.kind == DueRequest.Kind.PAUSE:
        return _("tạm dừng tính hạn từ ngày %(day)s") % {"day": written_day(asked.asked_on)}
    return _("gia hạn đến: %(wanted)s") % {"wanted": asked.wanted}


def _hold_open(asked: DueRequest) -> Task:
    """The task as it stands, locked: one that was reported meanwhile has no clock to stop."""
    rows = Task.objects.select_for_update(of=("self",)).select_related("owner", "lead")
    task = rows.get(pk=asked.task_id)
    if not task.is_open:
        raise IllegalMoveError(
            _("Việc vừa được báo cáo hoặc hủy nên không đổi thời hạn được. Hãy tải lại trang.")
        )
    return task


def _tell_lead(asked: DueRequest, subject: str) -> None:
    task = asked.task
    values = {
        "title": task.title,
        "day": written_day(asked.asked_on),
        "what": words_of(asked),
        "decision": asked.decision or _("không ghi thêm"),
    }
    _tell(
        asked,
        queries.lead_people(task, timezone.localdate()),
        asked.state,
        subject % values,
        _("Đề nghị: %(what)s.\nNhiệm vụ: “%(title)s”.\nÝ kiến quyết định: %(decision)s") % values,
        _("đơn vị của ông/bà là đơn vị chủ trì thực hiện."),
    )


def _tell(
    asked: DueRequest, people: Iterable[User], step: str, subject: str, body: str, reason: str
) -> None:
    outbox.notify(
        list(people),
        key=f"due-request:{asked.pk}:{step}",
        subject=subject,
        body=body,
        reason=reason,
        link=asked.task.get_absolute_url(),
        about=asked.task,
    )
