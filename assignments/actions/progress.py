"""Working on a task: notes, the report, and the word of whoever accepts it."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments import queries, rules
from assignments.actions.rolling import roll_up
from assignments.models import Evidence, Progress, Task
from assignments.states import Resolution, TaskState
from core import outbox
from core.access import require
from core.files import CheckedFile, store
from core.transitions import IllegalMoveError, move
from organisations.models import User


@transaction.atomic
def note_progress(
    task: Task,
    *,
    by: User,
    text: str,
    percent: int | None = None,
    evidence: Iterable[CheckedFile] = (),
) -> Progress:
    """Say how the work stands."""
    require(
        rules.may_note_progress(by, task),
        rules.NOT_DOING,
    )
    if task.children.exists():
        percent = None  # it follows from the parts
    if percent is not None:
        Task.objects.filter(pk=task.pk).update(percent=percent)
        task.percent = percent
        roll_up(task)
    return _write(task, Progress.Kind.NOTE, by, text, percent=percent, evidence=evidence)


@transaction.atomic
def report_task(
    task: Task,
    *,
    by: User,
    result: str,
    resolution: str,
    evidence: Iterable[CheckedFile] = (),
    no_evidence_reason: str = "",
) -> None:
    """Report the result with evidence, or with the reason why there is none; the owner is told."""
    require(
        rules.may_report_task(by, task),
        rules.NOT_LEAD,
    )
    evidence = list(evidence)
    require(
        bool(evidence or no_evidence_reason or has_evidence(task)),
        _("Hãy đính kèm tài liệu minh chứng hoặc ghi lý do không có minh chứng."),
    )
    move(
        task,
        TaskState.REPORTED,
        by=by,
        note=_("Báo cáo: %(resolution)s") % {"resolution": Resolution(resolution).label},
        result=result,
        resolution=resolution,
        reported_by=by,
        reported_at=timezone.now(),
    )
    text = result
    if no_evidence_reason:
        text += "\n" + _("Không kèm minh chứng: %(why)s") % {"why": no_evidence_reason}
    note = _write(task, Progress.Kind.REPORT, by, text, evidence=evidence)
    outbox.notify(
        queries.owner_clerks(task, timezone.localdate()),
        key=f"task-reported:{note.pk}",
        subject=_("Chờ nghiệm thu: %(title)s") % {"title": task.title},
        body=_(
            "%(lead)s đã báo cáo kết quả nhiệm vụ “%(title)s”.\n"
            "Kết quả: %(resolution)s\n\n%(text)s\n\n"
            "Đề nghị xem và nghiệm thu hoặc trả lại."
        )
        % {
            "lead": task.lead,
            "title": task.title,
            "resolution": task.get_resolution_display(),
            "text": text,
        },
        reason=_("đơn vị của ông/bà giao nhiệm vụ này."),
        link=task.get_absolute_url(),
        about=task,
    )


@transaction.atomic
def accept_task(task: Task, *, by: User, resolution: str = "", text: str = "") -> None:
    """Accept the report, if need be under another resolution than the one reported."""
    require(
        rules.may_accept_task(by, task),
        rules.NOT_ACCEPTING,
    )
    obstacle = why_not_accepted(task)
    if obstacle:
        raise IllegalMoveError(obstacle)
    resolution = resolution or task.resolution
    move(
        task,
        TaskState.ACCEPTED,
        by=by,
        note=text,
        resolution=resolution,
        accepted_at=timezone.now(),
        percent=100 if resolution == Resolution.DONE else task.percent,
    )
    roll_up(task)
    note = _write(task, Progress.Kind.ACCEPTANCE, by, text or _("Đồng ý nghiệm thu."))
    _tell_lead(
        task,
        key=f"task-accepted:{note.pk}",
        subject=_("Đã nghiệm thu: %(title)s") % {"title": task.title},
        body=_("%(owner)s đã nghiệm thu nhiệm vụ “%(title)s”.\nKết quả: %(resolution)s\n%(text)s")
        % {
            "owner": task.owner,
            "title": task.title,
            "resolution": task.get_resolution_display(),
            "text": text,
        },
    )


@transaction.atomic
def return_task(task: Task, *, by: User, reason: str) -> None:
    """Send a report back, or reopen what was accepted, always with a reason."""
    require(
        rules.may_return_task(by, task),
        rules.NOT_ACCEPTING,
    )
    move(
        task,
        TaskState.OPEN,
        by=by,
        note=reason,
        resolution="",
        reported_at=None,
        accepted_at=None,
    )
    roll_up(task)
    note = _write(task, Progress.Kind.RETURN, by, reason)
    _tell_lead(
        task,
        key=f"task-returned:{note.pk}",
        subject=_("Trả lại để làm tiếp: %(title)s") % {"title": task.title},
        body=_("%(owner)s trả lại báo cáo nhiệm vụ “%(title)s” để làm tiếp.\nLý do: %(reason)s")
        % {"owner": task.owner, "title": task.title, "reason": reason},
    )


@transaction.atomic
def comment_task(task: Task, *, by: User, text: str) -> None:
    """An overseer says what is wrong or missing; the owner's clerks are told."""
    require(
        rules.may_comment_task(by, task),
        rules.NOT_OVERSEER,
    )
    note = _write(task, Progress.Kind.COMMENT, by, text)
    outbox.notify(
        queries.owner_clerks(task, timezone.localdate()),
        key=f"task-comment:{note.pk}",
        subject=_("Ý kiến giám sát: %(title)s") % {"title": task.title},
        body=_("%(by)s có ý kiến về nhiệm vụ “%(title)s”:\n\n%(text)s")
        % {"by": by, "title": task.title, "text": text},
        reason=_("đơn vị của ông/bà giao nhiệm vụ này."),
        link=task.get_absolute_url(),
        about=task,
    )


