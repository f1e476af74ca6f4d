"""Questions about conclusions over several tables."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments.models import Task
from assignments.states import TaskState
from conclusions.models import ConclusionNotice, ConclusionPoint
from conferences.models import Conference
from conferences.queries import OpenPoint
from documents.states import DocumentState
from feedback.queries import FollowUpLine
from plans.queries import Standing

OPEN_KINDS = (ConclusionPoint.Kind.ASSIGNED, ConclusionPoint.Kind.PETITION)
WHOLE = 100
"""Per cent of a kept promise."""


@dataclass(frozen=True)
class PointProgress:
    """A point of an issued notice with the tasks it gave and how far they are."""

    point: ConclusionPoint
    tasks: list[Task]

    @property
    def percent(self) -> int:
        """Weighted progress of the tasks; an accepted task counts whole; 100 without tasks."""
        weight = sum(task.weight for task in self.tasks)
        if not weight:
            return 100
        done = sum(
            task.weight * (100 if task.state == TaskState.ACCEPTED else task.percent)
            for task in self.tasks
        )
        return round(done / weight)

    def is_late(self, today: datetime.date) -> bool:
        """Whether a task of the point is past its last good day."""
        return any(task.is_overdue(today) for task in self.tasks)


def points_with_progress(notice: ConclusionNotice) -> list[PointProgress]:
    """The points in the order of the paper, each with its tasks (constant queries)."""
    points = notice.points.select_related("clause", "lead").prefetch_related("exchanges", "groups")
    return with_tasks(list(points.order_by("clause__parent__position", "clause__position")))


def with_tasks(points: Sequence[ConclusionPoint]) -> list[PointProgress]:
    """Each point with the tasks that grew out of it, in one query."""
    tasks: dict[int, list[Task]] = defaultdict(list)
    for task in tasks_of(points).select_related("lead"):
        assert task.origin_id is not None
        tasks[task.origin_id].append(task)
    return [PointProgress(point, tasks[point.pk]) for point in points]


def tasks_of(points: Iterable[ConclusionPoint]) -> QuerySet[Task]:
    """The tasks that grew out of the points."""
    kind = ContentType.objects.get_for_model(ConclusionPoint)
    return Task.objects.filter(origin_type=kind, origin_id__in=[point.pk for point in points])


def follow_up_of_opinions(opinion_ids: Iterable[int]) -> dict[int, list[FollowUpLine]]:
    """What citizens are told under their code: issued points on their matter and how far they are.

    Two questions whatever the number of opinions; only issued notices, no names of people.
    """
    wanted = list(opinion_ids)
    points = list(
        ConclusionPoint.objects.filter(
            groups__opinions__in=wanted, notice__document__state=DocumentState.ISSUED
        )
        .select_related("clause", "lead", "notice__document")
        .annotate(opinion_id=F("groups__opinions"))
        .order_by("pk")
    )
    tasks: dict[int, list[Task]] = defaultdict(list)
    for task in tasks_of(points).select_related("lead"):
        tasks[task.origin_id or 0].append(task)
    found: dict[int, list[FollowUpLine]] = defaultdict(list)
    for point in points:
        if point.opinion_id in wanted:
            found[point.opinion_id] += [_concluded(point), *map(_worked_on, tasks[point.pk])]
    return found


def _concluded(point: ConclusionPoint) -> FollowUpLine:
    return FollowUpLine(
        text=_("Kết luận (%(number)s): %(text)s")
        % {"number": point.notice.document.register_code, "text": point.clause.text},
        state=str(point.get_kind_display()),
        link=reverse("portal:conclusion", args=[point.notice_id]),
    )


def _worked_on(task: Task) -> FollowUpLine:
    if task.state == TaskState.ACCEPTED:
        return FollowUpLine(
            text=_("%(body)s đã thực hiện.") % {"body": task.lead.name},
            state=str(task.get_resolution_display()),
            tone="done",
            done_on=timezone.localdate(task.accepted_at) if task.accepted_at else None,
        )
    return FollowUpLine(
        text=_("Giao %(body)s thực hiện, tiến độ %(percent)s%%.")
        % {"body": task.lead.name, "percent": task.percent},
        state=_("Đang thực hiện"),
        tone="soon",
        due_on=task.due_on,
    )


def standing_of_sessions(session_ids: Iterable[int]) -> dict[int, Standing]:
    """The sessions whose conclusion notice is in force, for the year's board; one query."""
    rows = ConclusionNotice.objects.filter(
        conference__session__in=list(session_ids), document__state=DocumentState.ISSUED
    ).select_related("conference")
    return {
        row.occasion.session_id: Standing(
            60, _("Đã có kết luận"), "done", url=row.get_absolute_url(), is_held=True
        )
        for row in rows
    }


def open_points(conference: Conference, today: datetime.date) -> list[OpenPoint]:
    """The points of a conference's issued notice that are not kept yet; two questions."""
    notice = ConclusionNotice.objects.filter(
        conference=conference, document__state=DocumentState.ISSUED
    ).first()
    if notice is None:
        return []
    return [
        OpenPoint(
            text=row.point.clause.text,
            lead=row.point.lead.name if row.point.lead else "",
            due_on=max((task.due_on for task in row.tasks if task.due_on), default=None),
            percent=row.percent,
            is_late=row.is_late(today),
            link=notice.get_absolute_url(),
        )
        for row in points_with_progress(notice)
        if row.point.kind in OPEN_KINDS and row.percent < WHOLE
    ]


def papers_missing(conference: Conference) -> list[str]:
    """The papers a case file ought to hold and does not: nobody has issued them yet."""
    notice = ConclusionNotice.objects.filter(conference=conference).select_related("document")
    document = next((row.document for row in notice), None)
    papers = (
        (_("Giấy mời chưa ban hành"), conference.invitation),
        (_("Biên bản chưa ban hành"), conference.minutes),
        (_("Thông báo kết luận chưa ban hành"), document),
    )
    return [name for name, paper in papers if paper is None or not paper.pdf]
