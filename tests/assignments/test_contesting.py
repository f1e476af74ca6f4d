import pytest
from django.urls import reverse

from assignments import actions
from assignments.models import Contest, Task
from assignments.queries import contests_for
from core.access import RefusedError
from core.models import Message
from core.transitions import IllegalMoveError
from organisations.models import Role
from tests.factories.assignments import TaskFactory
from tests.factories.organisations import OrganisationFactory, member
from tests.forms import once

pytestmark = pytest.mark.django_db


@pytest.fixture
def task():
    made = TaskFactory()
    Task.objects.update(state="accepted", resolution="done", result="Đã thay ống cống.")
    made.refresh_from_db()
    return made


@pytest.fixture
def overseer(task):
    return member(Role.OVERSEER, OrganisationFactory(unit=task.owner.unit))


@pytest.fixture
def clerk(task):
    return member(Role.CLERK, task.owner)


def test_an_upheld_contest_opens_the_task_again_and_both_sides_are_told(task, overseer, clerk):
    officer = member(Role.OFFICER, task.lead)
    contest = actions.contest_task(task, by=overseer, reason="Cống vẫn tắc")
    waits = list(contests_for(clerk))

    actions.uphold_contest(contest, by=clerk, decision="Đã kiểm tra, cống tắc thật")

    task.refresh_from_db()
    told = {row.recipient for row in Message.objects.filter(body__contains="cống tắc thật")}
    assert (waits, task.state, told) == ([contest], "open", {overseer, officer})
    assert list(contests_for(clerk)) == []


def test_a_contest_is_upheld_also_when_the_task_was_opened_meanwhile(task, overseer, clerk):
    contest = actions.contest_task(task, by=overseer, reason="Cống vẫn tắc")
    actions.return_task(task, by=clerk, reason="Làm lại")

    contest.task.refresh_from_db()
    actions.uphold_contest(contest, by=clerk, decision="Đã trả lại để làm tiếp")

    task.refresh_from_db()
    assert (task.state, list(contests_for(clerk))) == ("open", [])


def test_a_dismissed_contest_is_answered_and_may_come_again(task, overseer, clerk):
    first = actions.contest_task(task, by=overseer, reason="Cống vẫn tắc")
    with pytest.raises(IllegalMoveError, match="đang chờ trả lời"):
        actions.contest_task(task, by=overseer, reason="Vẫn tắc")

    actions.dismiss_contest(first, by=clerk, decision="Đã thông cống hôm qua")

    task.refresh_from_db()
    kinds = list(task.progress.order_by("pk").values_list("kind", flat=True))
    assert (task.state, kinds) == ("accepted", ["contest", "answer"])
    assert actions.contest_task(task, by=overseer, reason="Lại tắc").state == "asked"


def test_only_overseers_contest_what_is_accepted_and_only_the_owner_answers(task, overseer, clerk):
    with pytest.raises(RefusedError):
        actions.contest_task(TaskFactory(owner=task.owner), by=overseer, reason="Chưa xong")
    with pytest.raises(RefusedError):
        actions.contest_task(task, by=clerk, reason="Chưa xong")
    contest = actions.contest_task(task, by=overseer, reason="Cống vẫn tắc")

    with pytest.raises(RefusedError):
        actions.uphold_contest(contest, by=overseer, decision="Đúng thế")


def test_what_concerns_an_offices_own_work_goes_to_its_head(task, overseer, clerk):
    head = member(Role.HEAD, task.owner)
    Task.objects.update(lead=task.owner)

    contest = actions.contest_task(task, by=overseer, reason="Cống vẫn tắc")

    told = {row.recipient for row in Message.objects.filter(key__startswith="task-contest")}
    assert (told, list(contests_for(head)), list(contests_for(clerk))) == ({head}, [contest], [])


def test_pages_from_contest_to_answer(task, overseer, clerk, client):
    client.force_login(overseer)
    client.post(reverse("assignments:contest", args=[task.pk]), once(reason="Cống vẫn tắc"))
    contest = Contest.objects.get()
    client.force_login(clerk)
    answer = reverse("assignments:answer_contest", args=[contest.pk])
    seen = [answer in client.get(page).text for page in (reverse("home"), task.get_absolute_url())]
    unsaid = client.post(answer, once(decision="Đã thông cống")).text

    client.post(answer, once(decision="Đã thông cống", dismiss="1"))

    contest.refresh_from_db()
    assert (seen, "Hãy chọn mở lại hay giữ nguyên" in unsaid) == ([True, True], True)
    assert (contest.state, contest.decision) == ("refused", "Đã thông cống")
