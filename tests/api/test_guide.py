"""Every command of docs/api.md, run as it stands there."""

import re
import shlex
from pathlib import Path

import pytest
from django.test import Client

from assignments.models import DueRequest
from tests.api.test_working import paper

pytestmark = pytest.mark.usefixtures("_fast_templates")
GUIDE = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")


def commands() -> list[list[str]]:
    """The curl commands of the guide, each as its words."""
    blocks = "\n".join(re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL)).replace("\\\n", " ")
    return [shlex.split(line) for line in blocks.splitlines() if line.startswith("curl")]


def run(words: list[str]):
    """What curl would do."""
    method, headers, fields, json = "", {}, {}, None
    rest = iter(words[1:])
    for word in rest:
        if word == "-X":
            method = next(rest)
        elif word == "-H":
            name, _colon, value = next(rest).partition(": ")
            headers[name] = value
        elif word == "-F":
            name, _is, value = next(rest).partition("=")
            fields[name] = paper() if value.startswith("@") else value
        elif word == "--json":
            json = next(rest)
        else:
            address = word
    client = Client(headers=headers, enforce_csrf_checks=True)
    if json is not None:
        return client.generic(method or "POST", address, json, "application/json")
    if fields or method == "POST":
        return client.post(address, fields)
    return client.get(address)


def test_the_commands_of_the_guide_work(world, programs):
    DueRequest.objects.filter(task=world.rows["task"]).delete()
    values = {"$SITE": "", "$TOKEN": programs.token("write")[1]} | {
        f"${name.upper()}": str(world.rows[name].pk) for name in ("task", "request", "notice")
    }
    ran = {}
    for words in commands():
        for name, value in values.items():
            words = [word.replace(name, value) for word in words]
        answer = run(words)
        ran[" ".join(words)] = (answer.status_code, b"".join(answer)[:300])

    assert {line: told for line, told in ran.items() if told[0] >= 300} == {}
    assert len(ran) == 18
