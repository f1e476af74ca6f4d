import datetime

import pytest
from django.utils import timezone

from assignments import actions, tasks
from assignments.models import DueDay, Reminder, Rung, Task
from assignments.states import Resolution, TaskState
from core.calendar import WorkingCalendar
from core.models import Heartbeat, Message
from organisations.models import Role
from tests.factories.assignments import TaskFactory
from tests.factories.organisations import UserFactory, member

pytestmark = pytest.mark.django_db
DUE = datetime.date(2026, 8, 12)  # a Wednesday
DAY = datetime.timedelta(days=1)
CALENDAR = WorkingCalendar()


def at(day: datetime.date, hour: int = 9, minute: int = 0) -> datetime.datetime:
    moment = datetime.time(hour, minute, tzinfo=timezone.get_default_timezone())
    return datetime.datetime.combine(day, moment)


def task_of(member_of_lead, **fields) -> Task:
    lead = member_of_lead.memberships.get().organisation
    return TaskFactory(lead=lead, **{"due_on": DUE, **fields})


def run_days(first: datetime.date, last: datetime.date, **skip) -> dict[datetime.date, str]:
    """Sweep three times a day and tell which rung was planned on which day for the doers."""
    day = first
    while day <= last:
        if day not in skip.get("off", ()):
            for hour in (8, 9, 16):
                actions.remind(at(day, hour))
        day += DAY
    rows = Reminder.objects.filter(channel="email", rung__startswith="t")
    return {row.planned_for: row.rung for row in rows.order_by("planned_for", "pk")}


def test_the_ladder_counts_working_days():
    task_of(member(Role.OFFICER))

    found = run_days(datetime.date(2026, 7, 27), datetime.date(2026, 9, 4))

    assert {f"{day:%d/%m}": rung for day, rung in found.items()} == {
        "03/08": "t-7",
        "07/08": "t-3",
        "11/08": "t-1",
        "12/08": "t",
        "13/08": "t+1",
        "17/08": "t+3",
        # Saturday 22/8/2026 is worked in exchange for Monday 31/8; 01–02/9 is the national day.
        "22/08": "t+8",
        "28/08": "t+13",
    }


def test_a_due_day_on_a_sunday_is_reminded_of_on_the_friday_before():
    task_of(member(Role.OFFICER), due_on=datetime.date(2026, 8, 9))

    found = run_days(datetime.date(2026, 8, 6), datetime.date(2026, 8, 10))

    assert {f"{day:%d/%m}": rung for day, rung in found.items()} == {
        "06/08": "t-1",
        "07/08": "t",
        "10/08": "t+1",
    }


def test_tet_makes_nothing_late():
    task_of(member(Role.OFFICER), due_on=datetime.date(2026, 2, 13))  # the Friday before Tết

    found = run_days(datetime.date(2026, 2, 13), datetime.date(2026, 2, 23))

    assert {f"{day:%d/%m}": rung for day, rung in found.items()} == {
        "13/02": "t",
        "23/02": "t+1",
    }


def test_after_an_outage_only_the_newest_rung_is_made_up_for():
    task_of(member(Role.OFFICER))
    off = {datetime.date(2026, 8, day) for day in (7, 10, 11)}

    found = run_days(datetime.date(2026, 8, 3), datetime.date(2026, 8, 12), off=off)

    assert {f"{day:%d/%m}": rung for day, rung in found.items()} == {"03/08": "t-7", "12/08": "t"}


@pytest.mark.parametrize(
    ("day", "hour", "minute", "planned"),
    ((12, 7, 29, 0), (12, 7, 30, 2), (12, 16, 59, 2), (12, 17, 0, 0), (16, 9, 0, 0)),
)
def test_nobody_is_reminded_outside_office_hours(day, hour, minute, planned):
    task_of(member(Role.OFFICER))

    actions.remind(at(datetime.date(2026, 8, day), hour, minute))

    assert Reminder.objects.count() == planned


def test_the_offices_date_counts_not_the_date_in_greenwich():
    task_of(member(Role.OFFICER))
    early = datetime.datetime(
        2026, 8, 12, 0, 45, tzinfo=datetime.UTC
    )  # 07:45 on the office's clock

    actions.remind(early)

    assert Reminder.objects.values_list("rung", flat=True).distinct().get() == "t"


