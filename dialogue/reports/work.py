"""The work that was given: every task with its lead and exactly one standing as of a day."""

import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, CharField, Q, QuerySet, TextChoices, Value, When
from django.utils.translation import gettext_lazy as _

from assignments.models import Task
from assignments.states import TaskState
from conclusions.models import ConclusionPoint
from dialogue.reports.asked import Asked, statuses_of
from dialogue.reports.matters import is_finished, is_in_time, is_overdue, is_reported


class Standing(TextChoices):
    """How a task stands."""

    IN_TIME = "in_time", _("Xong đúng hạn")
    DONE_LATE = "done_late", _("Xong quá hạn")
    REPORTED = "reported", _("Đã báo cáo, chờ nghiệm thu")
    OPEN = "open", _("Đang trong hạn")
    OVERDUE = "overdue", _("Quá hạn chưa báo cáo")


DONE = (Standing.IN_TIME, Standing.DONE_LATE)
UNFINISHED = (Standing.REPORTED, Standing.OPEN, Standing.OVERDUE)
OF_CONCLUSIONS, ANY = "conclusions", "any"


def tasks(asked: Asked) -> "QuerySet[Any]":
    """The tasks the bodies gave, each with its `standing`; `asked.work` says which.

    By default those of conclusion points; of a period those given by its end and not finished
    before it began (what was carried over), of a conference those of its notice.
    """
    found = Task.objects.live().filter(owner__in=asked.bodies)
    if asked.work != ANY:
        found = found.filter(_of_points(asked))
    if asked.period:
        began = asked.period.first_on
        found = found.filter(_given_by(asked.as_of)).exclude(
            state=TaskState.ACCEPTED, accepted_at__date__lt=began
        )
    if asked.lead:
        found = found.filter(lead=asked.lead)
    rows = found.annotate(standing=_standing(asked.as_of))
    if asked.status:
        rows = rows.filter(standing__in=statuses_of(asked.status, Standing.values))
    return rows


def _of_points(asked: Asked) -> Q:
    kind = ContentType.objects.get_for_model(ConclusionPoint)
    if not asked.conference:
        return Q(origin_type=kind)
    points = ConclusionPoint.objects.filter(notice__conference=asked.conference)
    return Q(origin_type=kind, origin_id__in=points.values("pk"))


def _given_by(day: datetime.date) -> Q:
    """A task out of a paper was given when the paper was issued, others when they were made."""
    papers = Q(clause__document__dated_on__lte=day)
    return papers | Q(clause=None, created_at__date__lte=day)


def _standing(as_of: datetime.date) -> Case:
    return Case(
        When(is_finished(as_of) & is_in_time(), then=Value(Standing.IN_TIME.value)),
        When(is_finished(as_of), then=Value(Standing.DONE_LATE.value)),
        When(is_reported(as_of), then=Value(Standing.REPORTED.value)),
        When(is_overdue(as_of), then=Value(Standing.OVERDUE.value)),
        default=Value(Standing.OPEN.value),
        output_field=CharField(),
    )
