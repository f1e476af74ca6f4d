"""What runs by itself: warnings that a system's key ends."""

from celery import shared_task
from django.utils import timezone

from dialogue.api.ending import warn_of_endings


@shared_task
def warn_of_tokens() -> None:
    """Tell the heads of bodies whose systems' keys end soon."""
    warn_of_endings(timezone.localdate())
