"""Two people of the office act on one matter or one list in the same moment."""

import pytest

from feedback import actions
from feedback.models import Consultation, IssueGroup, Notice, Opinion
from feedback.states import OpinionState
from organisations.models import Organisation, User
from tests.crossing import cross
from tests.feedback.conftest import made_office
from tests.feedback.steps import answered, classified

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office():
    """The consultation, its clerk, an agency and who answers there, each in rows of its own."""
    models = (Consultation, User, Organisation, User)
    return [model.objects.get(pk=pk) for model, pk in zip(models, made_office(), strict=True)]


@pytest.fixture
def answer(office):
    made = answered(*office)
    actions.accept_answer(made, by=office[1])
    return made


@pytest.mark.parametrize("is_added_first", (True, False))
def test_an_opinion_added_in_the_moment_of_release_is_answered_and_told(
    office, answer, is_added_first
):
    consultation, clerk, *_others = office
    late = classified(consultation, clerk, "Đường cũng hỏng")
    group = IssueGroup.objects.select_related("answer").get(pk=answer.group_id)

    def add():
        actions.add_to_group(group, [late], by=clerk)

    def release():
        actions.release_answers([answer], by=clerk)

    said = cross(add, release) if is_added_first else cross(release, add)

    late = Opinion.objects.get(pk=late.pk)
    told = Notice.objects.filter(answer=answer, submission=late.submission).count()
    assert (said, late.group, late.state, told) == ("", group, OpinionState.ANSWERED, 1)
