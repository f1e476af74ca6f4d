import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from assignments import actions
from assignments.models import Cooperation, DueDay
from assignments.states import Resolution, TaskState
from core.access import RefusedError
from core.models import HistoryEntry, Message
from organisations.models import Role
from tests.factories.assignments import TaskFactory
from tests.factories.organisations import OrganisationFactory, member
from tests.forms import once

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def ended():
    return OrganisationFactory(name="Phòng Dân tộc", valid_to=timezone.localdate() - DAY)


def heir_of(body, **fields):
    heir = OrganisationFactory(**fields)
    body.successors.add(heir)
    return heir


def test_tasks_of_a_body_that_ended_yesterday_go_to_its_heir_in_one_act(client, ended):
    heir, admin = heir_of(ended), member(Role.ADMIN)
    officer, clerk = member(Role.OFFICER, heir), member(Role.CLERK)
    owner = clerk.memberships.get().organisation
    led = [TaskFactory(lead=ended, owner=owner) for _n in range(2)]
    given = TaskFactory(owner=ended, state=TaskState.REPORTED, resolution="done", result="Xong.")
    done = TaskFactory(lead=ended, state=TaskState.ACCEPTED, resolution=Resolution.DONE)
    helped = TaskFactory()
    helped.cooperating.add(ended)
    client.force_login(admin)
    address = reverse("assignments:succession", args=[ended.pk])
    page = client.get(address)
    assert {task for task, _chosen in page.context["rows"]} == {*led, given}
    assert page.context["form"].initial["to"] == heir.pk

    form = once(to=heir.pk, tasks=[row.pk for row in (*led, given)])
    for _click in range(2):
        client.post(address, form)

    for task in (*led, given, done):
        task.refresh_from_db()
    assert [(task.lead, task.revision) for task in led] == [(heir, 2), (heir, 2)]
    assert (given.owner, done.lead) == (heir, ended)
    assert Cooperation.objects.get(task=helped).organisation == heir
    assert DueDay.objects.filter(task=led[0], due_on=led[0].due_on, revision=2).count() == 1
    assert HistoryEntry.objects.filter(subject_id=led[0].pk, note__contains="kế thừa").count() == 1
    told = Message.objects.filter(channel="in_app", key__startswith="succession:")
    assert sorted(one.recipient.pk for one in told) == sorted([officer.pk, clerk.pk])


def test_of_several_heirs_a_person_chooses_and_heirs_of_heirs_count(ended):
    middle, first = heir_of(ended, valid_to=ended.valid_to), heir_of(ended)
    second = heir_of(middle)
    admin, tasks = member(Role.ADMIN), [TaskFactory(lead=ended) for _n in range(2)]
    today = timezone.localdate()

    for task, heir in zip(tasks, (first, second), strict=True):
        actions.hand_over(ended, by=admin, to=heir, tasks=[task.pk], today=today)
    with pytest.raises(RefusedError):
        actions.hand_over(ended, by=admin, to=middle, tasks=[], today=today)

    for task in tasks:
        task.refresh_from_db()
    assert [task.lead for task in tasks] == [first, second]


def test_work_given_to_a_body_that_ended_yesterday_is_told_to_who_gave_it(ended):
    clerk = member(Role.CLERK)

    task = actions.give_task(
        by=None,
        title="Tuyên truyền",
        owner=clerk.memberships.get().organisation,
        lead=ended,
        origin_label="Kế hoạch số 1",
    )

    letter = Message.objects.get(recipient=clerk, channel="email")
    assert letter.subject == "1 nhiệm vụ có đơn vị chủ trì đã kết thúc hoạt động"
    assert (letter.link, "Phòng Dân tộc: Tuyên truyền" in letter.body) == (
        task.get_absolute_url(),
        True,
    )


def test_what_the_heir_has_already_from_the_same_origin_ends(ended):
    heir, origin = heir_of(ended), OrganisationFactory()
    double, kept = TaskFactory(lead=ended, origin=origin), TaskFactory(lead=heir, origin=origin)

    moved = actions.hand_over(
        ended, by=member(Role.ADMIN), to=heir, tasks=[double.pk], today=timezone.localdate()
    )

    double.refresh_from_db()
    kept.refresh_from_db()
    assert (moved, double.state, kept.state) == (0, TaskState.CANCELLED, TaskState.OPEN)


@pytest.mark.parametrize(
    ("valid_to", "sentence"),
    (
        (None, "Phòng Dân tộc đang hoạt động. Hãy ghi ngày kết thúc và cơ quan kế thừa trước."),
        (
            datetime.date(2026, 7, 1),
            "Phòng Dân tộc còn hoạt động đến hết ngày 01/7/2026; sau ngày đó mới chuyển.",
        ),
        (datetime.date(2026, 6, 30), "Phòng Dân tộc chưa ghi cơ quan kế thừa đang hoạt động."),
    ),
)
def test_what_cannot_be_handed_over_says_why(valid_to, sentence):
    body = OrganisationFactory(name="Phòng Dân tộc", valid_to=valid_to)

    assert actions.why_not_succeeded(body, datetime.date(2026, 7, 1)) == sentence


def test_the_owners_people_hand_over_only_what_they_gave(ended):
    heir, clerk, today = heir_of(ended), member(Role.CLERK), timezone.localdate()
    own = TaskFactory(lead=ended, owner=clerk.memberships.get().organisation)
    other = TaskFactory(lead=ended)

    moved = actions.hand_over(ended, by=clerk, to=heir, tasks=[own.pk, other.pk], today=today)

    assert moved == 1
    with pytest.raises(RefusedError):
        actions.hand_over(ended, by=member(Role.OFFICER), to=heir, tasks=[other.pk], today=today)
