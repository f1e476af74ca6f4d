"""Heads hear before a key of their system ends, so that the program does not fall silent."""

import datetime
from collections import defaultdict

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from assignments.queries import people_of
from core import outbox
from core.dates import written_day
from dialogue.api.models import AccessToken
from organisations.models import Role, User

RUNGS = (14, 3)
"""How many days before the last day people are warned."""


@transaction.atomic
def warn_of_endings(today: datetime.date) -> None:
    """Tell heads, and who made the key, once at each rung; one letter a person, however many keys.

    A run that was missed is made up for, at the nearest rung only.
    """
    due = [token for token in _ending(today) if _rung(token, today) != token.warned_at_days]
    heads = people_of({token.organisation_id for token in due}, today, Role.HEAD)
    baskets: dict[User, list[AccessToken]] = defaultdict(list)
    for token in due:
        for person in {*heads.get(token.organisation_id, []), token.made_by}:
            baskets[person].append(token)
        token.warned_at_days = _rung(token, today)
    AccessToken.objects.bulk_update(due, ["warned_at_days"])
    for person, basket in baskets.items():
        _tell(person, basket, today)


def _ending(today: datetime.date) -> list[AccessToken]:
    last = today + datetime.timedelta(days=max(RUNGS))
    rows = AccessToken.objects.filter(revoked_at=None, expires_on__range=(today, last))
    rows = rows.select_for_update(of=("self",), skip_locked=True)
    return list(rows.select_related("organisation", "made_by").order_by("expires_on", "pk"))


def _rung(token: AccessToken, today: datetime.date) -> int:
    left = (token.expires_on - today).days
    return min(rung for rung in RUNGS if left <= rung)


def _tell(person: User, tokens: list[AccessToken], today: datetime.date) -> None:
    lines = "\n".join(
        _("- “%(name)s” (mã %(token)s) của %(body)s: dùng đến hết ngày %(day)s")
        % {
            "name": token.name,
            "token": token,
            "body": token.organisation.name,
            "day": written_day(token.expires_on),
        }
        for token in tokens
    )
    outbox.notify(
        [person],
        key=f"tokens-ending:{today:%Y%m%d}:{tokens[0].pk}",
        subject=_("%(n)d mã truy cập sắp hết hạn") % {"n": len(tokens)},
        body=_(
            "%(lines)s\n\nHết ngày đó phần mềm không còn kết nối được. Nếu còn dùng, hãy tạo mã mới, "
            "giao người cài đặt thay mã cũ, rồi thu hồi mã cũ."
        )
        % {"lines": lines},
        reason=_("ông/bà là lãnh đạo cơ quan hoặc người tạo mã này."),
        link=reverse("tokens:list"),
    )
