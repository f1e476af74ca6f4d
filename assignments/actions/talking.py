"""What is said under a task: people who work on it talk, overseers are answered."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments import queries, rules
from assignments.models import Progress, Task
from core import outbox
from core.access import require
from core.transitions import IllegalMoveError
from organisations.models import User


@transaction.atomic
def discuss_task(task: Task, *, by: User, text: str) -> Progress:
    """Say something to the others who work on the task; they are told."""
    require(rules.may_discuss_task(by, task), rules.NOT_TALKING)
    note = Progress.objects.create(task=task, kind=Progress.Kind.TALK, by=by, text=text)
    today = timezone.localdate()
    people = [*queries.lead_people(task, today), *queries.owner_clerks(task, today)]
    values = {"by": by, "title": task.title, "text": text}
    outbox.notify(
        {person.pk: person for person in people if person != by}.values(),
        key=f"task-talk:{note.pk}",
        subject=_("Trao đổi: %(title)s") % values,
        body=_("%(by)s viết ở nhiệm vụ “%(title)s”:\n\n%(text)s") % values,
        reason=_("đơn vị của ông/bà giao hoặc chủ trì nhiệm vụ này."),
        link=task.get_absolute_url() + "#talk",
        about=task,
    )
    return note


@transaction.atomic
def answer_note(note: Progress, *, by: User, text: str) -> Progress:
    """Answer an overseer, who is told; of two who answer at once the second is refused."""
    note = Progress.objects.select_for_update(of=("self",)).select_related("task").get(pk=note.pk)
    if note.replies.exists():
        raise IllegalMoveError(_("Đã có người khác trả lời ý kiến này; hãy tải lại trang."))
    require(rules.may_answer_note(by, note), rules.NOT_REPLYING)
    task = note.task
    reply = Progress.objects.create(
        task=task, kind=Progress.Kind.REPLY, by=by, text=text, answers=note
    )
    values = {"by": by, "title": task.title, "text": text, "asked": note.text}
    outbox.notify(
        [note.by],
        key=f"task-reply:{reply.pk}",
        subject=_("Trả lời ý kiến giám sát: %(title)s") % values,
        body=_("Ông/bà hỏi: %(asked)s\n\n%(by)s trả lời:\n\n%(text)s") % values,
        reason=_("ông/bà đã có ý kiến về nhiệm vụ này."),
        link=task.get_absolute_url() + "#talk",
        about=task,
    )
    return reply
