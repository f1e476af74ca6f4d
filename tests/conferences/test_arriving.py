import datetime
import io
import json
import uuid
from concurrent.futures import ThreadPoolExecutor

import pdfplumber
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from weasyprint import HTML

from conferences.actions import cancel_conference, close_conference, start_conference
from conferences.actions.arriving import Act, Clock, receive_acts
from conferences.documents.attendance import EMPTY_LINES, attendance_paper, attendance_pdf
from conferences.forms.arriving import moment_of, read_delivery
from conferences.models import Arrival, Participant
from conferences.queries.arriving import attendance
from core.access import RefusedError
from core.codes import checked_code
from organisations.models import Role
from tests.factories.conferences import START, ConferenceFactory, ParticipantFactory
from tests.factories.organisations import member

pytestmark = pytest.mark.django_db
HOUR, MINUTE = datetime.timedelta(hours=1), datetime.timedelta(minutes=1)
OPEN = START - datetime.timedelta(minutes=40)


@pytest.fixture
def conference():
    return ConferenceFactory(seats=2)


@pytest.fixture
def clerk(conference):
    return member(Role.CLERK, conference.organisation, full_name="Trần Thị Đón")


def came(person=None, at=OPEN, **more):
    code = person.code if person else ""
    words = {"name": person.name if person else "", "code": code, "desk": "Bàn 1"}
    return Act(key=uuid.uuid4(), device_at=at, **{**words, **more})


def undone(act, at=OPEN):
    return Act(key=uuid.uuid4(), device_at=at, undoes=act.key)


def deliver(conference, clerk, *acts, now=OPEN + MINUTE, device_now=None):
    clock = Clock(now, device_now or now)
    told = receive_acts(conference, acts, by=clerk, clock=clock)
    return [one.outcome for one in told]


def moments(conference):
    return list(conference.participants.order_by("pk").values_list("present_at", flat=True))


# --- the clock, without a database ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("device_at", "offset", "device_now", "expected"),
    (
        pytest.param(OPEN, None, OPEN + 10 * MINUTE, (OPEN, False), id="right"),
        pytest.param(OPEN + HOUR, -HOUR, OPEN + HOUR + 10 * MINUTE, (OPEN, False), id="fast"),
        pytest.param(OPEN - HOUR, None, OPEN - HOUR + 10 * MINUTE, (OPEN, False), id="slow"),
        pytest.param(OPEN + HOUR, -HOUR, OPEN + 10 * MINUTE, (OPEN, True), id="put right since"),
        pytest.param(OPEN + HOUR, None, OPEN, (OPEN + 10 * MINUTE, True), id="never in the future"),
        pytest.param(None, None, OPEN, (OPEN + 10 * MINUTE, True), id="no time at all"),
    ),
)
def test_a_phone_with_a_wrong_clock_is_corrected(device_at, offset, device_now, expected):
    act = Act(key=uuid.uuid4(), device_at=device_at, offset=offset)

    assert Clock(OPEN + 10 * MINUTE, device_now).true_time(act) == expected


@pytest.mark.parametrize("sent", (None, "7:42", True, 1e300, float("nan"), -1e15))
def test_what_no_clock_shows_is_no_moment(sent):
    assert moment_of(sent) is None


@pytest.mark.parametrize(
    "body", (b"", b"[]", b"{}", b'{"now": 1, "acts": []}', b'{"now": 1778200000000, "acts": [3]}')
)
def test_what_is_no_delivery_is_refused_whole(body):
    assert read_delivery(body, OPEN) is None


def test_an_act_that_cannot_be_read_holds_up_no_other():
    key = str(uuid.uuid4())
    rows = [
        {"key": key, "at": 1, "name": "Bà\u202e B"},
        {"key": str(uuid.uuid4()), "name": "Ông A"},
    ]
    sent = json.dumps({"now": OPEN.timestamp() * 1000, "acts": rows}).encode()

    delivery = read_delivery(sent, OPEN)

    assert [act.name for act in delivery.acts] == ["Ông A"]
    assert [str(told.key) for told in delivery.unreadable] == [key]


# --- the door -------------------------------------------------------------------------------------


def test_a_delivery_sent_twice_stands_once(conference, clerk):
    person = ParticipantFactory(conference=conference)
    acts = [came(person), came(name="Khách lạ", body="thôn 2")]

    first = deliver(conference, clerk, *acts)
    second = deliver(conference, clerk, *acts, now=OPEN + HOUR)

    assert (first, second) == (["arrived", "arrived"], ["arrived", "arrived"])
    assert [row.name for row in Arrival.objects.order_by("pk")] == [person.name, "Khách lạ"]
    assert moments(conference) == [OPEN]


