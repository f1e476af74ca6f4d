"""Two people prepare one session, or keep one chain, in the same moment."""

import datetime

import pytest

from assignments.models import Task
from core.timephrase import parse
from plans import actions
from plans.models import DialogueSession, PreparationStep
from tests.crossing import cross
from tests.factories.plans import body, issued_plan

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("_fast_templates"),
]
TODAY = datetime.date(2026, 6, 1)
PHRASE = "10 ngày làm việc trước hội nghị"


@pytest.fixture
def session():
    rows = DialogueSession.objects.select_related("plan__document__organisation")
    return rows.get(plan=issued_plan())


@pytest.fixture
def clerk(session):
    return session.plan.document.created_by


def step_of(session, code="venue"):
    """The step as a page of its own has it."""
    rows = PreparationStep.objects.select_related("session__plan__document__organisation")
    return rows.get(session=session, code=code)


def to_september(session, clerk):
    actions.move_session(
        DialogueSession.objects.select_related("plan__document__organisation").get(pk=session.pk),
        by=clerk,
        time=parse("ngày 18/9/2026"),
        reason="Trùng lịch",
        sequence=session.sequence,
        today=TODAY,
    )


@pytest.fixture
def edit(session, clerk):
    opened = step_of(session)
    return lambda: actions.edit_step(opened, by=clerk, name="Thuê hội trường", phrase=parse(PHRASE))


@pytest.fixture
def hand(session, clerk):
    lead, opened = body("Công an", session.plan.document.organisation), step_of(session)
    return lambda: actions.hand_step(opened, by=clerk, organisation=lead, today=TODAY)


def test_a_step_that_was_just_handed_out_is_not_written_over(session, edit, hand):
    before = step_of(session)

    said = cross(hand, edit)

    step = step_of(session)
    assert (said, step.state, step.name) == (
        "Bước này đã giao hoặc đã xong nên không sửa được nữa.",
        "handed",
        before.name,
    )


def test_a_step_is_handed_out_in_the_words_it_was_just_given(session, edit, hand):
    said = cross(edit, hand)

    step, task = step_of(session), Task.objects.get(lead__short_name="Công an")
    assert (said, step.state, task.title, task.due_on) == (
        "",
        "handed",
        "Thuê hội trường",
        step.due_on,
    )


def test_a_step_changed_added_or_handed_out_while_the_session_moves_has_the_new_day(
    session, clerk, edit
):
    to_hand = step_of(session, "announce")
    lead = body("Công an", session.plan.document.organisation)

    def work():
        edit()
        actions.add_step(session, by=clerk, name="Họp liên ngành", phrase=parse(PHRASE))
        actions.hand_step(to_hand, by=clerk, organisation=lead, today=TODAY)

    said = cross(lambda: to_september(session, clerk), work)

    added = PreparationStep.objects.get(name="Họp liên ngành")
    handed, task = step_of(session, "announce"), Task.objects.get(lead=lead)
    day = datetime.date(2026, 9, 4)
    assert (said, step_of(session).due_on, added.due_on) == ("", day, day)
    assert task.due_on == handed.due_on == datetime.date(2026, 9, 11)
