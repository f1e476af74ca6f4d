"""The conferences that were held: how many of each kind, how many people came."""

from typing import Any

from django.db.models import Count, Sum
from django.db.models.query import QuerySet

from conferences.models import Conference
from conferences.states import ConferenceState
from dialogue.reports.asked import Asked


def held(asked: Asked) -> "QuerySet[Conference]":
    """Conferences that were over by the day asked about."""
    found = Conference.objects.filter(
        organisation__in=asked.bodies,
        state=ConferenceState.CLOSED,
        closed_at__date__lte=asked.as_of,
    )
    if asked.period:
        days = (asked.period.first_on, asked.period.last_on)
        found = found.filter(closed_at__date__range=days)
    if asked.conference:
        found = found.filter(pk=asked.conference)
    if asked.kind:
        found = found.filter(session__kind=asked.kind)
    return found


def counted_held(asked: Asked) -> list[dict[str, Any]]:
    """Kind and body with the number of conferences and of people present; one query."""
    rows: Any = held(asked).order_by().values("session__kind", "organisation")
    return list(rows.annotate(number=Count("pk"), people=Sum("present")))
