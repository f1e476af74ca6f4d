import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assignments import actions, rules
from assignments.actions import TaskOrder
from assignments.models import DueDay, Progress, Task
from assignments.states import Resolution, TaskState
from core.access import RefusedError
from core.models import HistoryEntry, Message
from core.timephrase import parse
from core.transitions import IllegalMoveError
from organisations.models import Role
from tests.factories.assignments import EvidenceFactory, ProgressFactory, TaskFactory
from tests.factories.organisations import OrganisationFactory, UserFactory, member

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 7, 1)


def order(**fields) -> TaskOrder:
    known = {
        "title": "Gửi tổng hợp ý kiến",
        "owner": fields.pop("owner", None) or OrganisationFactory(),
        "lead": fields.pop("lead", None) or OrganisationFactory(),
        "origin_label": "Kế hoạch số 12-KH/ĐU",
    }
    return TaskOrder(**{**known, **fields})


def reported_task(**fields) -> Task:
    return TaskFactory(
        state=TaskState.REPORTED, resolution=Resolution.DONE, result="Đã xong.", **fields
    )


def letters(channel: str = "email"):
    return Message.objects.filter(channel=channel)


def test_give_task_reckons_the_last_good_day_and_keeps_it_on_record():
    task = actions.give_task(
        **vars(order(due_phrase=parse("trước ngày 05/8/2026"))), by=None, today=TODAY
    )

    assert task.due_on == datetime.date(2026, 8, 4)
    assert list(DueDay.objects.values_list("task", "revision", "due_on")) == [
        (task.pk, 1, datetime.date(2026, 8, 4))
    ]


def test_before_counts_that_day_where_the_owner_says_so():
    owner = OrganisationFactory(is_before_inclusive=True)

    task = actions.give_task(
        **vars(order(owner=owner, due_phrase=parse("trước ngày 05/8/2026"))), by=None, today=TODAY
    )

    assert task.due_on == datetime.date(2026, 8, 5)


def test_give_task_tells_officers_and_heads_in_one_self_sufficient_letter():
    officer = member(Role.OFFICER, full_name="Trần Thị Bình")
    lead = officer.memberships.get().organisation
    head = member(Role.HEAD, lead)
    member(Role.COLLECTOR, lead)

    task = actions.give_task(
        **vars(
            order(
                lead=lead,
                details="Tổng hợp ý kiến của 8 thôn gửi về Văn phòng.",
                due_phrase=parse("trước ngày 05/8/2026"),
            )
        ),
        by=None,
        today=TODAY,
    )

    assert {letter.recipient for letter in letters()} == {officer, head}
    letter = letters().get(recipient=officer)
    assert letter.subject == "Nhiệm vụ mới, hạn 04/8/2026: Gửi tổng hợp ý kiến"
    for words in (
        "Trần Thị Bình",
        "Tổng hợp ý kiến của 8 thôn gửi về Văn phòng.",
        "thứ Ba, 04/8/2026",
        "trước ngày 05/8/2026",
        "Kế hoạch số 12-KH/ĐU",
    ):
        assert words in letter.body
    assert letter.link == task.get_absolute_url()


def test_giving_twice_from_one_origin_is_harmless():
    officer = member(Role.OFFICER)
    lead = officer.memberships.get().organisation
    one = order(lead=lead, origin=lead)

    first = actions.give_tasks([one], by=None, today=TODAY)
    second = actions.give_tasks([one], by=None, today=TODAY)

    assert first == second == list(Task.objects.all())
    assert (DueDay.objects.count(), letters().count()) == (1, 1)


def test_a_plan_full_of_tasks_costs_the_same_queries_and_one_letter_each():
    lead = member(Role.OFFICER).memberships.get().organisation
    helper = OrganisationFactory()
    first = order(lead=lead, origin=OrganisationFactory(), cooperating=[helper])
    actions.give_tasks([first], by=None, today=TODAY)
    Message.objects.all().delete()

    counts = []
    for number in (2, 20):
        orders = [
            order(lead=lead, origin=OrganisationFactory(), cooperating=[helper])
            for _n in range(number)
        ]
        with CaptureQueriesContext(connection) as queries:
            actions.give_tasks(orders, by=None, today=TODAY)
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert sorted(letters().values_list("subject", flat=True)) == [
        "2 nhiệm vụ mới được giao",
        "20 nhiệm vụ mới được giao",
    ]


def test_report_task_needs_evidence_or_a_reason():
    task = TaskFactory()
    officer = member(Role.OFFICER, task.lead)

    with pytest.raises(RefusedError):
        actions.report_task(task, by=officer, result="Xong.", resolution=Resolution.DONE)

    task.refresh_from_db()
    assert task.state == TaskState.OPEN


def test_evidence_of_an_earlier_note_is_enough_until_the_task_is_returned():
    task = TaskFactory()
    officer = member(Role.OFFICER, task.lead)
    clerk = member(Role.CLERK, task.owner)
    EvidenceFactory(progress=ProgressFactory(task=task, by=officer))

    actions.report_task(task, by=officer, result="Xong.", resolution=Resolution.DONE)
    actions.return_task(task, by=clerk, reason="Thiếu biên bản thôn 3.")

    assert actions.has_evidence(task) is False


