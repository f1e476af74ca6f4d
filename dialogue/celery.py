"""Celery only wakes workers: every piece of work is a row first (docs/decisions/0004)."""

import os

import django
from celery import Celery
from celery.signals import beat_init, worker_init
from django.core.exceptions import ImproperlyConfigured

from dialogue.checks import refuse_insecure_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dialogue.settings")
app = Celery("dialogue")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
@beat_init.connect
def refuse_to_start(**_kwargs: object) -> None:
    """Celery logs what a receiver raises and goes on; only leaving the process stops it."""
    django.setup()
    try:
        refuse_insecure_start()
    except ImproperlyConfigured as problem:
        # Beat swallows the message of SystemExit and has turned sys.stderr into a logger.
        os.write(2, f"{problem}\n".encode())
        raise SystemExit(1) from None
