"""Questions about organisations over several tables."""

from django.db.models import F, Prefetch, Q, QuerySet

from organisations.models import (
    AdministrativeUnit,
    DeadlineRule,
    Membership,
    Organisation,
    Post,
)


class NoRuleError(LookupError):
    """No DeadlineRule of that code exists, not even the one for all organisations."""


def deadline_phrase(code: str, organisation: Organisation) -> str:
    """The phrase of an office's clock: its own rule, else the one for everybody."""
    rule = (
        DeadlineRule.objects.filter(Q(organisation=organisation) | Q(organisation=None), code=code)
        .order_by(F("organisation").desc(nulls_last=True))
        .first()
    )
    if rule is None:
        raise NoRuleError(code)
    return rule.phrase


def head_post(organisation: Organisation) -> Post | None:
    """The post under which the head signs."""
    return organisation.posts.filter(is_head=True).order_by("pk").first()


def bodies_by_unit() -> list[AdministrativeUnit]:
    """Every unit that has bodies, highest first, with them in `organisations.all()`; two queries."""
    bodies = Organisation.objects.order_by("system", "name").prefetch_related("successors")
    order = [AdministrativeUnit.Level.CENTRAL, AdministrativeUnit.Level.PROVINCE]
    units = (
        AdministrativeUnit.objects.filter(organisations__isnull=False)
        .distinct()
        .prefetch_related(Prefetch("organisations", bodies))
        .order_by("name")
    )
    levels = [*order, *(level for level in AdministrativeUnit.Level if level not in order)]
    return sorted(units, key=lambda unit: levels.index(AdministrativeUnit.Level(unit.level)))


def members_of(organisation: Organisation) -> QuerySet[Membership]:
    """Everybody who has or had a role in a body, those in office first."""
    return organisation.memberships.select_related("user", "post").order_by(
        F("valid_to").desc(nulls_first=True), "role", "pk"
    )
