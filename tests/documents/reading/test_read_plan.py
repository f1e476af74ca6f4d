"""`manage.py read_plan`."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

PLAN = Path(__file__).parent / "texts" / "state_plan.txt"


def test_json_is_the_exchange_form():
    out = StringIO()

    call_command("read_plan", str(PLAN), "--json", stdout=out)

    answer = json.loads(out.getvalue())
    assert [paper["symbol"] for paper in answer["documents"]] == ["KH-UBND"]
    assert answer["findings"] == []


def test_plain_answer_shows_what_was_understood():
    out = StringIO()

    call_command("read_plan", str(PLAN), stdout=out)

    assert "trước ngày 07/4/2026 → 2026-04-06" in out.getvalue()


def test_a_missing_file_is_said_so(tmp_path):
    with pytest.raises(CommandError, match="Không có tệp"):
        call_command("read_plan", str(tmp_path / "none.txt"))
