import datetime

import pytest
from django.urls import reverse

from assignments.models import Task
from assignments.states import TaskState
from core.access import RefusedError
from core.models import Message
from core.timephrase import parse
from core.transitions import IllegalMoveError
from core.versions import StaleError
from documents.actions.bases import citation_words
from feedback import actions
from feedback.actions import templates
from feedback.models import Answer, AnswerTemplate, Opinion
from feedback.queries.leads import last_line_of
from feedback.states import AnswerState, OpinionState
from organisations.models import Role
from tests.factories.documents import LegalBasisFactory
from tests.factories.feedback import ConsultationFactory, opinion, sent
from tests.factories.organisations import OrganisationFactory, member
from tests.feedback.steps import ANSWER, TODAY, answered, asked, classified, grouped

pytestmark = pytest.mark.django_db


def test_sorting_again_at_the_desk(browse, consultation, clerk):
    row = classified(consultation, clerk)

    browse(clerk)(
        "desk_opinion",
        row.pk,
        post={
            "kind": "feedback",
            "field": "ENV",
            "other_fields": ["LAND", "ENV"],
            "competence": "province",
            "supporters": "3",
            "seen": last_line_of([row.pk]),
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

    words = {"resolution": "out_of_scope", "reason": "Việc này đã trả lời tại Thông báo số 12"}
    browse(clerk)("decline", row.pk, post=words)

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


def test_a_draft_goes_to_the_head_of_the_agency_first_if_it_has_one(
    browse, consultation, clerk, agency, officer
):
    head = member(Role.HEAD, agency)
    answer = actions.write_answer(asked(consultation, clerk, agency), by=officer, text=ANSWER)
    page = browse(head)

    actions.submit_answer(answer, by=officer)

    assert (answer.state, Task.objects.get().state) == (AnswerState.AT_HEAD, TaskState.OPEN)
    told = Message.objects.filter(recipient=head, key__startswith="answer-at-head")
    assert [ANSWER in row.body for row in told] == [False, False]
    for act in (actions.approve_answer, actions.accept_answer):
        with pytest.raises(RefusedError):
            act(answer, by=officer)
    assert "Dự thảo trả lời chờ ông/bà duyệt" in page.client.get(reverse("home")).content.decode()
    page("answer_send_back", answer.group_id, post={"reason": "Thiếu thời hạn"})
    answer.refresh_from_db()
    assert answer.state == AnswerState.DRAFT
    assert "Thiếu thời hạn" in browse(officer)("answer", answer.group_id).content.decode()
    actions.submit_answer(answer, by=officer)
    page("answer_approve", answer.group_id, post={})
    answer.refresh_from_db()
    assert (answer.state, Task.objects.get().state) == (AnswerState.SUBMITTED, TaskState.REPORTED)


def test_a_heads_own_word_is_the_approval_and_without_head_the_officer_sends(
    consultation, clerk, agency, officer
):
    answer = answered(consultation, clerk, agency, officer)
    assert answer.state == AnswerState.SUBMITTED
    actions.return_answer(answer, by=clerk, reason="?")

    actions.submit_answer(answer, by=member(Role.HEAD, agency))

    assert answer.state == AnswerState.SUBMITTED


def test_an_accepted_answer_can_be_returned_until_it_is_released(
    consultation, clerk, agency, officer
):
    answer = answered(consultation, clerk, agency, officer)
    actions.accept_answer(answer, by=clerk)

    actions.return_answer(answer, by=clerk, reason="Số liệu sai")

    assert (answer.state, Task.objects.get().state) == (AnswerState.DRAFT, TaskState.OPEN)
    actions.submit_answer(answer, by=officer)
    actions.accept_answer(answer, by=clerk)
    actions.release_answers([answer], by=clerk)
    with pytest.raises(IllegalMoveError):
        actions.return_answer(answer, by=clerk, reason="?")


def test_words_and_bases_are_put_in_without_saving_and_quoted_when_saved(
    browse, consultation, clerk, agency, officer
):
    group = asked(consultation, clerk, agency)
    law = LegalBasisFactory(kind="Luật", number="31/2024/QH15", title="Đất đai")
    ours = templates.add_template(agency, by=officer, title="Đã nhận", text="Cảm ơn Ông/Bà.")
    other = OrganisationFactory()
    theirs = AnswerTemplate.objects.create(organisation=other, title="Mẫu khác", text="KHÁC")
    page = browse(officer)

    put_in = page(
        "answer", group.pk, post={"put_in": "words", "insert": f"t{ours.pk}", "text": "Chào", "version": "0"}
    ).content.decode()  # fmt: skip
    foreign = page(
        "answer", group.pk, post={"put_in": "words", "insert": f"t{theirs.pk}", "text": "Chào"}
    )
    found = page(
        "answer", group.pk, post={"put_in": "bases", "basis_words": "dat dai", "text": "Chào"}
    )

    assert "Chào\n\nCảm ơn Ông/Bà." in put_in
    assert "KHÁC" not in foreign.content.decode()
    assert ("31/2024/QH15" in found.content.decode(), Answer.objects.count()) == (True, 0)
    page(
        "answer",
        group.pk,
        post={"text": "Chào", "legal_basis": "Sổ", "bases": [law.pk], "version": "0"},
    )
    saved = Answer.objects.get()
    assert saved.legal_basis.splitlines() == ["Sổ", citation_words(law)]
    assert list(saved.bases.all()) == [law]


def test_templates_are_kept_by_their_body_alone(browse, agency, officer):
    row = templates.add_template(agency, by=officer, title="Đã nhận", text="Cảm ơn.")
    stranger = member(Role.OFFICER)

    browse(officer)(
        "answer_template_edit",
        row.pk,
        post={"title": "Đã nhận", "text": "Xin cảm ơn.", "version": 1},
    )

    row.refresh_from_db()
    assert row.text == "Xin cảm ơn."
    assert browse(stranger)("answer_template_edit", row.pk).status_code == 404
    with pytest.raises(RefusedError):
        templates.remove_template(row, by=stranger)
    again = browse(officer)(
        "answer_template_create",
        post={"organisation": agency.pk, "title": "Đã nhận", "text": "x", "version": 0},
    )
    assert "Đơn vị đã có mẫu tên này." in again.content.decode()


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
    page("answer_submit", group.pk, post={})
    sent_on = page("answer", group.pk, post={"text": "Bản bốn", "version": "2"})
    assert (sent_on.status_code, "Bản bốn" in sent_on.content.decode()) == (409, True)
    assert (page("answer", group.pk).url, Answer.objects.get().text) == (
        group.get_absolute_url(), "Bản hai",
    )  # fmt: skip
