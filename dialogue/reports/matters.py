"""Every matter that was raised, with its field, competence and exactly one status.

A matter is an opinion that was received, or what somebody raised in the hall about nothing that had
been sent in before. The status is told as of a day from what carries a date: notices, tasks, reports
of results, released answers. Sums agree because everything is counted from these rows.
"""

import datetime
from functools import lru_cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext_lazy as _

from assignments.models import Task
from assignments.states import TaskState
from conclusions.models import ConclusionNotice, ConclusionPoint
from conferences.models import Exchange
from conferences.states import ConferenceState
from dialogue.reports.asked import NONE, Asked, statuses_of
from dialogue.reports.sets import Written, written
from feedback.models import Consultation, Opinion
from feedback.states import OpinionState

Kind = ConclusionPoint.Kind
Outcome = Exchange.Outcome


class Status(TextChoices):
    """How a matter stands (domain.md §3.8)."""

    ON_SPOT = "on_spot", _("Giải đáp tại hội nghị")
    WRITTEN = "written", _("Trả lời bằng văn bản")
    IN_TIME = "in_time", _("Giao giải quyết, xong đúng hạn")
    DONE_LATE = "done_late", _("Giao giải quyết, xong quá hạn")
    OPEN = "open", _("Giao giải quyết, đang thực hiện")
    OVERDUE = "overdue", _("Giao giải quyết, quá hạn chưa xong")
    PETITION = "petition", _("Kiến nghị, chuyển cấp có thẩm quyền")
    NOTED = "noted", _("Ghi nhận, tiếp thu")
    NOT_CONSIDERED = "not_considered", _("Không xem xét (có lý do)")
    WAITING = "waiting", _("Đang chuẩn bị trả lời, kết luận")
    NEW = "new", _("Chưa xử lý")
    ROUTED = "routed", _("Chuyển ngoài đối thoại (khiếu nại, tố cáo)")
    WITHDRAWN = "withdrawn", _("Người gửi rút")


# The heads of narrow columns, on pages and on paper.
SHORT: dict[str, object] = {
    Status.ON_SPOT: _("Giải đáp tại chỗ"),
    Status.WRITTEN: _("Trả lời bằng văn bản"),
    Status.IN_TIME: _("Giao, xong đúng hạn"),
    Status.DONE_LATE: _("Giao, xong quá hạn"),
    Status.OPEN: _("Giao, đang làm"),
    Status.OVERDUE: _("Giao, quá hạn"),
    Status.PETITION: _("Kiến nghị cấp trên"),
    Status.NOTED: _("Ghi nhận"),
    Status.NOT_CONSIDERED: _("Không xem xét"),
    Status.WAITING: _("Đang chuẩn bị"),
    Status.NEW: _("Chưa xử lý"),
    Status.ROUTED: _("Ngoài đối thoại"),
    Status.WITHDRAWN: _("Đã rút"),
}
ASSIGNED = (Status.IN_TIME, Status.DONE_LATE, Status.OPEN, Status.OVERDUE)
ANSWERED = (Status.ON_SPOT, Status.WRITTEN)
CONCLUDED = (*ANSWERED, *ASSIGNED, Status.PETITION)
SENT, RAISED = "sent", "raised"
SOURCES = {SENT: _("Gửi trước hội nghị"), RAISED: _("Nêu tại hội nghị")}


def is_reported(as_of: datetime.date) -> Q:
    """Tasks whose report had come by the end of that day, and has not been sent back since."""
    return Q(reported_at__date__lte=as_of, state__in=[TaskState.REPORTED, TaskState.ACCEPTED])


def is_finished(as_of: datetime.date) -> Q:
    """Tasks whose result had been accepted by the end of that day."""
    return Q(state=TaskState.ACCEPTED, accepted_at__date__lte=as_of)


def is_in_time() -> Q:
    """Tasks reported by their last good day, or without one."""
    return Q(due_on=None) | Q(reported_at__date__lte=F("due_on"))


def is_overdue(as_of: datetime.date) -> Q:
    """Tasks whose day had passed with no report, the clock running."""
    return Q(due_on__lt=as_of, paused_on=None) & ~is_reported(as_of)


def _by_weight(as_of: datetime.date, kind: int) -> "tuple[tuple[Status, QuerySet[Any]], ...]":
    """The points of notices in force that day by how they stand, the worst first.

    What is promised and not kept outweighs what is done; what left by decision comes last. Each set
    says only what those before it leave open: with nothing overdue or open, all tasks are done.
    """
    issued = ConclusionNotice.objects.issued().filter(document__dated_on__lte=as_of)
    points = ConclusionPoint.objects.filter(notice__in=issued)
    given = points.filter(kind=Kind.ASSIGNED)
    tasks = Task.objects.filter(origin_type=kind, origin_id=OuterRef("pk")).live()
    unfinished = Exists(tasks.exclude(is_finished(as_of)))
    return (
        (Status.OVERDUE, given.filter(Exists(tasks.filter(is_overdue(as_of))))),
        (Status.OPEN, given.filter(~Exists(tasks) | unfinished)),
        (Status.PETITION, points.filter(kind=Kind.PETITION)),
        (Status.DONE_LATE, given.filter(Exists(tasks.exclude(is_in_time())))),
        (Status.IN_TIME, given),
        (Status.NOT_CONSIDERED, points.filter(kind=Kind.NOT_CONSIDERED)),
        (Status.ON_SPOT, points.filter(kind=Kind.ANSWERED)),
    )


