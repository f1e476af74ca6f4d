import datetime

import pytest

from assignments.models import Task
from assignments.states import TaskState
from core.access import RefusedError
from core.models import Message
from core.timephrase import parse
from core.transitions import IllegalMoveError
from core.versions import StaleError
from feedback import actions
from feedback.models import (
    Answer,
    IssueGroup,
    Opinion,
)
from feedback.states import AnswerState, OpinionState
from organisations.models import Role
from tests.factories.feedback import ConsultationFactory, opinion, sent
from tests.factories.organisations import member
from tests.feedback.steps import ANSWER, TODAY, answered, asked, classified, grouped

pytestmark = pytest.mark.django_db


def test_classifying_through_the_page(browse, consultation, clerk):
    row = opinion(consultation)

    browse(clerk)(
        "classify",
        row.pk,
        post={
            "kind": "feedback",
            "field": "ENV",
            "other_fields": ["LAND", "ENV"],
            "competence": "province",
            "supporters": "3",
        },
    )

    row.refresh_from_db()
    assert (row.state, row.kind, row.field_id, row.competence, row.supporters) == (
        "classified",
        "feedback",
        "ENV",
        "province",
        3,
    )
    assert list(row.other_fields.values_list("pk", flat=True)) == ["LAND"]


def test_declining_tells_the_sender_why(browse, consultation, clerk):
    receipt = sent(consultation)
    row = receipt.submission.opinions.get()

    browse(clerk)("decline", row.pk, post={"reason": "Việc này đã trả lời tại Thông báo số 12"})

    page = browse(None)("track", post={"code": receipt.code, "secret": receipt.secret})
    assert "đã trả lời tại Thông báo số 12" in page.content.decode()
    actions.reopen_opinion(Opinion.objects.get(), by=clerk)
    assert Opinion.objects.get().resolution == ""


def test_grouping_keeps_originals_and_ungrouping_restores(consultation, clerk):
    group = grouped(consultation, clerk)
    first, second = group.opinions.order_by("pk")

    actions.ungroup_opinion(first, by=clerk)

    first.refresh_from_db()
    assert (first.group, first.state, first.text) == (None, "classified", "Đường hỏng 0")
    assert list(group.opinions.all()) == [second]


def test_only_waiting_opinions_of_one_consultation_are_grouped(consultation, clerk):
    declined = opinion(consultation)
    actions.decline_opinion(declined, by=clerk, reason="Đã có kết luận cuối cùng")
    with pytest.raises(IllegalMoveError):
        actions.create_group(
            [declined], by=clerk, title="x", field=declined.field, competence="commune"
        )
    other = ConsultationFactory(organisation=consultation.organisation)
    foreign = classified(other, clerk)
    group = grouped(consultation, clerk)
    with pytest.raises(IllegalMoveError):
        actions.add_to_group(group, [foreign], by=clerk)


def test_asking_gives_one_task_and_the_answer_closes_it(consultation, clerk, agency, officer):
    answer = answered(consultation, clerk, agency, officer)
    task = Task.objects.get()
    assert (task.lead, task.due_on, task.state) == (
        agency,
        datetime.date(2026, 5, 19),
        TaskState.REPORTED,
    )
    assert ANSWER not in task.result

    actions.accept_answer(answer, by=clerk)

    task.refresh_from_db()
    assert (task.state, answer.state) == (TaskState.ACCEPTED, AnswerState.ACCEPTED)
    assert set(Opinion.objects.values_list("state", flat=True)) == {OpinionState.ASKED}


def test_an_agency_is_asked_once(consultation, clerk, agency):
    group = asked(consultation, clerk, agency)

    with pytest.raises(IllegalMoveError):
        actions.ask_agency(
            group, by=clerk, lead=agency, due=parse("trước ngày 20/5/2026"), today=TODAY
        )
    assert Task.objects.count() == 1


def test_the_lead_never_accepts_its_own_answer(consultation, clerk, agency, officer):
    answer = answered(consultation, clerk, agency, officer)
    both = member(Role.CLERK, consultation.organisation)
    both.memberships.create(organisation=agency, role=Role.OFFICER)

    for person in (officer, both):
        with pytest.raises(RefusedError):
            actions.accept_answer(answer, by=person)


def test_a_returned_answer_opens_the_task_again(consultation, clerk, agency, officer):
    answer = answered(consultation, clerk, agency, officer)

    actions.return_answer(answer, by=clerk, reason="Thiếu thời gian")

    assert (Task.objects.get().state, answer.state) == (TaskState.OPEN, AnswerState.DRAFT)
    actions.write_answer(answer.group, by=officer, text="Mới", version=1)
    with pytest.raises(StaleError):
        actions.write_answer(answer.group, by=officer, text="Cũ", version=1)


def test_release_tells_each_sender_once_without_the_answer(consultation, clerk, agency, officer):
    answer = answered(
        consultation, clerk, agency, officer, contact={"email": "binh@vidu.vn"}, has_confirmed=True
    )
    silent = classified(consultation, clerk, "Không để lại thư")
    actions.add_to_group(answer.group, [silent], by=clerk)
    actions.accept_answer(answer, by=clerk)
    Message.objects.all().delete()

    written = actions.release_answers([answer], by=clerk)

    letters = list(Message.objects.filter(address="binh@vidu.vn"))
    assert (written, len(letters)) == (2, 2)
    assert [ANSWER in letter.body for letter in letters] == [False, False]
    assert set(Opinion.objects.values_list("state", "resolution")) == {("answered", "answered")}
    with pytest.raises(IllegalMoveError):
        actions.release_answers([answer], by=clerk)


def test_release_page_lists_and_releases_in_bulk(browse, consultation, clerk, agency, officer):
    answer = answered(consultation, clerk, agency, officer)
    actions.accept_answer(answer, by=clerk)
    office = browse(clerk)
    assert "Đường hỏng" in office("release", consultation.pk).content.decode()

    office("release", consultation.pk, post={"answer": [answer.pk]})

    answer.refresh_from_db()
    assert answer.state == AnswerState.RELEASED


def test_a_late_opinion_joins_a_released_answer(consultation, clerk, agency, officer):
    answer = answered(consultation, clerk, agency, officer)
    actions.accept_answer(answer, by=clerk)
    actions.release_answers([answer], by=clerk)
    late = classified(
        consultation, clerk, "Đường cũng hỏng", contact={"email": "na@vidu.vn"}, has_confirmed=True
    )

    actions.add_to_group(IssueGroup.objects.get(), [late], by=clerk)

    late.refresh_from_db()
    assert late.state == OpinionState.ANSWERED
    told = Message.objects.filter(address="na@vidu.vn", key__startswith="answer-released")
    assert told.count() == 1


def test_answers_page_shows_both_versions_when_overtaken(
    browse, consultation, clerk, agency, officer
):
    group = asked(consultation, clerk, agency)
    page = browse(officer)
    page("answer", group.pk, post={"text": "Bản một", "version": "0"})
    page("answer", group.pk, post={"text": "Bản hai", "version": "1"})

    late = page("answer", group.pk, post={"text": "Bản ba", "version": "1"})

    assert late.status_code == 409
    assert ("Bản hai" in late.content.decode(), "Bản ba" in late.content.decode()) == (True, True)
    assert Answer.objects.get().text == "Bản hai"
