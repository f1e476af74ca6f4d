import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from assignments import rules
from assignments.models import Task
from assignments.queries import people_of
from assignments.states import Resolution, TaskState
from core.access import RefusedError
from core.models import Message
from organisations import actions
from organisations.models import Absence, Role, User
from organisations.queries import standing_in
from tests.factories.assignments import TaskFactory
from tests.factories.organisations import OrganisationFactory, member

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def body():
    return OrganisationFactory()


def away(absent, substitute, *, first=0, last=5, by=None):
    """Enter an absence from so many to so many days from today."""
    today = timezone.localdate()
    return actions.enter_absence(
        absent,
        by=by or absent,
        substitute=substitute,
        starts_on=today + DAY * first,
        ends_on=today + DAY * last,
        today=today,
    )


def test_a_stand_in_who_is_away_is_followed_day_by_day(body):
    today = timezone.localdate()
    a, b, c = (member(Role.OFFICER, body) for _n in range(3))
    away(a, b)
    away(b, c, first=2, last=3)

    found = [standing_in([a.pk, b.pk], today + DAY * n) for n in (-1, 0, 2, 4, 6)]

    assert found == [{}, {a.pk: b}, {a.pk: c, b.pk: c}, {a.pk: b}, {}]
    assert people_of([body.pk], today + DAY * 2, Role.OFFICER) == {body.pk: [a, b, c]}


def test_loops_are_refused_only_where_all_are_away_on_one_day(body):
    a, b, c = (member(Role.OFFICER, body, full_name=name) for name in ("An", "Bình", "Chi"))
    away(a, b, last=2)
    away(b, c, first=1, last=9)

    with pytest.raises(RefusedError) as refused:
        away(c, a, first=2)
    away(c, a, first=3)

    assert refused.value.reason == "Vòng thay thế: Chi → An → Bình → Chi. Hãy chọn người khác."


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    (
        (3, 2, "Đến hết ngày phải từ ngày bắt đầu trở đi."),
        (-3, -1, "Những ngày này đã qua. Hãy ghi thời gian vắng từ hôm nay trở đi."),
        (4, 9, "Đã ghi vắng từ {} đến {}. Hãy bỏ lần ghi đó trước."),
    ),
)
def test_an_absence_that_cannot_be_is_refused_with_a_sentence(body, first, last, sentence):
    a, b, today = member(Role.OFFICER, body), member(Role.OFFICER, body), timezone.localdate()
    away(a, b)

    with pytest.raises(RefusedError) as refused:
        away(a, b, first=first, last=last)

    days = (f"{day:%d/%m/%Y}" for day in (today, today + DAY * 5))
    assert refused.value.reason == sentence.format(*days)


def test_a_stand_in_works_for_whoever_is_away_and_never_closes_what_that_body_leads():
    task = TaskFactory(state=TaskState.REPORTED, resolution=Resolution.DONE, result="Xong.")
    officer, clerk = member(Role.OFFICER, task.lead), member(Role.CLERK, task.owner)
    other = member(Role.COLLECTOR, task.owner)
    away(clerk, other)

    def fresh(user):
        return User.objects.get(pk=user.pk)

    assert rules.may_accept_task(fresh(other), task) is True
    assert Task.objects.visible_to(fresh(other)).count() == 1
    assert fresh(other).has_role(task.owner_id, Role.CLERK) is False  # signing is not lent
    other.memberships.create(organisation=task.lead, role=Role.COLLECTOR)
    away(officer, other)
    assert rules.may_report_task(fresh(other), task) is True
    assert rules.may_accept_task(fresh(other), task) is False
    # back at work, nobody accepts what was reported while standing in
    Absence.objects.all().delete()
    other.memberships.filter(organisation=task.lead).delete()
    other.memberships.update(role=Role.CLERK)
    assert rules.may_accept_task(fresh(other), task) is True
    task.reported_by = other
    assert rules.may_accept_task(fresh(other), task) is False


def test_the_page_enters_once_tells_both_and_ends_early(client, body):
    head, a, b = member(Role.HEAD, body), member(Role.OFFICER, body), member(Role.OFFICER, body)
    today = timezone.localdate()
    client.force_login(head)
    form = {
        "absent": a.pk,
        "substitute": b.pk,
        "starts_on": f"{today:%d/%m/%Y}",
        "ends_on": f"{today + DAY:%d/%m/%Y}",
        "_once": "2b1c1d9e-7f1e-4e57-9f0c-0d5f6c1a2b3c",
    }

    wrong = client.post(reverse("organisations:absences"), form | {"substitute": a.pk})
    for _click in range(2):
        client.post(reverse("organisations:absences"), form)

    assert "Người thay phải là người khác." in wrong.text
    absence = Absence.objects.get()
    told = Message.objects.filter(channel="in_app").order_by("recipient").values_list("recipient")
    assert list(told) == [(a.pk,), (b.pk,)]
    with pytest.raises(RefusedError):
        actions.cancel_absence(absence, by=b)
    actions.cancel_absence(absence, by=a)
    assert standing_in([a.pk], today) == {}
