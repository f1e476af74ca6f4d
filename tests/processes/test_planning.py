"""Two planners at the same moment: the unique key decides, and a control shows that it must."""

import contextlib
import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from assignments.actions import reminders
from assignments.models import Reminder
from core import calendar
from organisations.models import Role
from tests.factories.assignments import TaskFactory
from tests.factories.organisations import member

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
CHECK_FIRST = """ AND NOT EXISTS (
    SELECT 1 FROM assignments_reminder AS there
    WHERE there.task_id = person.task_id AND there.recipient_id = person.user_id
      AND there.rung = person.rung AND there.channel = channel.name
)"""


class EveryDay(calendar.WorkingCalendar):
    """Offices never close."""

    def is_working(self, day) -> bool:
        return True


@pytest.fixture
def _fifty_due_tasks(settings, transactional_db) -> None:
    settings.OFFICE_HOURS = ("00:00", "24:00")
    for _n in range(50):
        lead = member(Role.OFFICER).memberships.get().organisation
        TaskFactory(lead=lead, due_on=timezone.localdate())


def plan_twice_at_once() -> None:
    """Each of two planners commits only when the other has planned too (or waits for it)."""
    both = threading.Barrier(2)

    def plan() -> None:
        with contextlib.closing(connection), transaction.atomic():
            reminders.plan_reminders(timezone.now(), EveryDay())
            with contextlib.suppress(threading.BrokenBarrierError):
                both.wait(timeout=2)

    planners = [threading.Thread(target=plan) for _n in range(2)]
    for planner in planners:
        planner.start()
    for planner in planners:
        planner.join()


@pytest.mark.usefixtures("_fifty_due_tasks")
def test_two_planners_write_each_reminder_once():
    plan_twice_at_once()

    assert Reminder.objects.filter(channel="email").count() == 50


@pytest.mark.usefixtures("_fifty_due_tasks")
def test_control_looking_first_instead_of_the_unique_key_doubles(monkeypatch):
    start, _last, end = reminders.PLAN.rpartition("ON CONFLICT DO NOTHING")
    looking = start + CHECK_FIRST + end
    monkeypatch.setattr(reminders, "PLAN", looking)
    once = next(rule for rule in Reminder._meta.constraints if rule.name == "reminder_once")
    with connection.schema_editor() as editor:
        editor.remove_constraint(Reminder, once)
    try:
        plan_twice_at_once()
        doubled = Reminder.objects.filter(channel="email").count()
    finally:
        Reminder.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(Reminder, once)

    assert doubled == 100
