import datetime

import pytest
from django.utils import timezone

from assignments.models import Task
from assignments.states import TaskState
from core.access import RefusedError
from core.dates import written_day
from core.models import Message
from core.timephrase import parse
from core.transitions import IllegalMoveError
from core.versions import StaleError
from feedback import actions
from feedback.models import Answer, AnswerPart, AnswerRequest, IssueGroup, Remark
from feedback.queries.answers import due_to_offer
from feedback.states import OpinionState, RequestState
from organisations.models import Role
from plans.models import PreparationStep
from tests.factories.organisations import OrganisationFactory, member
from tests.feedback.steps import ANSWER, TODAY, asked, grouped

pytestmark = pytest.mark.django_db


@pytest.fixture
def helper(agency):
    """A body that helps, with an officer and a head."""
    return OrganisationFactory(name="Công an xã", system="state", unit=agency.unit)


@pytest.fixture
def helping(helper):
    return member(Role.OFFICER, helper)


@pytest.fixture
def request_(consultation, clerk, agency, helper, helping):
    """A request that stands, with a helper."""
    group = grouped(consultation, clerk)
    due = parse("trước ngày 20/5/2026")
    return actions.ask_agency(
        group, by=clerk, lead=agency, due=due, today=TODAY, cooperating=[helper], note="Gấp"
    )


def test_asking_through_the_page_offers_the_day_of_the_chain(
    browse, consultation, clerk, agency, helper
):
    due_on = timezone.localdate() + datetime.timedelta(days=30)
    PreparationStep.objects.create(
        session=consultation.session, code="answer", name="Trả lời bằng văn bản", due_on=due_on,
        stage="before", phrase=parse("08 ngày làm việc trước hội nghị"),
    )  # fmt: skip
    group = grouped(consultation, clerk)
    group.opinions.update(proposed_lead=agency)
    page = browse(clerk)

    offered = page("ask", group.pk).content.decode()
    page(
        "ask",
        group.pk,
        post={
            "lead": agency.pk,
            "due": f"chậm nhất ngày {written_day(due_on)}",
            "cooperating": [helper.pk],
        },
    )

    assert f'value="chậm nhất ngày {written_day(due_on)}"' in offered
    assert f'<option value="{agency.pk}" selected>' in offered
    task = Task.objects.get()
    assert (task.due_on, list(task.cooperating.all())) == (due_on, [helper])


def test_a_day_without_its_year_that_would_be_past_is_refused(browse, consultation, clerk, agency):
    gone = timezone.localdate() - datetime.timedelta(days=1)
    group = grouped(consultation, clerk)
    words = {"lead": agency.pk, "due": f"chậm nhất ngày {gone:%d/%m/%Y}", "note": "Xem tờ trình"}

    again = browse(clerk)("ask", group.pk, post=words).content.decode()

    assert f"Cách ghi này là ngày {written_day(gone)}, đã qua." in again
    assert "Xem tờ trình" in again
    assert not Task.objects.exists()


def test_the_deadline_offered_when_the_chain_has_none_or_it_has_passed(consultation):
    assert due_to_offer(consultation, TODAY).phrase.literal == "05 ngày làm việc"
    PreparationStep.objects.create(
        session=consultation.session, code="answer", name="Trả lời", due_on=TODAY,
        stage="before", phrase=parse("08 ngày làm việc trước hội nghị"),
    )  # fmt: skip

    passed = due_to_offer(consultation, TODAY + datetime.timedelta(days=1))

    assert passed.phrase.literal == "05 ngày làm việc"
    assert "nay đã qua" in passed.source


def test_a_helper_sees_the_request_and_gives_its_part_but_cannot_send(
    browse, request_, helping, officer
):
    page, group = browse(helping), request_.group
    draft = actions.write_answer(group, by=officer, text=ANSWER)

    seen = page("group", group.pk).content.decode()
    page("part", request_.pk, post={"text": "Phần của Công an", "version": "0"})

    assert ("Đường hỏng 0" in seen, ANSWER in seen) == (True, False)
    assert page("request", request_.pk).status_code == 200
    assert page("answer", group.pk).status_code == 403
    for act in (actions.submit_answer, actions.approve_answer):
        with pytest.raises(RefusedError):
            act(draft, by=helping)
    part = AnswerPart.objects.get()
    writing = browse(officer)(
        "answer", group.pk, post={"put_in": "words", "insert": f"p{part.pk}", "text": "Chào"}
    )
    assert "Chào\n\nPhần của Công an" in writing.content.decode()
    with pytest.raises(RefusedError):
        actions.write_part(request_, by=officer, text="x")
    with pytest.raises(StaleError):
        actions.write_part(request_, by=helping, text="x", version=9)


