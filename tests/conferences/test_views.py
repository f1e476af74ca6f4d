"""The pages of conferences, played over HTTP on the demonstration."""

import pytest

from conferences.models import AgendaItem, Conference, Exchange, InvitationPrint, Participant
from documents.models import Document
from tests.forms import fill_in, once, shown_form
from tests.world import GUEST, SPEAKER


@pytest.fixture
def clerk(world):
    return world.client("clerk")


@pytest.fixture
def post(world, clerk):
    """Press a button of a page."""

    def press(name, of="today", **typed):
        address = world.address(f"conferences:{name}", of)
        answer = clerk.post(address, once(**typed))
        assert answer.status_code == 302
        return answer

    return press


def today(world):
    return Conference.objects.get(pk=world.rows["today"].pk)


def exchange(**changed):
    return {
        "raised_by": "Ông Bảy",
        "raised_body": "thôn Gò Mây",
        "question": "Mương tắc",
        "answered_by": "Trưởng phòng",
        "answer": "Nạo vét trong tháng.",
        "outcome": "answered",
        **changed,
    }


def test_the_list_shows_ones_own_conferences(world):
    rows = {
        role: list(world.client(role).get(world.address("conferences:list")).context["page"].rows)
        for role in ("clerk", "overseer", "stranger")
    }

    both = [world.rows["today"], world.rows["past"]]
    assert rows == {"clerk": both, "overseer": both, "stranger": []}


def test_a_planned_session_becomes_a_conference_with_its_programme(world, clerk):
    address = world.address("conferences:create", "session")

    answer, _sent = fill_in(clerk, address, day="05/8/2027", starts="08:00", ends="11:00")

    made = Conference.objects.get(session=world.rows["session"])
    assert (answer.status_code, answer.url) == (302, made.get_absolute_url())
    programme = world.rows["plan"].programme_items.order_by("clause__position")
    assert list(made.agenda.order_by("position").values_list("text", "minutes")) == list(
        programme.values_list("clause__text", "minutes")
    )


def test_the_agenda_is_moved_and_shortened(world, post):
    post("agenda_move", "today+today.item", direction="down")
    post("agenda_remove", "today+today.item")

    left = world.rows["today"].agenda.order_by("position")
    assert (left.count(), world.rows["today.item"] in left) == (6, False)


def test_guests_are_pasted_one_a_line(world, post):
    before = Participant.objects.count()

    post("participants", people="Bà Sáu; Hội viên; thôn Cầu Gỗ\n\nÔng Tám\tTrưởng thôn\tVạn Thọ")

    new = Participant.objects.order_by("pk")[before:]
    assert [(row.name, row.post, row.body) for row in new] == [
        ("Bà Sáu", "Hội viên", "thôn Cầu Gỗ"),
        ("Ông Tám", "Trưởng thôn", "Vạn Thọ"),
    ]


def test_only_the_office_and_overseers_see_who_is_invited(world):
    detail, names = (world.address(f"conferences:{p}", "today") for p in ("detail", "participants"))

    seen = {
        role: (
            names in world.client(role).get(detail).content.decode(),
            GUEST in world.client(role).get(names).content.decode(),
        )
        for role in ("clerk", "overseer", "asked")
    }

    assert seen == {"clerk": (True, True), "overseer": (True, True), "asked": (False, False)}


def test_private_notes_are_for_the_office(world):
    AgendaItem.objects.filter(pk=world.rows["today.item"].pk).update(note="Nhắc mời ông Bí thư")
    detail = world.address("conferences:detail", "today")

    seen = {
        role: "Nhắc mời ông Bí thư" in world.client(role).get(detail).content.decode()
        for role in ("clerk", "head", "asked", "overseer")
    }

    assert seen == {"clerk": True, "head": True, "asked": False, "overseer": False}


def test_invitations_are_ordered_once(world, post):
    InvitationPrint.objects.all().delete()

    post("order_invitations")
    post("order_invitations")

    people = world.rows["today"].participants.count()
    assert [order.copies for order in InvitationPrint.objects.all()] == [people]


def test_the_conference_runs_from_start_to_minutes(world, clerk, post):
    post("start")
    post("item_start", "today+today.item")
    page = clerk.get(world.address("conferences:run", "today"))
    assert page.context["current"].item == world.rows["today.item"]
    post("item_end", "today+today.item")
    post("turn_start", "today+today.turn")
    speaking = shown_form(clerk.get(world.address("conferences:run", "today")), "raised_by")
    post("turn_end", "today+today.turn")
    post("exchange_add", **exchange())
    post("exchange_add", **exchange(group=world.rows["answered"].pk, question=""))
    post("close", invited="40", present="37")
    post("draft_minutes")

    row = today(world)
    said = list(row.exchanges.order_by("pk").values_list("question", "group"))
    minutes = Document.objects.get(pk=row.minutes_id)
    words = " ".join(minutes.clauses.values_list("text", flat=True))
    assert speaking["raised_by"] == SPEAKER
    assert said == [
        ("Mương tắc", None),
        (world.rows["answered"].title, world.rows["answered"].pk),
    ]
    assert (row.state, row.present, minutes.state) == ("closed", 37, "draft")
    assert ("Mương tắc" in words, "Nạo vét trong tháng." in words) == (True, True)


def test_an_open_matter_leaves_the_list_once_it_was_dealt_with(world, clerk, post):
    post("start")
    before = clerk.get(world.address("conferences:run", "today")).context["open_groups"]

    post("exchange_add", **exchange(group=world.rows["answered"].pk))

    after = clerk.get(world.address("conferences:run", "today")).context["open_groups"]
    assert set(before) - set(after) == {world.rows["answered"]}


def test_htmx_gets_only_what_is_on(world, clerk, post):
    post("start")

    part = clerk.get(world.address("conferences:run", "today"), headers={"HX-Request": "true"})

    text = part.content.decode()
    assert ("<html" in text, 'id="now"' in text) == (False, True)


def test_an_opinion_of_another_conference_cannot_be_picked(world, clerk, post):
    post("start")
    address = world.address("conferences:exchange_add", "today")

    answer = clerk.post(address, once(**exchange(group=world.rows["group"].pk)))

    assert (answer.status_code, Exchange.objects.filter(conference=today(world)).count()) == (
        200,
        0,
    )
    assert 'id="id_group_error"' in answer.content.decode()


def test_a_cancelled_conference_says_so_and_leaves_the_portal(world, clerk, post):
    post("cancel", note="Mưa bão")

    page = clerk.get(world.address("conferences:detail", "today")).content.decode()
    portal = world.client("anonymous").get(world.address("portal:conference", "today"))
    assert (today(world).state, "Đã hủy" in page, portal.status_code) == ("cancelled", True, 404)
    invitation = world.client("anonymous").get(world.address("code", "today.code")).content.decode()
    assert ("Mưa bão" in page, "Soạn chương trình" in page) == (True, False)
    assert ("không tổ chức nữa" in invitation, portal.request["PATH_INFO"] in invitation) == (
        True, False,
    )  # fmt: skip