def test_report_task_tells_the_owners_clerks():
    task = TaskFactory()
    officer = member(Role.OFFICER, task.lead)
    clerk = member(Role.CLERK, task.owner)

    actions.report_task(
        task,
        by=officer,
        result="Đã nộp báo cáo.",
        resolution=Resolution.PARTLY,
        no_evidence_reason="Gửi bản giấy.",
    )

    task.refresh_from_db()
    assert (task.state, task.resolution, task.reported_by) == (
        TaskState.REPORTED,
        Resolution.PARTLY,
        officer,
    )
    letter = letters().get()
    assert letter.recipient == clerk
    assert "Giải quyết một phần" in letter.body
    assert "Không kèm minh chứng: Gửi bản giấy." in letter.body
    assert HistoryEntry.objects.get().to_state == TaskState.REPORTED


def test_strangers_may_not_report():
    task = TaskFactory()

    with pytest.raises(RefusedError):
        actions.report_task(
            task,
            by=member(Role.OFFICER),
            result="Xong.",
            resolution=Resolution.DONE,
            no_evidence_reason="không",
        )


def test_the_lead_never_accepts_its_own_work():
    task = reported_task()
    clerk = member(Role.CLERK, task.owner)
    both = member(Role.CLERK, task.owner)
    both.memberships.create(organisation=task.lead, role=Role.COLLECTOR)

    assert rules.may_accept_task(clerk, task) is True
    assert rules.may_accept_task(both, task) is False
    assert rules.may_accept_task(member(Role.HEAD, task.lead), task) is False
    assert rules.may_accept_task(member(Role.OFFICER, task.owner), task) is False


def test_own_work_is_accepted_by_a_head_who_did_not_report_it():
    body = OrganisationFactory()
    head = member(Role.HEAD, body)
    task = reported_task(owner=body, lead=body)

    assert rules.may_accept_task(head, task) is True
    task.reported_by = head
    assert rules.may_accept_task(head, task) is False
    assert rules.may_accept_task(member(Role.CLERK, body), task) is False


def test_accept_task_may_correct_the_resolution_and_tells_the_lead():
    officer = UserFactory()
    task = reported_task(reported_by=officer)
    clerk = member(Role.CLERK, task.owner)

    actions.accept_task(task, by=clerk, resolution=Resolution.PARTLY, text="Còn thôn 3.")

    task.refresh_from_db()
    assert (task.state, task.resolution) == (TaskState.ACCEPTED, Resolution.PARTLY)
    assert task.accepted_at is not None
    assert letters().get().recipient == officer


def test_an_open_task_cannot_be_accepted():
    task = TaskFactory()

    with pytest.raises(IllegalMoveError):
        actions.accept_task(task, by=member(Role.CLERK, task.owner), resolution=Resolution.DONE)


def test_return_task_reopens_with_the_reason_on_record():
    task = reported_task()
    clerk = member(Role.CLERK, task.owner)

    actions.return_task(task, by=clerk, reason="Thiếu biên bản.")

    task.refresh_from_db()
    assert (task.state, task.resolution) == (TaskState.OPEN, "")
    note = Progress.objects.get()
    assert (note.kind, note.text) == (Progress.Kind.RETURN, "Thiếu biên bản.")


def test_change_due_keeps_every_day_the_task_had():
    task = TaskFactory(due_on=datetime.date(2026, 8, 4))
    DueDay.objects.create(task=task, due_on=task.due_on, reason="Thời hạn khi giao việc")
    officer = member(Role.OFFICER, task.lead)
    clerk = member(Role.CLERK, task.owner)

    actions.change_due(
        task, by=clerk, due_phrase=parse("chậm nhất ngày 15/8/2026"), reason="Mưa lũ."
    )

    assert list(DueDay.objects.order_by("revision").values_list("revision", "due_on")) == [
        (1, datetime.date(2026, 8, 4)),
        (2, datetime.date(2026, 8, 15)),
    ]
    letter = letters().get()
    assert (letter.recipient, "từ 04/8/2026 sang 15/8/2026" in letter.body) == (officer, True)


def test_the_lead_may_not_move_its_own_deadline():
    task = TaskFactory()

    with pytest.raises(RefusedError):
        actions.change_due(
            task,
            by=member(Role.HEAD, task.lead),
            due_on=datetime.date(2027, 1, 1),
            reason="Chưa kịp.",
        )


def test_cancel_task_is_the_owners():
    task = TaskFactory()

    with pytest.raises(RefusedError):
        actions.cancel_task(task, by=member(Role.OFFICER, task.lead), reason="Không cần.")
    actions.cancel_task(task, by=member(Role.CLERK, task.owner), reason="Không cần nữa.")

    task.refresh_from_db()
    assert task.state == TaskState.CANCELLED


def test_overseers_of_the_place_comment_and_nobody_else():
    task = TaskFactory()
    clerk = member(Role.CLERK, task.owner)
    overseer = member(Role.OVERSEER, OrganisationFactory(unit=task.owner.unit))

    actions.comment_task(task, by=overseer, text="Đề nghị công khai kết quả.")

    assert letters().get().recipient == clerk
    with pytest.raises(RefusedError):
        actions.comment_task(task, by=clerk, text="Tôi cũng có ý kiến.")
