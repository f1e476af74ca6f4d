"""The table of who opens which page (tests/permissions/site.txt), asked page by page."""

import datetime
from collections.abc import Iterator
from contextlib import nullcontext

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from conferences import rules as conference_rules
from documents.models import DocumentQuerySet
from documents.printing.pdf import Laid
from organisations.models import Membership, User
from tests.documents.test_signing import plain_pdf
from tests.forms import once
from tests.permissions.site import WHO_MAY_OPEN, Page
from tests.world import World

# What opening a page may write: a look into what left the dialogue by law is itself remembered
# (domain.md §2.5); django-allauth notes the address of an account when its owner first asks.
WRITTEN = {
    "feedback:matter": {"core_auditevent"},
    "feedback:matter_file": {"core_auditevent"},
    # Opening contact data is remembered, and so is the file with everything held.
    "feedback:sender": {"core_auditevent"},
    "feedback:sender_file": {"core_auditevent"},
    # So is a look at what is left of it; and who has an opinion open on the desk holds it a while.
    "feedback:opinion of routed": {"core_auditevent"},
    "feedback:desk": {"feedback_claim"},
    "feedback:desk_opinion": {"feedback_claim"},
    # Pressing the button of the letter is the act itself, and the letter is the permission.
    "feedback:email_confirm": {"feedback_sender"},
    # The new address is shown on the page that answers, nowhere else.
    "plans:make_key": {"plans_calendarkey"},
}
BLANK = plain_pdf()
HANDLER = Client().handler  # its middleware is put together once


@pytest.fixture
def _plain(_known, monkeypatch):
    """Nothing is drawn: test_privacy.py renders every page for every role, here statuses count."""
    monkeypatch.setattr(
        "django.template.backends.django.Template.render", lambda *_args, **_more: ""
    )
    monkeypatch.setattr("documents.views.printed.render_html", lambda *_args, **_more: "")
    monkeypatch.setattr("documents.printing.pdf.lay_out", lambda *_args, **_more: Laid(BLANK, []))


def routes(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    """The names of all pages, as `reverse` takes them."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern, inner)


def ask(client: Client, method: str, address: str) -> int:
    """Open a page; a form is sent empty but for its token."""
    client.handler = HANDLER
    answer = client.get(address) if method == "GET" else client.post(address, once())
    b"".join(answer)  # read to its end, or an open file is left behind
    return answer.status_code


def found(world: World, page: Page) -> dict[str, dict[str, int]]:
    """What each role really gets; only what is done (302 after a form) is undone in between."""
    address, got = world.address(page.name, page.of), {}
    for method, expected in page.methods.items():
        got[method] = {}
        for role, status in expected.items():
            # Nothing that is only looked at is undone, so that `touched` tells.
            is_act = (method, status) == ("POST", 302) and role != "anonymous"
            with transaction.atomic() if is_act else nullcontext():
                got[method][role] = ask(world.client(role), method, address)
                if is_act:
                    transaction.set_rollback(True)
    return got


def test_every_page_is_in_the_table():
    assert sorted(set(routes(get_resolver()))) == sorted({page.name for page in WHO_MAY_OPEN})


@pytest.mark.usefixtures("_plain")
@pytest.mark.parametrize("page", WHO_MAY_OPEN, ids=str)
def test_who_may_open(world, page):
    assert found(world, page) == page.methods

    assert world.touched() == WRITTEN.get(str(page), WRITTEN.get(page.name, set()))


@pytest.mark.usefixtures("_plain")
@pytest.mark.parametrize("method", ("GET", "POST"))
def test_a_method_without_a_line_is_not_allowed(world, method):
    closed = [page for page in WHO_MAY_OPEN if method not in page.methods]
    got = {
        str(page): ask(world.client("clerk"), method, world.address(page.name, page.of))
        for page in closed
    }

    assert got == {str(page): 405 for page in closed}
    assert world.touched() == set()


def line(name: str, of: str) -> Page:
    """One page of the table."""
    return next(page for page in WHO_MAY_OPEN if (page.name, page.of) == (name, of))


def test_the_table_notices_a_rule_that_says_yes_to_everybody(world, monkeypatch):
    monkeypatch.setattr(conference_rules, "may_run_conference", lambda _user, _row: True)
    page = line("conferences:agenda_edit", "today+today.item")

    got = found(world, page)

    assert {role for role, code in got["GET"].items() if code != page.methods["GET"][role]} == {
        "asked",
        "other",
        "overseer",
    }


def test_the_table_notices_rows_that_everybody_sees(world, monkeypatch):
    monkeypatch.setattr(DocumentQuerySet, "visible_to", lambda rows, _user: rows)
    page = line("documents:detail", "draft")

    got = found(world, page)["GET"]

    assert {role for role, code in got.items() if code != page.methods["GET"][role]} == {
        "stranger",
        "asked",
        "other",
        "collector",
        "overseer",
        "reception",
        "admin",
    }


@pytest.mark.parametrize(
    ("statement", "table"),
    (
        ("UPDATE documents_document SET place = 'Nơi khác'", "documents_document"),
        ("INSERT INTO core_usedtoken VALUES (gen_random_uuid(), '/', now())", "core_usedtoken"),
        ("DELETE FROM core_heartbeat", "core_heartbeat"),
        ("TRUNCATE core_heartbeat", "core_heartbeat"),
        ("UPDATE core_heartbeat SET last_ok_at = last_ok_at", None),
        ("SAVEPOINT a; DELETE FROM core_heartbeat; ROLLBACK TO a", None),
    ),
)
def test_the_table_notices_a_page_that_writes(world, statement, table):
    with connection.cursor() as cursor:
        cursor.execute(statement)

    assert world.touched() == ({table} if table else set())


def test_an_ended_role_opens_nothing(world):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Membership.objects.filter(user=world.users["vanphong"]).update(valid_to=yesterday)
    got = {
        of: ask(world.client("clerk"), "GET", world.address(name, of))
        for name, of in (
            ("documents:detail", "draft"),
            ("conferences:detail", "today"),
            ("feedback:opinion", "loose"),
            ("assignments:detail", "task"),
        )
    }

    assert got == {"draft": 404, "today": 404, "loose": 404, "task": 404}


def test_a_closed_account_is_logged_out(world):
    User.objects.filter(pk=world.users["vanphong"].pk).update(is_active=False)

    assert ask(world.client("clerk"), "GET", world.address("home")) == 302
