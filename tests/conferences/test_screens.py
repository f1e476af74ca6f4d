"""What the hall sees: the second screen, its pulse, the chair's tablet, the console."""

import datetime

import pytest
from django.core.cache import cache
from django.urls import reverse

from conferences import actions, queries
from conferences.models import Conference
from core import quick
from core.codes import checked_code
from feedback.models import Answer
from feedback.states import AnswerState
from organisations.models import Role
from tests.factories.conferences import (
    START,
    AgendaItemFactory,
    ConferenceFactory,
    SpeakingTurnFactory,
)
from tests.factories.feedback import ConsultationFactory, IssueGroupFactory
from tests.factories.organisations import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference():
    held = ConferenceFactory(message="Giải lao đến 9 giờ")
    AgendaItemFactory(conference=held, text="Đối thoại")
    AgendaItemFactory(conference=held, text="Hội ý riêng", is_internal=True)
    SpeakingTurnFactory.create_batch(5, conference=held, body="thôn 1")
    actions.start_conference(held, by=office(held), now=START)
    return held


def office(conference):
    return member(Role.CLERK, conference.organisation)


def step(conference, minutes=0):
    now = START + datetime.timedelta(minutes=minutes)
    actions.next_item(conference, by=office(conference), now=now)


def shown(conference):
    screen = queries.screen_of(Conference.objects.get(pk=conference.pk), START)
    speaker = screen.speaker.turn.name if screen.speaker else ""
    return str(screen.item or ""), speaker, [line.turn.name for line in screen.upcoming]


def test_the_screen_shows_item_speaker_and_the_next_three_but_nothing_internal(conference):
    names = list(conference.turns.order_by("position").values_list("name", flat=True))
    step(conference)
    actions.next_turn(conference, by=office(conference), now=START)
    public = shown(conference)
    step(conference)

    assert public == ("Đối thoại", names[0], names[1:4])
    assert shown(conference) == ("", names[0], names[1:4])


@pytest.fixture
def pulse(client, conference, django_capture_on_commit_callbacks):
    """What a screen that has seen a pulse is answered: status, pulse, words."""

    def ask(seen):
        address = reverse("hall:pulse", args=[conference.hall_code])
        answer = client.get(f"{address}?da-co={seen}")
        return answer.status_code, answer.headers.get("Pulse"), answer.content.decode()

    return ask


def test_a_screen_is_told_only_what_is_new(conference, pulse, django_capture_on_commit_callbacks):
    _status, newest, before = pulse("")
    again = pulse(newest)
    with django_capture_on_commit_callbacks(execute=True):
        step(conference)
    status, next_pulse, after = pulse(newest)

    assert (again[0], again[2]) == (204, "")
    assert (status, int(next_pulse)) == (200, int(newest) + 1)
    assert ("Đối thoại" in before, "Đối thoại" in after) == (False, True)
    assert "Giải lao đến 9 giờ" in after


def test_in_vain_a_screen_is_answered_before_anything_else(client, conference):
    address = reverse("hall:pulse", args=[conference.hall_code])
    newest = client.get(address).headers["Pulse"]

    in_vain = client.get(f"{address}?da-co={newest}")

    assert (in_vain.status_code, in_vain["Cache-Control"]) == (204, "no-store")
    assert "X-Frame-Options" not in in_vain.headers


def test_what_redis_forgot_the_database_knows(conference, pulse, monkeypatch):
    _status, newest, words = pulse("")
    cache.clear()
    monkeypatch.setattr(quick, "server", unreachable)

    assert pulse("") == (200, newest, words)
    assert pulse(newest)[0] == 204


def unreachable():
    raise OSError("no Redis")


def test_a_code_no_hall_has_opens_nothing(client, conference):
    codes = (checked_code(), conference.hall_code[:-1])
    pages = [reverse(name, args=[code]) for name in ("hall:screen", "hall:pulse") for code in codes]

    assert [client.get(page).status_code for page in pages] == [404] * 4


def test_the_chair_has_the_answer_to_who_speaks_at_hand(client, conference):
    clerk = office(conference)
    group = IssueGroupFactory(consultation=ConsultationFactory(session=conference.session))
    words = {"text": "Sẽ đổ bê tông trong quý III.", "state": AnswerState.ACCEPTED}
    Answer.objects.create(group=group, written_by=clerk, **words)
    turn = SpeakingTurnFactory(conference=conference, name="Bà Sáu", group=group)
    address = reverse("conferences:chair", args=[conference.pk])
    client.force_login(clerk)

    before = client.get(address).text
    actions.start_turn(turn, by=clerk, now=START)
    page = client.get(address).text

    assert [words["text"] in before, words["text"] in page] == [False, True]
    assert "Bà Sáu" in page


def test_the_console_marks_who_speaks_for_the_first_time_and_counts_the_time(client, conference):
    clerk = office(conference)
    first, second, *_rest = conference.turns.order_by("position")
    conference.turns.filter(pk=first.pk).update(body="Thôn 1")
    actions.start_turn(first, by=clerk, now=START)
    actions.end_turn(first, by=clerk, now=START + datetime.timedelta(seconds=95))
    actions.add_turn(conference, by=clerk, name=first.name, body="thôn 1")
    client.force_login(clerk)

    page = client.get(reverse("conferences:run", args=[conference.pk])).text

    assert page.count("lần đầu") == 4
    assert "đã nói 1:35" in page
    assert "Theo đơn vị: Thôn 1 1:35" in " ".join(page.split())


def test_an_agenda_longer_than_the_day_is_said_at_the_console(client, conference):
    conference.agenda.update(minutes=1440)
    client.force_login(office(conference))

    page = client.get(reverse("conferences:run", args=[conference.pk])).text

    assert "Chương trình kéo sang ngày hôm sau" in page
