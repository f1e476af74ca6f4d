"""What is taken out everywhere when a matter leaves the dialogue by law (domain.md §2.5)."""

from collections.abc import Sequence

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments.actions import cancel_task
from assignments.models import Progress, Task
from assignments.states import TaskState
from core.audit import forgetting
from core.models import HistoryEntry, Message
from core.text import fold
from core.transitions import IllegalMoveError
from feedback.actions.leaving import leave_later_steps
from feedback.actions.passing import hold_groups
from feedback.models import (
    AnswerLink,
    AnswerPart,
    AnswerRequest,
    Claim,
    ForwardedItem,
    GroupMerge,
    IssueGroup,
    Opinion,
    Remark,
    Reopening,
)
from feedback.states import AnswerState, ForwardingState
from organisations.models import User


def hold_to_strip(opinions: Sequence[Opinion]) -> None:
    """Lock the matters they stand or stood in, then them, as whoever releases an answer does.

    Those in no matter come before, as for whoever adds one to a matter. Afterwards they are as they
    stand now.
    """
    rows = Opinion.objects.select_for_update(of=("self",))
    list(rows.filter(pk__in=[row.pk for row in opinions], group=None).order_by("pk"))
    stood_in = Q(opinions__in=opinions) | Q(merges__opinions__in=opinions)
    held = set(IssueGroup.objects.filter(stood_in).values_list("pk", flat=True))
    hold_groups(held)
    for opinion in sorted(opinions, key=lambda row: row.pk):
        opinion.refresh_from_db(fields=["state", "group"], from_queryset=rows)
        if opinion.group_id and opinion.group_id not in held:
            raise IllegalMoveError(_("Ý kiến vừa được gộp vào vấn đề khác. Hãy tải lại trang."))


@forgetting()
def strip_opinion(opinion: Opinion, *, by: User) -> list[str]:
    """Leave nothing of an opinion's words: not in it, its history, its groups, lists to others.

    What later steps made of it goes too; gives a sentence for each paper of theirs.
    """
    said = leave_later_steps(opinion, by=by)
    groups = _groups_it_was_in(opinion)
    opinion.text = opinion.proposal = opinion.raised_before = ""
    opinion.group, opinion.proposed_lead = None, None
    opinion.save(update_fields=["text", "proposal", "raised_before", "group", "proposed_lead"])
    opinion.additions.all().delete()
    strip_reopenings(opinion.reopenings.all())
    Claim.objects.filter(opinion=opinion).delete()
    _lines_of(opinion).update(note="")
    _strip_lists(Q(opinion=opinion) | Q(group__in=groups))
    for group in groups:
        if not group.opinions.exists():
            _leave_group(group, by=by)
    return said


def strip_reopenings(asked: QuerySet[Reopening]) -> None:
    """What senders said was not settled goes with their words; that it was asked stays."""
    gone = _("Đã xóa.")
    asked.exclude(decision="").update(decision=gone)
    asked.update(reason=gone)


def _groups_it_was_in(opinion: Opinion) -> list[IssueGroup]:
    """The group it stands in, and those that were merged away with it."""
    merges = GroupMerge.objects.filter(opinions=opinion).select_related("source")
    groups = {merge.source_id: merge.source for merge in merges}
    for merge in merges:
        merge.opinions.remove(opinion)
    if opinion.group is not None:
        groups[opinion.group.pk] = opinion.group
    return list(groups.values())


def _strip_lists(lines: Q) -> None:
    """Lines of lists to other bodies that could quote it: gone from drafts, empty where sent."""
    found = ForwardedItem.objects.filter(lines)
    found.filter(forwarding__state=ForwardingState.DRAFT).delete()
    found.filter(Q(opinion__isnull=False) | Q(group__opinions=None)).update(text="")


def _leave_group(group: IssueGroup, *, by: User) -> None:
    """A group left empty keeps no title, answer, open task, nor a line anywhere that names it."""
    neutral = _("Vấn đề đã chuyển ngoài đối thoại")
    answer = getattr(group, "answer", None)
    if answer is not None and answer.state != AnswerState.RELEASED:
        _lines_of(answer).update(note="")
        answer.delete()
    if group.task is not None:
        _strip_task(group.task, neutral, by=by)
    _strip_requests(group, neutral)
    title = group.title
    IssueGroup.objects.filter(pk=group.pk).update(title=neutral)
    _lines_of(group).update(note="")
    of_groups = ContentType.objects.get_for_model(IssueGroup)
    HistoryEntry.objects.filter(subject_type=of_groups, note__contains=title).update(note="")
    named = Message.objects.filter(Q(subject__contains=title) | Q(body__contains=title))
    named.update(subject=neutral, body=neutral)


def _strip_requests(group: IssueGroup, neutral: str) -> None:
    """What office and agencies wrote to each other about it, and addresses that lead there."""
    AnswerPart.objects.filter(request__group=group).delete()
    Remark.objects.filter(request__group=group).delete()
    links = AnswerLink.objects.filter(request__group=group, revoked_at=None)
    links.update(revoked_at=timezone.now())
    for request in AnswerRequest.objects.filter(group=group):
        _lines_of(request).update(note="")
        AnswerRequest.objects.filter(pk=request.pk).update(note="")
        AnswerRequest.objects.filter(pk=request.pk).exclude(reason="").update(reason=neutral)


def _strip_task(task: Task, neutral: str, *, by: User) -> None:
    if task.state == TaskState.OPEN:
        cancel_task(task, by=by, reason=neutral)
    Task.objects.filter(pk=task.pk).update(title=neutral, details="", folded=fold(neutral))
    Progress.objects.filter(task=task).update(text=neutral)
    _lines_of(task).update(note="")


def _lines_of(row: Model) -> QuerySet[HistoryEntry]:
    kind = ContentType.objects.get_for_model(row)
    return HistoryEntry.objects.filter(subject_type=kind, subject_id=row.pk)
