"""What many tests look at: built once for a module, or for all as a database of its own."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test.utils import override_settings

from tests.world import World
from tests.world_database import copy_world, drop_world, read_world


def standing(build: Callable[[], object]) -> Any:
    """A module's own fixture: `_standing = standing(build)` is what `build` returned.

    It stands in an open transaction, rolled back at the end; each test runs in a savepoint. The
    checks of the foreign keys are done once, or the end of each savepoint would do them again.
    """

    @pytest.fixture(scope="module")
    def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[object]:
        with django_db_blocker.unblock():
            atomic = transaction.atomic()
            atomic.__enter__()
            try:
                made = build()
                connection.check_constraints()
            except BaseException:
                transaction.set_rollback(True)
                atomic.__exit__(None, None, None)
                raise
        yield made
        with django_db_blocker.unblock():
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)

    return built


class Stage:
    """Where a copy of the one world stands: a database of its own, called after its use."""

    def __init__(self, use: str) -> None:
        self.use = use
        self.world: World | None = None
        self.is_open = False
        self.name = self.own = ""
        self.media: Any = None

    def open(self, blocker: Any) -> None:
        """Work in the copy of the world, which the first call makes."""
        if self.is_open:
            return
        with blocker.unblock():
            if self.world is None:
                self.name = connection.settings_dict["NAME"]
                self.own = f"{self.name}_{self.use}"
                copy_world(self.own)
                folder = settings.MEDIA_ROOT / self.own
                self.media = override_settings(MEDIA_ROOT=folder)
            self.media.enable()
            self._work_in(self.own)
            self.world = self.world or read_world()

    def close(self) -> None:
        """Work again in the database of all other tests."""
        if self.is_open:
            self._work_in(self.name)
            self.media.disable()

    def drop(self) -> None:
        """At the end nothing is left of it."""
        self.close()
        if self.world is not None:
            drop_world(self.own)

    def _work_in(self, name: str) -> None:
        connection.close()
        connection.settings_dict["NAME"] = name
        ContentType.objects.clear_cache()  # their numbers may differ
        self.is_open = name == self.own


# Tests look at this one and leave it as it is.
STAGE = Stage("world")
