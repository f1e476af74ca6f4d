"""The smoke walk against a live server with the demonstration: what `manage.py smoke` proves."""

import re

import pytest
from django.core.management import CommandError, call_command

from dialogue.smoke import STEPS


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_walk_passes_every_step_and_says_where_it_fails(live_server, capsys, settings):
    settings.SITE_URL = live_server.url
    with pytest.raises(CommandError, match=r"^ 1/\d+  a plan is begun: .* cannot log in|mật khẩu"):
        call_command("smoke", url=live_server.url)
    call_command("seed_demo", "--if-empty")
    capsys.readouterr()

    call_command("smoke", url=live_server.url)

    lines = capsys.readouterr().out.splitlines()
    assert [bool(re.fullmatch(r" ?\d+/\d+  .* \d+\.\d s", line)) for line in lines[:-1]] == [
        True
    ] * len(STEPS)
    assert lines[-1].startswith(f"All {len(STEPS)} steps in ")
