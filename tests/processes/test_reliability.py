"""The promise of the outbox, held against real processes that die (each with its control).

One row per message; every row is sent or ends visibly failed; a second copy is possible only if a
process dies between the mail server's 250 and our commit, and carries the same Message-ID.
"""

import datetime
import os
import signal
import time

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from assignments.models import Reminder
from assignments.states import Resolution, TaskState
from core import mailer, outbox
from core.models import Heartbeat, Message
from organisations.models import Role
from tests.factories.assignments import TaskFactory
from tests.factories.organisations import member
from tests.processes.conftest import (
    KILLS,
    STUCK_SECONDS,
    SWEEP_SECONDS,
    sent_count,
    wait_until,
    write_letters,
)

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]


def expected_ids() -> set[str]:
    return {mailer.message_id(message) for message in Message.objects.filter(channel="email")}


def sending():
    return Message.objects.filter(state=Message.State.SENDING)


def test_two_beats_and_two_workers_remind_once(processes, sink):
    today = timezone.localdate()
    for _n in range(50):
        officer = member(Role.OFFICER)
        lead = officer.memberships.get().organisation
        TaskFactory(lead=lead, due_on=today)
    workers = [processes.worker(), processes.worker()]
    processes.beat()
    processes.beat()
    processes.ready(*workers)

    wait_until(lambda: len(sink.copies()) == 50, 40, "fifty letters")
    first_sweep = Heartbeat.objects.get(pk="assignments.tasks.sweep_reminders").last_ok_at
    wait_until(
        lambda: (
            (
                Heartbeat.objects.get(pk="assignments.tasks.sweep_reminders").last_ok_at
                - first_sweep
            ).total_seconds()
            > 3 * SWEEP_SECONDS
        ),
        20,
        "three more sweeps",
    )

    assert Reminder.objects.filter(channel="email").count() == 50
    assert Reminder.objects.filter(channel="in_app").count() == 50
    assert Message.objects.filter(channel="in_app").count() == 50
    assert sorted(sink.copies().values()) == [1] * 50


def test_killed_pool_children_lose_nothing(processes, sink, dice):
    letters = 15 * KILLS
    write_letters(letters)
    worker = processes.worker()
    processes.ready(worker)
    processes.beat()
    wait_until(sent_count, 30, "the first letter sent")

    killed: set[int] = set()
    while len(killed) < KILLS:
        # A letter given back comes first: without some progress all deaths would meet the same one.
        further = sent_count() + dice.randint(1, 5)
        wait_until(lambda n=further: sent_count() >= n, 30, "letters leave between two deaths")
        time.sleep(dice.uniform(0.0, 0.12))
        busy = {int(row.claimed_by.split(":")[1]) for row in sending()}
        for pid in busy & set(processes.children(worker)) - killed:
            os.kill(pid, signal.SIGKILL)
            killed.add(pid)
        assert sent_count() < letters, "the kills must fall while letters leave"
    wait_until(lambda: sent_count() == letters, 40 + 2 * KILLS, "all letters sent")

    copies = sink.copies()
    attempts = {mailer.message_id(row): row.attempts for row in Message.objects.all()}
    again = {key for key, number in attempts.items() if number > 1}
    duplicates = {key for key, number in copies.items() if number > 1}
    print(f"{len(killed)} kills, {len(again)} letters tried again, {len(duplicates)} sent twice")
    assert set(copies) == expected_ids()
    assert len(again) >= KILLS / 7, "too few kills interrupted a letter: the test showed nothing"
    assert duplicates <= again
    assert all(copies[key] <= attempts[key] for key in copies)


@pytest.mark.parametrize(
    ("failpoint", "copies_wanted"), (("after_claim", 1), ("after_smtp", 2), ("before_commit", 2))
)
def test_death_at_a_named_point(sink, transactional_db, settings, failpoint, copies_wanted):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.controller.port
    write_letters(1)
    connection.close()

    child = os.fork()
    if child == 0:
        settings.OUTBOX_FAILPOINT = failpoint
        outbox.send_one(timezone.now())
        os._exit(0)
    _pid, status = os.waitpid(child, 0)

    assert os.WTERMSIG(status) == signal.SIGKILL
    assert Message.objects.get().state == Message.State.SENDING
    later = timezone.now() + datetime.timedelta(seconds=settings.OUTBOX_STUCK_SECONDS + 1)
    outbox.repair(later)
    outbox.send_one(later)
    assert Message.objects.get().state == Message.State.SENT
    assert sink.copies() == {mailer.message_id(Message.objects.get()): copies_wanted}