def why_not_accepted(task: Task) -> str:
    """What keeps a report from being accepted: parts that are not finished; "" if nothing does."""
    unfinished = task.children.filter(state__in=[TaskState.OPEN, TaskState.REPORTED])
    titles = list(unfinished.order_by("pk").values_list("title", flat=True)[:3])
    if not titles:
        return ""
    words = _("Chưa nghiệm thu được: còn việc con chưa xong (%(titles)s). Hãy trả lại để làm tiếp.")
    return words % {"titles": "; ".join(titles)}


def has_evidence(task: Task) -> bool:
    """Whether anything was attached since the task was last returned."""
    returned = task.progress.filter(kind=Progress.Kind.RETURN).order_by("-pk").first()
    since = returned.pk if returned else 0
    return Evidence.objects.filter(progress__task=task, progress__gt=since).exists()


def _write(
    task: Task,
    kind: str,
    by: User,
    text: str,
    *,
    percent: int | None = None,
    evidence: Iterable[CheckedFile] = (),
) -> Progress:
    is_owners = kind in {Progress.Kind.ACCEPTANCE, Progress.Kind.RETURN}
    side = (task.owner_id, *rules.KEEPERS) if is_owners else (task.lead_id, *rules.DOERS)
    note = Progress.objects.create(
        task=task,
        kind=kind,
        by=by,
        on_behalf=by.stands_in_at(*side),
        text=text,
        percent=percent,
    )
    Evidence.objects.bulk_create(
        Evidence(progress=note, file=store(checked, by=by)) for checked in evidence
    )
    return note


def _tell_lead(task: Task, *, key: str, subject: str, body: str) -> None:
    today = timezone.localdate()
    people = queries.lead_people(task, today)
    if not people and task.is_open:
        # Whoever did it is gone: the owner must hear that nobody else does.
        people = queries.owner_clerks(task, today)
        body += "\n" + _(
            "%(lead)s hiện không có ai nhận việc; hãy chuyển việc cho cơ quan khác."
        ) % {"lead": task.lead}
    if task.reported_by is not None and task.reported_by not in people:
        people = [*people, task.reported_by]
    outbox.notify(
        people,
        key=key,
        subject=subject,
        body=body.strip(),
        reason=_("đơn vị của ông/bà là đơn vị chủ trì thực hiện."),
        link=task.get_absolute_url(),
        about=task,
    )
