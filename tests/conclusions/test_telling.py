"""Results go to those who raised a matter; “chưa” makes a request that somebody decides."""

import datetime

import pytest
from django.utils import timezone

from assignments import actions as work
from assignments.models import Task
from conclusions import actions, queries
from conclusions.models import ConclusionPoint
from conferences import actions as conferences
from core.access import RefusedError
from core.models import Message
from core.timephrase import parse
from core.transitions import IllegalMoveError
from documents import actions as papers
from feedback.actions import add_to_group, extend_consultation, merge_group, reopening
from feedback.actions.voices import give_verdict
from feedback.models import IssueGroup, Reopening
from feedback.queries import track
from feedback.queries.reopenings import decider_of, lead_for, person_gone
from organisations.models import Membership, Role, User
from tests.conclusions.steps import give, issue
from tests.factories.assignments import TaskFactory
from tests.factories.conferences import START, ConferenceFactory, ExchangeFactory
from tests.factories.documents import head_of
from tests.factories.feedback import ConsultationFactory
from tests.factories.organisations import OrganisationFactory, PartyTermFactory, member
from tests.feedback.steps import classified, grouped
from tests.stage import standing

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 5, 12)
TODAY = timezone.localdate()
SOON = f"chậm nhất ngày {TODAY + datetime.timedelta(days=20):%d/%m/%Y}"


def made_point():
    """A point whose work an agency is to do; its key, the clerk's and the officer's."""
    agency, clerk = OrganisationFactory(name="Phòng Kinh tế"), member(Role.CLERK)
    officer = member(Role.OFFICER, agency)
    office = clerk.memberships.get().organisation
    PartyTermFactory(organisation=office)
    member(Role.HEAD, office)
    conference = ConferenceFactory(organisation=office)
    consultation = ConsultationFactory(session=conference.session, organisation=office)
    group = grouped(consultation, clerk, 1)
    conferences.start_conference(conference, by=clerk, now=START)
    ExchangeFactory(conference=conference, outcome="assigned", group=group)
    conferences.close_conference(conference, by=clerk, now=START, invited=1, present=1)
    notice = actions.draft_notice(conference, by=clerk, today=DAY)
    give(notice, clerk, lead=agency, due=parse("trước ngày 30/5/2026"))
    issue(notice, clerk)
    return ConclusionPoint.objects.get(notice=notice).pk, clerk.pk, officer.pk


_standing = standing(made_point)


@pytest.fixture
def point(_standing, db):
    return ConclusionPoint.objects.select_related("notice__document").get(pk=_standing[0])


@pytest.fixture
def clerk(_standing, db):
    return User.objects.get(pk=_standing[1])


@pytest.fixture
def officer(_standing, db):
    return User.objects.get(pk=_standing[2])


@pytest.fixture
def agency(officer):
    return officer.memberships.get().organisation


@pytest.fixture
def task(point):
    return queries.tasks_of([point]).select_related("owner", "lead").get()


@pytest.fixture
def opinion(point):
    return point.groups.get().opinions.get()


def test_a_matter_the_conference_dealt_with_is_not_merged_away(point, clerk):
    """Its senders would read no more what was said and concluded on it."""
    dealt_with = point.groups.get()
    other = IssueGroup.objects.create(
        consultation=dealt_with.consultation,
        title="Đường xóm",
        field=dealt_with.field,
        competence="commune",
    )

    with pytest.raises(IllegalMoveError, match="đã được trao đổi tại hội nghị"):
        merge_group(dealt_with, by=clerk, into=other)
    merge_group(other, by=clerk, into=dealt_with)

    other.refresh_from_db()
    assert other.merged_into == dealt_with


def finish(task, officer, clerk):
    work.report_task(
        task, by=officer, result="Đã sửa", resolution="done", no_evidence_reason="Xem tại chỗ"
    )
    work.accept_task(task, by=clerk)


@pytest.fixture
def told(point, task, officer, clerk):
    finish(task, officer, clerk)
    return actions.tell_result(point, by=clerk, text="Đã sửa xong đoạn đường")