def test_killed_worker_group_is_made_up_for_within_two_sweeps(processes, sink):
    write_letters(60)
    first = processes.worker()
    processes.ready(first)
    processes.beat()
    wait_until(lambda: sent_count() > 5, 30, "the first letters sent")

    processes.kill_group(first)
    left = 60 - sent_count()
    second = processes.worker()
    processes.ready(second)
    started = time.monotonic()
    wait_until(lambda: sent_count() == 60, 30, "all letters sent")

    took = time.monotonic() - started
    print(f"{left} letters left behind, all sent {took:.1f} s after the new worker")
    assert left > 0
    assert took < 2 * SWEEP_SECONDS + STUCK_SECONDS + 60 * 4 * sink.delay
    assert took < settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"] / 10
    assert set(sink.copies()) == expected_ids()


def test_broker_gone_loses_nothing_and_the_page_answers(processes, sink, broker, client):
    officer = member(Role.OFFICER)
    task = TaskFactory(lead=officer.memberships.get().organisation)
    member(Role.CLERK, task.owner)
    client.force_login(officer)
    # Whatever the first page of a process loads is not what is measured.
    client.get(f"/nhiem-vu/{task.pk}/bao-cao/")
    sink.delay = 0.1
    write_letters(40)
    worker = processes.worker()
    processes.ready(worker)
    processes.beat()
    wait_until(sent_count, 30, "the first letter sent")

    broker.ask("flushall")
    broker.shut_down()
    started = time.monotonic()
    answer = client.post(
        f"/nhiem-vu/{task.pk}/bao-cao/",
        {
            "_once": "7b0c8a52-9f0e-4d8e-8d63-1f1d5ad2a001",
            "resolution": Resolution.DONE,
            "result": "Đã xong.",
            "no_evidence_reason": "Việc làm tại chỗ.",
        },
    )
    took = time.monotonic() - started
    task.refresh_from_db()
    assert (answer.status_code, task.state) == (302, TaskState.REPORTED)
    assert took < 3
    write_letters(20, "khi-mat-redis")
    broker.start()
    broker.ask("flushall")

    emails = Message.objects.filter(channel="email")
    wait_until(
        lambda: not emails.exclude(state=Message.State.SENT).exists(), 40, "all letters sent"
    )
    assert set(sink.copies()) == expected_ids()
    assert emails.count() == 61


def test_control_a_queue_alone_loses_letters(processes, sink, broker):
    """Without the sweep each of the three accidents above leaves letters behind for good."""
    sink.delay = 0.1
    write_letters(30, "con-chet")
    first = processes.worker("tests.processes.queue_only")
    processes.ready(first)
    wait_until(sent_count, 30, "the first letter sent")
    _kill_busy(processes, first)
    time.sleep(2)
    after_child = sent_count()
    assert after_child < 30, "a pool child died and nothing was lost"

    outbox.wake()
    wait_until(lambda: sent_count() > after_child, 10, "sending again")
    processes.kill_group(first)
    after_group = sent_count()
    second = processes.worker("tests.processes.queue_only")
    processes.ready(second)
    time.sleep(2)
    assert sent_count() == after_group < 30, "a worker died and nothing was lost"

    broker.ask("flushall")
    processes.kill_group(second)
    write_letters(5, "hang-doi-trong")
    broker.ask("flushall")
    third = processes.worker("tests.processes.queue_only")
    processes.ready(third)
    time.sleep(2)
    assert sent_count() == after_group, "the queue was emptied and nothing was lost"


def _kill_busy(processes, worker) -> None:
    """Kill every pool child at once, so that the one at work is among them."""
    for pid in processes.children(worker):
        os.kill(pid, signal.SIGKILL)
