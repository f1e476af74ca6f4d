"""The table that follows conclusions point by point (domain.md §3.8)."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments.models import DueDay, Progress, Task
from core.dates import written_day
from dialogue.reports import work
from dialogue.reports.asked import Asked
from dialogue.reports.work import Standing

SEEN = (Progress.Kind.COMMENT, Progress.Kind.CONTEST)


def head() -> tuple[str, ...]:
    """The columns; several of the usual form share one, so that the page can be read."""
    return (
        _("TT"),
        _("Nội dung kết luận"),
        _("Thông báo kết luận"),
        _("Cơ quan chủ trì, phối hợp"),
        _("Thời hạn (gia hạn nếu có)"),
        _("Tiến độ, kết quả, ngày hoàn thành"),
        _("Tình trạng, số ngày quá hạn"),
        _("Ý kiến giám sát"),
    )


def rows(asked: Asked) -> list[tuple[str, ...]]:
    """A line for each task of a conclusion; its number is counted by the paper. Five queries."""
    tasks = list(
        work.tasks(asked)
        .select_related("lead", "clause__document__organisation", "clause__document__type")
        .prefetch_related("cooperating")
        .order_by("clause__document__dated_on", "clause", "pk")
    )
    days: dict[int, list[DueDay]] = defaultdict(list)
    for day in DueDay.objects.filter(task__in=tasks).order_by("pk"):
        days[day.task_id].append(day)
    seen = Progress.objects.filter(task__in=tasks, kind__in=SEEN).values_list("task")
    watched = Counter(dict(seen.annotate(n=Count("pk"))))
    return [_row(task, days[task.pk], watched[task.pk], asked) for task in tasks]


def _row(task: Any, days: Sequence[DueDay], watched: int, asked: Asked) -> tuple[str, ...]:
    paper = task.clause.document if task.clause else None
    bodies = [task.lead.name, *(one.name for one in task.cooperating.all())]
    standing = str(Standing(task.standing).label)
    if task.standing == Standing.OVERDUE:
        standing += _(" (%(n)s ngày)") % {"n": (asked.as_of - task.due_on).days}
    return (
        task.wording,
        _("Số %(code)s ngày %(day)s")
        % {"code": paper.register_code, "day": written_day(paper.dated_on)}
        if paper and paper.dated_on
        else task.origin_label,
        bodies[0] + _helpers(bodies[1:]),
        _due(task, days),
        _progress(task),
        standing,
        _("%(n)s ý kiến") % {"n": watched} if watched else "–",
    )


def _progress(task: Any) -> str:
    if task.standing in {*work.DONE, Standing.REPORTED}:
        return _result(task)
    return _("%(percent)s%%") % {"percent": task.percent}


def _helpers(names: Sequence[str]) -> str:
    return _("; phối hợp: %(bodies)s") % {"bodies": ", ".join(names)} if names else ""


def _due(task: Task, days: Sequence[DueDay]) -> str:
    """The last good day, and how often and why it was changed."""
    if task.due_on is None:
        return _("Không ghi thời hạn")
    said = written_day(task.due_on)
    if len(days) > 1:
        said += _("; đổi hạn %(n)s lần (%(why)s)") % {"n": len(days) - 1, "why": days[-1].reason}
    return said


def _result(task: Task) -> str:
    on = task.accepted_at or task.reported_at
    said = [str(task.get_resolution_display()), task.result]
    if on:
        said.append(written_day(timezone.localdate(on)))
    return "; ".join(part.rstrip(". ") for part in said if part)
