"""The control of these tests: a worker that trusts its queue, as many programs do."""

from dialogue.celery import app

app.conf.task_reject_on_worker_lost = False
