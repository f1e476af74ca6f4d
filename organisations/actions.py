"""Keeping bodies, accounts, the calendar and the clocks up to date."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import calendar, outbox
from core.access import RefusedError, require
from core.dates import written_day
from core.models import WorkingDay
from core.transitions import record
from organisations import queries, rules
from organisations.models import (
    Absence,
    AdministrativeUnit,
    DeadlineRule,
    Membership,
    Organisation,
    PartyTerm,
    Post,
    Role,
    User,
)

ONLY_ADMIN = gettext_lazy("Chỉ người quản trị được làm việc này.")
NOT_YOUR_ABSENCE = gettext_lazy(
    "Chỉ chính người vắng, lãnh đạo cơ quan của người đó hoặc người quản trị được ghi."
)
ABSENCE_LOCK = 20_230
"""Absences are entered one after another: two together could close a loop neither sees."""


@transaction.atomic
def create_unit(
    *,
    by: User,
    successors: Iterable[AdministrativeUnit] = (),
    **values: Any,
) -> AdministrativeUnit:
    """Enter a place (domain.md §2.7); RefusedError if it stands already or its dates are wrong."""
    require(rules.may_administer(by), ONLY_ADMIN)
    _refuse(queries.unit_problem(None, **values))
    unit = AdministrativeUnit.objects.create(**values)
    unit.successors.set(successors)
    record(unit, by=by, note=_("Thêm đơn vị"))
    return unit


@transaction.atomic
def edit_unit(
    unit: AdministrativeUnit,
    *,
    by: User,
    successors: Iterable[AdministrativeUnit] | None = None,
    **values: Any,
) -> None:
    """Change what is known about a place; papers already issued keep their own words."""
    require(rules.may_administer(by), ONLY_ADMIN)
    _refuse(queries.unit_problem(unit, **values))
    for name, value in values.items():
        setattr(unit, name, value)
    unit.save(update_fields=list(values))
    if successors is not None:
        unit.successors.set(successors)
    record(unit, by=by, note=_("Sửa thông tin đơn vị"))


@transaction.atomic
def create_organisation(
    *, by: User, successors: Iterable[Organisation] = (), **values: Any
) -> Organisation:
    """Enter a body of a unit; RefusedError if it stands already or its dates are wrong."""
    require(rules.may_administer(by), ONLY_ADMIN)
    _refuse(queries.organisation_problem(None, **_identity(values)))
    organisation = Organisation.objects.create(**values)
    organisation.successors.set(successors)
    record(organisation, by=by, note=_("Thêm cơ quan"))
    return organisation


@transaction.atomic
def edit_organisation(
    organisation: Organisation,
    *,
    by: User,
    successors: Iterable[Organisation] | None = None,
    **values: Any,
) -> None:
    """Change what is known about a body; papers already issued keep their own words."""
    require(rules.may_administer(by), ONLY_ADMIN)
    standing = {name: getattr(organisation, name) for name in _IDENTITY}
    _refuse(queries.organisation_problem(organisation, **_identity(standing | values)))
    for name, value in values.items():
        setattr(organisation, name, value)
    organisation.save(update_fields=list(values))
    if successors is not None:
        organisation.successors.set(successors)
    record(organisation, by=by, note=_("Sửa thông tin cơ quan"))


@transaction.atomic
def add_post(organisation: Organisation, *, by: User, name: str, is_head: bool) -> Post:
    """Give a body a post people hold and sign under."""
    require(rules.may_administer(by), ONLY_ADMIN)
    _refuse(queries.post_problem(organisation, name=name))
    post = Post.objects.create(organisation=organisation, name=name, is_head=is_head)
    record(organisation, by=by, note=_("Thêm chức vụ: %(name)s") % {"name": name})
    return post


@transaction.atomic
def add_term(
    organisation: Organisation,
    *,
    by: User,
    name: str,
    starts_on: datetime.date,
    ends_on: datetime.date | None,
) -> PartyTerm:
    """Give a party committee its term: its papers are numbered anew in it (domain.md §1.2.4)."""
    require(rules.may_administer(by), ONLY_ADMIN)
    _refuse(queries.term_problem(organisation, name=name, starts_on=starts_on, ends_on=ends_on))
    term = PartyTerm.objects.create(
        organisation=organisation, name=name, starts_on=starts_on, ends_on=ends_on
    )
    record(organisation, by=by, note=_("Thêm nhiệm kỳ: %(name)s") % {"name": name})
    return term


_IDENTITY = ("unit", "name", "parent", "valid_from", "valid_to")


def _identity(values: dict[str, Any]) -> dict[str, Any]:
    """What tells a body from others, of all its values."""
    return {name: values.get(name) for name in _IDENTITY}


def _refuse(problem: queries.Problem | None) -> None:
    if problem:
        raise RefusedError(problem[1])


@transaction.atomic
def add_member(
    organisation: Organisation,
    *,
    by: User,
    email: str,
    full_name: str,
    role: str,
    post: Post | None,
    today: datetime.date,
) -> Membership:
    """Give a person a role; an account is made when the address is new, a closed one refused.

    The person sets a password by “Quên mật khẩu”; nobody else ever knows it.
    """
    require(rules.may_administer(by), ONLY_ADMIN)
    _refuse(queries.member_problem(email=email))
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User.objects.create_user(email, None, full_name=full_name)
    current = Membership.objects.current(today).filter(
        user=user, organisation=organisation, role=role
    )
    if current.exists():
        raise RefusedError(_("Người này đang giữ vai trò đó ở cơ quan này."))
    # Ended and given again on one day: the same row.
    membership, _is_new = Membership.objects.update_or_create(
        user=user,
        organisation=organisation,
        role=role,
        valid_from=today,
        defaults={"post": post, "valid_to": None},
    )
    record(organisation, by=by, note=_("Thêm thành viên: %(who)s") % {"who": membership})
    return membership


@transaction.atomic
def end_membership(membership: Membership, *, by: User, today: datetime.date) -> None:
    """End a role with yesterday as its last day; what the person did stays."""
    require(rules.may_administer(by), ONLY_ADMIN)
    membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    if membership.valid_to is not None and membership.valid_to < today:
        raise RefusedError(_("Vai trò này đã kết thúc từ trước."))
    if membership.role == Role.ADMIN and not _others_administer(membership, today):
        raise RefusedError(
            _("Đây là người quản trị cuối cùng. Hãy thêm người quản trị khác trước.")
        )
    membership.valid_to = today - datetime.timedelta(days=1)
    membership.save(update_fields=["valid_to"])
    record(
        membership.organisation, by=by, note=_("Kết thúc vai trò: %(who)s") % {"who": membership}
    )


def _others_administer(membership: Membership, today: datetime.date) -> bool:
    others = Membership.objects.current(today).filter(role=Role.ADMIN, user__is_active=True)
    if others.exclude(pk=membership.pk).exists():
        return True
    return User.objects.filter(is_superuser=True, is_active=True).exists()


def set_day(*, by: User, date: datetime.date, kind: str, name: str, source: str) -> WorkingDay:
    """Say that a date is off or worked; the year must be signed off anew."""
    require(rules.may_administer(by), ONLY_ADMIN)
    return calendar.set_working_day(date, kind, name, source, by)


def remove_day(day: WorkingDay, *, by: User) -> None:
    """Take the office's word about a date back; the library's holds again."""
    require(rules.may_administer(by), ONLY_ADMIN)
    calendar.remove_working_day(day, by)


def sign_off_year(year: int, *, by: User, source: str) -> None:
    """Vouch for a year's days off and make-up days."""
    require(rules.may_administer(by), ONLY_ADMIN)
    calendar.sign_off_year(year, source, by)


