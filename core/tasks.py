"""What workers do for the core: send what waits, repair what hangs, clear what is old."""

import datetime

from celery import shared_task
from django.contrib.sessions.models import Session
from django.utils import timezone

from core import chain, heartbeat, outbox
from core.models import UsedToken

TOKEN_DAYS = 7
"""How long a second click on the same form is recognised."""


@shared_task
def wake() -> None:
    """Send what waits now; the next sweep would do it anyway."""
    outbox.send_waiting()


@shared_task
def sweep_outbox() -> None:
    """Repair what a dead worker left behind, then send everything that waits."""
    now = timezone.now()
    outbox.repair(now)
    outbox.send_waiting()
    heartbeat.beat("core.tasks.sweep_outbox", timezone.now())


@shared_task
def clear_old_rows() -> None:
    """Delete expired sessions and form tokens nobody can click again."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    UsedToken.objects.filter(at__lt=now - datetime.timedelta(days=TOKEN_DAYS)).delete()
    heartbeat.beat("core.tasks.clear_old_rows", now)


@shared_task
def seal_days() -> None:
    """Seal the days of the audit that are over; what could not be sealed waits an hour."""
    chain.seal_days(timezone.localdate())
    heartbeat.beat("core.tasks.seal_days", timezone.now())
