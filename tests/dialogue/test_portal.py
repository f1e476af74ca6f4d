import pytest
from django.urls import reverse

from conferences.models import Conference
from documents.models import Document
from feedback.models import Consultation
from tests.world import SPEAKER

LISTS = ("consultations", "conferences", "plans", "notices")


def front_page(world):
    answer = world.client("anonymous").get(world.address("portal:home"))
    assert answer.status_code == 200
    return {name: list(answer.context[name]) for name in LISTS}


def test_the_front_page_shows_what_is_issued_and_announced(world):
    shown = front_page(world)

    (promise,) = shown["notices"]
    assert shown["consultations"] == [world.rows["consultation"]]
    assert shown["conferences"] == [world.rows["today"]]
    assert shown["plans"] == [world.rows["plan"]]
    assert (promise.notice, promise.tasks, promise.done) == (world.rows["notice"], 4, 1)


def test_what_is_taken_back_leaves_the_front_page(world):
    Consultation.objects.update(state="closed")
    Conference.objects.update(state="cancelled")
    Document.objects.filter(state="issued").update(state="revoked")

    assert front_page(world) == {name: [] for name in LISTS}


@pytest.mark.parametrize(
    ("page", "of"),
    (
        ("portal:plan", "plan"),
        ("portal:conference", "today"),
        ("portal:conclusion", "notice"),
        ("portal:paper", "paper"),
    ),
)
def test_what_is_taken_back_has_no_page(world, page, of):
    Conference.objects.update(state="cancelled")
    Document.objects.filter(state="issued").update(state="revoked")

    assert world.client("anonymous").get(world.address(page, of)).status_code == 404


def test_the_plan_shows_its_sessions_and_the_paper(world):
    answer = world.client("anonymous").get(world.address("portal:plan", "plan"))

    page = answer.content.decode()
    names = ("session_past", "session_today", "session", "session_later")
    assert [world.rows[name].theme in page for name in names] == [True] * 4
    assert world.address("portal:paper", "paper") in page


def test_the_conference_shows_agenda_and_no_names_of_guests(world):
    page = world.client("anonymous").get(world.address("portal:conference", "today"))

    text = page.content.decode()
    items = world.rows["today"].agenda.values_list("text", "is_internal")
    assert [item in text for item, _internal in items] == [not internal for _i, internal in items]
    assert {internal for _item, internal in items} == {True, False}
    assert ("Đại biểu số" in text, SPEAKER in text) == (False, False)


def test_the_conclusion_shows_every_promise_and_how_far_it_is(world):
    page = world.client("anonymous").get(world.address("portal:conclusion", "notice"))

    text = page.content.decode()
    points = world.rows["notice"].points.select_related("clause", "lead")
    assert [point.clause.text.split("\n")[0] in text for point in points] == [True] * 5
    assert [point.lead.name in text for point in points if point.lead] == [True] * 3


def test_nobody_reads_the_marks_of_italics(world):
    point = world.rows["notice"].points.select_related("clause").first()
    type(point.clause).objects.filter(pk=point.clause_id).update(text="Sửa cầu *trước ngày 30/9*")
    client = world.client("anonymous")

    pages = [world.address("portal:conclusion", "notice"), reverse("portal:promises")]
    pages.append(reverse("portal:dataset", args=["ket-luan", "csv"]))

    for address in pages:
        answer = client.get(address)
        text = b"".join(answer).decode()
        assert ("Sửa cầu trước ngày 30/9" in text, "*trước" in text) == (True, False)


def test_the_paper_is_the_frozen_one(world):
    answer = world.client("anonymous").get(world.address("portal:paper", "paper"))

    content = b"".join(answer)
    assert (answer["Content-Type"], content[:5]) == ("application/pdf", b"%PDF-")
    with world.rows["paper"].pdf.open("rb") as frozen:
        assert content == frozen.read()