def test_talk_is_read_by_office_and_agencies_and_by_nobody_else(
    browse, consultation, request_, clerk, officer, helping
):
    overseer = member(Role.OVERSEER, OrganisationFactory(unit=consultation.organisation.unit))
    stranger = member(Role.OFFICER, OrganisationFactory(unit=consultation.organisation.unit))

    browse(officer)("remark", request_.pk, post={"text": "Số liệu mật Wombat"})

    readers = [
        Remark.objects.visible_to(user).count()
        for user in (clerk, officer, helping, overseer, stranger, member(Role.CLERK))
    ]
    assert readers == [1, 1, 1, 0, 0, 0]
    assert [browse(user)("request", request_.pk).status_code for user in (clerk, overseer)] == [
        200,
        404,
    ]
    told = Message.objects.filter(key__startswith="answer-remark")
    assert {clerk.pk, helping.pk, officer.pk} - {row.recipient_id for row in told} == {officer.pk}
    assert not any("Wombat" in row.body + row.subject for row in told)
    with pytest.raises(RefusedError):
        actions.add_remark(request_, by=overseer, text="x")


def test_a_request_is_changed_with_a_reason(browse, request_, clerk, helper):
    day = timezone.localdate() + datetime.timedelta(days=9)
    page, typed = browse(clerk), {"note": "Thư thả", "reason": "Chờ số liệu"}

    refused = page("request_change", request_.pk, post={"due_on": f"{day:%d/%m/%Y}"})
    gone_by = page("request_change", request_.pk, post=typed | {"due_on": "29/5/2020"})
    page("request_change", request_.pk, post=typed | {"due_on": f"{day:%d/%m/%Y}"})

    task = Task.objects.get()
    assert (refused.status_code, "29/5/2020, đã qua" in gone_by.text) == (200, True)
    assert (task.due_on, task.details, list(task.cooperating.all())) == (day, "Thư thả", [])
    assert [row.reason for row in task.due_days.order_by("pk")][-1] == "Chờ số liệu"


def test_withdrawing_keeps_the_draft_and_what_is_written_later(
    browse, request_, clerk, agency, officer
):
    group = request_.group
    actions.write_answer(group, by=officer, text=ANSWER)
    browse(clerk)("request_withdraw", request_.pk, post={"reason": "Chuyển Phòng Văn hóa"})
    request_.refresh_from_db()
    group = IssueGroup.objects.get(pk=group.pk)
    assert (request_.state, Task.objects.get().state) == (
        RequestState.WITHDRAWN,
        TaskState.CANCELLED,
    )
    assert (group.lead, group.task, Answer.objects.count()) == (None, None, 0)
    assert set(group.opinions.values_list("state", flat=True)) == {OpinionState.CLASSIFIED}

    late = browse(officer)
    sent_on = late("answer", group.pk, post={"text": "Bản viết muộn", "version": "1"})
    page = late.client.get(sent_on.url).content.decode()

    assert "Đề nghị này đã được rút" in page
    assert ("Chuyển Phòng Văn hóa" in page, ANSWER in page, "Bản viết muộn" in page) == (True,) * 3
    assert "Bản viết muộn" in browse(clerk)("request", request_.pk).content.decode()
    again = actions.ask_agency(
        group, by=clerk, lead=agency, due=parse("05 ngày làm việc"), today=TODAY
    )
    assert (again.task.state, AnswerRequest.objects.count()) == (TaskState.OPEN, 2)


def test_another_agency_asked_later_does_not_read_the_kept_draft(request_, clerk, officer):
    actions.write_answer(request_.group, by=officer, text=ANSWER)
    actions.withdraw_request(request_, by=clerk, reason="Nhầm cơ quan")
    next_one = OrganisationFactory(unit=request_.lead.unit)
    group = IssueGroup.objects.get(pk=request_.group_id)

    actions.ask_agency(group, by=clerk, lead=next_one, due=parse("05 ngày làm việc"), today=TODAY)

    reader = member(Role.OFFICER, next_one)
    assert list(AnswerPart.objects.visible_to(reader)) == []
    assert [part.text for part in AnswerPart.objects.visible_to(officer)] == [ANSWER]


def test_what_was_sent_to_the_office_is_returned_before_the_request_is_withdrawn(
    consultation, clerk, agency, officer
):
    answer = actions.write_answer(asked(consultation, clerk, agency), by=officer, text=ANSWER)
    actions.submit_answer(answer, by=officer)
    request = AnswerRequest.objects.get()

    with pytest.raises(IllegalMoveError):
        actions.withdraw_request(request, by=clerk, reason="x")
    with pytest.raises(RefusedError):
        actions.withdraw_request(request, by=officer, reason="x")
    assert AnswerRequest.objects.get().state == RequestState.STANDING