def test_of_two_doors_the_first_stands_and_the_second_is_told_who_was_there(conference, clerk):
    person = ParticipantFactory(conference=conference, name="Ông A")
    deliver(conference, clerk, came(person))
    other = member(Role.CLERK, conference.organisation)

    told = receive_acts(
        conference,
        [came(person, OPEN + MINUTE, desk="Bàn 2")],
        by=other,
        clock=Clock(OPEN + HOUR, OPEN + HOUR),
    )

    assert [one.outcome for one in told] == ["repeat"]
    assert "Ông A đã vào lúc 07:20 tại Bàn 1 (người đón: Trần Thị Đón)" in told[0].sentence
    assert attendance(conference).present == 1


def test_a_mistake_is_undone_also_within_one_delivery(conference, clerk):
    person = ParticipantFactory(conference=conference)
    wrong, right = came(person), came(person, OPEN + MINUTE)

    told = deliver(conference, clerk, wrong, undone(wrong), right, now=OPEN + HOUR)

    assert told == ["arrived", "undone", "arrived"]
    assert moments(conference) == [OPEN + MINUTE]


def test_where_the_first_door_was_wrong_the_second_door_stands(conference, clerk):
    person = ParticipantFactory(conference=conference)
    wrong, right = came(person), came(person, OPEN + MINUTE, desk="Bàn 2")
    deliver(conference, clerk, wrong, right, now=OPEN + HOUR)

    deliver(conference, clerk, undone(wrong), now=OPEN + HOUR)

    assert moments(conference) == [OPEN + MINUTE]
    standing = Arrival.objects.get(is_repeat=False, undone_at=None)
    assert standing.key == right.key


def test_each_strange_code_gets_its_sentence(conference, clerk):
    elsewhere = ParticipantFactory(conference__title="Hội nghị khác").code
    removed = ParticipantFactory(conference=conference, name="Bà Đã Rút")
    kept_by_phone = came(removed)
    Participant.objects.filter(pk=removed.pk).delete()
    acts = [came(code=elsewhere), came(code=checked_code()), kept_by_phone]

    told = receive_acts(conference, acts, by=clerk, clock=Clock(OPEN, OPEN))

    assert [one.outcome for one in told] == ["refused", "refused", "arrived"]
    assert "Mã này là của hội nghị khác: Hội nghị khác" in told[0].sentence
    assert "không có trong danh sách" in told[1].sentence
    assert "Bà Đã Rút không còn trong danh sách" in told[2].sentence
    assert list(Arrival.objects.values_list("name", "mark")) == [("Bà Đã Rút", "unlisted")]


def test_an_early_arrival_is_marked(conference, clerk):
    person = ParticipantFactory(conference=conference)

    deliver(conference, clerk, came(person, START - 4 * HOUR), now=START)

    assert Arrival.objects.get().mark == Arrival.Mark.EARLY


def test_what_a_phone_kept_counts_after_the_end_but_nothing_later(conference, clerk):
    start_conference(conference, by=clerk, now=START)
    close_conference(conference, by=clerk, now=START + HOUR, invited=2, present=1)
    conference.refresh_from_db()
    before, after = ParticipantFactory.create_batch(2, conference=conference)

    told = deliver(
        conference, clerk, came(before), came(after, START + 2 * HOUR), now=START + 3 * HOUR
    )

    assert told == ["arrived", "refused"]
    assert moments(conference) == [OPEN, None]
    conference.refresh_from_db()
    assert conference.present == 2


def test_a_cancelled_conference_lets_nobody_in(conference, clerk):
    person = ParticipantFactory(conference=conference)
    cancel_conference(conference, by=clerk, note="Bão số 5")
    conference.refresh_from_db()

    assert deliver(conference, clerk, came(person)) == ["refused"]
    assert moments(conference) == [None]


def test_a_stranger_stands_at_no_door(conference):
    with pytest.raises(RefusedError):
        deliver(conference, member(Role.CLERK), came(name="Ông A"))
    assert Arrival.objects.count() == 0


def test_a_substitute_takes_the_place_and_seats_are_counted(conference, clerk):
    missing, other = ParticipantFactory.create_batch(2, conference=conference)
    substitute = ParticipantFactory(conference=conference, substitute_for=missing)
    absent = ParticipantFactory(conference=conference)

    deliver(conference, clerk, came(substitute), came(other), came(name="Khách lạ"))

    numbers = attendance(conference)
    assert (numbers.invited, numbers.present, numbers.absent) == (3, 2, 1)
    assert (numbers.walk_ins, numbers.in_hall) == (1, 3)
    assert (numbers.is_over_seats, numbers.seats_missing) == (True, 1)
    assert absent.present_at is None


def test_a_pile_of_arrivals_costs_as_many_statements_as_one(conference, clerk):
    people = ParticipantFactory.create_batch(60, conference=conference)

    def cost(acts):
        with CaptureQueriesContext(connection) as queries:
            deliver(conference, clerk, *acts)
        return len(queries)

    cost([came(name="Khách lạ")])  # what is asked once per process is known from here on
    assert cost([came(people[0])]) == cost([came(one) for one in people[1:]])
    assert attendance(conference).present == 60