def test_who_was_told_today_is_not_reminded_today():
    task = task_of(member(Role.OFFICER))
    day = DueDay.objects.create(task=task, due_on=DUE, reason="Thời hạn khi giao việc")
    DueDay.objects.filter(pk=day.pk).update(set_at=at(DUE, 8))

    actions.remind(at(DUE, 9))
    assert Reminder.objects.count() == 0

    actions.remind(at(DUE + DAY, 9))
    assert Reminder.objects.values_list("rung", flat=True).distinct().get() == "t+1"


def test_a_new_due_day_arms_the_ladder_again():
    task = task_of(member(Role.OFFICER))
    actions.remind(at(DUE))
    Task.objects.update(due_on=DUE + 7 * DAY, revision=2)

    actions.remind(at(DUE + 7 * DAY))

    rows = Reminder.objects.filter(channel="email").order_by("pk")
    assert [(row.task_id, row.revision, row.rung) for row in rows] == [
        (task.pk, 1, "t"),
        (task.pk, 2, "t"),
    ]


def test_officers_and_the_named_person_are_reminded_heads_when_it_is_late():
    officer = member(Role.OFFICER)
    lead = officer.memberships.get().organisation
    head, named = member(Role.HEAD, lead), UserFactory()
    member(Role.CLERK, lead)
    member(Role.OFFICER, lead, is_active=False)
    task_of(officer, person=named)

    actions.remind(at(DUE))
    assert {row.recipient for row in Reminder.objects.all()} == {officer, named}

    actions.remind(at(DUE + DAY))
    told = Reminder.objects.filter(planned_for=DUE + DAY, channel="email")
    assert {(row.recipient, row.rung) for row in told} == {
        (officer, "t+1"),
        (named, "t+1"),
        (head, "late+1"),
    }


def test_finished_tasks_are_not_reminded_of():
    task_of(member(Role.OFFICER), state=TaskState.REPORTED, resolution=Resolution.DONE)

    assert actions.remind(at(DUE)) == 0
    assert Message.objects.count() == 0


def test_one_digest_per_person_channel_and_day_late_work_first():
    officer = member(Role.OFFICER, full_name="Trần Thị Bình")
    task_of(officer, title="Việc hôm nay")
    task_of(officer, title="Việc sắp tới", due_on=DUE + DAY)
    task_of(officer, title="Việc quá hạn", due_on=DUE - DAY)

    for hour in (8, 10, 15):
        actions.remind(at(DUE, hour))

    digest = Message.objects.get(channel="email")
    assert digest.subject == (
        "Việc cần làm ngày 12/8/2026: 1 việc quá hạn, 1 việc đến hạn hôm nay, 1 việc sắp đến hạn"
    )
    assert Message.objects.filter(channel="in_app").count() == 1
    order = [digest.body.index(name) for name in ("Việc quá hạn\n", "Việc hôm nay", "Việc sắp tới")]
    assert order == sorted(order)
    assert "Trần Thị Bình" in digest.body
    assert "Quá 1 ngày làm việc · thứ Ba, 11/8/2026" in digest.body
    assert Reminder.objects.filter(message=digest).count() == 3


def test_what_was_planned_after_todays_digest_waits_for_tomorrows():
    officer = member(Role.OFFICER)
    task_of(officer)
    actions.remind(at(DUE, 8))
    late = task_of(officer, title="Việc thêm sau", due_on=DUE + DAY)

    actions.remind(at(DUE, 9))
    actions.remind(at(DUE + DAY, 9))

    digests = Message.objects.filter(channel="email").order_by("pk")
    assert [late.title in digest.body for digest in digests] == [False, True]
    assert digests[1].body.count(late.title) == 1


def test_a_task_reported_between_planning_and_telling_is_left_out():
    officer = member(Role.OFFICER)
    task_of(officer)
    actions.plan_reminders(at(DUE), CALENDAR)
    Task.objects.update(state=TaskState.REPORTED, resolution=Resolution.DONE)

    assert actions.write_digests(at(DUE), CALENDAR) == 0
    assert Message.objects.count() == 0


def test_rungs_that_are_taken_off_are_passed_over():
    Rung.objects.exclude(offset=0).delete()
    task_of(member(Role.OFFICER), due_on=DUE + DAY)

    actions.remind(at(DUE))

    assert Reminder.objects.count() == 0


def test_sweep_leaves_a_heartbeat_even_at_night():
    tasks.sweep_reminders()

    assert Heartbeat.objects.get().name == "assignments.tasks.sweep_reminders"
