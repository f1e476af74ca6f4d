"""Who may do what with a task (design.md §3): the lead reports, the owner accepts, never the same.

A stand-in does the work of whoever is away (decision 0023), but never accepts what a body reports
for which he or she acts; what an organisation's head alone may do on its own work is not lent.
"""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from assignments.models import Contest, Cooperation, DueRequest, Progress, Task
from assignments.states import TaskState
from core import handling
from core.models import Message
from organisations.models import Role, User

if TYPE_CHECKING:
    import datetime

DOERS = (Role.OFFICER, Role.HEAD, Role.CLERK)
KEEPERS = (Role.CLERK, Role.HEAD)

NOT_OWNER = _("Chỉ chuyên viên hoặc lãnh đạo của đơn vị giao việc được hủy việc này.")
NOT_LEAD = _("Chỉ người của đơn vị chủ trì được báo cáo kết quả việc này.")
NOT_DOING = _("Chỉ đơn vị chủ trì hoặc phối hợp được cập nhật tiến độ khi việc đang thực hiện.")
NOT_ACCEPTING = _(
    "Chỉ đơn vị giao việc được nghiệm thu hoặc trả lại; đơn vị chủ trì không tự nghiệm thu."
)
NOT_DUE_SETTER = _("Chỉ đơn vị giao việc được đổi thời hạn, khi việc còn đang thực hiện.")
NOT_ASKING_DUE = _("Chỉ đơn vị chủ trì được đề nghị về thời hạn, khi việc đang thực hiện.")
NOT_DECIDING_DUE = _(
    "Chỉ đơn vị giao việc được quyết định về thời hạn; người đề nghị không tự quyết định."
)
NOT_WITHDRAWING_DUE = _("Chỉ đơn vị chủ trì được rút đề nghị của mình.")
NOT_RESUMING = _("Chỉ đơn vị giao việc hoặc đơn vị chủ trì được tính tiếp thời hạn.")
NOT_OVERSEER = _("Chỉ cơ quan giám sát của địa bàn được ghi ý kiến giám sát.")
NOT_CONTESTING = _(
    "Chỉ cơ quan giám sát của địa bàn được đề nghị xem xét lại, khi việc đã nghiệm thu."
)
NOT_DRAFTING_EXPLANATION = _(
    "Chỉ chuyên viên của đơn vị giao việc được soạn công văn yêu cầu giải trình, khi việc quá hạn."
)
NOT_EDITING_LADDER = _(
    "Thang nhắc việc của một cơ quan do lãnh đạo cơ quan đó sửa; thang chung do người quản trị sửa."
)
NOT_TALKING = _("Chỉ đơn vị chủ trì, phối hợp và giao việc trao đổi ở đây.")
NOT_REPLYING = _("Chỉ đơn vị giao việc hoặc chủ trì trả lời, khi ý kiến còn chờ trả lời.")
NOT_SPLITTING = _("Chỉ đơn vị chủ trì chia việc, khi việc đang thực hiện.")
NOT_NAMING = _("Chỉ đơn vị chủ trì phân công người làm, khi việc đang thực hiện.")
NOT_SHARING_OUT = _(
    "Chỉ đơn vị giao việc hoặc chủ trì phân phần phối hợp, khi việc đang thực hiện."
)
NOT_ADDING_HELPER = _("Chỉ đơn vị giao việc thêm đơn vị phối hợp, khi việc đang thực hiện.")
NOT_HELPING = _("Chỉ đơn vị phối hợp báo cáo phần của mình, khi việc đang thực hiện.")
NOT_HANDING_OVER = _("Chỉ người quản trị hoặc đơn vị giao việc chuyển việc cho cơ quan kế thừa.")
NO_OUTBOX = _("Chỉ chuyên viên và người quản trị xem được sổ thư đã gửi.")
NO_RESENDING = _("Thư này đang được gửi hoặc không thuộc đơn vị của ông/bà.")
NO_HANDLING = _("Trạng thái của thư không cho làm việc này nữa; hãy tải lại trang.")


def may_note_progress(user: User, task: Task) -> bool:
    """The lead's people and those of the bodies that help, while the task is open."""
    if task.state != TaskState.OPEN:
        return False
    if user.works_for(task.lead_id, *DOERS):
        return True
    members = user.working_ids(*DOERS)
    return bool(members) and task.cooperating.filter(pk__in=members).exists()


def may_report_task(user: User, task: Task) -> bool:
    """The lead's people; reporting twice is refused by the task's state."""
    return user.works_for(task.lead_id, *DOERS)


def may_accept_task(user: User, task: Task) -> bool:
    """The owner's clerk or head, never a member of the lead.

    Nobody accepts what he or she reported; an organisation's own work is accepted by its head.
    """
    if task.reported_by_id == user.pk:
        return False
    if task.owner_id == task.lead_id:
        return user.has_role(task.owner_id, Role.HEAD)
    is_lead = user.has_role(task.lead_id) or user.works_for(task.lead_id)
    return user.works_for(task.owner_id, *KEEPERS) and not is_lead


def may_return_task(user: User, task: Task) -> bool:
    """Whoever may accept the report may send it back, with a reason."""
    return may_accept_task(user, task)


