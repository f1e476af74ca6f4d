import datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assignments.models import Task
from conclusions import actions, queries
from conclusions.facts import point_findings
from conclusions.models import ConclusionPoint, open_matters, unsettled_exchanges
from conferences import actions as conferences
from core.access import RefusedError
from core.models import Message
from core.timephrase import parse
from core.transitions import IllegalMoveError
from documents.actions import handing, submit_document
from documents.facts import extra_of
from documents.models import Document
from feedback.models import IssueGroup, Mandate
from organisations.models import Role
from tests.conclusions.steps import DAY, assigned, give, issue
from tests.factories.conferences import (
    START,
    ConferenceFactory,
    ExchangeFactory,
    ParticipantFactory,
)
from tests.factories.documents import head_of
from tests.factories.feedback import ConsultationFactory
from tests.factories.organisations import OrganisationFactory, member
from tests.feedback.steps import grouped

pytestmark = pytest.mark.django_db


def test_each_exchange_becomes_one_point_by_its_outcome(notice):
    points = notice.points.order_by("pk")
    assert [(point.kind, point.exchanges.get().question) for point in points] == [
        ("answered", "Việc answered"),
        ("assigned", "Việc assigned"),
        ("petition", "Việc petition"),
    ]


def test_drafting_costs_the_same_for_one_exchange_and_for_many(conference, clerk):
    costs = []
    for _round in range(3):  # the first fills what is kept
        with CaptureQueriesContext(connection) as asked, transaction.atomic():
            conferences.draft_minutes(conference, by=clerk, today=DAY)
            actions.draft_notice(conference, by=clerk, today=DAY)
            transaction.set_rollback(True)
        costs.append(len(asked))
        conference.refresh_from_db()
        for number in range(5):
            ExchangeFactory(conference=conference, outcome="assigned", question=f"Việc {number}")
            ParticipantFactory(conference=conference, present_at=START)
    assert costs[1] == costs[2]


def test_a_conference_has_one_notice(notice, conference, clerk):
    with pytest.raises(RefusedError):
        actions.draft_notice(conference, by=clerk, today=DAY)


def test_a_notice_waits_for_the_end_of_the_conference():
    conference = ConferenceFactory()
    with pytest.raises(RefusedError):
        actions.draft_notice(conference, by=member(Role.CLERK, conference.organisation), today=DAY)


def test_an_assigned_point_without_lead_and_deadline_blocks_issuing(notice, clerk):
    point = assigned(notice)
    assert [
        (finding.severity, finding.clause_id) for finding in point_findings(notice.document)
    ] == [
        ("error", point.clause_id),
        ("error", point.clause_id),
        ("warning", point.clause_id),  # no deliverable
    ]
    with pytest.raises(RefusedError):
        issue(notice, clerk)
    notice.document.refresh_from_db()
    assert (
        notice.document.number,
        Task.objects.filter(origin_label__contains="kết luận").count(),
    ) == (
        None,
        0,
    )


def test_issuing_gives_exactly_one_task_per_assignment(notice, clerk):
    lead = OrganisationFactory()
    give(notice, clerk, lead=lead, due=parse("trước ngày 30/5/2026"))
    issue(notice, clerk)
    notice.document.refresh_from_db()
    actions.give_follow_up(notice.document, head_of(notice.document))
    point = assigned(notice)
    task = queries.tasks_of([point]).get()
    assert (task.lead, task.owner, task.due_on, task.clause_id, task.origin) == (
        lead,
        notice.document.organisation,
        datetime.date(2026, 5, 29),
        point.clause_id,
        point,
    )


def test_a_relative_deadline_counts_from_the_day_of_issue(notice, clerk):
    give(
        notice,
        clerk,
        lead=OrganisationFactory(),
        due=parse("trong thời hạn 10 ngày làm việc kể từ ngày ban hành"),
    )
    issue(notice, clerk)
    task = queries.tasks_of([assigned(notice)]).get()
    assert task.due_on == datetime.date(2026, 5, 26)


@pytest.mark.parametrize(
    ("year", "said"), (("2020", "có trước ngày hội nghị"), ("2090", "chưa ghi thời hạn"))
)
def test_a_deadline_before_the_conference_is_named_before_the_notice_is_issued(
    notice, clerk, year, said
):
    give(notice, clerk, lead=OrganisationFactory(), due=parse(f"trước ngày 30/5/{year}"))
    found = [row.message for row in point_findings(notice.document) if said in row.message]
    assert [f"trước ngày 30/5/{year}" in message for message in found] == [True]


