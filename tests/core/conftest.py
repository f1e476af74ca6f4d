"""A receiver of posts, for what leaves to other systems."""

import threading
from collections.abc import Iterator

import pytest

from tests.receiver import Receiver


@pytest.fixture
def receiver(settings) -> Iterator[Receiver]:
    server = Receiver()
    settings.WEBHOOK_HOSTS = [f"127.0.0.1:{server.server_port}"]
    settings.WEBHOOK_SECONDS = 0.6
    thread = threading.Thread(target=server.serve_forever, args=[0.02], daemon=True)
    thread.start()
    yield server
    server.done.set()
    server.shutdown()
    server.server_close()
