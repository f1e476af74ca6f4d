"""An overseer contests a result; the owner reopens the task, or answers why it stays closed."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments import queries, rules
from assignments.actions.deciding import decide_request
from assignments.actions.progress import return_task
from assignments.models import Contest, Progress, Task
from assignments.states import RequestState
from core import outbox
from core.access import require
from core.transitions import IllegalMoveError
from organisations.models import User


@transaction.atomic
def contest_task(task: Task, *, by: User, reason: str) -> Contest:
    """Ask the owner to look again at a result it accepted; its clerks are told."""
    task = Task.objects.select_for_update(of=("self",)).select_related("owner").get(pk=task.pk)
    require(rules.may_contest_task(by, task), rules.NOT_CONTESTING)
    if task.contests.filter(state=RequestState.ASKED).exists():
        raise IllegalMoveError(_("Đã có một đề nghị xem xét lại đang chờ trả lời."))
    contest = Contest.objects.create(task=task, reason=reason, asked_by=by)
    Progress.objects.create(task=task, kind=Progress.Kind.CONTEST, by=by, text=reason)
    outbox.notify(
        queries.who_decides(task, timezone.localdate()),
        key=f"task-contest:{contest.pk}",
        subject=_("Đề nghị xem xét lại kết quả: %(title)s") % {"title": task.title},
        body=_("%(by)s đề nghị xem xét lại kết quả nhiệm vụ “%(title)s”:\n\n%(reason)s")
        % {"by": by, "title": task.title, "reason": reason},
        reason=_("đơn vị của ông/bà đã nghiệm thu nhiệm vụ này."),
        link=task.get_absolute_url(),
        about=task,
    )
    return contest


@transaction.atomic
def uphold_contest(contest: Contest, *, by: User, decision: str) -> None:
    """The overseer is right: the task is open again, and the lead reads why.

    Somebody else may have opened it meanwhile; then the answer is all there is to write.
    """
    require(rules.may_answer_contest(by, contest), rules.NOT_ACCEPTING)
    decide_request(contest, RequestState.ACCEPTED, by=by, decision=decision)
    if contest.task.is_open:
        Progress.objects.create(task=contest.task, kind=Progress.Kind.ANSWER, by=by, text=decision)
    else:
        return_task(contest.task, by=by, reason=decision)
    _tell_asker(contest, _("Đã mở lại theo đề nghị: %(title)s"))


@transaction.atomic
def dismiss_contest(contest: Contest, *, by: User, decision: str) -> None:
    """The result stands; the overseer reads why."""
    require(rules.may_answer_contest(by, contest), rules.NOT_ACCEPTING)
    decide_request(contest, RequestState.REFUSED, by=by, decision=decision)
    Progress.objects.create(task=contest.task, kind=Progress.Kind.ANSWER, by=by, text=decision)
    _tell_asker(contest, _("Kết quả giữ nguyên: %(title)s"))


def _tell_asker(contest: Contest, subject: str) -> None:
    task = contest.task
    outbox.notify(
        [contest.asked_by],
        key=f"contest-answered:{contest.pk}",
        subject=subject % {"title": task.title},
        body=_("%(owner)s trả lời đề nghị xem xét lại “%(title)s”:\n\n%(decision)s")
        % {"owner": task.owner, "title": task.title, "decision": contest.decision},
        reason=_("ông/bà đã đề nghị xem xét lại kết quả này."),
        link=task.get_absolute_url(),
        about=task,
    )
