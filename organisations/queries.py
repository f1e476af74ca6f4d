"""Questions about organisations over several tables."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from organisations.models import (
    Absence,
    AdministrativeUnit,
    DeadlineRule,
    Membership,
    Organisation,
    PartyTerm,
    Post,
    User,
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


def member_problem(*, email: str) -> Problem | None:
    """What keeps an address from being given a role: who has a closed account can never log in."""
    if User.objects.filter(email__iexact=email, is_active=False).exists():
        return "email", _(
            "Tài khoản có địa chỉ này đã đóng, không đăng nhập được. Hãy ghi địa chỉ khác."
        )
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


def heirs_of(organisation: Organisation, today: datetime.date) -> list[Organisation]:
    """The bodies in force that have taken over from one that ended, also through others that ended."""
    found: dict[int, Organisation] = {}
    seen, level = {organisation.pk}, [organisation.pk]
    while level:
        rows = Organisation.objects.filter(predecessors__in=level).exclude(pk__in=seen)
        below = list(rows.select_related("unit").distinct().order_by("name", "pk"))
        found |= {row.pk: row for row in below if row.valid_to is None or row.valid_to >= today}
        level = [row.pk for row in below if row.pk not in found]
        seen |= {row.pk for row in below}
    return list(found.values())


def members_of(organisation: Organisation) -> QuerySet[Membership]:
    """Everybody who has or had a role in a body, those in office first."""
    return organisation.memberships.select_related("user", "post").order_by(
        F("valid_to").desc(nulls_first=True), "role", "pk"
    )


def standing_in(user_ids: Iterable[int], today: datetime.date) -> dict[int, User]:
    """Who stands in on `today` for those of these people who are away; chains are followed."""
    wanted = set(user_ids)
    pairs = {
        absent: substitute
        for absent, substitute in Absence.objects.stand_ins(today).items()
        if absent in wanted
    }
    people = User.objects.in_bulk(pairs.values()) if pairs else {}
    return {absent: people[pk] for absent, pk in pairs.items()}


def colleagues_of(user: User, today: datetime.date) -> QuerySet[User]:
    """Active people of the bodies a person belongs to, without the person."""
    own = Membership.objects.current(today).filter(user=user).values("organisation")
    there = Membership.objects.current(today).filter(organisation__in=own).values("user")
    people = User.objects.filter(pk__in=there, is_active=True).exclude(pk=user.pk)
    return people.order_by("full_name", "pk")


def may_be_away(user: User, today: datetime.date) -> QuerySet[User]:
    """For whom the person may enter an absence: oneself, the people one heads, for admins all."""
    led = Membership.objects.current(today).filter(organisation__in=user.organisation_ids("head"))
    people = User.objects.filter(is_active=True).order_by("full_name", "pk")
    return people if user.is_admin else people.filter(Q(pk=user.pk) | Q(pk__in=led.values("user")))


def may_stand_in(user: User, today: datetime.date) -> QuerySet[User]:
    """Among whom the person chooses a stand-in: those of one's own bodies, for admins all."""
    there = Membership.objects.current(today).filter(organisation__in=user.organisation_ids())
    people = User.objects.filter(is_active=True).order_by("full_name", "pk")
    return people if user.is_admin else people.filter(pk__in=there.values("user"))


def absence_problem(
    absent: User,
    substitute: User,
    starts_on: datetime.date,
    ends_on: datetime.date,
    *,
    today: datetime.date,
) -> Problem | None:
    """What keeps an absence with its stand-in from being entered."""
    if ends_on < starts_on:
        return "ends_on", _("Đến hết ngày phải từ ngày bắt đầu trở đi.")
    if ends_on < today:
        return "ends_on", _("Những ngày này đã qua. Hãy ghi thời gian vắng từ hôm nay trở đi.")
    if substitute == absent:
        return "substitute", _("Người thay phải là người khác.")
    if not colleagues_of(absent, today).filter(pk=substitute.pk).exists():
        return "substitute", _("Người thay phải đang làm việc cùng cơ quan với người vắng.")
    rows = Absence.objects.standing().filter(ends_on__gte=starts_on, starts_on__lte=ends_on)
    known = list(rows.select_related("absent", "substitute"))
    if other := next((row for row in known if row.absent_id == absent.pk), None):
        period = {"from": f"{other.starts_on:%d/%m/%Y}", "to": f"{other.ends_on:%d/%m/%Y}"}
        sentence = _("Đã ghi vắng từ %(from)s đến %(to)s. Hãy bỏ lần ghi đó trước.") % period
        return "starts_on", sentence
    return _loop_problem(absent, substitute, starts_on, ends_on, known)


def _loop_problem(
    absent: User,
    substitute: User,
    starts_on: datetime.date,
    ends_on: datetime.date,
    known: list[Absence],
) -> Problem | None:
    """Whether standing in comes back to the one who is away, on a day they all share."""
    paths = [([absent, substitute], starts_on, ends_on)]
    while paths:
        people, first, last = paths.pop()
        for row in known:
            low, high = max(first, row.starts_on), min(last, row.ends_on)
            if row.absent_id != people[-1].pk or low > high:
                continue
            if row.substitute_id == absent.pk:
                names = " → ".join(str(person) for person in [*people, absent])
                sentence = _("Vòng thay thế: %(names)s. Hãy chọn người khác.") % {"names": names}
                return "substitute", sentence
            if row.substitute not in people:
                paths.append(([*people, row.substitute], low, high))
    return None
