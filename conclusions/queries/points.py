"""How far the points of notices are."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from assignments.models import Task, TaskQuerySet
from assignments.states import TaskState
from conclusions.models import ConclusionNotice, ConclusionPoint, PointResult
from conferences.models import Conference
from conferences.queries import OpenPoint
from documents.states import DocumentState
from plans.queries import Standing

OPEN_KINDS = (ConclusionPoint.Kind.ASSIGNED, ConclusionPoint.Kind.PETITION)
WHOLE = 100
"""Per cent of a kept promise."""


@dataclass(frozen=True)
class PointProgress:
    """A point of an issued notice with the tasks it gave and how far they are.

    `given` are all of them, for the office; only `tasks`, those not taken back since, count.
    """

    point: ConclusionPoint
    given: list[Task]

    @property
    def tasks(self) -> list[Task]:
        """The tasks that still say how far the point is."""
        return [task for task in self.given if task.is_live]

    @property
    def percent(self) -> int:
        """Weighted progress of the tasks; an accepted task counts whole.

        Without tasks what was answered or not considered is whole, what waits for somebody nothing.
        """
        tasks = self.tasks
        weight = sum(task.weight for task in tasks)
        if not weight:
            return 0 if self.point.kind in OPEN_KINDS else WHOLE
        done = sum(
            task.weight * (WHOLE if task.state == TaskState.ACCEPTED else task.percent)
            for task in tasks
        )
        return round(done / weight)

    @property
    def due_on(self) -> datetime.date | None:
        """The last good day of its deadline; None if it gave no task, or one was changed since."""
        days = {
            task.due_on if task.due_phrase == self.point.due and not task.paused_days else None
            for task in self.tasks
        }
        return days.pop() if len(days) == 1 else None

    @property
    def ended_at(self) -> datetime.datetime | None:
        """When the last of its tasks was accepted; None while one still waits, or there is none."""
        tasks = self.tasks
        if not tasks or any(task.state != TaskState.ACCEPTED for task in tasks):
            return None
        return max((task.accepted_at for task in tasks if task.accepted_at), default=None)

    def is_late(self, today: datetime.date) -> bool:
        """Whether a task of the point is past its last good day."""
        return any(task.is_overdue(today) for task in self.tasks)


def without_notice() -> Q:
    """Of conferences: those nobody has concluded, or whose notice was taken back."""
    revoked = Q(conclusion_notice__document__state=DocumentState.REVOKED)
    return Q(conclusion_notice=None) | revoked


def points_with_progress(notice: ConclusionNotice) -> list[PointProgress]:
    """The points in the order of the paper, each with its tasks (constant queries)."""
    results = Prefetch("results", PointResult.objects.order_by("pk"))
    points = notice.points.select_related("clause", "lead").prefetch_related(
        "exchanges", "groups", "cooperating", results
    )
    return with_tasks(list(points.order_by("clause__parent__position", "clause__position")))


def with_tasks(points: Sequence[ConclusionPoint]) -> list[PointProgress]:
    """Each point with the tasks that grew out of it, in one query."""
    tasks: dict[int, list[Task]] = defaultdict(list)
    for task in tasks_of(points).select_related("lead"):
        assert task.origin_id is not None
        tasks[task.origin_id].append(task)
    return [PointProgress(point, tasks[point.pk]) for point in points]


def tasks_of(points: Iterable[ConclusionPoint]) -> TaskQuerySet:
    """The tasks that grew out of the points."""
    kind = ContentType.objects.get_for_model(ConclusionPoint)
    return Task.objects.filter(origin_type=kind, origin_id__in=[point.pk for point in points])


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
