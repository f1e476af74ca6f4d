"""What people were asked for a conference ends with it, unless a session to come shares it."""

import datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from conferences import actions
from conferences.states import ConferenceState
from core.transitions import history_of, record
from feedback.actions import close_consultation, edit_consultation, extend_consultation
from feedback.models import Consultation
from feedback.states import ConsultationState
from organisations.models import Role
from tests.factories.conferences import ConferenceFactory
from tests.factories.documents import ClauseFactory
from tests.factories.feedback import ConsultationFactory, SessionFactory
from tests.factories.organisations import member
from tests.factories.plans import in_force

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def running():
    conference = ConferenceFactory(state=ConferenceState.RUNNING, started_at=timezone.now())
    in_force(conference.session.plan)
    return conference


@pytest.fixture
def clerk(running):
    return member(Role.CLERK, running.organisation)


def close(conference, clerk):
    now = timezone.now()
    actions.close_conference(conference, by=clerk, now=now, invited=2, present=1)


def state_of(row):
    row.refresh_from_db()
    return row.state


def another_session(conference):
    clause = ClauseFactory(
        document=conference.session.plan.document, kind="session", text="Quý III"
    )
    return SessionFactory(clause=clause)


def test_an_open_consultation_closes_with_its_conference_and_says_why(running, clerk, client):
    row = ConsultationFactory(session=running.session)
    client.force_login(clerk)
    told = client.get(reverse("conferences:close", args=[running.pk])).text

    close(running, clerk)

    last = history_of(row).first()
    assert (state_of(row), last.by, last.note) == ("closed", clerk, "Hội nghị đã kết thúc")
    assert f"Đợt lấy ý kiến “{row.title}”" in told
    client.logout()
    shown = client.get(reverse("feedback:public_form", args=[row.slug])).text
    assert "Văn phòng đã đóng đợt lấy ý kiến này." in shown


def test_an_open_consultation_closes_when_its_conference_is_called_off(clerk, running, client):
    type(running).objects.filter(pk=running.pk).update(state=ConferenceState.PLANNED)
    running.refresh_from_db()
    row = ConsultationFactory(session=running.session)
    client.force_login(clerk)
    told = client.get(reverse("conferences:cancel", args=[running.pk])).text

    actions.cancel_conference(running, by=clerk, note="mưa bão")

    note = history_of(row).first().note
    assert (state_of(row), note) == ("closed", "Hủy hội nghị: mưa bão")
    assert f"Đợt lấy ý kiến “{row.title}”" in told


@pytest.mark.parametrize("is_own", (True, False))
def test_one_that_another_session_shares_stays_open_until_that_one_is_over(running, clerk, is_own):
    other = another_session(running)
    first, second = (running.session, other) if is_own else (other, running.session)
    row = ConsultationFactory(session=first)
    row.also_for.add(second)

    close(running, clerk)
    then = state_of(row)
    later = ConferenceFactory(session=other, state="running", started_at=timezone.now())
    close(later, clerk)

    assert (then, state_of(row)) == ("open", "closed")


def test_what_the_window_has_closed_already_and_what_others_ask_is_left_alone(running, clerk):
    past = timezone.now() - HOUR
    lapsed = ConsultationFactory(session=running.session, closes_at=past)
    foreign = ConsultationFactory(session=another_session(running))
    draft = ConsultationFactory(session=running.session, state=ConsultationState.DRAFT)

    close(running, clerk)

    assert [state_of(row) for row in (lapsed, foreign, draft)] == ["open", "open", "draft"]


def test_a_conference_that_goes_on_opens_what_closed_with_it_and_nothing_else(running, clerk):
    row, by_hand = ConsultationFactory.create_batch(2, session=running.session)
    close_consultation(by_hand, by=clerk, note="Đủ ý kiến")
    close(running, clerk)

    running.refresh_from_db()
    actions.reopen_conference(running, by=clerk, now=timezone.now(), note="Bấm nhầm")

    assert [state_of(one) for one in (row, by_hand)] == ["open", "closed"]
    assert history_of(row).first().note == "Hội nghị được mở lại: Bấm nhầm"


def test_one_whose_words_were_mended_after_the_conference_opens_with_it_again(running, clerk):
    row = ConsultationFactory(session=running.session)
    close(running, clerk)
    row.refresh_from_db()
    edit_consultation(row, by=clerk, version=row.version, title="Đường, điện")

    running.refresh_from_db()
    actions.reopen_conference(running, by=clerk, now=timezone.now(), note="Bấm nhầm")

    assert state_of(row) == "open"


def test_one_that_was_opened_again_and_closed_by_hand_stays_closed(running, clerk):
    row = ConsultationFactory(session=running.session)
    close(running, clerk)
    row.refresh_from_db()
    extend_consultation(row, by=clerk, closes_at=row.closes_at + HOUR)
    close_consultation(row, by=clerk, note="Hội nghị đã kết thúc")

    running.refresh_from_db()
    actions.reopen_conference(running, by=clerk, now=timezone.now(), note="Bấm nhầm")

    assert state_of(row) == "closed"


def test_what_closed_with_its_conference_before_there_was_a_field_is_marked(clerk, running):
    ended, by_hand = ConsultationFactory.create_batch(2, session=running.session)
    close_consultation(by_hand, by=clerk, note="Đủ ý kiến")
    close(running, clerk)
    record(ended, by=clerk, note="Sửa đợt lấy ý kiến")
    Consultation.objects.update(is_ended=False)

    name = "feedback.migrations.0022_a_consultation_ended_with_its_conference"
    import_module(name).mark_ended(apps, None)

    assert list(Consultation.objects.filter(is_ended=True)) == [ended]
