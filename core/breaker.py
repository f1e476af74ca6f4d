"""An address that fails again and again rests; a person sees it and can end the rest."""

import datetime

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from core import pauses
from core.models import Endpoint, Message

FAILURES = 3
"""After so many in a row an address rests."""

REST_MINUTES = (5, 15, 60, 240)
"""How long it rests after the third failure, the fourth, …; the last value repeats."""

KEEP_DAYS = 3
"""How long an event waits for its receiver; then it ends visibly failed."""


def note_success(endpoint: Endpoint, now: datetime.datetime) -> None:
    """It answered: whatever went wrong before is over."""
    Endpoint.objects.filter(pk=endpoint.pk).update(failures=0, open_until=None, last_ok_at=now)


def note_failure(endpoint: Endpoint, words: str, now: datetime.datetime) -> None:
    """It failed once more; one that was resting and fails at its first try rests longer."""
    row = Endpoint.objects.filter(pk=endpoint.pk)
    row.update(failures=F("failures") + 1, last_error=words, last_error_at=now)
    failures = row.values_list("failures", flat=True)[0]
    if failures >= FAILURES:
        rest = REST_MINUTES[min(failures - FAILURES, len(REST_MINUTES) - 1)]
        row.update(open_until=now + datetime.timedelta(minutes=rest))


def let_go(now: datetime.datetime) -> int:
    """End the events whose receiver has not answered for days; how many."""
    events = Message.objects.filter(
        channel=Message.Channel.WEBHOOK, state=Message.State.WAITING
    ).alias(since=Coalesce("not_before", "created_at"))
    old = events.filter(since__lt=now - datetime.timedelta(days=KEEP_DAYS))
    return Message.objects.filter(pk__in=pauses.without_held(old).values("pk")).update(
        state=Message.State.FAILED,
        error=_("Hệ thống nhận không trả lời trong %(days)d ngày.") % {"days": KEEP_DAYS},
    )
