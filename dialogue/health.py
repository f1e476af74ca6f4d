"""Whether the work that runs by itself still runs."""

import datetime

from django.conf import settings
from django.utils import timezone

from core.models import Heartbeat

SWEEPS = ("core.tasks.sweep_outbox", "assignments.tasks.sweep_reminders")
MISSED = 3
# A sweep that has never run is not late before this process has waited for it.
_started_at = timezone.now()


def late_sweeps(now: datetime.datetime) -> list[str]:
    """The sweeps that have missed three turns, or have not run since this process began."""
    limit = datetime.timedelta(seconds=MISSED * settings.SWEEP_SECONDS)
    last = dict(Heartbeat.objects.filter(name__in=SWEEPS).values_list("name", "last_ok_at"))
    return [name for name in SWEEPS if now - last.get(name, _started_at) > limit]