def test_open_matters_without_a_point_are_listed_and_become_points(notice, conference, clerk):
    ConclusionPoint.objects.filter(kind="petition").delete()
    notice.document.clauses.filter(text__contains="petition").delete()
    ExchangeFactory(conference=conference, outcome="written", question="Việc ghi sau")
    found = [row.question for row in unsettled_exchanges(notice)]

    count = actions.add_points(notice, by=clerk)

    points = notice.points.select_related("clause__parent").order_by("pk")
    assert (found, count) == (["Việc petition", "Việc ghi sau"], 2)
    assert [(point.kind, point.clause.parent.text) for point in points][-2:] == [
        ("petition", "Những nội dung kiến nghị cấp trên"),
        ("assigned", "Những nội dung giao giải quyết"),
    ]
    assert list(unsettled_exchanges(notice)) == []
    with pytest.raises(RefusedError):
        actions.add_points(notice, by=head_of(notice.document))


def test_a_point_follows_the_matter_its_exchange_turns_out_to_be_about(notice, conference, clerk):
    """The clerk finds out only after drafting that it had been sent in, or was answered."""
    consultation = ConsultationFactory(
        session=conference.session, organisation=conference.organisation
    )
    first, second = (grouped(consultation, clerk, 1) for _n in range(2))
    exchange = assigned(notice).exchanges.get()

    conferences.edit_exchange(exchange, by=clerk, version=1, group=first)
    assert list(assigned(notice).groups.all()) == [first]
    conferences.edit_exchange(
        exchange, by=clerk, version=2, group=second, outcome="answered", answer="Đã sửa đường."
    )
    assert list(assigned(notice).groups.all()) == [second]
    states = [group.opinions.get().state for group in (first, second)]
    assert states == ["classified", "answered"]


def test_a_matter_is_left_out_with_a_reason_or_holds_the_notice_back(notice, conference, clerk):
    give(notice, clerk, lead=OrganisationFactory(), due=parse("trước ngày 30/5/2026"))
    late = ExchangeFactory(conference=conference, outcome="noted", question="Việc ghi sau")
    (matter,) = open_matters(notice)
    assert (matter.exchange, [row.severity for row in point_findings(notice.document)][-1]) == (
        late,
        "error",
    )
    with pytest.raises(RefusedError) as early:
        submit_document(notice.document, by=clerk)
    assert early.value.reason.startswith("Chưa trình ký được. Chưa kết luận: ")

    (left,) = actions.leave_out(notice, by=clerk, keys=[matter.key], reason="Đã nêu ở điểm khác")
    again = actions.leave_out(notice, by=clerk, keys=[matter.key], reason="Lần nữa")

    assert (open_matters(notice), again, left.reason) == ([], [], "Đã nêu ở điểm khác")
    with pytest.raises(RefusedError):
        actions.take_back_in(left, by=head_of(notice.document))
    issue(notice, clerk)


def test_the_notice_prints_who_does_what_until_when_in_a_table(notice, clerk):
    lead, helper = OrganisationFactory(name="Phòng Kinh tế"), OrganisationFactory(name="Công an xã")
    give(
        notice,
        clerk,
        lead=lead,
        due=parse("trước ngày 30/5/2026"),
        cooperating=[helper],
        deliverable="Báo cáo",
        report_to="Đảng ủy xã",
    )
    assert extra_of(notice.document).tables[0].rows == (
        ("1", "Phòng Kinh tế", "Công an xã", "Báo cáo", "trước ngày 30/5/2026", "Đảng ủy xã"),
    )


def test_a_body_drafts_the_office_submits_the_head_signs(client, notice, clerk):
    board = OrganisationFactory(unit=notice.document.organisation.unit)
    writer = member(Role.OFFICER, board)
    with pytest.raises(RefusedError):
        give(notice, writer)
    handing.hand_drafting(notice.document, by=clerk, body=board)
    notice.document.refresh_from_db()
    give(notice, writer, lead=board, due=parse("trước ngày 30/5/2026"))
    with pytest.raises(RefusedError):
        submit_document(notice.document, by=writer)
    client.force_login(writer)
    edit = reverse("documents:edit", args=[notice.document_id])
    check = reverse("documents:check", args=[notice.document_id])
    pages = client.get(edit).text, client.get(check).text
    assert ["Soạn xong, gửi văn phòng" in page for page in pages] == [True, False]
    assert ["Kiểm tra và trình ký" in page for page in pages] == [False, False]

    handing.finish_drafting(notice.document, by=writer)

    notice.document.refresh_from_db()
    assert notice.document.drafter is None
    with pytest.raises(RefusedError):
        handing.finish_drafting(notice.document, by=writer)
    issue(notice, clerk)


def test_a_draft_that_was_just_submitted_is_given_to_nobody(notice, clerk):
    board = OrganisationFactory(unit=notice.document.organisation.unit)
    writer = member(Role.OFFICER, board)
    opened = Document.objects.get(pk=notice.document_id)
    Document.objects.filter(pk=opened.pk).update(state="submitted")

    with pytest.raises(RefusedError, match="Trình ký"):
        handing.hand_drafting(opened, by=clerk, body=board)

    assert Document.objects.get(pk=opened.pk).drafter is None
    assert not Message.objects.filter(recipient=writer).exists()


