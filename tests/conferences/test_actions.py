import datetime

import pdfplumber
import pytest

from assignments.models import Task
from conferences import actions
from conferences.models import AgendaItem, Exchange, InvitationPrint, SpeakingTurn
from conferences.states import ConferenceState, PrintState
from conferences.tasks import make_invitations, sweep_prints
from core.access import RefusedError
from core.transitions import IllegalMoveError
from core.versions import StaleError
from documents.actions import issue_document, submit_document
from documents.models import Clause
from organisations.models import Role
from tests.factories.conferences import (
    START,
    AgendaItemFactory,
    ConferenceFactory,
    ExchangeFactory,
    ParticipantFactory,
    SpeakingTurnFactory,
)
from tests.factories.feedback import ConsultationFactory
from tests.factories.organisations import PartyTermFactory, member
from tests.feedback.steps import grouped

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference():
    return ConferenceFactory()


@pytest.fixture
def clerk(conference):
    return member(Role.CLERK, conference.organisation)


@pytest.fixture
def running(conference, clerk):
    actions.start_conference(conference, by=clerk, now=START)
    return conference


def test_a_stranger_cannot_start_a_conference(conference):
    with pytest.raises(RefusedError):
        actions.start_conference(conference, by=member(Role.CLERK), now=START)
    conference.refresh_from_db()
    assert conference.state == ConferenceState.PLANNED


def test_a_conference_starts_once(conference, clerk):
    actions.start_conference(conference, by=clerk, now=START)
    with pytest.raises(IllegalMoveError):
        actions.start_conference(conference, by=clerk, now=START)
    conference.refresh_from_db()
    assert (conference.state, conference.started_at) == (ConferenceState.RUNNING, START)


def test_the_next_item_ends_the_one_before(running, clerk):
    first, second = AgendaItemFactory.create_batch(2, conference=running)
    actions.start_item(first, by=clerk, now=START)
    later = START + datetime.timedelta(minutes=12)
    actions.start_item(second, by=clerk, now=later)
    actions.start_item(second, by=clerk, now=later + datetime.timedelta(minutes=1))
    times = AgendaItem.objects.filter(conference=running).order_by("position")
    assert list(times.values_list("started_at", "ended_at")) == [(START, later), (later, None)]


def test_nothing_begins_before_the_conference_does(conference, clerk):
    item = AgendaItemFactory(conference=conference)
    with pytest.raises(RefusedError):
        actions.start_item(item, by=clerk, now=START)
    item.refresh_from_db()
    assert item.started_at is None


def test_only_one_person_has_the_floor(running, clerk):
    first, second = SpeakingTurnFactory.create_batch(2, conference=running)
    actions.start_turn(first, by=clerk, now=START)
    later = START + datetime.timedelta(minutes=3)
    actions.start_turn(second, by=clerk, now=later)
    turns = SpeakingTurn.objects.filter(conference=running).order_by("position")
    assert list(turns.values_list("started_at", "ended_at")) == [(START, later), (later, None)]


def test_somebody_who_spoke_stays_on_the_list(running, clerk):
    spoke, waits = SpeakingTurnFactory.create_batch(2, conference=running)
    actions.start_turn(spoke, by=clerk, now=START)
    actions.end_turn(spoke, by=clerk, now=START)
    with pytest.raises(RefusedError):
        actions.remove_turn(spoke, by=clerk, now=START)
    actions.remove_turn(waits, by=clerk, now=START)
    assert list(running.turns.all()) == [spoke]


def test_an_exchange_stands_under_the_running_item_and_speaker(running, clerk):
    item = AgendaItemFactory(conference=running)
    turn = SpeakingTurnFactory(conference=running)
    actions.start_item(item, by=clerk, now=START)
    actions.start_turn(turn, by=clerk, now=START)
    exchange = actions.record_exchange(
        running,
        by=clerk,
        now=START,
        raised_by=turn.name,
        raised_body="",
        question="Bao giờ có nước sạch?",
        answered_by="",
        answer="",
        outcome="written",
    )
    assert (exchange.agenda_item, exchange.turn) == (item, turn)


def test_an_exchange_edited_by_two_keeps_the_first(running, clerk):
    exchange = ExchangeFactory(conference=running)
    actions.edit_exchange(exchange, by=clerk, version=1, answer="Đã sửa xong.")
    with pytest.raises(StaleError):
        actions.edit_exchange(exchange, by=clerk, version=1, answer="Chưa sửa.")
    assert Exchange.objects.get(pk=exchange.pk).answer == "Đã sửa xong."


def test_the_same_people_pasted_twice_are_added_once(conference, clerk):
    people = [("Ông A", "Trưởng thôn", "thôn 1"), ("Bà B", "", "")]
    actions.add_participants(conference, people, by=clerk)
    actions.add_participants(conference, [*people, ("Ông C", "", "")], by=clerk)
    assert list(conference.participants.order_by("id").values_list("name", flat=True)) == [
        "Ông A",
        "Bà B",
        "Ông C",
    ]


def test_moving_an_item_up_swaps_it_with_its_neighbour(conference, clerk):
    first, second = AgendaItemFactory.create_batch(2, conference=conference)
    actions.move_agenda_item(second, by=clerk, up=True)
    actions.move_agenda_item(second, by=clerk, up=True)
    assert list(conference.agenda.order_by("position")) == [second, first]


