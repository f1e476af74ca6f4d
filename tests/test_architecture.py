"""The house rules, as tests: each failure names the file and line that breaks one."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parent.parent
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
    "contracts"
]
LAYERS = next(one["layers"] for one in CONTRACTS if one["id"] == "time")
MODELS = [model for package in LAYERS for model in apps.get_app_config(package).get_models()]
PYTHON = [
    path
    for package in (*LAYERS, "bin", "tests")
    for path in sorted((ROOT / package).rglob("*.py"))
    if "migrations" not in path.parts
]
PRODUCT = [path for path in PYTHON if path.relative_to(ROOT).parts[0] in LAYERS]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
COMPONENTS = sorted((ROOT / "templates" / "components").glob("*.html"))

# Rows of a queue, claimed by compare-and-swap (docs/decisions/0004): no person moves them.
MOVED_BY_THE_OUTBOX = {"core.Message"}
# "path:view" → why it must be longer than twenty lines.
LONGER_VIEWS: dict[str, str] = {}
VIEW_LINES, PYTHON_LINES, TEMPLATE_LINES = 20, 400, 120


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes_of(path: Path) -> dict[type[ast.AST], list[ast.AST]]:
    """Everything in a file by its kind."""
    found: dict[type[ast.AST], list[ast.AST]] = {}
    for node in ast.walk(tree_of(path)):
        found.setdefault(type(node), []).append(node)
    return found


def at(path: Path, line: int = 0) -> str:
    return f"{path.relative_to(ROOT)}:{line}" if line else str(path.relative_to(ROOT))


def in_modules(name: str) -> list[Path]:
    """`views.py`, or the files of `views/`, in every package."""
    return [path for path in PRODUCT if path.relative_to(ROOT).parts[1] in {name, f"{name}.py"}]


def nodes(paths: list[Path], *kinds: type[ast.AST]) -> Iterator[tuple[Path, ast.AST]]:
    return (
        (path, node) for path in paths for kind in kinds for node in nodes_of(path).get(kind, ())
    )


def public_functions(paths: list[Path]) -> Iterator[tuple[Path, ast.FunctionDef]]:
    for path in paths:
        for node in tree_of(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield path, node


@cache
def addresses(package: str) -> str:
    return "".join(path.read_text("utf-8") for path in sorted((ROOT / package).glob("*urls.py")))


def views() -> list[tuple[Path, ast.FunctionDef]]:
    """Functions an address leads to; what several of them share is not a view."""
    return [
        (path, node)
        for path, node in public_functions(in_modules("views"))
        if re.search(rf"\.{node.name}\b", addresses(path.relative_to(ROOT).parts[0]))
    ]


def method_calls(paths: list[Path], *names: str) -> Iterator[tuple[Path, ast.Call]]:
    for path, node in nodes(paths, ast.Call):
        if isinstance(node.func, ast.Attribute) and node.func.attr in names:
            yield path, node


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def found_in(paths: list[Path], pattern: re.Pattern[str]) -> list[str]:
    places = []
    for path in paths:
        text = path.read_text(encoding="utf-8")
        places += [at(path, text.count("\n", 0, one.start()) + 1) for one in pattern.finditer(text)]
    return places


# --- packages -------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_relation_points_to_the_same_or_a_lower_package(model):
    below = LAYERS[LAYERS.index(model._meta.app_label) :]
    upward = [
        field.name
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and field.related_model._meta.label != "organisations.User"
        and field.related_model._meta.app_label in LAYERS
        and field.related_model._meta.app_label not in below
    ]

    assert upward == []


def test_installed_apps_stand_in_the_order_of_the_layers():
    installed = [config.name for config in apps.get_app_configs() if config.name in LAYERS]

    assert installed == LAYERS


def test_weasyprint_is_imported_by_printing_only():
    guilty = [
        place
        for place in found_in(PRODUCT, re.compile(r"^\s*(from|import) weasyprint\b", re.MULTILINE))
        if not place.startswith("documents/printing/")
    ]

    assert guilty == []


def test_mail_leaves_through_the_mailer_only():
    guilty = {
        place.partition(":")[0]
        for place in found_in(
            PRODUCT, re.compile(r"^\s*(from|import) (django\.core\.mail|smtplib)\b", re.MULTILINE)
        )
    }

    assert guilty == {"core/mailer.py"}


# --- states ---------------------------------------------------------------------------------------

STATEFUL = [
    model
    for model in MODELS
    if any(field.name == "state" for field in model._meta.concrete_fields)
    and model._meta.label not in MOVED_BY_THE_OUTBOX
]


@pytest.mark.parametrize("model", STATEFUL, ids=lambda model: model._meta.label)
def test_model_with_a_state_has_a_complete_table_of_moves(model):
    states = {value for value, _label in model._meta.get_field("state").flatchoices}

    assert set(model.TRANSITIONS) == states
    assert set().union(*model.TRANSITIONS.values()) <= states


@pytest.mark.parametrize("model", STATEFUL, ids=lambda model: model._meta.label)
def test_every_state_can_be_reached_from_the_first(model):
    reached = {str(model._meta.get_field("state").default)}
    waiting = list(reached)
    while waiting:
        new = {str(state) for state in model.TRANSITIONS[waiting.pop()]} - reached
        reached |= new
        waiting += new

    assert reached == {str(state) for state in model.TRANSITIONS}


def test_only_the_transition_assigns_a_state():
    guilty = []
    for path, node in nodes(PRODUCT, ast.Assign, ast.AugAssign, ast.AnnAssign):
        if at(path) in {"core/transitions.py", "core/outbox.py"}:
            continue
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        flat = [one for target in targets for one in getattr(target, "elts", [target])]
        guilty += [
            at(path, node.lineno)
            for target in flat
            if isinstance(target, ast.Attribute) and target.attr == "state"
        ]

    assert guilty == []


# The queue of messages is moved by one conditional UPDATE; whoever comes second changes nothing.
QUEUE = {"core/outbox.py", "core/breaker.py", "core/handling.py"}


def test_no_query_updates_a_state():
    guilty = [
        at(path, call.lineno)
        for path, call in method_calls(PRODUCT, "update", "save_version", "bulk_update")
        if at(path) not in QUEUE and any(word.arg == "state" for word in call.keywords)
    ]

    assert guilty == []


# --- views, forms, rules, clock -------------------------------------------------------------------


def test_views_are_functions():
    guilty = [
        at(path, node.lineno)
        for path, node in nodes(in_modules("views"), ast.ClassDef)
        if any("View" in ast.unparse(base) for base in node.bases)
    ]

    assert guilty == []


def test_view_has_at_most_twenty_lines():
    too_long = [
        f"{at(path, node.lineno)} {node.name}: {length}"
        for path, node in views()
        if (length := (node.end_lineno or 0) - node.lineno + 1) > VIEW_LINES
        and f"{at(path)}:{node.name}" not in LONGER_VIEWS
    ]

    assert too_long == []


def test_view_says_which_methods_it_answers():
    said = {"require_GET", "require_POST", "require_http_methods", "require_safe"}
    silent = [
        f"{at(path, node.lineno)} {node.name}"
        for path, node in views()
        if not said & {ast.unparse(one).partition("(")[0] for one in node.decorator_list}
    ]

    assert silent == []


def test_form_never_saves():
    saved = [
        at(path, call.lineno)
        for path, call in method_calls(PRODUCT, "save")
        if ast.unparse(call.func.value).endswith("form")
    ]
    defined = [
        at(path, node.lineno)
        for path, node in nodes(in_modules("forms"), ast.FunctionDef)
        if node.name == "save"
    ]

    assert saved + defined == []


def test_views_catch_no_refusal():
    guilty = [
        at(path, node.lineno)
        for path, node in nodes(in_modules("views"), ast.ExceptHandler)
        if node.type and re.search(r"\b(RefusedError|IllegalMoveError)\b", ast.unparse(node.type))
    ]

    assert guilty == []


def test_rules_are_questions_about_a_person():
    wrong = [
        f"{at(path, node.lineno)} {node.name}"
        for path, node in public_functions(in_modules("rules"))
        if node.name.startswith("may_")
        and (node.args.args[0].arg != "user" or ast.unparse(node.returns or node) != "bool")
    ]

    assert wrong == []


def test_work_is_never_given_to_celery_with_a_date():
    guilty = [
        at(path, node.lineno)
        for path, node in nodes(PRODUCT, ast.Call)
        if {"eta", "countdown"} & {word.arg for word in node.keywords}
    ]

    assert guilty == []


def test_models_and_rules_do_not_read_the_clock():
    """`User` alone asks what day it is: it is loaded once per request."""
    clock = re.compile(r"(^|\.)(localdate|localtime|now|today|utcnow)$")
    guilty = [
        at(path, node.lineno)
        for name in ("models", "rules", "states", "facts")
        for path, node in nodes(in_modules(name), ast.Call)
        if at(path) != "organisations/models/people.py"
        and clock.search(ast.unparse(node.func))
        and not node.args
    ]

    assert guilty == []


# --- words ----------------------------------------------------------------------------------------


def test_module_has_a_docstring():
    assert [at(path) for path in PRODUCT if not ast.get_docstring(tree_of(path))] == []


@pytest.mark.parametrize("name", ("actions", "rules", "tasks", "queries", "guards", "documents"))
def test_public_function_has_a_docstring(name):
    silent = [
        f"{at(path, node.lineno)} {node.name}"
        for path, node in public_functions(in_modules(name))
        if not ast.get_docstring(node)
    ]

    assert silent == []


def test_model_has_a_docstring():
    """Django writes one itself where there is none: `Model(id, name, …)`."""
    silent = [
        model._meta.label
        for model in MODELS
        if (model.__doc__ or "").startswith((f"{model.__name__}(id", f"{model.__name__}("))
    ]

    assert silent == []


def test_nothing_is_left_for_later():
    paths = [path for path in PYTHON if path != Path(__file__)]

    assert found_in(paths + TEMPLATES, re.compile(r"\b(TODO|FIXME|XXX)\b")) == []


# --- sizes ----------------------------------------------------------------------------------------


def test_python_file_is_not_too_long():
    assert {at(path): lines_of(path) for path in PYTHON if lines_of(path) > PYTHON_LINES} == {}


def test_template_is_not_too_long():
    assert {at(path): lines_of(path) for path in TEMPLATES if lines_of(path) > TEMPLATE_LINES} == {}


# --- templates ------------------------------------------------------------------------------------

FORBIDDEN = {
    "inline style": re.compile(r"<[a-z][^>]*\sstyle\s*=|<style\b", re.IGNORECASE),
    "inline script": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "event attribute": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "htmx evaluation": re.compile(r"\bhx-on\b|hx-vals=[\"']js:", re.IGNORECASE),
    "unescaped text": re.compile(r"\|\s*safe\b|{%\s*autoescape\s+off"),
    "javascript address": re.compile(r"href\s*=\s*[\"']javascript:", re.IGNORECASE),
    "second summary of errors": re.compile(r"error_summary.*?form=(\w+) .*{{ \1 }}", re.DOTALL),
    "htmx link without href": re.compile(r"<a\b(?![^>]*\shref=)[^>]*\shx-get="),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_template_has_no(what):
    assert found_in(TEMPLATES, FORBIDDEN[what]) == []


def test_components_are_included_with_only():
    loose = re.compile(r"{%\s*include\s+\"components/(?:(?!%}).)*(?<! only )%}", re.DOTALL)

    assert found_in(TEMPLATES, loose) == []


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_component_is_opened_by_a_comment(path):
    assert path.read_text(encoding="utf-8").startswith("{% comment %}\n")


@cache
def shown_on_the_style_guide() -> set[str]:
    """What the page includes, extends or renders its forms with, however deep."""
    waiting = ["styleguide.html", "base.html", "public.html", "django/forms/div.html"]
    shown: set[str] = set()
    while waiting:
        name = waiting.pop()
        path = ROOT / "templates" / name
        if name not in shown and path.exists():
            shown.add(name)
            waiting += re.findall(r"[\"']([\w/]+\.html)[\"']", path.read_text(encoding="utf-8"))
    return shown


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_component_is_shown_on_the_style_guide(path):
    assert f"components/{path.name}" in shown_on_the_style_guide()