@pytest.fixture
def request_(told, opinion):
    give_verdict(opinion, is_settled=False, reason="Mới sửa một nửa")
    return Reopening.objects.get()


def uphold(request, clerk, **more):
    values = {"decision": "Sửa nốt", "due": parse(SOON), "today": TODAY}
    return reopening.uphold_reopening(request, by=clerk, **{**values, **more})


def test_a_result_is_told_once_when_the_work_has_ended(point, task, officer, clerk, opinion):
    with pytest.raises(IllegalMoveError):
        actions.tell_result(point, by=clerk, text="Sớm quá")
    finish(task, officer, clerk)
    with pytest.raises(RefusedError):
        actions.tell_result(point, by=officer, text="Không phải việc của tôi")
    actions.tell_result(point, by=clerk, text="Đã sửa xong")
    with pytest.raises(IllegalMoveError):
        actions.tell_result(point, by=clerk, text="Lần nữa")

    labels = [line.label for line in track(opinion.submission).opinions[0].steps]
    assert labels == [
        "Tại hội nghị",
        "Kết luận",
        "Tiếp nhận",
        "Phân loại",
        "Thực hiện",
        "Kết quả",
    ]


def test_each_member_hears_once_by_the_way_she_chose_and_unconfirmed_addresses_not(
    point, task, officer, clerk, opinion
):
    consultation = opinion.submission.consultation  # it closed with the conference
    later = consultation.closes_at + datetime.timedelta(days=1)
    extend_consultation(consultation, by=clerk, closes_at=later)
    ways = (
        ({"email": "a@vi-du.vn"}, "email", True),
        ({"email": "b@vi-du.vn"}, "email", False),
        ({"phone": "0912345678"}, "phone", False),
    )
    for contact, mode, has_confirmed in ways:
        row = classified(
            consultation, clerk, contact=contact, reply_mode=mode, has_confirmed=has_confirmed
        )
        add_to_group(opinion.group, [row], by=clerk)
    finish(task, officer, clerk)
    result = actions.tell_result(point, by=clerk, text="Đã sửa xong")

    channels = sorted(result.replies.values_list("channel", flat=True))
    letters = Message.objects.filter(key__startswith="to-sender:")
    assert (channels, [(row.address, "Đã sửa" in row.body) for row in letters]) == (
        ["conference", "conference", "email", "phone"],
        [("a@vi-du.vn", False)],
    )
    reply = result.replies.get(channel="phone")
    actions.mark_replied(reply, by=clerk)
    reply.refresh_from_db()
    assert reply.told_by == clerk


def test_while_somebody_works_on_it_nothing_is_reopened(point, task, officer, clerk, opinion):
    with pytest.raises(IllegalMoveError):  # nothing was told yet
        give_verdict(opinion, is_settled=False, reason="Chưa thấy gì")
    finish(task, officer, clerk)
    actions.tell_result(point, by=clerk, text="Xong")
    work.return_task(task, by=clerk, reason="Xem lại ảnh")
    give_verdict(opinion, is_settled=False, reason="Chưa thấy gì")
    assert Reopening.objects.count() == 0


def test_one_request_waits_at_a_time_and_satisfaction_takes_it_back(request_, opinion, clerk):
    give_verdict(opinion, is_settled=False, reason="Vẫn vậy")
    assert Reopening.objects.get().reason == "Vẫn vậy"
    told_by = Message.objects.filter(key__startswith="unsettled:", recipient=clerk)
    assert [letter for letter in told_by if "nửa" in letter.body] == []
    give_verdict(opinion, is_settled=True)
    assert Reopening.objects.get().state == "withdrawn"


