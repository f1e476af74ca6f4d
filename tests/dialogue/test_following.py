"""News by mail: one letter to an address until its owner says yes, and none after enough."""

import datetime
import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conferences.states import ConferenceState
from core import outbox
from core.models import Message
from dialogue.following import actions, links, news
from dialogue.following.models import Follower, KnownAddress
from tests.factories.conferences import ConferenceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_roomy")]
AN = "an.nguyen@gmail.com"
DAY = datetime.timedelta(days=1)


@pytest.fixture
def _roomy(monkeypatch):
    """No counter of the network stands in the way; the promise is kept without it."""
    monkeypatch.setattr("dialogue.following.views.MOST_PER_HOUR", 10**6)


def ask(conference, address: str = AN) -> str:
    """Type an address into the field; what the page says."""
    page = reverse("following:follow", args=[conference.pk])
    answer = Client(enforce_csrf_checks=True).post(page, {"address": address})
    outbox.send_waiting()
    return answer.content.decode()


def link_in(letter, part: str) -> str:
    return re.search(rf"/cong-khai/theo-doi/{part}/\S+", letter.body)[0]


def follow(conference, address: str = AN) -> Follower:
    """Ask, open the letter, say yes."""
    ask(conference, address)
    letter = next(one for one in mail.outbox if "/xac-nhan/" in one.body)
    Client().post(link_in(letter, "xac-nhan"))
    mail.outbox.clear()
    return Follower.objects.get(conference=conference)


def test_an_address_that_does_not_answer_gets_one_letter_for_good():
    first, second = ConferenceFactory(), ConferenceFactory()

    said = [
        ask(conference, address)
        for conference in (first, first, second)
        for address in (AN, "AN.Nguyen@gmail.com", "annguyen+x@gmail.com")
    ]
    actions.forget_old(timezone.now() + 31 * DAY)
    said.append(ask(first))

    assert len(mail.outbox) == 1
    assert {text.count("dùng được 30 ngày") for text in said} == {1}
    assert {news.tell_followers(timezone.now()), news.tell_progress(timezone.now())} == {0}


def test_opening_the_letter_confirms_nothing_its_button_does_and_the_rest_is_chosen():
    first, second, third = (ConferenceFactory(title=f"Hội nghị {n}") for n in range(3))
    for conference in (first, second, third):
        ask(conference)
    path = link_in(mail.outbox[0], "xac-nhan")
    page = Client().get(path).content.decode()

    assert Follower.objects.exclude(confirmed_at=None).count() == 0
    assert [conference.title in page for conference in (first, second, third)] == [True] * 3
    wanted = Follower.objects.filter(conference__in=[first, third])
    Client(enforce_csrf_checks=True).post(path, {"chosen": [row.pk for row in wanted]})
    assert set(
        Follower.objects.exclude(confirmed_at=None).values_list("conference", flat=True)
    ) == {
        first.pk,
        third.pk,
    }
    assert Follower.objects.count() == 2
    assert Client().get(path[:-4] + "AAA/").status_code == 404


def test_somebody_elses_address_is_forgotten_and_never_asked_again():
    conference = ConferenceFactory()
    ask(conference)

    Client().post(link_in(mail.outbox[0], "xac-nhan"), {"refuse": "1"})
    ask(conference)

    assert len(mail.outbox) == 1
    assert (Follower.objects.count(), Message.objects.count()) == (0, 0)


def test_followers_hear_once_of_another_day_of_the_notice_and_that_it_is_off():
    conference = ConferenceFactory(state=ConferenceState.PLANNED)
    follow(conference)
    now = timezone.now()

    assert news.tell_followers(now) == 0
    conference.place = "Nhà văn hóa thôn Đông"
    conference.save()
    assert [news.tell_followers(now) for _run in range(3)] == [1, 0, 0]
    conference.state = ConferenceState.CANCELLED
    conference.save()
    assert [news.tell_followers(now) for _run in range(3)] == [1, 0, 0]

    outbox.send_waiting()
    said = [letter.body for letter in mail.outbox]
    assert "Nhà văn hóa thôn Đông" in said[0]
    assert "không tổ chức nữa" in said[1]
    stop = mail.outbox[0].extra_headers
    assert stop["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (
        stop["List-Unsubscribe"] == f"<http://127.0.0.1:8000{link_in(mail.outbox[0], 'thoi-nhan')}>"
    )


def test_progress_is_told_at_most_once_a_week(world):
    conference = world.rows["notice"].conference
    follower = follow(conference)
    now = timezone.localtime()
    Follower.objects.update(progress={"0": "late"}, progress_at=now)

    told = [news.tell_progress(now + days * DAY) for days in (1, 6, 7, 8, 13)]

    assert told == [0, 0, 1, 0, 0]
    letter = Message.objects.get(key=f"follow-news:{follower.pk}:1")
    assert letter.body.splitlines()[2] == "Tiến độ các kết luận có thay đổi."
    assert letter.link == reverse("portal:conclusion", args=[world.rows["notice"].pk])


def test_what_is_late_tonight_is_late_by_our_calendar(world, monkeypatch):
    days, before = [], news.progress_of
    monkeypatch.setattr(news, "progress_of", lambda ids, day: days.append(day) or before(ids, day))
    night = datetime.datetime(2026, 5, 11, 18, 30, tzinfo=datetime.UTC)
    ask(ConferenceFactory())
    row = Follower.objects.get()

    actions.confirm(row, chosen={row.pk}, now=night)
    news.tell_progress(night)

    assert days == [datetime.date(2026, 5, 12)] * 2


def test_public_pages_offer_news_and_stay_small(world):
    reader = world.client("anonymous")
    notice = world.rows["notice"]
    action = reverse("following:follow", args=[notice.conference_id])

    for name, pk in (("conference", notice.conference_id), ("conclusion", notice.pk)):
        page = reader.get(reverse(f"portal:{name}", args=[pk]))
        assert f'action="{action}"' in page.text
    assert reader.post(action, {"address": "khong-phai-thu"}).status_code == 422


def test_one_click_ends_it_and_erases_the_address():
    conference, other = ConferenceFactory(), ConferenceFactory()
    follow(other)
    follower = follow(conference)
    conference.place = "Nhà văn hóa"
    conference.save()
    news.tell_followers(timezone.now())
    outbox.send_waiting()
    path = link_in(mail.outbox[0], "thoi-nhan")

    assert follower.address == AN
    assert "Thôi nhận tin này" in Client().get(path).content.decode()
    program = Client(enforce_csrf_checks=True)
    for _time in range(2):
        assert program.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200

    assert list(Follower.objects.values_list("conference", flat=True)) == [other.pk]
    assert Message.objects.filter(key__startswith=f"follow-news:{follower.pk}:").count() == 0
    assert KnownAddress.objects.count() == 1
    assert links.read_number(links.CONFIRM, path.split("/")[-2]) is None
