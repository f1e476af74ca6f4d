"""Where a year falls short of what is demanded: units without a dialogue, notice given too late."""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.dates import written_day
from organisations.models import AdministrativeUnit
from plans.models import DialogueSession, Obligation
from plans.queries.standing import Standing

Kind = Obligation.Kind


@dataclass(frozen=True)
class Gap:
    """A unit that has fewer conferences than demanded, and by which paper."""

    unit: AdministrativeUnit
    has: int
    held: int
    wanted: int
    source: str


def gaps_of(
    units: Sequence[AdministrativeUnit],
    rows: Sequence[tuple[DialogueSession, Standing]],
    day: datetime.date,
) -> tuple[list[Gap], dict[str, Obligation]]:
    """The units that fall short on `day`, and the notice demanded by level; one query."""
    demands = list(Obligation.objects.current(day))
    planned: Counter[int] = Counter()
    held: Counter[int] = Counter()
    for session, standing in rows:
        if standing.is_cancelled:
            continue
        home = session.plan.document.organisation.unit_id
        for pk in {home, *(unit.pk for unit in session.units.all())}:
            planned[pk] += 1
            held[pk] += standing.is_held
    gaps = [
        Gap(unit, planned[unit.pk], held[unit.pk], demand.amount, demand.source)
        for demand in demands
        if demand.kind == Kind.PER_YEAR
        for unit in units
        if unit.level == demand.level and planned[unit.pk] < demand.amount
    ]
    return gaps, {row.level: row for row in demands if row.kind == Kind.NOTICE}


def late_notice(
    session: DialogueSession,
    standing: Standing,
    notices: dict[str, Obligation],
    today: datetime.date,
) -> list[str]:
    """Whether a session on a known day was or will be announced too late; calendar days."""
    demand = notices.get(session.plan.document.organisation.unit.level)
    day = session.exact_on
    if demand is None or day is None or standing.is_cancelled:
        return []
    last = day - datetime.timedelta(days=demand.amount)
    told = standing.announced_on
    values = {"n": demand.amount, "last": written_day(last)}
    if told and told > last:
        words = _("Thông báo ngày %(told)s, chưa đủ %(n)d ngày trước hội nghị (hạn %(last)s)")
        return [words % {**values, "told": written_day(told)}]
    if told is None and today > last:
        return [_("Chưa ghi nhận thông báo; hạn thông báo trước %(n)d ngày là %(last)s") % values]
    return []
