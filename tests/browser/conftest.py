"""What the tests in a browser share."""

import time
from collections.abc import Iterator

import pytest
from django.db import connection
from playwright.sync_api import expect

expect.set_options(timeout=15_000)  # a loaded machine is slow, not wrong
BUSY = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND pid <> pg_backend_pid() AND xact_start IS NOT NULL"
)


@pytest.fixture(autouse=True)
def _quiet(live_server) -> Iterator[None]:
    """What a closed page still had asked ends before the tables are emptied: they would wait for each other."""
    yield
    free, until = 0, time.monotonic() + 10
    while free < 3 and time.monotonic() < until:
        time.sleep(0.02)
        with connection.cursor() as cursor:
            cursor.execute(BUSY)
            free = 0 if cursor.fetchone()[0] else free + 1
