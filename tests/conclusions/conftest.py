"""A conference that has ended, and its notice in draft."""

import pytest

from conclusions import actions
from conferences import actions as conferences
from organisations.models import Role
from tests.conclusions.steps import DAY
from tests.factories.conferences import START, ConferenceFactory, ExchangeFactory
from tests.factories.organisations import PartyTermFactory, member


@pytest.fixture
def conference():
    conference = ConferenceFactory()
    clerk = member(Role.CLERK, conference.organisation)
    if not conference.organisation.terms.exists():
        PartyTermFactory(organisation=conference.organisation)
    member(Role.HEAD, conference.organisation)
    conferences.start_conference(conference, by=clerk, now=START)
    for outcome in ("answered", "assigned", "petition"):
        ExchangeFactory(conference=conference, outcome=outcome, question=f"Việc {outcome}")
    conferences.close_conference(conference, by=clerk, now=START, invited=10, present=9)
    return conference


@pytest.fixture
def clerk(conference):
    membership = conference.organisation.memberships.filter(role=Role.CLERK).first()
    return membership.user


@pytest.fixture
def notice(conference, clerk):
    return actions.draft_notice(conference, by=clerk, today=DAY)
