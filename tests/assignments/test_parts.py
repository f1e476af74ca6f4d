import datetime

import pytest
from django.urls import reverse

from assignments import actions, facts, rules
from assignments.actions.rolling import weighted_percent
from assignments.models import Cooperation, Progress
from assignments.states import Resolution, TaskState
from core.access import RefusedError
from core.models import Message
from core.transitions import IllegalMoveError
from organisations.models import Role
from tests.factories.assignments import TaskFactory
from tests.factories.organisations import OrganisationFactory, member
from tests.forms import once

TODAY = datetime.date(2026, 7, 1)
DUE = datetime.date(2026, 8, 4)
DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("parts", "percent"),
    (([], 0), ([(1, 50)], 50), ([(2, 50), (1, 100)], 66), ([(3, 100), (1, 99)], 99)),
)
def test_the_whole_is_the_weighted_mean_of_its_parts(parts, percent):
    assert weighted_percent(parts) == percent


def part_of(task, by, lead=None, **fields):
    known = {"title": "Khảo sát thôn 3", "due_on": DUE, "weight": 1}
    lead = lead or OrganisationFactory()
    return actions.split_task(task, by=by, today=TODAY, lead=lead, **known | fields)


def finish(part, clerk, percent_of=Resolution.DONE):
    officer = member(Role.OFFICER, part.lead)
    actions.report_task(
        part, by=officer, result="Xong.", resolution=percent_of, no_evidence_reason="Bản giấy."
    )
    actions.accept_task(part, by=clerk)


@pytest.mark.django_db
def test_a_split_task_follows_its_parts_and_closes_after_them():
    task = TaskFactory(due_on=DUE)
    officer = member(Role.OFFICER, task.lead)
    lead_clerk, owner_clerk = member(Role.CLERK, task.lead), member(Role.CLERK, task.owner)
    first, second = part_of(task, officer, weight=2), part_of(task, officer)

    actions.note_progress(first, by=member(Role.OFFICER, first.lead), text="Một nửa", percent=50)
    finish(second, lead_clerk)

    task.refresh_from_db()
    assert task.percent == 66
    assert (first.owner, rules.may_accept_task(member(Role.CLERK, first.lead), first)) == (
        task.lead,
        False,
    )
    actions.report_task(
        task, by=officer, result="Xong.", resolution="done", no_evidence_reason="Bản giấy."
    )
    with pytest.raises(IllegalMoveError) as early:
        actions.accept_task(task, by=owner_clerk)
    assert early.value.reason.startswith("Chưa nghiệm thu được: còn việc con chưa xong (Khảo sát")
    finish(first, lead_clerk)
    actions.accept_task(task, by=owner_clerk)
    assert task.state == TaskState.ACCEPTED


@pytest.mark.django_db
def test_parts_are_refused_with_a_sentence_and_end_with_the_whole():
    task = TaskFactory(due_on=DUE)
    officer, clerk = member(Role.OFFICER, task.lead), member(Role.CLERK, task.owner)
    ended = OrganisationFactory(name="Phòng Dân tộc", valid_to=TODAY - DAY)
    ended.successors.add(OrganisationFactory(name="Phòng Văn hóa – Xã hội"))
    part = part_of(part_of(task, officer, lead=task.lead), officer)
    cases = (
        (task, {"due_on": TODAY - DAY}, "Ngày 30/6/2026 đã qua. Hãy ghi một ngày từ hôm nay trở đi."),
        (task, {"due_on": DUE + DAY}, "Việc con phải xong trước hoặc đúng hạn của việc chung, 04/8/2026."),
        (task, {"lead": ended}, "Phòng Dân tộc đã kết thúc hoạt động ngày 30/6/2026; kế thừa: "
         "Phòng Văn hóa – Xã hội."),
        (part, {}, "Việc này đã là cấp chia nhỏ cuối cùng; hãy chia ở việc cấp trên."),
    )  # fmt: skip
    for whole, fields, sentence in cases:
        by = member(Role.OFFICER, whole.lead)
        with pytest.raises(RefusedError) as refused:
            part_of(whole, by, **fields)
        assert refused.value.reason == sentence

    actions.cancel_task(task, by=clerk, reason="Không làm nữa.")

    part.refresh_from_db()
    assert part.state == TaskState.CANCELLED


