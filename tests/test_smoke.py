"""The smoke walk against a live server with the demonstration: what `manage.py smoke` proves."""

import re
import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from conferences.tasks import sweep_prints
from dialogue.smoke import STEPS


@pytest.fixture
def _sweeping(live_server):
    """What a worker does for the walk: the merged invitations somebody ordered."""
    is_over = threading.Event()

    def sweep() -> None:
        while not is_over.wait(0.5):
            sweep_prints()
        connection.close()

    worker = threading.Thread(target=sweep)
    worker.start()
    yield
    is_over.set()
    worker.join()


@pytest.mark.usefixtures("_sweeping", "_fast_templates")
@pytest.mark.django_db(transaction=True)
def test_walk_takes_every_step_or_says_which_one_it_cannot(live_server, settings, capsys):
    settings.SITE_URL = live_server.url
    with pytest.raises(CommandError, match=r"^ 1/\d+  a plan is begun: .* was not taken"):
        call_command("smoke", url=live_server.url)
    call_command("seed_demo")
    capsys.readouterr()

    call_command("smoke", url=live_server.url)

    lines = capsys.readouterr().out.splitlines()
    taken = [re.fullmatch(r" ?(\d+)/\d+  .* \d+\.\d s", line) for line in lines[:-1]]
    assert [match and int(match[1]) for match in taken] == list(range(1, len(STEPS) + 1))
    assert lines[-1].startswith(f"All {len(STEPS)} steps in ")
