"""What workers do for tasks."""

from celery import shared_task
from django.utils import timezone

from assignments import actions
from core import heartbeat
from core.calendar import WorkingCalendar


@shared_task
def sweep_reminders() -> None:
    """Plan and write the reminders that have come due."""
    now = timezone.now()
    actions.remind(now)
    heartbeat.beat("assignments.tasks.sweep_reminders", now)


@shared_task
def recompute_deadlines() -> None:
    """Reckon open relative deadlines anew, in case somebody has changed the working calendar."""
    actions.recompute_due_days(WorkingCalendar.load())
