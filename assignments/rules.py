"""Who may do what with a task (design.md §3): the lead reports, the owner accepts, never the same."""

from assignments.models import Task
from assignments.states import TaskState
from core.models import Message
from organisations.models import Role, User

DOERS = (Role.OFFICER, Role.HEAD, Role.CLERK)
KEEPERS = (Role.CLERK, Role.HEAD)


def may_note_progress(user: User, task: Task) -> bool:
    """The lead's people and those of the bodies that help, while the task is open."""
    if task.state != TaskState.OPEN:
        return False
    if user.has_role(task.lead_id, *DOERS):
        return True
    members = user.organisation_ids(*DOERS)
    return bool(members) and task.cooperating.filter(pk__in=members).exists()


def may_report_task(user: User, task: Task) -> bool:
    """The lead's people; reporting twice is refused by the task's state."""
    return user.has_role(task.lead_id, *DOERS)


def may_accept_task(user: User, task: Task) -> bool:
    """The owner's clerk or head, never a member of the lead.

    An organisation's own work is accepted by its head, unless the head reported it.
    """
    if task.owner_id == task.lead_id:
        return user.has_role(task.owner_id, Role.HEAD) and task.reported_by_id != user.pk
    return user.has_role(task.owner_id, *KEEPERS) and not user.has_role(task.lead_id)


def may_return_task(user: User, task: Task) -> bool:
    """Whoever may accept the report may send it back, with a reason."""
    return may_accept_task(user, task)


def may_cancel_task(user: User, task: Task) -> bool:
    """The owner's clerk or head."""
    return user.has_role(task.owner_id, *KEEPERS)


def may_change_due(user: User, task: Task) -> bool:
    """The owner's clerk or head, while the task is open; on one's own work only the head."""
    if task.state != TaskState.OPEN:
        return False
    roles = (Role.HEAD,) if task.owner_id == task.lead_id else KEEPERS
    return user.has_role(task.owner_id, *roles)


def may_comment_task(user: User, task: Task) -> bool:
    """The overseers of the owner's place, at any time."""
    return task.owner.unit_id in user.unit_ids(Role.OVERSEER)


def may_see_outbox(user: User) -> bool:
    """Clerks see their organisation's letters, administrators all."""
    return user.is_admin or bool(user.organisation_ids(Role.CLERK))


def may_resend_message(user: User, message: Message) -> bool:
    """Whoever sees the letter in the outbox, once it has stopped moving."""
    return (
        may_see_outbox(user)
        and message.channel == Message.Channel.EMAIL
        and message.state in {Message.State.FAILED, Message.State.CANCELLED, Message.State.SENT}
    )