def may_cancel_task(user: User, task: Task) -> bool:
    """The owner's clerk or head."""
    return user.works_for(task.owner_id, *KEEPERS)


def may_change_due(user: User, task: Task) -> bool:
    """The owner's clerk or head, while the task is open; on one's own work only the head."""
    if task.state != TaskState.OPEN:
        return False
    if task.owner_id == task.lead_id:
        return user.has_role(task.owner_id, Role.HEAD)
    return user.works_for(task.owner_id, *KEEPERS)


def may_ask_due(user: User, task: Task) -> bool:
    """The lead's people, while the task is open and its clock runs."""
    return task.is_running and user.works_for(task.lead_id, *DOERS)


def may_decide_due(user: User, request: DueRequest) -> bool:
    """Whoever may change the due day, but never the person who asked."""
    return may_change_due(user, request.task) and request.asked_by_id != user.pk


def may_withdraw_due(user: User, request: DueRequest) -> bool:
    """The lead's people."""
    return user.works_for(request.task.lead_id, *DOERS)


def may_resume_task(user: User, task: Task) -> bool:
    """The owner's clerk or head, or the lead's people, while the clock stands."""
    if not task.is_open or task.is_running:
        return False
    return user.works_for(task.owner_id, *KEEPERS) or user.works_for(task.lead_id, *DOERS)


def may_comment_task(user: User, task: Task) -> bool:
    """The overseers of the owner's place, at any time."""
    return task.owner.unit_id in user.unit_ids(Role.OVERSEER)


def may_discuss_task(user: User, task: Task) -> bool:
    """Whoever works on the task or gave it, at any time."""
    if user.works_for(task.owner_id, *KEEPERS) or user.works_for(task.lead_id, *DOERS):
        return True
    members = user.working_ids(*DOERS)
    return bool(members) and task.cooperating.filter(pk__in=members).exists()


def may_answer_note(user: User, note: Progress) -> bool:
    """The owner's or the lead's people, when an overseer waits for an answer."""
    task = note.task
    is_asked = user.works_for(task.owner_id, *KEEPERS) or user.works_for(task.lead_id, *DOERS)
    return is_asked and note.kind == Progress.Kind.COMMENT and not note.replies.exists()


def may_split_task(user: User, task: Task) -> bool:
    """The lead's people, while the task is open."""
    return task.is_open and user.works_for(task.lead_id, *DOERS)


def may_assign_person(user: User, task: Task) -> bool:
    """The lead's people, while the task is open."""
    return may_split_task(user, task)


def may_share_out(user: User, task: Task) -> bool:
    """The owner's clerk or head and the lead's people, while the task is open."""
    is_theirs = user.works_for(task.owner_id, *KEEPERS) or user.works_for(task.lead_id, *DOERS)
    return task.is_open and is_theirs


def may_add_helper(user: User, task: Task) -> bool:
    """The owner's clerk or head, while the task is open."""
    return task.is_open and user.works_for(task.owner_id, *KEEPERS)


def may_report_part(user: User, cooperation: Cooperation) -> bool:
    """The people of the body that helps, while the task is open."""
    return cooperation.task.is_open and user.works_for(cooperation.organisation_id, *DOERS)


def may_contest_task(user: User, task: Task) -> bool:
    """The overseers of the owner's place, once the result is accepted."""
    return task.state == TaskState.ACCEPTED and may_comment_task(user, task)


def may_answer_contest(user: User, contest: Contest) -> bool:
    """Whoever may take the acceptance back."""
    return may_return_task(user, contest.task)


def may_draft_explanation(user: User, task: Task, today: "datetime.date") -> bool:
    """A clerk of the owner, while the task is late."""
    return task.is_overdue(today) and user.has_role(task.owner_id, Role.CLERK)


def may_edit_ladder(user: User, organisation_id: int | None) -> bool:
    """An organisation's head its own ladder, the administrator every one and the common one."""
    return user.is_admin or user.has_role(organisation_id, Role.HEAD)


def may_hand_over(user: User) -> bool:
    """Administrators everything; clerks and heads what their own bodies gave."""
    return user.is_admin or bool(user.organisation_ids(*KEEPERS))


def may_see_outbox(user: User) -> bool:
    """Clerks see their organisation's letters, administrators all."""
    return user.is_admin or bool(user.organisation_ids(Role.CLERK))


def may_resend_message(user: User, message: Message) -> bool:
    """Whoever sees the letter in the outbox, once it has stopped moving."""
    return _may_handle(user, message, *handling.STOPPED)


def may_pause_message(user: User, message: Message) -> bool:
    """Whoever sees it, while it waits."""
    return _may_handle(user, message, Message.State.WAITING)


def may_resume_message(user: User, message: Message) -> bool:
    """Whoever sees it, while it is held back."""
    return _may_handle(user, message, Message.State.PAUSED)


def may_cancel_message(user: User, message: Message) -> bool:
    """Whoever sees it, before it has left."""
    return _may_handle(user, message, *handling.NOT_GONE)


def may_close_message(user: User, message: Message) -> bool:
    """Whoever sees it, once it has failed."""
    return _may_handle(user, message, Message.State.FAILED)


def _may_handle(user: User, message: Message, *states: str) -> bool:
    is_ours = message.channel != Message.Channel.IN_APP
    return may_see_outbox(user) and is_ours and message.state in states
