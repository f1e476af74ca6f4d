"""What runs by itself: news of what is followed, and forgetting addresses that never said yes."""

from celery import shared_task
from django.utils import timezone

from core import heartbeat
from dialogue.following import actions, news


@shared_task
def sweep_news() -> None:
    """Tell followers what changed about their conference."""
    now = timezone.localtime()
    news.tell_followers(now)
    heartbeat.beat("dialogue.following.tasks.sweep_news", now)


@shared_task
def sweep_progress() -> None:
    """Tell followers how the points have moved on; forget addresses nobody needs any more."""
    now = timezone.localtime()
    actions.forget_old(now)
    news.tell_progress(now)
    heartbeat.beat("dialogue.following.tasks.sweep_progress", now)
