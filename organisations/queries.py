"""Questions about organisations over several tables."""

import datetime
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from organisations.models import (
    AdministrativeUnit,
    DeadlineRule,
    Membership,
    Organisation,
    PartyTerm,
    Post,
)


class NoRuleError(LookupError):
    """No DeadlineRule of that code exists, not even the one for all organisations."""


def deadline_phrase(code: str, organisation: Organisation) -> str:
    """The phrase of an office's clock."""
    return deadline_rule(code, organisation).phrase


def deadline_rule(code: str, organisation: Organisation) -> DeadlineRule:
    """An office's clock: its own rule, else the one for everybody; NoRuleError if there is none."""
    rule = (
        DeadlineRule.objects.filter(Q(organisation=organisation) | Q(organisation=None), code=code)
        .order_by(F("organisation").desc(nulls_last=True))
        .first()
    )
    if rule is None:
        raise NoRuleError(code)
    return rule


def head_post(organisation: Organisation) -> Post | None:
    """The post under which the head signs."""
    return organisation.posts.filter(is_head=True).order_by("pk").first()


Level = AdministrativeUnit.Level
HIGHEST_FIRST = [Level.CENTRAL, Level.PROVINCE, Level.DISTRICT, Level.COMMUNE, Level.HAMLET]


def bodies_by_unit() -> list[AdministrativeUnit]:
    """Every unit, highest first, with its bodies in `organisations.all()`; three queries."""
    bodies = (
        Organisation.objects.select_related("unit__parent", "parent__unit__parent")
        .order_by("system", "name", "pk")
        .prefetch_related("successors")
    )
    units = (
        AdministrativeUnit.objects.select_related("parent__parent")
        .prefetch_related(Prefetch("organisations", bodies))
        .order_by("name", "pk")
    )
    return sorted(units, key=lambda unit: HIGHEST_FIRST.index(Level(unit.level)))


Problem = tuple[str, str]
"""Where it stands (a name of the form's field) and the sentence that says what to do."""


def unit_problem(
    unit: AdministrativeUnit | None,
    *,
    name: str,
    kind: str,
    level: str,
    parent: AdministrativeUnit | None,
    valid_from: datetime.date | None,
    valid_to: datetime.date | None,
) -> Problem | None:
    """What keeps a unit (None: a new one) from having these values."""
    rank = HIGHEST_FIRST.index(Level(level))
    above, below = HIGHEST_FIRST[:rank], HIGHEST_FIRST[rank + 1 :]
    same = AdministrativeUnit.objects.filter(
        name__iexact=name, kind__iexact=kind, level=level, parent=parent
    )
    if problem := _period_problem(valid_from, valid_to):
        return problem
    if parent and parent.level not in above:
        return "parent", _("Đơn vị cấp trên phải ở cấp cao hơn đơn vị này.")
    if unit and unit.children.exclude(level__in=below).exists():
        return "level", _("Có đơn vị trực thuộc không ở cấp thấp hơn cấp này.")
    if _others(same, unit).overlapping(valid_from, valid_to).exists():
        return "name", _("Đã có đơn vị này trong cùng thời gian. Hãy xem lại tên hoặc từ ngày.")
    return None


def organisation_problem(
    organisation: Organisation | None,
    *,
    unit: AdministrativeUnit,
    name: str,
    parent: Organisation | None,
    valid_from: datetime.date | None,
    valid_to: datetime.date | None,
) -> Problem | None:
    """What keeps a body (None: a new one) from having these values."""
    same = Organisation.objects.filter(name__iexact=name, unit=unit)
    if problem := _period_problem(valid_from, valid_to):
        return problem
    if organisation and organisation in _bodies_above(parent):
        return "parent", _("Cơ quan cấp trên không thể là chính cơ quan này hoặc cấp dưới của nó.")
    if _others(same, organisation).overlapping(valid_from, valid_to).exists():
        return "name", _("Đơn vị đã có cơ quan này trong cùng thời gian. Hãy xem lại tên.")
    return None


def term_problem(
    organisation: Organisation,
    *,
    name: str,
    starts_on: datetime.date,
    ends_on: datetime.date | None,
) -> Problem | None:
    """What keeps a body from having one more term; terms never overlap."""
    terms = PartyTerm.objects.filter(organisation=organisation)
    overlapping = terms.filter(Q(ends_on=None) | Q(ends_on__gte=starts_on))
    if ends_on:
        overlapping = overlapping.filter(starts_on__lte=ends_on)
    if organisation.system != Organisation.System.PARTY:
        return "name", _("Chỉ cơ quan của Đảng có nhiệm kỳ.")
    if ends_on and ends_on < starts_on:
        return "ends_on", _("Đến ngày phải sau từ ngày.")
    if terms.filter(name__iexact=name).exists():
        return "name", _("Cơ quan đã có nhiệm kỳ này.")
    if other := overlapping.first():
        return "starts_on", _("Trùng thời gian với nhiệm kỳ %(name)s.") % {"name": other.name}
    return None


def post_problem(organisation: Organisation, *, name: str) -> Problem | None:
    """What keeps a body from having one more post."""
    if organisation.posts.filter(name__iexact=name).exists():
        return "name", _("Cơ quan đã có chức vụ này.")
    return None


def _period_problem(
    valid_from: datetime.date | None, valid_to: datetime.date | None
) -> Problem | None:
    if valid_from and valid_to and valid_to < valid_from:
        return "valid_to", _("Đến ngày phải sau từ ngày.")
    return None


def _others(rows: Any, row: AdministrativeUnit | Organisation | None) -> Any:
    return rows.exclude(pk=row.pk) if row else rows


def _bodies_above(parent: Organisation | None) -> list[Organisation]:
    """A body and everything above it."""
    chain: list[Organisation] = []
    while parent and parent not in chain:
        chain.append(parent)
        parent = parent.parent
    return chain


def members_of(organisation: Organisation) -> QuerySet[Membership]:
    """Everybody who has or had a role in a body, those in office first."""
    return organisation.memberships.select_related("user", "post").order_by(
        F("valid_to").desc(nulls_first=True), "role", "pk"
    )
