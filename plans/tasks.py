"""What workers do for plans."""

from celery import shared_task
from django.utils import timezone

from core.calendar import WorkingCalendar
from plans import actions


@shared_task
def recompute_steps() -> None:
    """Reckon the steps of coming sessions anew, in case somebody has changed the calendar."""
    actions.recompute_steps(WorkingCalendar.load(), timezone.localdate())
