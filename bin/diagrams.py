"""Draw `docs/states.md` and the layer diagram of `docs/architecture.md` from the code they describe.

`diagrams.py` writes both, `diagrams.py check` says which are out of date. Nothing here needs a database.
"""

import os
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import django
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
STATES = ROOT / "docs" / "states.md"
ARCHITECTURE = ROOT / "docs" / "architecture.md"
LAYERS = re.compile(r"(<!-- layers -->\n).*?(<!-- end of layers -->)", re.DOTALL)
HEAD = """# States

Which states exist and which moves are legal, drawn by `make diagrams` from every `<app>/states.py`
and from the models that carry a `state`; a test fails when this page is not current. Only
`core.transitions.move()` changes a state; *who* may do so stands in `<app>/rules.py`, and a
`guards.py` of a later step may refuse a move that is drawn here.
"""


def states_page() -> str:
    """One section for every model with a state, in the order of the packages, lowest first."""
    return "\n".join([HEAD, *(_section(model) for model in _models())])


def architecture_page() -> str:
    """The page on architecture with its layer diagram drawn anew."""
    return LAYERS.sub(
        lambda match: f"{match[1]}{_layers()}{match[2]}", ARCHITECTURE.read_text(encoding="utf-8")
    )


def _models() -> Iterator[Any]:
    for package in reversed(_packages()):
        for model in apps.get_app_config(package).get_models():
            if any(field.name == "state" for field in model._meta.concrete_fields):
                yield model


def _section(model: Any) -> str:
    choices = dict(model._meta.get_field("state").flatchoices)
    return "\n".join(
        [
            f"## `{model._meta.label}`",
            "",
            model.__doc__.strip().splitlines()[0],
            "",
            *_diagram(model, choices),
            "| state | on screen |",
            "|---|---|",
            *(f"| `{state}` | {label} |" for state, label in choices.items()),
            "",
        ]
    )


def _diagram(model: Any, choices: dict[str, Any]) -> list[str]:
    moves = getattr(model, "TRANSITIONS", None)
    if moves is None:
        return [
            "Not a matter of approval: the rows of a queue, moved by `core/outbox.py` alone.",
            "",
        ]
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{label}" as {state}' for state, label in choices.items()]
    lines += [f"    [*] --> {model._meta.get_field('state').default}"]
    for state in choices:
        onward = [to for to in choices if to in moves[state]]
        lines += [f"    {state} --> {to}" for to in onward or ["[*]"]]
    return [*lines, "```", ""]


def _packages() -> list[str]:
    """The layers of the contract `time`, highest first."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "importlinter"
    ]["contracts"]
    layers: list[str] = next(one["layers"] for one in contracts if one["id"] == "time")
    return layers


def _layers() -> str:
    packages = _packages()
    lines = ["```mermaid", "flowchart TD"]
    for package in packages:
        words = (import_module(package).__doc__ or package).strip().rstrip(".")
        lines.append(f'    {package}["<b>{package}</b><br>{words}"]')
    lines += [f"    {one} --> {other}" for one, other in zip(packages, packages[1:], strict=False)]
    return "\n".join([*lines, "```", ""])


def main(arguments: list[str]) -> int:
    """Write the pages, or say which would change."""
    stale = []
    for path, text in ((STATES, states_page()), (ARCHITECTURE, architecture_page())):
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(path.relative_to(ROOT))
            if arguments != ["check"]:
                path.write_text(text, encoding="utf-8")
    for path in stale:
        print(path, "is out of date: run `make diagrams`" if arguments == ["check"] else "drawn")
    return int(bool(stale) and arguments == ["check"])


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dialogue.settings")
    os.environ.setdefault("DIALOGUE_MODE", "test")
    django.setup()
    sys.exit(main(sys.argv[1:]))
