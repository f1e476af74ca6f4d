"""Every message of the job: two workers three times an hour, an outage of two days, Tết 2026."""

import datetime
import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from assignments import actions
from assignments.models import Escalation, Reminder, Task
from assignments.states import Resolution, TaskState
from core.calendar import WorkingCalendar
from core.models import Message
from documents.models import Document
from organisations.models import Role
from tests.factories.assignments import TaskFactory
from tests.factories.organisations import (
    MembershipFactory,
    OrganisationFactory,
    PostFactory,
    UserFactory,
    member,
)

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
FIRST, LAST = datetime.date(2026, 2, 10), datetime.date(2026, 3, 4)
OUTAGE = {datetime.date(2026, 2, 24), datetime.date(2026, 2, 25)}
TIMES = [(hour, minute) for hour in (7, 16, 17) for minute in (5, 25, 45)]
# Tết 2026: nobody works from Monday 16/2 to Friday 20/2. "Đường" is due on Friday 13/2, "Rác" on
# Tuesday 24/2 (reported in the night to 03/3), "Đèn" on Thursday 26/2; the server is off on 24 and 25/2.
EXPECTED = """
10/02 Cán bộ: 2 việc sắp đến hạn | Đường t-3, Đèn t-7
10/02 Trưởng công an: 1 việc sắp đến hạn | Rác t-7
12/02 Cán bộ: 1 việc sắp đến hạn | Đường t-1
12/02 Trưởng công an: 1 việc sắp đến hạn | Rác t-3
13/02 Cán bộ: 1 việc đến hạn hôm nay | Đường t
23/02 Cán bộ: 1 việc quá hạn, 1 việc sắp đến hạn | Đường t+1, Đèn t-3
23/02 Trưởng công an: 1 việc sắp đến hạn | Rác t-1
23/02 Trưởng phòng: 1 việc quá hạn báo cáo ông/bà | Đường late+1
26/02 Cán bộ: 1 việc quá hạn, 1 việc đến hạn hôm nay | Đường t+3, Đèn t
26/02 Trưởng công an: 1 việc quá hạn | Rác late+1, Rác t+1
27/02 Cán bộ: 1 việc quá hạn | Đèn t+1
27/02 Trưởng công an: 1 việc quá hạn | Rác t+3
27/02 Trưởng phòng: 1 việc quá hạn báo cáo ông/bà | Đèn late+1
02/03 Phó Bí thư: 1 việc quá hạn báo cáo ông/bà | Đường late+6
03/03 Cán bộ: 1 việc quá hạn | Đèn t+3
04/03 Cán bộ: 1 việc quá hạn | Đường t+8
"""


@pytest.fixture
def _office(transactional_db) -> None:
    owner, roads, police = (
        OrganisationFactory(name=name, short_name=name)
        for name in ("Đảng ủy xã", "Phòng Kinh tế", "Công an xã")
    )
    member(Role.CLERK, owner, full_name="Văn thư")
    member(Role.HEAD, owner, full_name="Bí thư")
    post = PostFactory(organisation=owner, name="Phó Bí thư Thường trực", is_head=False)
    deputy = UserFactory(full_name="Phó Bí thư")
    MembershipFactory(user=deputy, organisation=owner, role=Role.HEAD, post=post)
    member(Role.OFFICER, roads, full_name="Cán bộ")
    member(Role.HEAD, roads, full_name="Trưởng phòng")
    member(
        Role.HEAD, police, full_name="Trưởng công an"
    )  # nobody else there: the next rank is told
    for title, lead, day in (("Đường", roads, 13), ("Rác", police, 24), ("Đèn", roads, 26)):
        TaskFactory(title=title, owner=owner, lead=lead, due_on=datetime.date(2026, 2, day))


def run_twice_at_once(times: list[datetime.datetime]) -> None:
    """Two workers with a connection each begin every sweep at the same moment."""
    together, failed = threading.Barrier(2), []

    def work() -> None:
        try:
            for now in times:
                together.wait(timeout=20)
                actions.remind(now)
        except Exception as error:
            failed.append(error)
            together.abort()
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _n in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert failed == []


def moments(first: datetime.date, last: datetime.date) -> list[datetime.datetime]:
    zone = timezone.get_default_timezone()
    days = [first + datetime.timedelta(days=n) for n in range((last - first).days + 1)]
    return [
        datetime.datetime.combine(day, datetime.time(hour, minute), tzinfo=zone)
        for day in days
        if day not in OUTAGE
        for hour, minute in TIMES
    ]


def told(channel: str) -> str:
    lines = []
    for message in Message.objects.filter(channel=channel).select_related("recipient"):
        rows = message.reminders.order_by("due_on", "task_id", "rung")
        day = rows[0].planned_for
        what = ", ".join(f"{row.task.title} {row.rung}" for row in rows)
        counts = message.subject.partition(": ")[2]
        lines.append((day, f"{day:%d/%m} {message.recipient}: {counts} | {what}"))
    return "\n".join(line for _day, line in sorted(lines))


@pytest.mark.usefixtures("_office")
def test_exactly_these_messages_come_whatever_the_job_goes_through(monkeypatch):
    monkeypatch.setattr("core.outbox.wake", lambda: None)
    evening = datetime.date(2026, 3, 2)

    run_twice_at_once(moments(FIRST, evening))
    Task.objects.filter(title="Rác").update(
        state=TaskState.REPORTED, resolution=Resolution.DONE, reported_at=timezone.now()
    )
    run_twice_at_once(moments(evening + datetime.timedelta(days=1), LAST))

    assert told("email") == EXPECTED.strip()
    assert told("in_app") == EXPECTED.strip()
    assert Message.objects.count() == 2 * len(EXPECTED.strip().splitlines())
    assert not Reminder.objects.filter(message=None).exists()
    steps = Escalation.objects.order_by("reached_on", "pk")
    assert [(step.task.title, step.from_days, f"{step.reached_on:%d/%m}") for step in steps] == [
        ("Đường", 1, "23/02"),
        ("Rác", 1, "25/02"),
        ("Đèn", 1, "27/02"),
        ("Đường", 6, "02/03"),
    ]
    letter = Document.objects.get()
    assert letter == steps.get(from_days=6).explanation


@pytest.mark.usefixtures("_office")
def test_a_letter_holds_all_there_is_to_say_though_somebody_holds_a_reminder(monkeypatch):
    monkeypatch.setattr("core.outbox.wake", lambda: None)
    Task.objects.update(due_on=FIRST)
    morning = moments(FIRST, FIRST)[2]
    actions.plan_reminders(morning, WorkingCalendar.load())
    sweep = threading.Thread(target=lambda: (actions.remind(morning), connection.close()))

    with transaction.atomic():
        list(Reminder.objects.filter(task__title="Đèn").select_for_update())
        sweep.start()
        sweep.join(timeout=1)
    sweep.join()

    assert told("email") == (
        "10/02 Cán bộ: 2 việc đến hạn hôm nay | Đường t, Đèn t\n"
        "10/02 Trưởng công an: 1 việc đến hạn hôm nay | Rác t"
    )
