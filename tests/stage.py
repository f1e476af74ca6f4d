"""What many tests look at: built once in an open transaction, rolled back at the end.

Each test then runs in a savepoint. The checks of the foreign keys are done once, or the end of
each savepoint would do them again.
"""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from django.db import connection, transaction

from tests.world import World, build

Built = TypeVar("Built")


def standing(blocker: Any, build: Callable[[], Built]) -> Iterator[Built]:
    """For a module's own fixture: `yield from standing(django_db_blocker, build)`."""
    with blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        try:
            built = build()
            connection.check_constraints()
        except BaseException:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)
            raise
    yield built
    with blocker.unblock():
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


class Stage:
    """Where the one world stands while tests look at it."""

    def __init__(self) -> None:
        self.world: World | None = None
        self.atomic: Any = None
        self.blocker: Any = None

    def open(self, blocker: Any) -> None:
        """Build the world, unless it stands."""
        if self.world is not None:
            return
        self.blocker = blocker
        with blocker.unblock():
            self.atomic = transaction.atomic()
            self.atomic.__enter__()
            try:
                self.world = build()
                connection.check_constraints()
            except BaseException:
                self._roll_back()
                raise

    def close(self) -> None:
        """Roll everything back, if it was built."""
        if self.world is not None:
            with self.blocker.unblock():
                self._roll_back()

    def _roll_back(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)
        self.world = self.atomic = None


STAGE = Stage()