def _concluded(through: Any, name: str, as_of: datetime.date, key: str) -> list[When]:
    """The statuses rows have from the points about them; each set is computed once."""
    kind = ContentType.objects.get_for_model(ConclusionPoint).pk
    return [
        When(Q(**{f"{key}__in": keys}), then=Value(status.value))
        for status, keys in _keys_by_weight(through, name, as_of, kind)
    ]


@lru_cache(maxsize=8)
def _keys_by_weight(
    through: Any, name: str, as_of: datetime.date, kind: int
) -> list[tuple[Status, Written]]:
    """What the points of each weight are about; the same question for everybody on a day."""
    return [
        (
            status,
            written(through.objects.filter(conclusionpoint__in=points.values("pk")).values(name)),
        )
        for status, points in _by_weight(as_of, kind)
    ]


def held_exchanges(as_of: datetime.date) -> "QuerySet[Exchange]":
    """What was raised at conferences that were over by the end of that day."""
    return Exchange.objects.filter(
        conference__state=ConferenceState.CLOSED, conference__closed_at__date__lte=as_of
    )


def opinions(asked: Asked) -> "QuerySet[Any]":
    """The opinions received, each with its `topic`, `level`, `status`, `body` and `day`."""
    found = Opinion.objects.filter(submission__consultation__organisation__in=asked.bodies)
    if asked.period:
        days = (asked.period.first_on, asked.period.last_on)
        found = found.filter(submission__received_on__range=days)
    if asked.conference:
        shared = Consultation.objects.filter(
            Q(session__conference=asked.conference) | Q(also_for__conference=asked.conference)
        )
        found = found.filter(submission__consultation__in=shared.values("pk"))
    rows = found.annotate(
        topic=Coalesce("group__field", "field"),
        level=Coalesce("group__competence", "competence"),
        body=F("submission__consultation__organisation"),
        day=F("submission__received_on"),
        status=_status_of_opinion(asked.as_of),
    )
    return _filtered(rows, asked, SENT)


def _status_of_opinion(as_of: datetime.date) -> Case:
    raised = held_exchanges(as_of).exclude(group=None)
    answered = raised.filter(outcome=Outcome.ANSWERED)
    noted = raised.filter(outcome=Outcome.NOTED)
    released = Q(group__answer__released_at=None) | Q(group__answer__released_at__date__lte=as_of)
    return Case(
        When(state=OpinionState.WITHDRAWN, then=Value(Status.WITHDRAWN.value)),
        When(state=OpinionState.ROUTED, then=Value(Status.ROUTED.value)),
        When(state=OpinionState.DECLINED, then=Value(Status.NOT_CONSIDERED.value)),
        *_concluded(ConclusionPoint.groups.through, "issuegroup", as_of, "group"),
        When(group__in=written(answered.values("group")), then=Value(Status.ON_SPOT.value)),
        When(released, state=OpinionState.ANSWERED, then=Value(Status.WRITTEN.value)),
        When(state=OpinionState.FORWARDED, then=Value(Status.PETITION.value)),
        When(group__in=written(noted.values("group")), then=Value(Status.NOTED.value)),
        When(
            Q(state__in=[OpinionState.ASKED, OpinionState.ANSWERED])
            | Q(group__in=written(raised.values("group"))),
            then=Value(Status.WAITING.value),
        ),
        default=Value(Status.NEW.value),
        output_field=CharField(),
    )


def exchanges(asked: Asked) -> "QuerySet[Any]":
    """What was first raised in the hall, with the same columns; whose competence is not known."""
    found = held_exchanges(asked.as_of).filter(
        group=None, conference__organisation__in=asked.bodies
    )
    if asked.period:
        days = (asked.period.first_on, asked.period.last_on)
        found = found.filter(conference__closed_at__date__range=days)
    if asked.conference:
        found = found.filter(conference=asked.conference)
    rows = found.annotate(
        topic=Coalesce("field", Value(""), output_field=CharField()),
        level=Value("", CharField()),
        body=F("conference__organisation"),
        day=TruncDate("at"),
        status=_status_of_exchange(asked.as_of),
    )
    return _filtered(rows, asked, RAISED)


def _status_of_exchange(as_of: datetime.date) -> Case:
    return Case(
        When(is_fact_only=True, then=Value(Status.ROUTED.value)),
        *_concluded(ConclusionPoint.exchanges.through, "exchange", as_of, "pk"),
        When(outcome=Outcome.ANSWERED, then=Value(Status.ON_SPOT.value)),
        When(outcome=Outcome.NOTED, then=Value(Status.NOTED.value)),
        default=Value(Status.WAITING.value),
        output_field=CharField(),
    )


def _filtered(rows: "QuerySet[Any]", asked: Asked, source: str) -> "QuerySet[Any]":
    if asked.source and asked.source != source:
        return rows.none()
    if asked.field:
        rows = rows.filter(topic="" if asked.field == NONE else asked.field)
    if asked.competence:
        rows = rows.filter(level="" if asked.competence == NONE else asked.competence)
    if asked.status:
        rows = rows.filter(status__in=statuses_of(asked.status, Status.values))
    return rows


def with_answer_day(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Answered opinions with the day they were: in the hall, or when the answer was released."""
    spoken = (
        Exchange.objects.filter(
            group=OuterRef("group"),
            outcome=Outcome.ANSWERED,
            conference__state=ConferenceState.CLOSED,
        )
        .order_by()
        .values("group")
        .annotate(first=Min(TruncDate("at")))
        .values("first")
    )
    found: QuerySet[Any] = rows.filter(status__in=ANSWERED).annotate(
        answered_on=Coalesce(
            Subquery(spoken), TruncDate("group__answer__released_at"), output_field=DateField()
        )
    )
    return found
