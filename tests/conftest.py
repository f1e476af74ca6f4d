"""Servers, settings and browser of the whole suite."""

import gc
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from heapq import heappop, heappush
from pathlib import Path

import bootstrap
import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.http import HttpRequest
from django.template import Template
from django.template.backends.django import Template as DrawnTemplate
from django.test import Client, TransactionTestCase
from django.test.utils import _TestState
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.plugin import DjangoDbBlocker, blocking_manager_key

from core import quick
from core.throttle import forget_tallies
from tests.database import ready_database
from tests.known import reader_of_people
from tests.reference import forget_rows, remember_reference_rows, set_back
from tests.stage import STAGE, Stage
from tests.world import World
from tests.world_database import MAKE

ROOT = Path(__file__).resolve().parent.parent
MEDIA = ROOT / "var" / "test" / "media"
MAKER = pytest.StashKey[subprocess.Popen[bytes]]()
PROCESSES = 3  # as the Makefile says
# Seconds that the number of tests does not tell, in the files where that is much; roughly.
LONG = {
    "test_permissions.py": 130,
    "test_smoke.py": 90,
    "test_privacy.py": 70,
    "processes/test_reliability.py": 70,
    "browser/test_editor.py": 70,
    "test_bad_input.py": 28,
    "browser/test_pass.py": 55,
    "processes/test_load.py": 45,
    "test_query_counts.py": 40,
    "browser/test_hall.py": 34,
    "dialogue/test_reports.py": 30,
    "assignments/test_permissions.py": 11,
    "infra/test_embedded.py": 28,
    "documents/test_permissions.py": 17,
    "api/test_table.py": 11,
    "plans/test_amending.py": 15,
    "infra/test_production.py": 12,
    "documents/test_printing_types.py": 11,
    "plans/test_views.py": 11,
    "documents/test_printing_merge.py": 11,
    "documents/test_numbers.py": 10,
    "browser/test_triage.py": 9,
    "feedback/similar/test_similar.py": 9,
    "plans/test_adopting_whole.py": 9,
    "documents/test_register.py": 8,
    "conclusions/test_actions.py": 8,
    "documents/test_printing_measures.py": 7,
    "conferences/test_people.py": 7,
    "browser/test_grid.py": 7,
    "feedback/test_table.py": 7,
    "processes/test_planning.py": 5,
    "processes/test_reminding.py": 5,
    "feedback/test_forwarding.py": 5,
}
USUAL = 0.1
DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}
REFUSALS = {"403.html", "404.html", "409.html"}


