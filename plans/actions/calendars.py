"""Secret addresses of calendars: made, replaced, taken back by their owner."""

import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from core.access import require
from core.codes import random_code
from organisations.models import Organisation, User
from plans import queries, rules
from plans.models import CalendarKey

SECRET_LENGTH = 32
NOT_MEMBER = gettext_lazy("Chỉ người của cơ quan được đăng ký lịch của cơ quan đó.")


@transaction.atomic
def make_calendar_key(
    *, by: User, organisation: Organisation | None, now: datetime.datetime
) -> str:
    """A new secret address of one's calendar; the earlier one of the same calendar stops working.

    Gives the secret, which is kept nowhere else.
    """
    require(rules.may_hold_calendar_key(by, organisation), NOT_MEMBER)
    revoke_calendar_keys(by=by, organisation=organisation, now=now)
    secret = random_code(SECRET_LENGTH)
    CalendarKey.objects.create(
        user=by, organisation=organisation, secret_hash=queries.hash_of(secret)
    )
    return secret


def revoke_calendar_keys(
    *, by: User, organisation: Organisation | None, now: datetime.datetime
) -> None:
    """The person's own address of a calendar stops working."""
    CalendarKey.objects.filter(user=by, organisation=organisation, revoked_at=None).update(
        revoked_at=now
    )
