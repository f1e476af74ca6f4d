"""The numbers everybody may read: what was received, answered, concluded and kept."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from conferences.models import Conference
from conferences.states import ConferenceState
from dialogue.public.answers import answers_for
from dialogue.public.promises import (
    Chosen,
    Stage,
    chosen_of,
    counted_by_stage,
    counted_by_year,
    promises,
)
from feedback.models import Field, Opinion
from organisations.models import AdministrativeUnit

KEPT_SECONDS = 300
"""How long numbers are remembered: they are added up over all opinions."""
MOST_BARS = 20


@dataclass(frozen=True)
class Numbers:
    """Everything the page of numbers shows; bars are {label, value, url}."""

    conferences: int
    opinions: int
    answers: int
    points: int
    stages: list[dict[str, Any]]
    fields: list[dict[str, Any]]
    opinion_fields: list[dict[str, Any]]
    units: list[dict[str, Any]]
    years: list[int]
    lines: list[dict[str, Any]] = field(default_factory=list)


def numbers_of(chosen: Chosen, today: datetime.date) -> Numbers:
    """The numbers of a unit and year (of all, if none is chosen), at most five minutes old."""
    key = f"public-numbers:{today}:{chosen.query()}"
    found = cache.get(key)
    if found is None:
        found = _numbers(chosen, today)
        cache.set(key, found, KEPT_SECONDS)
    assert isinstance(found, Numbers)
    return found


def _numbers(chosen: Chosen, today: datetime.date) -> Numbers:
    points = chosen_of(promises(today), chosen)
    over_years = counted_by_year(chosen_of(promises(today), Chosen(unit=chosen.unit)))
    by_stage = counted_by_stage(points)
    opinions = _opinions(chosen)
    return Numbers(
        conferences=_held(chosen).count(),
        opinions=opinions.count(),
        answers=answers_for(chosen).count(),
        points=sum(by_stage.values()),
        stages=[
            _bar(str(Stage(stage).label), number, chosen, stage=stage)
            for stage, number in by_stage.items()
        ],
        fields=_points_by_field(points, chosen),
        opinion_fields=_by_field(opinions),
        units=_by_unit(points, chosen),
        years=list(over_years),
        lines=[
            {
                "label": _("Điểm kết luận"),
                "values": [sum(one.values()) for one in over_years.values()],
            },
            {
                "label": str(Stage.KEPT.label),
                "values": [one[Stage.KEPT] for one in over_years.values()],
            },
            {
                "label": str(Stage.LATE.label),
                "values": [one[Stage.LATE] for one in over_years.values()],
            },
        ],
    )


def _held(chosen: Chosen) -> QuerySet[Conference]:
    return _within(
        Conference.objects.filter(state=ConferenceState.CLOSED), chosen, "organisation", "starts_at"
    )


def _opinions(chosen: Chosen) -> QuerySet[Opinion]:
    return _within(
        Opinion.objects.in_dialogue(),
        chosen,
        "submission__consultation__organisation",
        "submission__received_on",
    )


def _within(rows: QuerySet[Any], chosen: Chosen, body: str, day: str) -> QuerySet[Any]:
    wanted = Q()
    if chosen.unit:
        wanted &= Q(**{f"{body}__unit": chosen.unit})
    if chosen.year:
        wanted &= Q(**{f"{day}__year": chosen.year})
    return rows.filter(wanted)


def _points_by_field(points: QuerySet[Any], chosen: Chosen) -> list[dict[str, Any]]:
    """Points by the fields of their matters; one that concerns two fields stands with both."""
    rows = points.order_by().values_list("groups__field").annotate(n=Count("pk", distinct=True))
    found = dict(rows)
    named = [
        _bar(row.name, found[row.pk], chosen, field=row.pk)
        for row in Field.objects.order_by("position")
        if row.pk in found
    ]
    without = found.get(None, 0)
    return (
        [*named, {"label": _("Nêu tại hội nghị, chưa xếp lĩnh vực"), "value": without}]
        if without
        else named
    )


def _by_field(opinions: QuerySet[Opinion]) -> list[dict[str, Any]]:
    found = dict(opinions.order_by().values_list("field").annotate(n=Count("pk")))
    return [
        {"label": row.name, "value": found[row.pk]}
        for row in Field.objects.order_by("position")
        if row.pk in found
    ]


def _by_unit(points: QuerySet[Any], chosen: Chosen) -> list[dict[str, Any]]:
    """The units with the most points."""
    unit = "notice__document__organisation__unit"
    rows = points.order_by().values_list(unit).annotate(n=Count("pk")).order_by("-n", unit)
    found = dict(rows[:MOST_BARS])
    names = {row.pk: str(row) for row in AdministrativeUnit.objects.filter(pk__in=found)}
    return [_bar(names[pk], number, chosen, unit=pk) for pk, number in found.items()]


def _bar(label: str, value: int, chosen: Chosen, **more: object) -> dict[str, Any]:
    """A bar that opens the list it counts."""
    return {
        "label": label,
        "value": value,
        "url": f"{reverse('portal:promises')}?{chosen.query(**more)}",
    }
