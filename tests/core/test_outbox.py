import datetime
import smtplib
import time

import pytest
from celery import current_app
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core import handling, outbox, tasks
from core.mailer import message_id
from core.models import Heartbeat, HistoryEntry, Message
from tests.factories.organisations import UserFactory

pytestmark = pytest.mark.django_db
State = Message.State


def write(key: str = "thu", **fields) -> Message:
    words = {
        "subject": "Nhiệm vụ mới",
        "body": "Kính gửi ông/bà.",
        "reason": "được giao việc.",
        "address": "an@vi-du.vn",
    }
    outbox.write(key=key, **{**words, **fields})
    return Message.objects.get(key=key)


def refuse_with(monkeypatch, error: Exception) -> None:
    """Let the mail server answer with `error`."""

    def send(self, messages):
        raise error

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", send)


def test_write_with_the_same_key_changes_nothing():
    write(subject="Lần đầu")

    write(subject="Lần hai")

    assert list(Message.objects.values_list("key", "subject")) == [("thu", "Lần đầu")]


def test_write_is_undone_with_the_decision():
    with transaction.atomic():
        write()
        transaction.set_rollback(True)

    assert Message.objects.count() == 0


def test_in_app_message_is_delivered_at_once_and_never_mailed():
    message = write(channel="in_app", recipient=UserFactory(), address="")

    assert (message.state, message.sent_at is not None) == (State.SENT, True)
    assert outbox.send_waiting() == 0
    assert mail.outbox == []


def test_message_without_anywhere_to_go_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        write(address="")


def test_notify_writes_one_message_per_person_and_channel():
    people = [UserFactory(), UserFactory()]

    for _again in range(2):
        outbox.notify(people, key="tin", subject="Tin", body="Nội dung", reason="thử.")

    assert Message.objects.count() == 4
    assert {m.address for m in Message.objects.filter(channel="email")} == {
        person.email for person in people
    }


def test_sent_letter_is_self_sufficient(settings):
    settings.SITE_URL = "https://doi-thoai.vi-du.vn"
    message = write(link="/nhiem-vu/7/")

    assert outbox.send_one(timezone.now())

    letter = mail.outbox[0]
    assert letter.subject == "Nhiệm vụ mới"
    assert letter.to == ["an@vi-du.vn"]
    assert letter.extra_headers == {
        "Message-ID": f"<message-{message.pk}@doi-thoai.vi-du.vn>",
        "Auto-Submitted": "auto-generated",
    }
    assert "https://doi-thoai.vi-du.vn/nhiem-vu/7/" in letter.body
    assert "Ông/Bà nhận thư này vì: được giao việc." in letter.body
    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.SENT, 1)


def test_line_breaks_never_reach_the_headers():
    message = write(subject="Chào\nBcc: ke-gian@vi-du.vn\r\nhết")

    outbox.send_one(timezone.now())

    assert message.subject == "Chào Bcc: ke-gian@vi-du.vn hết"
    assert [
        header.split(":")[0] for header in mail.outbox[0].message().as_string().splitlines()
    ].count("Bcc") == 0


def test_line_break_in_an_address_fails_visibly():
    message = write(address="an@vi-du.vn\nBcc: ke-gian@vi-du.vn")

    outbox.send_waiting()

    message.refresh_from_db()
    assert (message.state, mail.outbox) == (State.FAILED, [])


@pytest.mark.parametrize(
    "error",
    (
        smtplib.SMTPRecipientsRefused({"an@vi-du.vn": (550, b"no such user")}),
        smtplib.SMTPDataError(554, b"rejected"),
    ),
)
def test_final_refusal_fails_with_its_words(monkeypatch, error):
    message = write()
    refuse_with(monkeypatch, error)

    outbox.send_one(timezone.now())

    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.FAILED, 1)
    assert message.error.startswith(type(error).__name__)


@pytest.mark.parametrize(
    "error",
    (
        smtplib.SMTPRecipientsRefused({"an@vi-du.vn": (450, b"mailbox busy")}),
        smtplib.SMTPServerDisconnected("gone"),
        smtplib.SMTPAuthenticationError(535, b"wrong password"),
        ConnectionRefusedError(),
        TimeoutError(),
    ),
)
def test_passing_trouble_is_tried_again_later(monkeypatch, error):
    now = timezone.now()
    message = write()
    refuse_with(monkeypatch, error)

    outbox.send_one(now)

    message.refresh_from_db()
    assert message.state == State.WAITING
    assert message.not_before == now + datetime.timedelta(minutes=1)
    assert outbox.send_one(now) is False


def test_trouble_that_does_not_pass_ends_visibly_failed(monkeypatch, settings):
    settings.OUTBOX_MAX_ATTEMPTS = 3
    message = write()
    refuse_with(monkeypatch, TimeoutError())
    now = timezone.now()

    for _day in range(10):
        outbox.send_one(now)
        now += datetime.timedelta(days=1)

    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.FAILED, 3)


