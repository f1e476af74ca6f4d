import ast
import re
import stat
import subprocess

from embedded import ROOT


def settings_read():
    """The variables `dialogue/settings.py` asks its `env` for."""
    tree = ast.parse((ROOT / "dialogue" / "settings.py").read_text())
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    asked = [
        call
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "env"
    ]
    return {call.args[0].value for call in asked}


def test_the_example_documents_every_variable_and_no_other():
    lines = (ROOT / ".env.example").read_text().splitlines()
    documented = [match[1] for line in lines if (match := re.match(r"#?([A-Z_]+)=", line))]

    assert sorted(documented) == sorted(settings_read() | {"POSTGRES_PASSWORD"})


def test_every_variable_of_the_example_has_a_sentence_above_it():
    lines = (ROOT / ".env.example").read_text().splitlines()
    starts = [number for number, line in enumerate(lines) if re.match(r"#?[A-Z_]+=", line)]
    groups = [number for number in starts if number - 1 not in starts]

    bare = [
        lines[number]
        for number in groups
        if not lines[number - 1].startswith("# ") or "---" in lines[number - 1]
    ]
    assert bare == []


def test_make_help_lists_every_word():
    makefile = (ROOT / "Makefile").read_text()
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.M)[1].split()

    listed = subprocess.run(
        ["make", "--no-print-directory", "help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert [line.split()[1] for line in listed.splitlines()] == phony


def test_the_gate_of_the_build_machine_can_be_executed():
    assert (ROOT / ".ci" / "run").stat().st_mode & stat.S_IXUSR


def test_the_example_names_the_servers_of_the_compose_file():
    example = (ROOT / ".env.example").read_text()
    compose = (ROOT / "docker-compose.yml").read_text()

    hosts = re.findall(r"^(?:DATABASE|REDIS)_URL=.*?([a-z]+):\d+/", example, re.M)

    assert hosts == re.findall(r"^  (\w+):\n    image: ", compose, re.M)