def test_who_no_longer_drafts_does_not_end_the_drafting_of_another_body(notice, clerk):
    unit = notice.document.organisation.unit
    first, second = OrganisationFactory(unit=unit), OrganisationFactory(unit=unit)
    handing.hand_drafting(notice.document, by=clerk, body=first)
    opened = Document.objects.get(pk=notice.document_id)
    handing.hand_drafting(notice.document, by=clerk, body=second)

    with pytest.raises(RefusedError):
        handing.finish_drafting(opened, by=member(Role.OFFICER, first))

    assert Document.objects.get(pk=opened.pk).drafter == second


def test_a_concluded_conference_is_not_opened_again_and_a_notice_waits_for_one_that_is(
    notice, conference, clerk
):
    again = {"by": clerk, "now": START, "note": "Nhầm"}
    conferences.reopen_conference(conference, **again)
    with pytest.raises(IllegalMoveError):
        submit_document(notice.document, by=clerk)
    conferences.close_conference(conference, by=clerk, now=START, invited=10, present=9)
    submit_document(notice.document, by=clerk)
    with pytest.raises(IllegalMoveError):
        conferences.reopen_conference(conference, **again)


def test_the_issued_notice_keeps_the_promise_of_the_clock(notice, clerk):
    clock = Task.objects.get(origin_label__startswith="Kết thúc")
    assert clock.state == "open"
    give(notice, clerk, lead=OrganisationFactory(), due=parse("trước ngày 30/5/2026"))
    issue(notice, clerk)
    clock.refresh_from_db()
    assert (clock.state, clock.resolution) == ("accepted", "done")


def test_what_stays_open_becomes_a_point_of_the_draft(conference, clerk):
    consultation = ConsultationFactory(session=conference.session)
    open_group = grouped(consultation, clerk, 1)
    lead = OrganisationFactory(name="Phòng Kinh tế")
    IssueGroup.objects.filter(pk=open_group.pk).update(lead=lead)
    raised = grouped(consultation, clerk, 1)
    ExchangeFactory(conference=conference, outcome="written", group=raised)
    land = OrganisationFactory(name="Phòng Đất đai")
    Mandate.objects.create(unit=conference.organisation.unit, field_id="LAND", lead=land)
    words = {"outcome": "assigned", "field_id": "LAND", "question": "Bao giờ cấp sổ đỏ?"}
    ExchangeFactory(conference=conference, **words)

    notice = actions.draft_notice(conference, by=clerk, today=DAY)

    point = notice.points.get(groups=open_group)
    named = [row.text for row in notice.document.recipients.order_by("position")]
    new = notice.points.get(lead=land)
    assert (point.lead, named[:2], len(named)) == (lead, ["Phòng Đất đai", "Phòng Kinh tế"], 3)
    assert new.clause.text == "Giải quyết nội dung: Bao giờ cấp sổ đỏ."
    assert [row.message for row in point_findings(notice.document) if row.field] == []
    notice.document.recipients.filter(organisation=land).delete()
    assert [row.message for row in point_findings(notice.document) if row.field] == [
        "Phòng Đất đai được giao việc nhưng chưa có trong Nơi nhận."
    ]
    assert (point.kind, point.exchanges.count(), notice.points.filter(groups=raised).count()) == (
        "assigned",
        0,
        1,
    )
    # Who writes the deadline does not lose what the point is about.
    fact = {"kind": "assigned", "lead": lead, "deliverable": "", "report_to": "", "reason": ""}
    actions.save_point(point.clause, fact, clerk)
    assert list(point.groups.all()) == [open_group]


def test_the_next_conference_takes_up_what_the_last_left_open(notice, conference, clerk):
    give(notice, clerk, lead=OrganisationFactory(), due=parse("trước ngày 30/6/2026"))
    issue(notice, clerk)
    later = ConferenceFactory(
        organisation=conference.organisation,
        starts_at=START + datetime.timedelta(days=90),
        ends_at=START + datetime.timedelta(days=90, hours=3),
    )

    item = conferences.take_up_open_points(later, by=clerk, today=DAY)
    again = conferences.take_up_open_points(later, by=clerk, today=DAY)

    assert (item.pk, later.agenda.count()) == (again.pk, 1)
    assert "Việc assigned" in item.words
    assert "hạn 29/06/2026" in item.words
    assert "Việc petition" in item.words  # nobody above has answered
    with pytest.raises(RefusedError):
        conferences.take_up_open_points(conference, by=clerk, today=DAY)
