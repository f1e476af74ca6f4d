"""Two people prepare one session, or keep one chain, in the same moment."""

import datetime

import pytest

from assignments.models import Task
from core.timephrase import parse
from organisations.models import Role
from plans import actions
from plans.models import ChainStep, DialogueSession, PreparationStep
from tests.crossing import cross
from tests.factories.organisations import member
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


GONE = "Dòng này đã được bỏ khỏi chuỗi việc. Hãy tải lại trang."


@pytest.fixture
def keeper():
    """A clerk whose organisation has the common chain as its own."""
    person = member(Role.CLERK)
    actions.copy_chain(person.current_memberships[0].organisation, by=person)
    return person


def own_chain(keeper):
    return keeper.current_memberships[0].organisation.chain_steps.order_by("position")


def add_line(keeper):
    organisation = keeper.current_memberships[0].organisation
    return actions.add_chain_step(
        organisation, by=keeper, name="Họp", phrase=parse(PHRASE), source="Quy chế 01"
    )


@pytest.mark.parametrize(
    ("second", "said", "left"), ((3, "", 10), (2, GONE, 11)), ids=("two lines", "the same line")
)
def test_lines_removed_at_once_leave_neither_a_hole_nor_a_place_taken_twice(
    keeper, second, said, left
):
    rows = own_chain(keeper)
    one, other = rows.get(position=2), rows.get(position=second)

    crossed = cross(
        lambda: actions.remove_chain_step(one, by=keeper),
        lambda: actions.remove_chain_step(other, by=keeper),
    )

    places = list(rows.values_list("position", flat=True))
    assert (crossed, places) == (said, list(range(1, left + 1)))


def test_a_line_that_was_just_removed_is_not_changed(keeper):
    one, same = own_chain(keeper).get(position=2), own_chain(keeper).get(position=2)
    words = {"phrase": parse(PHRASE), "name": "Họp", "source": "Quy chế 01"}

    said = cross(
        lambda: actions.remove_chain_step(one, by=keeper),
        lambda: actions.edit_chain_step(same, by=keeper, **words),
    )

    assert (said, own_chain(keeper).count()) == (GONE, 11)


@pytest.mark.parametrize("is_dropped_first", (True, False))
def test_a_chain_given_up_while_a_line_is_added_is_whole_or_gone(keeper, is_dropped_first):
    organisation = keeper.current_memberships[0].organisation

    def drop():
        actions.drop_chain(organisation, by=keeper)

    def add():
        add_line(keeper)

    said = cross(drop, add) if is_dropped_first else cross(add, drop)

    common = ChainStep.objects.filter(organisation=None).count()
    left = common + 1 if is_dropped_first else 0
    assert (said, own_chain(keeper).count()) == ("", left)
