"""Text messages instead of letters, and what staff do with one message, a kind or a channel."""

import datetime
import json

import pytest
from django.core import mail
from django.utils import timezone

from core import gateways, handling, outbox, pauses
from core.models import HistoryEntry, Message, SendingPause, TextWish
from tests.factories.organisations import UserFactory
from tests.receiver import endpoint_at

State, Channel = Message.State, Message.Channel
MINUTE = datetime.timedelta(minutes=1)


# --- text messages --------------------------------------------------------------------------------


def person_with_texts(url: str, **fields):
    person = UserFactory()
    gateway = endpoint_at(
        url, **{"kind": "zalo", "template_id": "M1", "is_approved": True, **fields}
    )
    TextWish.objects.create(user=person, endpoint=gateway, phone="0912345678")
    return person, gateway


def write_to(person, **fields) -> Message:
    words = {"subject": "Nhiệm vụ mới", "body": "Kính gửi. " * 90, "reason": "được giao việc."}
    outbox.write(key="thu", recipient=person, link="/nhiem-vu/7/", **{**words, **fields})
    return Message.objects.get(key="thu")


@pytest.mark.django_db
def test_who_asked_for_texts_gets_one_instead_of_the_letter(receiver, settings):
    settings.SITE_URL = "https://doi-thoai.vi-du.vn"
    person, _gateway = person_with_texts(receiver.url)
    message = write_to(person)

    outbox.send_waiting()

    [(_path, _headers, body)] = receiver.taken
    told = json.loads(body)
    words, link = told["template_data"].values()
    assert (told["phone"], told["template_id"]) == ("84912345678", "M1")
    assert link == "https://doi-thoai.vi-du.vn/nhiem-vu/7/"
    assert words.startswith("Nhiệm vụ mới. Kính gửi. Kính")
    assert words.endswith(("Kính gửi…", "Kính…"))
    assert 380 < len(f"{words} {link}") <= gateways.LONGEST
    message.refresh_from_db()
    assert (message.channel, message.state, mail.outbox) == (Channel.TEXT, State.SENT, [])


@pytest.mark.parametrize("manner", ("no", "500", "302"))
@pytest.mark.django_db
def test_a_gateway_that_fails_leaves_one_letter_and_no_loop(receiver, manner):
    receiver.manner = manner
    person, gateway = person_with_texts(receiver.url)
    message = write_to(person)
    now = timezone.now()

    for _hour in range(12):
        outbox.send_one(now)
        now += 60 * MINUTE

    message.refresh_from_db()
    assert (message.channel, message.state) == (Channel.EMAIL, State.SENT)
    assert len(mail.outbox) == 1
    assert len(receiver.taken) == (gateways.MOST_ATTEMPTS if manner == "500" else 1)
    assert Message.objects.count() == 1
    assert HistoryEntry.objects.get().note.startswith("Tin nhắn không gửi được")


@pytest.mark.parametrize(
    "fields",
    ({"is_approved": False}, {"template_id": ""}, {"is_active": False}, {"failures": 3}),
)
@pytest.mark.django_db
def test_a_gateway_that_may_not_be_used_is_not_asked(receiver, fields):
    resting = {"open_until": timezone.now() + 5 * MINUTE} if "failures" in fields else {}
    person, _gateway = person_with_texts(receiver.url, **fields, **resting)
    message = write_to(person)

    outbox.send_waiting()

    message.refresh_from_db()
    assert (message.channel, message.state, receiver.taken) == (Channel.EMAIL, State.SENT, [])


# --- what staff do --------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_paused_kind_or_channel_waits_and_goes_on():
    clerk = UserFactory()
    for key in ("task-due:1", "invite:2"):
        outbox.write(key=key, subject="Thư", body="…", reason="thử.", address="an@vi-du.vn")

    assert pauses.begin("kind", "task-due", by=clerk, reason="Sai mẫu") is True
    assert pauses.begin("kind", "task-due", by=clerk, reason="Lần hai") is False
    assert outbox.send_waiting() == 1
    assert pauses.begin("channel", "email", by=clerk, reason="Máy chủ thư") is True
    pause = SendingPause.objects.get(scope="kind")
    assert (pauses.end(pause, by=clerk), pauses.end(pause, by=clerk)) == (True, False)
    assert outbox.send_waiting() == 0
    pauses.end(SendingPause.objects.get(scope="channel"), by=clerk)
    assert outbox.send_waiting() == 1
    assert len(mail.outbox) == 2


@pytest.mark.django_db
def test_one_message_is_held_let_go_and_a_failed_one_closed():
    clerk = UserFactory()
    outbox.write(key="thu", subject="Thư", body="…", reason="thử.", address="an@vi-du.vn")
    message = Message.objects.get()

    assert handling.close(message, by=clerk, note="chưa hỏng") is False
    assert handling.pause(message, by=clerk, reason="Chờ xem lại") is True
    assert outbox.send_waiting() == 0
    assert handling.resume(message, by=clerk) is True
    assert outbox.send_waiting() == 1
    Message.objects.update(state=State.FAILED)
    assert handling.close(message, by=clerk, note="Đã gọi điện") is True
    assert list(HistoryEntry.objects.order_by("pk").values_list("to_state", "note", "by")) == [
        (State.PAUSED, "Chờ xem lại", clerk.pk),
        (State.WAITING, "Cho gửi tiếp", clerk.pk),
        (State.CLOSED, "Đã gọi điện", clerk.pk),
    ]
