"""The console: stepping through the agenda, the queue of speakers, the end and its undoing."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from assignments.models import Task
from conferences import actions, queries
from conferences.models import AgendaItem, Conference
from conferences.states import ConferenceState
from core.access import RefusedError
from documents.actions import submit_document
from organisations.models import Role
from tests.factories.conferences import (
    START,
    AgendaItemFactory,
    ConferenceFactory,
    SpeakingTurnFactory,
)
from tests.factories.organisations import member

pytestmark = pytest.mark.django_db


def after(minutes, seconds=0):
    return START + datetime.timedelta(minutes=minutes, seconds=seconds)


@pytest.fixture
def running():
    conference = ConferenceFactory(state=ConferenceState.RUNNING, started_at=START)
    AgendaItemFactory.create_batch(3, conference=conference)
    return conference


@pytest.fixture
def clerk(running):
    return member(Role.CLERK, running.organisation)


def times(conference):
    rows = conference.agenda.order_by("position")
    return list(rows.values_list("started_at", "ended_at", "skipped_at"))


def test_next_pressed_by_two_people_moves_once(running, clerk):
    first = running.agenda.order_by("position")[0]

    moved = [
        actions.next_item(running, by=clerk, now=after(0), seen=0),
        actions.next_item(running, by=clerk, now=after(1), seen=0),
        actions.next_item(running, by=clerk, now=after(9), seen=first.pk),
    ]

    assert moved == [True, False, True]
    assert times(running) == [
        (after(0), after(9), None),
        (after(9), None, None),
        (None, None, None),
    ]


def test_a_step_back_lets_the_item_before_run_on(running, clerk):
    for minute in (0, 9):
        actions.next_item(running, by=clerk, now=after(minute))

    actions.back_item(running, by=clerk, now=after(10))

    assert times(running) == [(after(0), None, None), (None, None, None), (None, None, None)]


def test_a_skipped_item_is_passed_over_and_may_still_come(running, clerk):
    first, second, third = running.agenda.order_by("position")
    actions.next_item(running, by=clerk, now=after(0))
    actions.skip_item(second, by=clerk, now=after(1))
    actions.next_item(running, by=clerk, now=after(10))
    actions.start_item(second, by=clerk, now=after(12))

    assert times(running) == [
        (after(0), after(10), None),
        (after(12), None, None),
        (after(10), after(12), None),
    ]


def queue(conference, now=START):
    found = queries.queue_of(Conference.objects.get(pk=conference.pk), now)
    return [line.turn.name for line in found.waiting]


def test_the_clock_of_a_speech_leaves_pauses_out(running, clerk):
    turn = SpeakingTurnFactory(conference=running, body="thôn 1")
    actions.start_turn(turn, by=clerk, now=after(0))
    actions.pause_turn(turn, by=clerk, now=after(1))
    actions.resume_turn(turn, by=clerk, now=after(3))
    line = queries.queue_of(running, after(3, 30)).current
    actions.end_turn(turn, by=clerk, now=after(4))

    ended = queries.queue_of(running, after(60))
    assert (line.seconds, line.ends_at) == (90, after(5))
    assert (ended.ended[0].seconds, ended.units) == (120, [("thôn 1", 120)])


def test_the_database_lets_one_person_speak(running):
    SpeakingTurnFactory(conference=running, started_at=START)

    with pytest.raises(IntegrityError), transaction.atomic():
        SpeakingTurnFactory(conference=running, started_at=START)


def test_the_queue_is_ordered_by_people_only(running, clerk):
    spoke, second, third = (
        SpeakingTurnFactory(conference=running, name=name) for name in ("Một", "Hai", "Ba")
    )
    actions.add_turn(running, by=clerk, name="Một", body="")
    actions.next_turn(running, by=clerk, now=after(0), seen=0)
    twice = actions.next_turn(running, by=clerk, now=after(0), seen=0)
    actions.end_turn(spoke, by=clerk, now=after(3))
    assert (twice, queue(running)) == (False, ["Hai", "Ba", "Một"])
    first_time = [line.is_first for line in queries.queue_of(running, after(4)).waiting]
    assert first_time == [True, True, False]

    actions.move_turn(third, by=clerk, up=True)
    spoke.refresh_from_db()
    actions.return_turn(spoke, by=clerk)
    actions.answer_in_writing(second, by=clerk, in_writing=True)

    # He stands on the list once more already: nobody is listed twice.
    assert queue(running) == ["Ba", "Một"]


def test_who_spoke_last_goes_back_to_the_top(running, clerk):
    spoke, _waits = SpeakingTurnFactory.create_batch(2, conference=running, body="thôn 1")
    actions.start_turn(spoke, by=clerk, now=after(0))
    actions.end_turn(spoke, by=clerk, now=after(2))
    spoke.refresh_from_db()

    for _press in range(2):
        actions.return_turn(spoke, by=clerk)

    top = queries.queue_of(running, after(3)).waiting
    assert (len(top), top[0].turn.name, top[0].person_seconds) == (2, spoke.name, 120)


def test_a_closed_list_takes_nobody(running, clerk):
    actions.close_queue(running, by=clerk, now=START, closed=True)
    with pytest.raises(RefusedError):
        actions.add_turn(running, by=clerk, name="Bà B", body="")
    actions.close_queue(running, by=clerk, now=START, closed=False)
    actions.add_turn(running, by=clerk, name="Bà B", body="")

    assert queue(running) == ["Bà B"]


def test_a_speaker_removed_while_speaking_stays_in_the_record(running, clerk):
    turn = SpeakingTurnFactory(conference=running)
    actions.start_turn(turn, by=clerk, now=after(0))

    is_gone = actions.remove_turn(turn, by=clerk, now=after(2))

    turn.refresh_from_db()
    assert (is_gone, turn.seconds(after(9))) == (False, 120)


@pytest.mark.parametrize(
    ("name", "body", "spoke"),
    (
        pytest.param("Nguyễn Văn An", "thôn 1", 0, id="over, told apart by where they come from"),
        pytest.param("nguyễn văn an", "Thôn 2", 1, id="has the floor"),
        pytest.param("Nguyễn Văn An", "", 1, id="the last of that name"),
        pytest.param("Câu hỏi viết", "thôn 2", None, id="nobody who spoke"),
    ),
)
def test_what_was_raised_belongs_to_the_speech_of_who_raised_it(running, clerk, name, body, spoke):
    turns = [
        SpeakingTurnFactory(conference=running, name="Nguyễn Văn An", body=f"thôn {number}")
        for number in (1, 2)
    ]
    for minute, turn in enumerate(turns):
        actions.start_turn(turn, by=clerk, now=after(minute))

    said = {"raised_by": name, "raised_body": body, "question": "Đường", "outcome": "noted"}
    exchange = actions.record_exchange(running, by=clerk, now=after(5), **said)

    assert exchange.turn == (None if spoke is None else turns[spoke])


def test_a_denunciation_leaves_the_fact_only(running, clerk):
    turn = SpeakingTurnFactory(conference=running, name="Nguyễn Văn Mười")
    actions.start_turn(turn, by=clerk, now=START)

    exchange = actions.record_restricted(running, by=clerk, now=START, kind="denunciation")

    words = f"{exchange.raised_by} {exchange.question} {exchange.answer}"
    assert (exchange.turn, exchange.group, exchange.outcome) == (None, None, "noted")
    assert ("Mười" in words, "tố cáo" in words) == (False, True)
    with pytest.raises(RefusedError):
        actions.edit_exchange(exchange, by=clerk, version=1, raised_by="Nguyễn Văn Mười")


@pytest.fixture
def closed(running, clerk):
    actions.next_item(running, by=clerk, now=after(0))
    actions.start_turn(SpeakingTurnFactory(conference=running), by=clerk, now=after(28))
    actions.close_conference(running, by=clerk, now=after(30), invited=9, present=9)
    return Conference.objects.select_related("minutes").get(pk=running.pk)


def test_a_conference_closed_by_mistake_goes_on_and_its_clock_begins_anew(closed, clerk):
    actions.reopen_conference(closed, by=clerk, now=after(89), note="Bấm nhầm")
    assert (closed.state, closed.agenda.running().count()) == (ConferenceState.RUNNING, 1)
    # Who was speaking stands paused with the time used so far.
    speaking = queries.queue_of(closed, after(89)).current
    assert (speaking.seconds, speaking.turn.paused_at) == (120, after(30))
    again = actions.close_conference(closed, by=clerk, now=after(95), invited=9, present=9)

    assert list(Task.objects.order_by("pk").values_list("state", flat=True)) == [
        "cancelled",
        "open",
    ]
    assert again.origin == closed


def test_a_conference_stays_closed_after_an_hour_or_once_minutes_are_submitted(closed, clerk):
    with pytest.raises(RefusedError):
        actions.reopen_conference(closed, by=clerk, now=after(91), note="Muộn")
    minutes = actions.draft_minutes(closed, by=clerk, today=START.date())
    submit_document(minutes, by=clerk)
    shut = Conference.objects.get(pk=closed.pk)
    with pytest.raises(RefusedError):
        actions.reopen_conference(shut, by=clerk, now=after(40), note="Đã trình")


def test_the_agenda_says_when_it_is_longer_than_its_hours_and_its_day(running):
    AgendaItem.objects.filter(conference=running).update(minutes=70)
    lines = queries.agenda_lines(running, START)
    late = queries.length_of(lines, running)
    AgendaItem.objects.filter(conference=running).update(minutes=500)
    too_late = queries.length_of(queries.agenda_lines(running, START), running)

    assert [line.sum_minutes for line in lines] == [70, 140, 210]
    assert (late.over_minutes, late.leaves_the_day, too_late.leaves_the_day) == (30, False, True)


def test_the_office_begins_with_its_own_programme(running, clerk):
    AgendaItem.objects.filter(conference=running).delete()
    count = actions.apply_agenda_pattern(running, by=clerk)
    again = actions.apply_agenda_pattern(running, by=clerk)
    ids = list(running.agenda.order_by("position").values_list("pk", flat=True))
    actions.order_agenda(running, by=clerk, ids=[ids[2], ids[0], 0])
    for pk in ids[3:]:
        actions.remove_agenda_item(AgendaItem.objects.get(pk=pk), by=clerk)
    actions.save_agenda_pattern(running, by=clerk)

    kept = [row["text"] for row in actions.agenda_pattern(running)]
    order = AgendaItem.objects.filter(conference=running).order_by("position")
    assert (count, again) == (10, 0)
    assert kept == list(order.values_list("text", flat=True))
    assert [item.pk for item in order] == [ids[2], ids[0], ids[1]]
