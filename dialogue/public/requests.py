"""Matters people raised, as everybody may know of them: named by the office, with what came of them."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When

from dialogue.public.promises import Stage, promises
from feedback.models import Consultation, IssueGroup
from feedback.states import AnswerState, ConsultationState

OPEN, CLOSED = "open", "closed"
UNKEPT = (Stage.WORKING, Stage.LATE, Stage.PETITION)
ANNOUNCED = (ConsultationState.OPEN, ConsultationState.CLOSED)
IS_RELEASED = Q(answer__state=AnswerState.RELEASED)


@dataclass(frozen=True)
class Wanted:
    """What a reader asks for; None and empty ask for everything."""

    numbers: tuple[int, ...] = ()
    fields: tuple[str, ...] = ()
    status: str = ""
    since: datetime.datetime | None = None
    until: datetime.datetime | None = None


def public_requests(today: datetime.date) -> "QuerySet[Any]":
    """Matters whose title everybody may read, with their `status`; the newest first.

    Closed is what was answered in public or concluded, unless something promised is not kept yet.
    Never the words of a sender, and nothing of matters only invited bodies were asked about.
    """
    points = promises(today).filter(groups=OuterRef("pk"))
    rows: QuerySet[Any] = (
        IssueGroup.objects.standing()
        .filter(Q(is_public=True) | IS_RELEASED, consultation__state__in=ANNOUNCED)
        .exclude(consultation__open_to=Consultation.OpenTo.INVITED)
        .annotate(
            status=Case(
                When(Exists(points.filter(stage__in=UNKEPT)), then=Value(OPEN)),
                When(IS_RELEASED | Exists(points), then=Value(CLOSED)),
                default=Value(OPEN),
                output_field=CharField(),
            )
        )
    )
    return rows.select_related(
        "answer", "field", "lead", "consultation__organisation__unit"
    ).order_by("-pk")


def requests_for(wanted: Wanted, today: datetime.date) -> "QuerySet[Any]":
    """Those a reader asks for."""
    rows = public_requests(today)
    if wanted.numbers:
        rows = rows.filter(pk__in=wanted.numbers)
    if wanted.fields:
        rows = rows.filter(field__in=wanted.fields)
    if wanted.since:
        rows = rows.filter(created_at__gte=wanted.since)
    if wanted.until:
        rows = rows.filter(created_at__lte=wanted.until)
    if wanted.status:
        rows = rows.filter(status=wanted.status)
    return rows


def points_behind(rows: "list[Any]", today: datetime.date) -> dict[int, list[Any]]:
    """The published points that conclude each matter, with their stage; two queries."""
    found: dict[int, list[Any]] = {row.pk: [] for row in rows}
    points = promises(today).filter(groups__in=found).select_related("clause").distinct()
    for point in points.prefetch_related("groups").order_by("pk"):
        for group in point.groups.all():
            if group.pk in found:
                found[group.pk].append(point)
    return found