def test_closing_ends_what_runs_and_starts_the_seven_day_clock(running, clerk):
    item = AgendaItemFactory(conference=running)
    actions.start_item(item, by=clerk, now=START)
    end = START.replace(month=4, day=24, hour=11)
    task = actions.close_conference(running, by=clerk, now=end, invited=60, present=55)
    item.refresh_from_db()
    running.refresh_from_db()
    assert item.ended_at == end
    assert (running.state, running.invited, running.present) == (ConferenceState.CLOSED, 60, 55)
    assert (task.lead, task.due_on) == (running.organisation, datetime.date(2026, 5, 8))


def test_a_conference_closed_twice_gives_one_task(running, clerk):
    actions.close_conference(running, by=clerk, now=START, invited=1, present=1)
    with pytest.raises((IllegalMoveError, RefusedError)):
        actions.close_conference(running, by=clerk, now=START, invited=1, present=1)
    assert Task.objects.count() == 1


def test_minutes_tell_what_happened_in_order(running, clerk):
    opening, answers = AgendaItemFactory.create_batch(2, conference=running)
    actions.start_item(opening, by=clerk, now=START)
    actions.start_item(answers, by=clerk, now=START)
    for name in ("Ông A", "Bà B"):
        actions.record_exchange(
            running,
            by=clerk,
            now=START,
            raised_by=name,
            raised_body="",
            question=f"Câu hỏi của {name}",
            answered_by="Chủ trì",
            answer="Đã rõ.",
            outcome="answered",
        )
    actions.close_conference(running, by=clerk, now=START, invited=2, present=2)
    minutes = actions.draft_minutes(running, by=clerk, today=START.date())
    course = Clause.objects.get(document=minutes, text="Diễn biến hội nghị")
    said = Clause.objects.filter(parent__parent=course).order_by("position")
    assert [clause.text.split("\n")[0] for clause in said] == [
        "Ông A nêu: Câu hỏi của Ông A",
        "Bà B nêu: Câu hỏi của Bà B",
    ]


def test_a_conference_has_one_minutes(running, clerk):
    actions.close_conference(running, by=clerk, now=START, invited=2, present=2)
    actions.draft_minutes(running, by=clerk, today=START.date())
    with pytest.raises(RefusedError):
        actions.draft_minutes(running, by=clerk, today=START.date())


def test_a_guest_cannot_be_removed_once_the_conference_runs(running, clerk):
    guest = ParticipantFactory(conference=running)
    with pytest.raises(RefusedError):
        actions.remove_participant(guest, by=clerk)
    assert running.participants.count() == 1


@pytest.fixture
def invited(conference, clerk):
    PartyTermFactory(organisation=conference.organisation)
    head = member(Role.HEAD, conference.organisation)
    invitation = actions.draft_invitation(conference, by=clerk, today=START.date())
    submit_document(invitation, by=clerk)
    invitation.refresh_from_db()
    issue_document(invitation, by=head, today=START.date())
    conference.refresh_from_db()
    ParticipantFactory.create_batch(2, conference=conference)
    return conference


def test_the_same_list_is_printed_once_and_a_changed_one_anew(invited, clerk):
    first = actions.order_invitations(invited, by=clerk)
    again = actions.order_invitations(invited, by=clerk)
    ParticipantFactory(conference=invited)
    changed = actions.order_invitations(invited, by=clerk)
    assert (first == again, changed.copies, InvitationPrint.objects.count()) == (True, 3, 2)


def test_invitations_are_printed_after_issue_only(conference, clerk):
    with pytest.raises(RefusedError):
        actions.order_invitations(conference, by=clerk)


def test_the_sweep_makes_what_was_ordered_without_a_broker(invited, clerk):
    order = actions.order_invitations(invited, by=clerk)
    sweep_prints()
    make_invitations(order.pk)
    order.refresh_from_db()
    with order.file.open("rb") as file, pdfplumber.open(file) as pdf:
        texts = [page.extract_text() for page in pdf.pages]
    guests = invited.participants.order_by("id")
    assert order.state == PrintState.DONE
    assert [guest.name in text for guest, text in zip(guests, texts, strict=True)] == [True, True]


@pytest.fixture
def group(conference, clerk):
    consultation = ConsultationFactory(
        session=conference.session, organisation=conference.organisation
    )
    return grouped(consultation, clerk)


def said(running, clerk, group, outcome):
    return actions.record_exchange(
        running,
        by=clerk,
        now=START,
        group=group,
        raised_by="Ông A",
        raised_body="",
        question=group.title,
        answered_by="Chủ trì",
        answer="Đã rõ.",
        outcome=outcome,
    )


def test_a_matter_answered_in_the_hall_is_answered_for_its_senders(running, clerk, group):
    said(running, clerk, group, "answered")
    assert set(group.opinions.values_list("state", flat=True)) == {"answered"}


def test_a_matter_left_for_later_stays_open_for_its_senders(running, clerk, group):
    said(running, clerk, group, "written")
    assert set(group.opinions.values_list("state", flat=True)) == {"classified"}
