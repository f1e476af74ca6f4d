"""A result is taken up again because those whom it was for say it settles nothing."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments import queries
from assignments.actions.deadlines import set_due
from assignments.models import Progress, Task
from assignments.states import TaskState
from core import outbox
from core.dates import written_day
from core.timephrase import TimePhrase
from core.transitions import IllegalMoveError, move
from organisations.models import User


@transaction.atomic
def reopen_task(
    task: Task, *, by: User, reason: str, due_on: datetime.date, due_phrase: TimePhrase | None
) -> None:
    """Open an accepted task again with a new due day; the lead reads why. Who may is the caller's rule.

    A person who was named for it and has left no longer stands in the way of the body's others.
    """
    task = Task.objects.select_for_update(of=("self",)).select_related("lead").get(pk=task.pk)
    if task.state != TaskState.ACCEPTED:
        raise IllegalMoveError(
            _("Việc này không còn ở trạng thái đã nghiệm thu. Hãy tải lại trang.")
        )
    today = timezone.localdate()
    if task.person is not None and not _works_there(task, today):
        task.person = None
        task.save(update_fields=["person"])
    move(
        task,
        TaskState.OPEN,
        by=by,
        note=reason,
        resolution="",
        reported_at=None,
        accepted_at=None,
        percent=0,
    )
    note = Progress.objects.create(task=task, kind=Progress.Kind.RETURN, by=by, text=reason)
    words = _("Mở lại: %(reason)s") % {"reason": reason}
    set_due(task, task, due_on, reason=words[:250], by=by, due_phrase=due_phrase)
    values = {"title": task.title, "reason": reason, "day": written_day(due_on)}
    outbox.notify(
        queries.lead_people(task, today),
        key=f"task-reopened:{note.pk}",
        subject=_("Mở lại, hạn %(day)s: %(title)s") % values,
        body=_(
            "Nhiệm vụ “%(title)s” được mở lại vì người nêu ý kiến cho biết chưa giải quyết xong.\n"
            "%(reason)s\nThời hạn mới: %(day)s."
        )
        % values,
        reason=_("đơn vị của ông/bà là đơn vị chủ trì thực hiện."),
        link=task.get_absolute_url(),
        about=task,
    )


def _works_there(task: Task, today: datetime.date) -> bool:
    posts = task.lead.memberships.current(today).filter(user=task.person_id)
    return bool(posts.filter(user__is_active=True).exists())