@pytest.mark.django_db(transaction=True)
def test_two_phones_send_150_arrivals_at_once_and_again(conference, clerk):
    people = ParticipantFactory.create_batch(150, conference=conference)
    phones = [[came(one) for one in people], [came(one) for one in reversed(people)]]

    def send(acts):
        try:
            return deliver(conference, clerk, *acts)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(send, [*phones, *phones]))

    counted = [outcome for outcomes in told[:2] for outcome in outcomes]
    assert (counted.count("arrived"), counted.count("repeat")) == (150, 150)
    assert attendance(conference).present == 150
    assert Arrival.objects.count() == 300


# --- the pages ------------------------------------------------------------------------------------


def test_a_code_opens_the_door_for_the_office_and_a_greeting_for_everybody_else(
    client, conference, clerk
):
    person = ParticipantFactory(conference=conference, name="Zyxw Đạibiểu")
    address = reverse("code", args=[person.code])

    greeting = client.get(address)
    client.force_login(clerk)

    assert conference.title in greeting.text
    assert person.name not in greeting.text
    door = reverse("conferences:door", args=[conference.pk])
    assert client.get(address).url == f"{door}?ma={person.code}"


def test_codes_cannot_be_tried_out(client, settings):
    settings.TRACKING_TRIES_PER_HOUR = 2
    codes = [client.get(reverse("code", args=[checked_code()])).status_code for _try in range(3)]

    assert codes == [404, 404, 429]


def test_the_list_is_sent_anew_only_when_something_changed(client, conference, clerk):
    person = ParticipantFactory(conference=conference)
    client.force_login(clerk)
    address = reverse("conferences:door_people", args=[conference.pk])
    first = client.get(address)

    unchanged = client.get(address, headers={"If-None-Match": first["ETag"]})
    act = {"key": str(uuid.uuid4()), "code": person.code, "at": 0, "name": person.name}
    sent = {"now": timezone.now().timestamp() * 1000, "acts": [act]}
    told = client.post(
        reverse("conferences:door_send", args=[conference.pk]),
        json.dumps(sent),
        content_type="application/json",
    )
    changed = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, unchanged.status_code, changed.status_code) == (200, 304, 200)
    assert told.json()["told"] == [{"key": act["key"], "outcome": "arrived", "sentence": ""}]
    assert changed.json()["numbers"]["present"] == 1


def test_the_list_to_sign_has_everybody_and_room_for_others(conference):
    missing = ParticipantFactory(conference=conference, name="Nguyễn Văn Vắng")
    ParticipantFactory(conference=conference, name="Trần Thị Thay", substitute_for=missing)
    ParticipantFactory(conference=conference, name="Lê An", post="Trưởng thôn", body="thôn 1")
    ParticipantFactory(conference=conference, name="Bà 😀 Ất")

    with pdfplumber.open(io.BytesIO(attendance_pdf(conference, today=START.date()))) as pdf:
        words = " ".join((page.extract_text() or "") for page in pdf.pages)

    assert "DANH SÁCH ĐẠI BIỂU KÝ NHẬN" in words
    assert words.index("Lê An") < words.index("Trần Thị Thay") < words.index("Nguyễn Văn Vắng")
    assert "(thay" in words
    assert "Bà (?) Ất" in words
    assert "Khách ngoài danh sách" in words


@pytest.mark.parametrize("guests", (5, 15, 21, 45))
def test_the_room_for_others_ends_where_its_page_ends(conference, guests):
    ParticipantFactory.create_batch(guests, conference=conference)
    paper = attendance_paper(conference, today=START.date())

    with pdfplumber.open(io.BytesIO(attendance_pdf(conference, today=START.date()))) as pdf:
        last = pdf.pages[-1].find_tables()[-1]
        shown = [page.extract_text() for page in pdf.pages]
        end = pdf.pages[-1].height - paper.profile["margins_mm"]["bottom"] * 72 / 25.4

    _left, top, _right, bottom = last.rows[-1].bbox
    (headed,) = (words for words in shown if "Khách ngoài danh sách" in words)
    numbers = {line for words in shown for line in words.splitlines() if line.isdecimal()}
    assert 0 <= end - bottom < bottom - top
    assert f"\n{guests + 1}\n" in headed.partition("Khách ngoài danh sách")[2]
    assert {str(guests + at) for at in range(1, EMPTY_LINES + 1)} <= numbers


def test_the_list_is_laid_out_once(conference, monkeypatch):
    laid, lay_out = [], HTML.render
    monkeypatch.setattr(
        HTML, "render", lambda *args, **more: laid.append(1) or lay_out(*args, **more)
    )

    attendance_pdf(conference, today=START.date())

    assert len(laid) == 1
