"""What workers do for feedback: throw away files of forms that were never sent."""

from celery import shared_task
from django.utils import timezone

from core import heartbeat
from feedback.actions.intake import clear_abandoned_files


@shared_task
def clear_abandoned() -> None:
    """Delete what was kept for forms nobody came back to; safe to run twice."""
    now = timezone.now()
    clear_abandoned_files(now)
    heartbeat.beat("feedback.tasks.clear_abandoned", now)
