"""Waking a worker: a courtesy to the person who waits, never a promise (decision 0004)."""

import logging
import traceback
from collections.abc import Callable, Iterable

from celery import current_app

logger = logging.getLogger(__name__)

IMPATIENT = {
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "connect_retries_timeout": 1,
    "socket_connect_timeout": 0.5,
    "socket_timeout": 1,
}
"""How long a page may wait for the broker."""


def wake(task: str, *args: object) -> None:
    """Ask a worker to run a task by name now; call it after the row it works on is committed.

    Celery alone would try a dead broker for six seconds while the page waits; this tries once. A
    sweep finds the row when nobody was woken.
    """
    options = {**current_app.conf.broker_transport_options, **IMPATIENT}
    try:
        with current_app.connection_for_write(transport_options=options) as broker:
            current_app.send_task(task, args=args, expires=60, retry=False, connection=broker)
    except Exception as error:
        logger.warning("no worker woken, the sweep will do it: %s", error)


def each_alone(work: Callable[[int], object], keys: Iterable[int]) -> None:
    """Do the work of every key; one that cannot be done keeps none behind it from being done.

    What was raised may quote somebody, so the log gets its kind and the places alone.
    """
    for key in keys:
        try:
            work(key)
        except Exception as error:
            places = "".join(traceback.format_tb(error.__traceback__))
            logger.error("%s of %s failed: %s\n%s", work, key, type(error).__name__, places)
