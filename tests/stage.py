"""The one world of the suite, built once in an open transaction and rolled back at the end."""

from typing import Any

from django.db import transaction

from tests.world import World, build


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
