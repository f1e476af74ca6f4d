"""Celery only wakes workers: every piece of work is a row first (docs/decisions/0004)."""

import os
from contextlib import AbstractContextManager

import django
from celery import Celery, Task
from celery.signals import beat_init, task_postrun, task_prerun, worker_init
from django.core.exceptions import ImproperlyConfigured

from core.acting import acting
from dialogue.checks import refuse_insecure_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dialogue.settings")
app = Celery("dialogue")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
_acting: dict[str, AbstractContextManager[object]] = {}


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


@task_prerun.connect
def begin_act(task_id: str, task: Task[..., object], **_kwargs: object) -> None:
    """What a task changes stands in the audit under the task's name."""
    _acting[task_id] = acting(act=task.name)
    _acting[task_id].__enter__()


@task_postrun.connect
def end_act(task_id: str, **_kwargs: object) -> None:
    """The next task is another act."""
    if task_id in _acting:
        _acting.pop(task_id).__exit__(None, None, None)
