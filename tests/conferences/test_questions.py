import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from conferences.actions import start_conference
from conferences.actions.questions import (
    QuestionsClosedError,
    ask_question,
    guide_out_question,
    move_question,
    take_questions,
)
from conferences.models import Conference, Exchange, HallQuestion
from conferences.queries.questions import shown_questions
from conferences.states import QuestionState
from core.access import RefusedError
from core.models import HistoryEntry
from core.transitions import IllegalMoveError
from organisations.models import Role
from tests.factories.conferences import START, ConferenceFactory
from tests.factories.organisations import member

pytestmark = pytest.mark.django_db
TEXT = "Bao giờ thôn Vạn Thọ có đèn đường?"


@pytest.fixture
def conference():
    return ConferenceFactory(takes_questions=True)


@pytest.fixture
def clerk(conference):
    return member(Role.CLERK, conference.organisation)


def asked(conference, text=TEXT):
    key = uuid.uuid4()
    ask_question(conference, key=key, text=text, body="", now=timezone.now())
    return HallQuestion.objects.select_related("conference").get(key=key)


def hall(conference, *, mine=None):
    address = reverse("hall:ask", args=[conference.hall_code])
    return f"{address}?cua-toi={mine}" if mine else address


def test_a_question_sent_twice_waits_once_and_the_hall_does_not_see_it(client, conference):
    typed = {"key": str(uuid.uuid4()), "text": TEXT, "body": "thôn 1"}

    first = client.post(hall(conference), typed)
    second = client.post(hall(conference), typed)

    assert first.url == second.url == hall(conference, mine=typed["key"])
    assert list(HallQuestion.objects.values_list("text", "body", "state")) == [
        (TEXT, "thôn 1", "hidden")
    ]
    assert TEXT not in client.get(hall(conference)).text
    assert TEXT in client.get(first.url).text


@pytest.mark.parametrize(
    ("typed", "status"),
    (
        pytest.param({"text": ""}, 422, id="empty"),
        pytest.param({"text": "a" * 501}, 422, id="too long"),
        pytest.param({"text": TEXT, "key": "x"}, 422, id="no key"),
        pytest.param({"text": TEXT, "website": "http://spam"}, 302, id="a robot"),
    ),
)
def test_what_is_no_question_is_not_kept(client, conference, typed, status):
    answer = client.post(hall(conference), {"key": str(uuid.uuid4()), **typed})

    assert answer.status_code == status
    assert HallQuestion.objects.count() == 0


def test_one_network_does_not_flood_the_hall(client, conference, settings):
    settings.PUBLIC_SUBMISSIONS_PER_HOUR = 1
    typed = [{"key": str(uuid.uuid4()), "text": TEXT} for _question in range(2)]

    answers = [client.post(hall(conference), one) for one in typed]

    assert [one.status_code for one in answers] == [302, 429]
    assert TEXT in answers[1].text
    assert HallQuestion.objects.count() == 1


def test_a_hall_that_asks_for_nothing_keeps_nothing_but_shows_the_words(client, clerk, conference):
    take_questions(conference, by=clerk, is_open=False)

    answer = client.post(hall(conference), {"key": str(uuid.uuid4()), "text": TEXT})

    assert answer.status_code == 409
    assert TEXT in answer.text
    with pytest.raises(QuestionsClosedError):
        asked(Conference.objects.get(pk=conference.pk))


def test_one_question_at_a_time_is_on_the_screen(conference, clerk):
    first, second = asked(conference), asked(conference, "Quỹ còn bao nhiêu?")
    pulse = conference.pulse

    move_question(first, QuestionState.LIVE, by=clerk)
    move_question(second, QuestionState.LIVE, by=clerk)

    states = [(one.pk, one.state) for one in shown_questions(conference)]
    assert states == [(first.pk, "shown"), (second.pk, "live")]
    conference.refresh_from_db()
    assert conference.pulse == pulse + 2


def test_a_question_the_hall_reads_is_written_down_without_typing_it_again(
    client, conference, clerk
):
    start_conference(conference, by=clerk, now=START)
    live, hidden = asked(conference), asked(conference, "Chưa ai đọc")
    move_question(live, QuestionState.LIVE, by=clerk)
    client.force_login(clerk)
    address = reverse("conferences:run", args=[conference.pk])

    written = [
        client.get(f"{address}?cau-hoi={one.pk}").context["form"].initial["question"]
        for one in (live, hidden)
    ]

    assert written == [TEXT, ""]
    assert TEXT in client.get(reverse("conferences:chair", args=[conference.pk])).text


def test_only_the_office_lets_a_question_through_and_not_from_nowhere(conference, clerk):
    question = asked(conference)
    with pytest.raises(RefusedError):
        move_question(question, QuestionState.SHOWN, by=member(Role.CLERK))
    with pytest.raises(IllegalMoveError):
        move_question(question, QuestionState.ANSWERED, by=clerk)
    question.refresh_from_db()
    assert question.state == QuestionState.HIDDEN


def test_a_denunciation_leaves_only_the_fact(client, conference, clerk):
    start_conference(conference, by=clerk, now=START)
    conference.refresh_from_db()
    question = asked(conference, "Tôi tố cáo ông Qwertz nhận tiền")

    guide_out_question(question, by=clerk, now=START, kind="denunciation")

    question.refresh_from_db()
    assert (question.text, question.state, question.outside) == ("", "dismissed", "denunciation")
    told = " ".join(Exchange.objects.values_list("question", flat=True))
    assert "tố cáo" in told
    assert "Qwertz" not in told + "".join(HistoryEntry.objects.values_list("note", flat=True))
    page = client.get(hall(conference, mine=question.key)).text
    assert "không giải quyết tại hội nghị đối thoại" in page
    with pytest.raises(RefusedError):
        move_question(question, QuestionState.HIDDEN, by=clerk)


def test_the_moderator_sees_what_waits_first(client, conference, clerk):
    asked(conference, "Câu đã trả lời")
    move_question(HallQuestion.objects.get(), QuestionState.SHOWN, by=clerk)
    waiting = asked(conference, "Câu chờ duyệt")
    client.force_login(clerk)
    address = reverse("conferences:questions", args=[conference.pk])

    page = client.get(address).text
    client.post(
        reverse("conferences:question_move", args=[conference.pk, waiting.pk]), {"to": "live"}
    )

    assert page.index("Câu chờ duyệt") < page.index("Câu đã trả lời")
    waiting.refresh_from_db()
    assert waiting.state == QuestionState.LIVE