@transaction.atomic
def edit_deadline_rule(rule: DeadlineRule, *, by: User, phrase: str, source: str) -> None:
    """Change a clock; work already given keeps its days."""
    require(rules.may_administer(by), ONLY_ADMIN)
    record(
        rule,
        by=by,
        note=_("Trước đó: %(phrase)s (%(source)s)")
        % {"phrase": rule.phrase, "source": rule.source},
    )
    rule.phrase, rule.source = phrase, source
    rule.save(update_fields=["phrase", "source"])


@transaction.atomic
def enter_absence(
    absent: User,
    *,
    by: User,
    substitute: User,
    starts_on: datetime.date,
    ends_on: datetime.date,
    today: datetime.date,
    reason: str = "",
) -> Absence:
    """Say that a person is away and who stands in; both are told. RefusedError if it makes a loop."""
    require(rules.may_enter_absence(by, absent), NOT_YOUR_ABSENCE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ABSENCE_LOCK])
    _refuse(queries.absence_problem(absent, substitute, starts_on, ends_on, today=today))
    absence = Absence.objects.create(
        absent=absent,
        substitute=substitute,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason,
        entered_by=by,
    )
    record(absence, by=by, note=_("Ghi vắng mặt: %(what)s") % {"what": absence})
    _tell_of_absence(
        absence,
        "entered",
        _("%(substitute)s thay %(absent)s từ %(from)s đến hết %(to)s"),
        _(
            "Trong thời gian này %(substitute)s nhận thông báo và làm các nhiệm vụ thay %(absent)s. "
            "Việc ký, ban hành văn bản không chuyển theo. Hết ngày %(to)s tự kết thúc."
        ),
    )
    return absence


@transaction.atomic
def cancel_absence(absence: Absence, *, by: User) -> None:
    """The person is there after all, or back early; what was done meanwhile stands."""
    require(rules.may_cancel_absence(by, absence), NOT_YOUR_ABSENCE)
    absence = Absence.objects.select_for_update(of=("self",)).get(pk=absence.pk)
    if absence.cancelled_at:
        return
    absence.cancelled_at = timezone.now()
    absence.save(update_fields=["cancelled_at"])
    record(absence, by=by, note=_("Kết thúc vắng mặt: %(what)s") % {"what": absence})
    _tell_of_absence(
        absence,
        "cancelled",
        _("%(absent)s tự làm việc trở lại; %(substitute)s thôi thay"),
        _("Từ nay %(absent)s tự nhận và làm các nhiệm vụ của mình."),
    )


def _tell_of_absence(absence: Absence, step: str, subject: str, body: str) -> None:
    values = {
        "absent": absence.absent,
        "substitute": absence.substitute,
        "from": written_day(absence.starts_on),
        "to": written_day(absence.ends_on),
    }
    outbox.notify(
        [absence.absent, absence.substitute],
        key=f"absence:{absence.pk}:{step}",
        subject=subject % values,
        body=body % values,
        reason=_("ông/bà là người vắng hoặc người thay."),
        link=reverse("organisations:absences"),
        about=absence,
    )
