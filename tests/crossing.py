"""Two people who act at once, made to cross at the same place every time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, transaction
from processes import wait_for

from core.access import RefusedError
from core.transitions import IllegalMoveError

PATIENCE = 20


def cross(
    first: Callable[[], object],
    second: Callable[[], object],
    then: Callable[[], object] = lambda: None,
) -> str:
    """Run `second` while what `first` has done is not committed yet; "" or why it was refused.

    As soon as `second` waits for one of its locks, or has gone past it, `first` does what is to
    be done `then` and commits.
    """
    started: list[int] = []

    def run() -> str:
        try:
            connection.ensure_connection()
            started.append(connection.connection.info.backend_pid)
            second()
        except (IllegalMoveError, RefusedError) as error:
            return str(error)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            first()
            crossing = other.submit(run)
            met = wait_for(
                lambda: crossing.done() or bool(started and _is_blocked(started[0])), PATIENCE
            )
            assert met, "the second neither waited for the first nor went past it"
            then()
        return crossing.result()


def _is_blocked(pid: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cardinality(pg_blocking_pids(%s)) > 0", [pid])
        return bool(cursor.fetchone()[0])
