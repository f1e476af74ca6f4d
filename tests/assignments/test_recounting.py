import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assignments import actions
from assignments.models import DueDay, Recount
from assignments.states import Resolution, TaskState
from core.calendar import WorkingCalendar, set_working_day
from core.models import HistoryEntry, Message
from core.timephrase import parse
from organisations.models import Role
from tests.factories.assignments import TaskFactory
from tests.factories.organisations import OrganisationFactory, member

pytestmark = pytest.mark.django_db
PHRASE = parse("trong 07 ngày làm việc kể từ khi kết thúc hội nghị")
ANCHOR = datetime.date(2026, 7, 1)
WAS, WILL_BE = datetime.date(2026, 7, 10), datetime.date(2026, 7, 13)


def due(**fields):
    return TaskFactory(due_phrase=PHRASE, anchor_on=ANCHOR, due_on=WAS, **fields)


@pytest.fixture
def offices():
    lead, owner = OrganisationFactory(), OrganisationFactory()
    return {"officer": member(Role.OFFICER, lead), "clerk": member(Role.CLERK, owner)} | {
        "lead": lead,
        "owner": owner,
    }


def declare_storm(by):
    return set_working_day(datetime.date(2026, 7, 6), "day_off", "Bão số 3", "Công điện 1", by)


def test_a_new_day_off_moves_open_relative_deadlines_once_and_tells_each_person_once(
    client, offices
):
    bodies = {name: offices[name] for name in ("lead", "owner")}
    tasks = [due(**bodies), due(**bodies, paused_days=1)]
    done = due(**bodies, state=TaskState.ACCEPTED, resolution=Resolution.DONE)
    fixed = TaskFactory(**bodies, due_phrase=parse("chậm nhất ngày 10/7/2026"), due_on=WAS)
    for task in tasks:
        DueDay.objects.create(task=task, due_on=WAS, reason="Thời hạn khi giao việc")
    declare_storm(offices["clerk"])

    moved = [actions.recompute_due_days(WorkingCalendar.load()) for _again in range(2)]

    assert moved == [2, 0]
    for task in (*tasks, done, fixed):
        task.refresh_from_db()
    assert [(task.due_on, task.revision) for task in (*tasks, done, fixed)] == [
        (WILL_BE, 2),
        (WILL_BE + datetime.timedelta(days=1), 2),
        (WAS, 1),
        (WAS, 1),
    ]
    recount = Recount.objects.get()
    days = DueDay.objects.filter(task=tasks[0]).order_by("revision")
    assert [(day.due_on, day.recount) for day in days] == [(WAS, None), (WILL_BE, recount)]
    notes = HistoryEntry.objects.filter(subject_id=tasks[0].pk, note__contains="Đổi hạn")
    words = f"Lịch làm việc thay đổi: {recount.reason}"
    assert [entry.note for entry in notes] == [f"Đổi hạn từ 10/07/2026 sang 13/07/2026: {words}"]
    letters = Message.objects.filter(channel="email").order_by("recipient")
    assert [letter.recipient for letter in letters] == [offices["officer"], offices["clerk"]]
    assert letters[0].subject == "2 thời hạn đổi theo lịch làm việc"
    assert "Hạn cũ: thứ Sáu, 10/7/2026. Hạn mới: thứ Hai, 13/7/2026." in letters[0].body
    client.force_login(offices["officer"])
    page = client.get(recount.get_absolute_url())
    assert [(row.was, row.due_on) for row in page.context["page"].rows][0] == (WAS, WILL_BE)
    assert [
        row.moved for row in client.get(reverse("assignments:recounts")).context["page"].rows
    ] == [2]


def test_as_many_queries_for_forty_tasks_as_for_two(offices):
    counts = []
    for number in (2, 40):
        for _n in range(number):
            due(lead=offices["lead"], owner=offices["owner"])
        day = declare_storm(offices["clerk"])
        with CaptureQueriesContext(connection) as queries:
            assert actions.recompute_due_days(WorkingCalendar.load()) >= number
        counts.append(len(queries))
        day.delete()
        actions.recompute_due_days(WorkingCalendar.load())

    assert counts[0] == counts[1]


def test_a_day_off_declared_for_yesterday_takes_the_lateness_away(offices):
    today = WILL_BE
    task = due(lead=offices["lead"], owner=offices["owner"])
    assert task.is_overdue(today) is True
    set_working_day(WAS, "day_off", "Bão số 3", "Công điện 1", offices["clerk"])

    actions.recompute_due_days(WorkingCalendar.load())

    task.refresh_from_db()
    assert (task.due_on, task.is_overdue(today)) == (WILL_BE, False)


def test_a_changed_calendar_wakes_the_worker_at_once(offices, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        declare_storm(offices["clerk"])

    assert [callback.__name__ for callback in callbacks] == ["_wake_reckoners"]