def pytest_configure(config: pytest.Config) -> None:
    """Started without servers, as an editor does it, begin again with them."""
    if "DATABASE_URL" not in os.environ:
        config.pluginmanager.getplugin("capturemanager").stop_global_capturing()
        os.environ |= {"DIALOGUE_MODE": "test", "MEDIA_ROOT": str(MEDIA)}
        servers = [str(ROOT / "bin" / "servers.py"), "with", "test", "--careless", "--"]
        os.execv(sys.executable, [sys.executable, *servers, *sys.orig_argv])
    # WhiteNoise warns where there is none, and a warning is an error here.
    Path(django_settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker is None:
        shutil.rmtree(MEDIA, ignore_errors=True)
        if config.getoption("numprocesses", None):
            # While the processes read the tests; if it fails, they try again and tell why.
            config.stash[MAKER] = subprocess.Popen(MAKE, cwd=ROOT, stderr=subprocess.DEVNULL)
    else:
        gc.disable()  # until all is loaded
        # Each process clears its own cache between tests, so each has its own Redis database.
        number = int(worker.removeprefix("gw")) + 1
        server = django_settings.REDIS_URL.rsplit("/", 1)[0]
        django_settings.CACHES["default"]["LOCATION"] = f"{server}/{number}"


def pytest_unconfigure(config: pytest.Config) -> None:
    gc.freeze()  # nor need anybody look through it when the process ends
    if MAKER in config.stash:
        config.stash[MAKER].wait()


@pytest.fixture
def _fast_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Django's test runner copies the context of every template drawn: not for those who draw many."""
    monkeypatch.setattr(Template, "_render", _TestState.saved_data.template_render)


@pytest.fixture
def _bare_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages that say no are one for all addresses: not drawn where hundreds are asked."""
    draw = DrawnTemplate.render
    monkeypatch.setattr(
        DrawnTemplate,
        "render",
        lambda page, *args, **more: (
            "" if page.template.name in REFUSALS else draw(page, *args, **more)
        ),
    )


@pytest.fixture(scope="module")
def _people() -> Callable[[HttpRequest], object]:
    return reader_of_people()


@pytest.fixture
def _known(_people: Callable[[HttpRequest], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks is read from the database once in a file, not with each of hundreds of requests."""
    monkeypatch.setattr("django.contrib.auth.get_user", _people)


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Rate limits counted in one test must not refuse in the next, nor rows be remembered."""
    quick.server().flushdb()
    forget_tallies()
    forget_rows()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """Each process copies the database that one of them migrates."""
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = ready_database()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test database, and what it holds before the first test.

    At the end a thread of the live server may still hold the browser's last connection; a database
    somebody is connected to cannot be dropped.
    """
    with django_db_blocker.unblock():
        remember_reference_rows()
    TransactionTestCase._fixture_teardown = lambda _test: set_back()
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """First the files that need no database, which may still be in the making; then the long files,
    so that all end together, those that look at the one world before the others.
    """
    files: dict[Path, list[pytest.Item]] = {}
    for item in sorted(items, key=lambda item: "_stage" not in item.fixturenames):
        files.setdefault(item.path, []).append(item)
    with_database = {
        item.path
        for item in items
        if item.get_closest_marker("django_db") or DATABASE & set(item.fixturenames)
    }
    are_waiting = {
        item.path
        for item in items
        if "processes" in item.keywords or "chromium" in item.fixturenames
    }

    def seconds(path: Path) -> float:
        name = path.relative_to(ROOT / "tests").as_posix()
        return LONG.get(name, len(files[path]) * USUAL)

    def place(path: Path) -> tuple[bool, bool, float]:
        has_world = any("_stage" in item.fixturenames for item in files[path])
        return path in with_database, not has_world, -seconds(path)

    order = sorted(files, key=place)
    early = [path for path in order if path not in with_database]
    waiting = [path for path in order if path in with_database & are_waiting]
    working = [path for path in order if path in with_database - are_waiting]
    turns = in_turn(waiting, working, seconds)
    items[:] = [item for path in (*early, *turns) for item in files[path]]


def in_turn(
    waiting: list[Path], working: list[Path], seconds: Callable[[Path], float]
) -> Iterator[Path]:
    """The order in which processes come to the files, if of those that mostly wait, for processes or
    a browser, one begins when the one before has ended: others work meanwhile.
    """
    free_at, nobody_waits_at = [0.0] * PROCESSES, 0.0
    while waiting or working:
        now = heappop(free_at)
        is_turn = waiting and (now >= nobody_waits_at or not working)
        path = (waiting if is_turn else working).pop(0)
        heappush(free_at, now + seconds(path))
        if is_turn:
            nobody_waits_at = now + seconds(path)
        yield path


def pytest_collection_finish() -> None:
    """What is loaded now stays to the end: nobody need look through it for rubbish again and again."""
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(50_000, 20, 50)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """The world has a database of its own, in which no other test works."""
    if "_stage" not in item.fixturenames:
        STAGE.close()
    elif STAGE.world is not None:
        STAGE.open(item.config.stash[blocking_manager_key])


@pytest.fixture(scope="session")
def _end_of_world(django_db_setup, django_db_blocker) -> Iterator[None]:
    yield
    with django_db_blocker.unblock():
        STAGE.drop()


@pytest.fixture(scope="module")
def _stage(_end_of_world: None, django_db_blocker) -> None:
    STAGE.open(django_db_blocker)


@pytest.fixture
def world(_stage: None, db: None) -> World:
    """The demonstration (see tests/world.py); whatever a test does to it is rolled back."""
    assert STAGE.world is not None
    return STAGE.world


@pytest.fixture
def played_world(transactional_db: None, django_db_blocker) -> Iterator[World]:
    """A copy of the world that people at the live server may change; gone after the test."""
    stage = Stage("played")
    stage.open(django_db_blocker)
    assert stage.world is not None
    yield stage.world
    stage.drop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, without a window."""
    executable = bootstrap.browser()
    if executable is None:
        reason = "Chromium is missing: run `make test`, or install the package chromium."
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    # Playwright's loop runs in this thread, and Django takes that for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page_as(chromium: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """`page_as(user, width=360)`: a page of the live site, logged in; `page_as(None)` is a citizen.

    What the browser complains about (scripts, missing files, the content security policy) fails the test.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(user, *, width: int = 1280, height: int = 900, **options) -> Page:
        options = {"locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"} | options
        context = chromium.new_context(
            base_url=live_server.url, viewport={"width": width, "height": height}, **options
        )
        contexts.append(context)
        if user is not None:
            client = Client()
            client.force_login(user)
            name = django_settings.SESSION_COOKIE_NAME
            context.add_cookies(
                [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
            )
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.set_default_navigation_timeout(30_000)  # the first page of a process is slow
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console", lambda line: complaints.append(line.text) if line.type == "error" else None
        )
        return page

    yield open_page
    for context in contexts:
        context.close()
    # Chromium reports an answer such as 409 as a console error too, and a cut network; the tests
    # look at those themselves.
    expected = re.compile("the server responded with a status of 4|ERR_INTERNET_DISCONNECTED")
    assert [text for text in complaints if not expected.search(text)] == []