def test_one_poisoned_letter_keeps_no_other_from_leaving(monkeypatch):
    poison, good = write("hong"), write("tot")
    real = outbox.mailer.deliver

    def deliver(message):
        if message.pk == poison.pk:
            raise KeyError("template")
        real(message)

    monkeypatch.setattr(outbox.mailer, "deliver", deliver)

    outbox.send_waiting()

    poison.refresh_from_db()
    good.refresh_from_db()
    assert (poison.state, good.state) == (State.FAILED, State.SENT)


def test_letter_to_somebody_who_left_is_cancelled():
    person = UserFactory(is_active=False)
    message = write(recipient=person, address="")

    outbox.send_waiting()

    message.refresh_from_db()
    assert (message.state, mail.outbox) == (State.CANCELLED, [])


def test_not_before_is_waited_for():
    now = timezone.now()
    write(not_before=now + datetime.timedelta(hours=1))

    assert outbox.send_one(now) is False
    assert outbox.send_one(now + datetime.timedelta(hours=1)) is True


def test_repair_gives_back_what_a_dead_process_was_sending(settings):
    now = timezone.now()
    message = write()
    outbox.claim(now)
    stuck = datetime.timedelta(seconds=settings.OUTBOX_STUCK_SECONDS)

    assert outbox.repair(now + stuck) == 0
    assert outbox.repair(now + stuck + datetime.timedelta(seconds=1)) == 1

    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.WAITING, 1)


def test_repair_gives_up_after_the_last_attempt(settings):
    settings.OUTBOX_MAX_ATTEMPTS = 1
    now = timezone.now()
    message = write()
    outbox.claim(now)

    outbox.repair(now + datetime.timedelta(hours=1))

    message.refresh_from_db()
    assert message.state == State.FAILED
    assert message.error == "Đã thử gửi 1 lần không thành công."


def test_a_slow_sender_does_not_overwrite_the_one_that_took_over(settings):
    now = timezone.now()
    write()
    slow = outbox.claim(now)
    outbox.repair(now + datetime.timedelta(hours=1))
    fast = outbox.claim(now + datetime.timedelta(hours=1))

    outbox._finish(slow, state=State.FAILED, error="muộn")
    outbox._finish(fast, state=State.SENT)

    assert Message.objects.get().state == State.SENT


def test_resend_keeps_the_message_id_and_is_remembered():
    message = write()
    outbox.send_waiting()
    message.refresh_from_db()
    clerk = UserFactory()

    assert handling.resend(message, by=clerk) is True
    outbox.send_waiting()

    ids = {letter.extra_headers["Message-ID"] for letter in mail.outbox}
    assert (len(mail.outbox), ids) == (2, {message_id(message)})
    assert HistoryEntry.objects.get().by == clerk


def test_what_is_on_its_way_is_neither_resent_nor_cancelled():
    message = write()
    outbox.claim(timezone.now())

    assert handling.resend(message, by=UserFactory()) is False
    assert handling.cancel(message, by=UserFactory(), reason="nhầm") is False


def test_cancel_stops_what_waits():
    message = write()

    assert handling.cancel(message, by=UserFactory(), reason="nhầm người") is True

    assert outbox.send_waiting() == 0
    message.refresh_from_db()
    assert (message.state, message.error) == (State.CANCELLED, "nhầm người")


def test_mark_read_counts_only_what_was_unread():
    person = UserFactory()
    write(channel="in_app", recipient=person, address="")

    assert outbox.mark_read(Message.objects.all(), timezone.now()) == 1
    assert outbox.mark_read(Message.objects.all(), timezone.now()) == 0


def test_many_letters_cost_one_insert_and_one_wake(django_capture_on_commit_callbacks):
    letters = [
        outbox.letter(key=f"thu-{n}", subject="Thư", body="…", reason="thử.", address="an@vi-du.vn")
        for n in range(30)
    ]

    with (
        django_capture_on_commit_callbacks() as hooks,
        CaptureQueriesContext(connection) as queries,
    ):
        outbox.write_all(letters)
        write()

    assert [hook for hook in hooks if hook is outbox.wake] == [outbox.wake]
    assert len(queries) == 3


def test_sweep_sends_and_leaves_a_heartbeat():
    write()

    tasks.sweep_outbox()

    assert len(mail.outbox) == 1
    assert Heartbeat.objects.get().name == "core.tasks.sweep_outbox"


def test_clear_old_rows_leaves_a_heartbeat():
    tasks.clear_old_rows()

    assert Heartbeat.objects.get().name == "core.tasks.clear_old_rows"


def test_dead_broker_costs_the_page_almost_nothing(monkeypatch):
    monkeypatch.setattr(current_app.conf, "broker_url", "redis://127.0.0.1:1/0")
    monkeypatch.setattr(current_app.conf, "broker_write_url", "redis://127.0.0.1:1/0")
    started = time.monotonic()

    outbox.wake()

    assert time.monotonic() - started < 2