@pytest.mark.django_db
def test_helpers_have_parts_and_report_them_to_the_lead():
    task, body = TaskFactory(), OrganisationFactory(short_name="Công an")
    task.cooperating.add(body)
    lead, helper = member(Role.OFFICER, task.lead), member(Role.OFFICER, body)
    row = Cooperation.objects.select_related("task", "organisation").get(task=task)

    actions.share_out(task, by=lead, parts={body.pk: "Tuần tra ban đêm."})
    with pytest.raises(RefusedError):
        actions.report_part(row, by=lead, result="Xong.")
    row.refresh_from_db()
    actions.report_part(row, by=helper, result="Đã tuần tra 12 đêm.")

    told = Message.objects.filter(channel="in_app").order_by("pk")
    assert [(one.recipient, one.subject.split(":")[0]) for one in told] == [
        (helper, "Phần việc phối hợp"),
        (lead, "Kết quả phần phối hợp"),
    ]
    assert Progress.objects.get().text == "Công an: Đã tuần tra 12 đêm."


@pytest.mark.django_db
def test_the_owner_adds_a_body_that_helps_and_it_is_told_once(client):
    task, body = TaskFactory(), OrganisationFactory(short_name="Công an")
    body.unit = task.owner.unit
    body.save()
    lead, helper = member(Role.OFFICER, task.lead), member(Role.OFFICER, body)
    clerk = member(Role.CLERK, task.owner)
    client.force_login(clerk)

    page = reverse("assignments:add_helper", args=[task.pk])
    typed = once(body=body.pk, part="Tuần tra ban đêm.")
    client.post(page, typed)
    actions.add_helper(task, by=clerk, body=body)
    with pytest.raises(RefusedError):
        actions.add_helper(task, by=lead, body=body)

    told = Message.objects.filter(channel="email").order_by("recipient")
    assert [one.recipient for one in told] == [lead, helper]
    row = Cooperation.objects.get(task=task)
    assert (row.part, row.added_by) == ("Tuần tra ban đêm.", clerk)
    assert "Thêm đơn vị phối hợp: " in client.get(task.get_absolute_url()).text


@pytest.mark.django_db
def test_an_overseers_comment_waits_until_it_is_answered_once(client):
    task = TaskFactory()
    lead, clerk = member(Role.OFFICER, task.lead), member(Role.CLERK, task.owner)
    overseer = member(Role.OVERSEER, OrganisationFactory(unit=task.owner.unit))
    actions.comment_task(task, by=overseer, text="Bao giờ công khai?")
    note = Progress.objects.get()
    client.force_login(lead)
    assert "chờ trả lời" in client.get(task.get_absolute_url()).text

    with pytest.raises(RefusedError):
        actions.answer_note(note, by=overseer, text="Tự hỏi tự trả lời")
    actions.answer_note(note, by=clerk, text="Trước ngày 10/8.")

    with pytest.raises(IllegalMoveError):
        actions.answer_note(note, by=lead, text="Tôi cũng trả lời.")
    assert Message.objects.filter(recipient=overseer, channel="in_app").count() == 1
    page = client.get(task.get_absolute_url()).text
    assert ("chờ trả lời" in page, "Trước ngày 10/8." in page) == (False, True)


@pytest.mark.django_db
def test_a_reopened_task_whose_people_are_gone_comes_back_to_its_owner():
    task = TaskFactory(state=TaskState.REPORTED, resolution="done", result="Xong.")
    gone = member(Role.OFFICER, task.lead, is_active=False)
    task.person = task.reported_by = gone
    task.save()
    clerk = member(Role.CLERK, task.owner)

    actions.return_task(task, by=clerk, reason="Cầu lại hỏng.")

    letter = Message.objects.get(channel="email", recipient=clerk)
    assert letter.body.endswith(
        f"{task.lead} hiện không có ai nhận việc; hãy chuyển việc cho cơ quan khác."
    )


def test_the_words_behind_a_part_are_those_behind_the_whole(world):
    task = world.rows["task"]
    user = world.users["kinhte"]
    voices = facts.voices_of(task, user)
    part = type(task)(parent=task, pk=0)

    assert voices
    assert facts.voices_of(part, user) == voices
    page = world.client("asked").get(task.get_absolute_url()).text
    assert "Nguyên văn Thông báo số" in page
    assert "Toàn bộ dấu vết" in page
