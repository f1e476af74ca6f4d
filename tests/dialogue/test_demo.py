import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from dialogue.demo.people import build_people
from dialogue.demo.plan import Days, PlanWriter
from dialogue.management.commands import seed_demo
from documents.models import Document
from feedback.models import Opinion
from feedback.queries import find_submission
from organisations.models import Organisation, Role
from tests.factories.organisations import OrganisationFactory


@pytest.fixture
def built(monkeypatch, tmp_path):
    """How often the command built something, instead of building it."""
    calls = []

    class Ticket:
        code, secret = "AAAA-BBBB", "CCCC"

    def people():
        calls.append("people")
        return OrganisationFactory()

    monkeypatch.setattr(seed_demo, "build_people", people)
    monkeypatch.setattr(seed_demo, "build_stages", lambda _people, _today: Ticket)
    monkeypatch.setattr(seed_demo, "tell_everybody", lambda _people, _today: None)
    monkeypatch.setattr(seed_demo, "TICKET_PATH", tmp_path / "var" / "ticket")
    return calls


def test_production_refuses_known_passwords(db, settings, built):
    settings.IS_PRODUCTION = True

    with pytest.raises(CommandError, match="production"):
        call_command("seed_demo")
    assert (built, Organisation.objects.count()) == ([], 0)


def test_a_database_in_use_is_refused(db, built):
    OrganisationFactory()

    with pytest.raises(CommandError, match="empty database"):
        call_command("seed_demo")
    assert built == []


def test_if_empty_builds_once_and_then_nothing(db, built):
    call_command("seed_demo", if_empty=True)
    call_command("seed_demo", if_empty=True)

    assert built == ["people"]
    assert seed_demo.TICKET_PATH.read_text(encoding="utf-8") == "AAAA-BBBB\nCCCC\n"


def test_the_demonstration_has_every_role_in_two_communes(world):
    roles = {
        membership.role for user in world.users.values() for membership in user.memberships.all()
    }

    assert roles == set(Role.values)
    assert {body.unit_id for body in world.bodies.values()} >= {
        world.units[name].pk for name in ("tinh", "xa", "phuong")
    }


def test_the_demonstration_has_a_dossier_at_every_stage(world):
    added = (world.rows["submitted"], world.rows["list"].document, world.rows["matter"].slip)
    papers = Document.objects.exclude(pk__in=[row.pk for row in added])
    states = set(papers.values_list("type_id", "state"))

    assert states == {
        ("KH", "issued"),
        ("KH", "draft"),
        ("GM", "issued"),
        ("BB", "issued"),
        ("TB", "issued"),
        ("CV", "issued"),
    }
    assert {row.state for row in (world.rows["today"], world.rows["past"])} == {"planned", "closed"}
    assert Opinion.objects.filter(state="received").exists()


def test_the_ticket_of_the_demonstration_opens_its_opinion(world):
    plain = {
        "code": world.ticket.code.replace("-", ""),
        "secret": world.ticket.secret.replace("-", ""),
    }

    found = find_submission(**plain)

    assert (found.shown_code, found.consultation) == (
        world.ticket.code,
        world.rows["consultation"],
    )


def test_its_plan_is_issued_whatever_the_day_it_is_loaded_on(db):
    """What counts from its sessions stays in its year in December, and in order on any first."""
    people = build_people()
    issued = []
    for year, month, day in ((2026, 12, 31), (2027, 1, 1), (2027, 3, 1)):
        point = transaction.savepoint()
        plan, _sessions = PlanWriter(people, Days(datetime.date(year, month, day))).write()
        issued.append(plan.document.state)
        transaction.savepoint_rollback(point)

    assert issued == ["issued"] * 3
