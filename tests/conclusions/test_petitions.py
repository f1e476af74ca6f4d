"""What exceeds competence goes up, is followed, and its answer comes all the way down."""

import datetime

import pytest

from assignments.actions import cancel_task
from assignments.models import Task
from conclusions import actions, queries
from conclusions.models import ConclusionPoint, Petition
from conferences import actions as conferences
from core.access import RefusedError
from core.models import Message
from core.timephrase import parse
from core.transitions import IllegalMoveError
from documents.actions import issue_document, submit_document
from documents.facts import extra_of
from feedback.queries import track
from organisations.models import Role
from tests.conclusions.steps import issue
from tests.factories.conferences import START, ConferenceFactory, ExchangeFactory
from tests.factories.documents import head_of
from tests.factories.feedback import ConsultationFactory
from tests.factories.organisations import OrganisationFactory, PartyTermFactory, UnitFactory, member
from tests.feedback.steps import grouped

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 5, 12)


@pytest.fixture
def conference():
    conference = ConferenceFactory()
    PartyTermFactory(organisation=conference.organisation)
    member(Role.HEAD, conference.organisation)
    return conference


@pytest.fixture
def clerk(conference):
    return member(Role.CLERK, conference.organisation)


@pytest.fixture
def province(conference):
    unit = UnitFactory(level="province", kind="tỉnh")
    return OrganisationFactory(name="UBND tỉnh", unit=unit, system="state")


@pytest.fixture
def secretary(province):
    return member(Role.CLERK, province)


@pytest.fixture
def group(conference, clerk):
    return grouped(ConsultationFactory(session=conference.session), clerk, 1)


@pytest.fixture
def point(conference, clerk, group):
    conferences.start_conference(conference, by=clerk, now=START)
    ExchangeFactory(
        conference=conference, outcome="petition", question="Nâng cấp tỉnh lộ", group=group
    )
    conferences.close_conference(conference, by=clerk, now=START, invited=10, present=9)
    notice = actions.draft_notice(conference, by=clerk, today=DAY)
    issue(notice, clerk)
    return ConclusionPoint.objects.get(notice=notice)


def start(point, clerk, receiver):
    notice = point.notice
    notice.document.refresh_from_db()
    return actions.start_petition(
        notice, by=clerk, points=[point], receiver=receiver, receiver_name="", today=DAY
    )


def send(petition, clerk):
    submit_document(petition.document, by=clerk)
    petition.document.refresh_from_db()
    issue_document(petition.document, by=head_of(petition.document), today=DAY)
    petition.refresh_from_db()
    petition.document.refresh_from_db()


def test_issuing_the_notice_makes_the_office_follow_what_must_go_up(point, conference):
    task = queries.tasks_of([point]).get()

    assert (task.lead, task.owner, task.due_on) == (
        conference.organisation,
        conference.organisation,
        datetime.date(2026, 5, 19),
    )
    (line,) = queries.open_points(conference, DAY)
    assert line.percent == 0


def test_a_petition_travels_up_and_its_answer_down(
    point, clerk, province, secretary, group, conference
):
    petition = start(point, clerk, province)
    with pytest.raises(IllegalMoveError):
        start(point, clerk, province)
    assert extra_of(petition.document).tables[0].rows[0][1] == point.clause.text
    assert list(Petition.objects.visible_to(secretary)) == []
    send(petition, clerk)
    task = queries.tasks_of([point]).get()
    assert (petition.state, petition.reply_by, task.due_on) == (
        "sent",
        datetime.date(2026, 6, 11),
        datetime.date(2026, 6, 11),
    )
    assert list(Petition.objects.visible_to(secretary).waiting_for(secretary)) == [petition]

    with pytest.raises(RefusedError):
        actions.receive_petition(petition, by=clerk, today=DAY)
    actions.receive_petition(petition, by=secretary, today=DAY)
    item = petition.items.get()
    department = OrganisationFactory(name="Sở Xây dựng", unit=province.unit, system="state")
    due = parse("trước ngày 01/6/2026")
    work = actions.give_petition_work(item, by=secretary, lead=department, due=due, today=DAY)
    again = actions.give_petition_work(item, by=secretary, lead=department, due=due, today=DAY)
    assert (work, work.owner, work.lead) == (again, province, department)
    cancel_task(work, by=secretary, reason="Giao nhầm phòng")
    anew = actions.give_petition_work(item, by=secretary, lead=department, due=due, today=DAY)
    assert (anew.lead, anew.state) == (department, "open")

    actions.answer_line(item, by=secretary, text="Đã đưa vào kế hoạch 2027", today=DAY)
    with pytest.raises(IllegalMoveError):  # somebody else was faster
        actions.answer_line(item, by=secretary, text="Lần nữa", today=DAY)

    petition.refresh_from_db()
    task.refresh_from_db()
    assert (petition.state, task.state, task.resolution) == ("answered", "accepted", "escalated")
    assert queries.open_points(conference, DAY) == []
    told = track(group.opinions.get().submission).opinions[0]
    assert [line.text for line in told.steps if line.is_result] == [
        "UBND tỉnh: Đã đưa vào kế hoạch 2027"
    ]
    assert told.is_released
    assert point.results.get().replies.count() == 1
    heard = Message.objects.filter(key__startswith="petition-", recipient=clerk)
    assert len(set(heard.values_list("subject", flat=True))) == 2


def test_a_conference_at_dawn_was_on_its_own_day(point, clerk, province, conference):
    dawn = datetime.datetime(2026, 5, 7, 23, 30, tzinfo=datetime.UTC)
    type(conference).objects.filter(pk=conference.pk).update(starts_at=dawn)

    petition = start(ConclusionPoint.objects.get(pk=point.pk), clerk, province)

    words = " ".join(petition.document.clauses.values_list("text", flat=True))
    assert "Ngày 08/5/2026" in words


def test_what_comes_back_waits_to_be_sent_again_and_paper_is_kept_by_the_office(
    point, clerk, province, secretary
):
    petition = start(point, clerk, province)
    send(petition, clerk)
    actions.return_petition(petition, by=secretary, reason="Thuộc bộ", today=DAY)
    task = Task.objects.get(origin_id=point.pk, clause=point.clause)
    assert (list(queries.free_points(point.notice)), task.due_on) == (
        [point],
        datetime.date(2026, 5, 19),
    )

    ministry = OrganisationFactory(name="Bộ Xây dựng", unit=UnitFactory(level="central"))
    second = start(point, clerk, ministry)
    send(second, clerk)
    actions.receive_petition(second, by=clerk, today=DAY)
    actions.answer_line(second.items.get(), by=clerk, text="Đang xem xét", today=DAY)
    second.refresh_from_db()
    assert (second.is_on_paper, second.state) == (True, "answered")