def test_the_office_takes_the_task_up_again_and_the_second_decision_is_refused(
    request_, task, clerk, officer, opinion, point
):
    with pytest.raises(RefusedError):
        uphold(request_, officer)
    second = Reopening.objects.get()
    assert uphold(request_, clerk) == task
    task.refresh_from_db()
    assert (task.state, task.due_on, task.revision) == (
        "open",
        TODAY + datetime.timedelta(days=20),
        2,
    )
    with pytest.raises(IllegalMoveError):
        reopening.refuse_reopening(second, by=clerk, decision="Không", today=TODAY)

    steps = track(opinion.submission).opinions[0].steps
    assert "Đồng ý xem lại: Sửa nốt" in [line.text for line in steps]
    finish(Task.objects.get(pk=task.pk), officer, clerk)
    assert actions.tell_result(point, by=clerk, text="Sửa nốt xong").pk


def test_a_refusal_is_read_by_the_sender(request_, clerk, opinion):
    reopening.refuse_reopening(request_, by=clerk, decision="Ngoài phạm vi dự án", today=TODAY)
    steps = track(opinion.submission).opinions[0].steps
    assert steps[-1].text == "Không mở lại: Ngoài phạm vi dự án"


def test_a_dissolved_lead_hands_over_to_its_successor_else_to_the_office(
    request_, clerk, agency, task
):
    yesterday = TODAY - datetime.timedelta(days=1)
    agency.valid_to = yesterday
    agency.save()
    fresh = Reopening.objects.get()
    assert lead_for(fresh, TODAY).body == clerk.memberships.get().organisation
    heir = OrganisationFactory(name="Phòng Kinh tế mới")
    agency.successors.add(heir)
    assert "việc chuyển Phòng Kinh tế mới" in lead_for(Reopening.objects.get(), TODAY).gone

    given = uphold(Reopening.objects.get(), clerk)

    task.refresh_from_db()
    assert (given.lead, given.origin, task.state) == (heir, task.origin, "accepted")


def test_who_took_over_through_another_that_ended_reads_and_decides(request_, clerk):
    office = clerk.memberships.get().organisation
    yesterday = TODAY - datetime.timedelta(days=1)
    between, heir = OrganisationFactory(valid_to=yesterday), OrganisationFactory()
    type(office).objects.filter(pk=office.pk).update(valid_to=yesterday)
    office.successors.add(between)
    between.successors.add(heir)
    fresh, decider = Reopening.objects.get(), member(Role.CLERK, heir)

    assert decider_of(fresh, TODAY) == heir
    assert list(Reopening.objects.visible_to(decider)) == [fresh]
    assert not Reopening.objects.visible_to(member(Role.CLERK)).exists()


def test_a_person_who_left_no_longer_holds_the_task(request_, clerk, officer, task):
    Task.objects.filter(pk=task.pk).update(person=officer)
    Membership.objects.filter(user=officer).update(valid_to=TODAY - datetime.timedelta(days=1))
    request = Reopening.objects.get()
    assert "không còn công tác tại Phòng Kinh tế" in person_gone(request, TODAY)
    uphold(request, clerk)
    task.refresh_from_db()
    assert (task.person, task.state) == (None, "open")


@pytest.mark.parametrize("state", ("cancelled", "accepted"))
def test_another_body_gets_work_anew_and_keeps_it_when_the_notice_is_amended(
    request_, point, clerk, state
):
    """Also one that had the matter before."""
    other, notice = OrganisationFactory(), point.notice
    office = notice.document.organisation
    TaskFactory(lead=other, owner=office, origin=point, state=state, resolution="done")

    given = uphold(request_, clerk, lead=other)
    draft = papers.amend_document(notice.document, by=clerk, today=DAY, style="points")
    closing = draft.clauses.filter(kind="heading").first()
    papers.edit_clause(closing, by=clerk, version=1, text="Kết luận chung")
    papers.submit_document(draft, by=clerk)
    papers.issue_document(draft, by=head_of(draft), today=DAY)

    given.refresh_from_db()
    assert given.state == "open"
    assert (given.origin == point, given.clause) == (
        state == "cancelled",
        draft.clauses.get(kind="conclusion_point") if state == "cancelled" else None,
    )
