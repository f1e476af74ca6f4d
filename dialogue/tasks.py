"""What workers do across packages."""

from celery import shared_task
from django.utils import timezone

from dialogue.reports.calling import call_for_reports as call


@shared_task
def call_for_reports() -> None:
    """Ask the offices that want it for the reports of periods that have closed."""
    call(timezone.localdate())
