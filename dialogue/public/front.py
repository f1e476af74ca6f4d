"""The front page of the public side and the page of a plan."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from assignments.models import Task
from assignments.states import TaskState
from conclusions.models import ConclusionNotice, ConclusionPoint
from conclusions.queries import tasks_of
from conferences.models import Conference
from conferences.states import ConferenceState
from feedback.models import Consultation
from plans.models import DialogueSession, Plan

SHOWN = 12


@dataclass(frozen=True)
class NoticeProgress:
    """An issued notice with how many of its tasks are kept."""

    notice: ConclusionNotice
    tasks: int
    done: int


def front_page(now: datetime.datetime) -> dict[str, Any]:
    """The four lists of the front page; a constant number of queries."""
    coming = (
        Conference.objects.filter(
            state__in=[ConferenceState.PLANNED, ConferenceState.RUNNING],
            ends_at__gte=now - datetime.timedelta(hours=12),
        )
        .select_related("organisation")
        .order_by("starts_at")
    )
    return {
        "consultations": Consultation.objects.answerable(now)
        .select_related("organisation")
        .order_by("closes_at")[:SHOWN],
        "conferences": coming[:SHOWN],
        "plans": Plan.objects.issued()
        .select_related("document__organisation", "document__type")
        .order_by("-document__dated_on", "-pk")[:SHOWN],
        "notices": latest_notices(),
    }


def latest_notices() -> list[NoticeProgress]:
    """The latest issued notices with their tasks counted, in two queries."""
    notices = list(
        ConclusionNotice.objects.issued()
        .select_related("document__organisation", "conference")
        .prefetch_related(Prefetch("points", ConclusionPoint.objects.only("pk", "notice_id")))
        .order_by("-document__dated_on", "-pk")[:SHOWN]
    )
    notice_of = {point.pk: notice.pk for notice in notices for point in notice.points.all()}
    counts: dict[int, list[int]] = {notice.pk: [0, 0] for notice in notices}
    points = [point for notice in notices for point in notice.points.all()]
    tasks: Any = tasks_of(points).live()
    for task in tasks.only("origin_id", "state"):
        assert isinstance(task, Task)
        count = counts[notice_of[task.origin_id or 0]]
        count[0] += 1
        count[1] += task.state == TaskState.ACCEPTED
    return [NoticeProgress(notice, *counts[notice.pk]) for notice in notices]


def sessions_of(plan: Plan) -> Any:
    """The sessions of an issued plan with their conference, in the order of the paper."""
    return (
        DialogueSession.objects.filter(plan=plan)
        .select_related("conference")
        .order_by("earliest_on", "clause__position", "pk")
    )
