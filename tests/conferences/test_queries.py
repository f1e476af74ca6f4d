import datetime

import pytest

from conferences import queries
from tests.factories.conferences import START, AgendaItemFactory, ConferenceFactory, ExchangeFactory

pytestmark = pytest.mark.django_db


def minutes(count: int) -> datetime.datetime:
    return START + datetime.timedelta(minutes=count)


def test_the_plan_runs_on_from_the_start():
    conference = ConferenceFactory()
    AgendaItemFactory.create_batch(3, conference=conference)
    lines = queries.agenda_lines(conference, START)
    assert [line.expected_at for line in lines] == [minutes(0), minutes(10), minutes(20)]
    assert queries.predicted_end(lines, conference) == minutes(30)


def test_an_item_over_time_pushes_the_rest():
    conference = ConferenceFactory()
    AgendaItemFactory(conference=conference, started_at=minutes(0))
    AgendaItemFactory(conference=conference)
    lines = queries.agenda_lines(conference, minutes(25))
    assert (lines[0].elapsed_minutes, lines[0].is_over, lines[0].is_running) == (25, True, True)
    assert lines[1].expected_at == minutes(25)


def test_what_a_closed_conference_never_reached_has_no_hour():
    conference = ConferenceFactory(state="closed")
    reached = AgendaItemFactory(conference=conference)
    AgendaItemFactory(conference=conference)
    planned = [line.is_left_out for line in queries.agenda_lines(conference, minutes(60))]
    reached.started_at = minutes(0)
    reached.save()
    ran = [line.is_left_out for line in queries.agenda_lines(conference, minutes(60))]
    assert (planned, ran) == ([False, False], [False, True])


def test_the_share_answered_on_the_spot():
    conference = ConferenceFactory()
    ExchangeFactory.create_batch(3, conference=conference)
    ExchangeFactory(conference=conference, outcome="written")
    numbers = queries.tally(conference)
    assert (numbers.exchanges, numbers.answered, numbers.written) == (4, 3, 1)
    assert numbers.share_answered == 75


def test_nothing_raised_is_nought_per_cent():
    assert queries.tally(ConferenceFactory()).share_answered == 0
