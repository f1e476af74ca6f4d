"""What the documentation says exists, and what exists is said."""

import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import diagrams
import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
GUIDE = sorted((DOCS / "huong-dan").glob("*.md"))
DECISIONS = sorted((DOCS / "decisions").glob("*.md"))
PACKAGES = diagrams._packages()


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def everything(*suffixes: str) -> str:
    """All code and templates as one text."""
    folders = [*PACKAGES, "templates", "bin"]
    paths = [path for folder in folders for path in (ROOT / folder).rglob("*")]
    return "\n".join(read(path) for path in sorted(paths) if path.suffix in suffixes)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


# --- links and diagrams ---------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_relative_links_lead_somewhere(page):
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", read(page))
    lost = [link for link in links if not (page.parent / link).exists()]

    # The picture of the first page is taken from the running demonstration.
    assert [link for link in lost if not link.endswith("home.png")] == []


def test_state_diagrams_are_current():
    assert read(DOCS / "states.md") == diagrams.states_page()


def test_layer_diagram_is_current():
    assert read(DOCS / "architecture.md") == diagrams.architecture_page()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_named_files_exist(page):
    """`core/outbox.py` in a sentence is a promise; `<app>/states.py` and `tests/<app>/…` are patterns."""
    named = re.findall(r"`((?:[\w.-]+/)+[\w.-]*\.(?:py|html|json|css|md|yml))`", read(page))

    def is_there(file: str) -> bool:
        homes = (ROOT, ROOT / "documents", ROOT / "templates")
        return "NNNN" in file or any((home / file).exists() for home in homes)

    assert [file for file in named if not is_there(file)] == []


# --- settings, commands, states -------------------------------------------------------------------


def test_every_setting_is_documented():
    asked = re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", read(ROOT / "dialogue" / "settings.py"))
    told = read(ROOT / ".env.example") + read(DOCS / "operations.md")

    assert [name for name in asked if not re.search(rf"\b{name}\b", told)] == []


def test_settings_named_by_the_docs_exist():
    known = read(ROOT / ".env.example") + read(ROOT / "dialogue" / "settings.py")
    named = set(re.findall(r"`([A-Z]{3,}_[A-Z_]+)`", "".join(map(read, PAGES))))

    assert [name for name in sorted(named) if not re.search(rf"\b{name}\b", known)] == []


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):.*## ", read(ROOT / "Makefile"), re.MULTILINE))


def test_readme_names_every_word_of_make():
    named = re.findall(r"(?:`|^|`PORT=\S+ )make ([a-z-]+)", read(ROOT / "README.md"), re.MULTILINE)

    assert set(named) == make_targets()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_words_of_make_exist(page):
    named = set(re.findall(r"`(?:PORT=\S+ )?make ([a-z-]+)", read(page)))

    assert named - make_targets() == set()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_management_commands_exist(page):
    from django.core.management import get_commands

    named = set(re.findall(r"manage\.py ([a-z_]+)", read(page)))

    assert named - set(get_commands()) == set()


def test_work_in_the_schedule_is_described():
    """Each kind of row of the schedule has one row in the table of operations."""
    table = (
        read(DOCS / "operations.md").partition("## What runs by itself")[2].partition("\n## ")[0]
    )

    assert len(re.findall(r"^\| (?!what)[a-z]", table, re.MULTILINE)) == len(
        settings.CELERY_BEAT_SCHEDULE
    )


def test_every_state_is_named():
    page = read(DOCS / "states.md")
    unnamed = [
        f"{model._meta.label} {state}"
        for package in PACKAGES
        for model in apps.get_app_config(package).get_models()
        for field in model._meta.concrete_fields
        if field.name == "state"
        for state, label in field.flatchoices
        if f"| `{state}` | {label} |" not in page
    ]

    assert unnamed == []


# --- words ----------------------------------------------------------------------------------------


def test_names_in_the_glossary_exist():
    words = set(re.findall(r"\w+", everything(".py", ".html")))
    rows = re.findall(r"^\|[^|]*\|[^|]*\|([^|]*)\|", read(DOCS / "glossary.md"), re.MULTILINE)
    names = [
        part for row in rows for one in re.findall(r"`([^`]+)`", row) for part in one.split(".")
    ]

    assert [name for name in names if name not in words] == []


def test_wordings_in_the_glossary_are_on_some_screen():
    screens = everything(".py", ".html").lower()
    rows = re.findall(
        r"^\|[^|]*\|[^|]*\|[^|]*\|([^|]*)\|$", read(DOCS / "glossary.md"), re.MULTILINE
    )
    # "Số, ký hiệu" is one label, "Kiến nghị, Phản ánh" are two.
    told = [cell.strip() for cell in rows if cell.strip() not in {"on screen", "---", "–"}]

    assert [
        words
        for words in told
        if words.lower() not in screens
        and not all(part.lower() in screens for part in words.split(", "))
    ] == []


@pytest.mark.parametrize("page", GUIDE, ids=name_of)
def test_bold_words_of_the_guide_are_on_some_screen(page):
    screens = everything(".py", ".html")
    bold = re.findall(r"\*\*([^*]+)\*\*", " ".join(read(page).split()))

    assert [words for words in bold if words not in screens] == []


@pytest.mark.parametrize("page", GUIDE, ids=name_of)
def test_page_of_the_guide_fits_one_screen(page):
    assert len(read(page).splitlines()) <= 60


def test_the_index_of_the_guide_leads_to_every_page():
    index = read(DOCS / "huong-dan" / "README.md")

    assert sorted(re.findall(r"\]\(([\w-]+\.md)\)", index)) == [
        page.name for page in GUIDE if page.name != "README.md"
    ]


# --- decisions ------------------------------------------------------------------------------------


def test_decisions_are_numbered_without_gaps():
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("path", DECISIONS, ids=name_of)
def test_decision_has_its_three_parts_on_one_page(path):
    text = read(path)

    assert text.startswith(f"# {path.name[:4]} ")
    assert re.findall(r"^\*\*(Context|Decision|Consequences)\.\*\*", text, re.MULTILINE) == [
        "Context",
        "Decision",
        "Consequences",
    ]
    assert len(text.splitlines()) <= 60


def test_decisions_named_by_the_code_exist():
    numbers = {path.name[:4] for path in DECISIONS}
    text = everything(".py", ".html") + "".join(map(read, PAGES))
    named = re.findall(r"decisions?[/ ](\d{4})", text)

    assert set(named) <= numbers


def test_every_library_is_in_the_decision():
    project = tomllib.loads(read(ROOT / "pyproject.toml"))["project"]
    libraries = [re.split(r"[<>=;]", line)[0] for line in project["dependencies"]]
    page = read(DOCS / "decisions" / "0010-libraries.md")

    assert [name for name in libraries if f"`{name}`" not in page] == []


# --- what must not be told ------------------------------------------------------------------------


def test_no_path_of_a_machine_is_told():
    listed = subprocess.run(
        ["git", "ls-files", "-z", "*.py", "*.html", "*.md", "*.toml", "*.yml", "Makefile"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    pattern = re.compile(r"/home/\w+/|/Users/\w+|/root/")
    paths = [ROOT / name for name in listed if name and name != "tests/test_docs.py"]

    assert [name_of(path) for path in paths if path.exists() and pattern.search(read(path))] == []
