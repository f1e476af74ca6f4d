"""A plan is amended, and that again, and amendments are revoked: who has the work at last."""

import datetime

import pytest
from django.utils import timezone

from assignments.actions import change_due, hand_over
from assignments.models import Task
from conferences.actions import cancel_conference
from core.timephrase import parse
from documents import actions as papers
from documents import queries as paper_queries
from organisations.models import Organisation
from plans.models import Plan, PreparationStep
from plans.states import StepState
from tests.factories.conferences import ConferenceFactory
from tests.factories.documents import head_of, issued
from tests.factories.plans import add_duty, add_session, body, clerk_of, draft_plan, office
from tests.plans.amended import amend, clause, duty_fact, edit, issue

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(db):
    """In force; its one duty has a day of its own."""
    return made_plan("trước ngày 05/8/2026")


@pytest.fixture
def before(db):
    """In force; its one duty hangs on its one session."""
    return made_plan("05 ngày làm việc trước hội nghị")


def made_plan(due):
    home = office()
    by = clerk_of(home)
    made = draft_plan(home)
    add_session(made, by)
    add_duty(made, by, body("Công an", home), "Bảo đảm an ninh", due=due)
    issued(made.document)
    return Plan.objects.get(pk=made.pk)


def amended_to(plan, **fact):
    """The duty says something else from now on."""
    draft = amend(plan)
    edit(draft, "Bảo đảm", **duty_fact(draft, "Bảo đảm", **fact))
    issue(draft)
    plan.refresh_from_db()
    return draft


def revoke(document):
    document = type(document).objects.get(pk=document.pk)
    papers.revoke_document(document, by=head_of(document), reason="Ban hành nhầm")


def given(plan):
    """Who does the duty now, and by when."""
    rows = Task.objects.filter(owner=plan.document.organisation)
    return [(row.lead.short_name, str(row.due_phrase)) for row in rows.open()]


def test_work_goes_to_whom_the_paper_in_force_names_also_if_it_was_theirs_before(plan):
    police = Task.objects.get(title="Bảo đảm an ninh").lead
    army = body("Quân sự", plan.document.organisation)
    day = "trước ngày 05/8/2026"

    first = amended_to(plan, organisations=[army])
    second = amended_to(plan, organisations=[police])
    assert given(plan) == [("Công an", day)]
    revoke(second)
    assert given(plan) == [("Quân sự", day)]
    revoke(first)
    assert given(plan) == [("Công an", day)]
    plan.refresh_from_db()
    amended_to(plan, organisations=[army])
    assert given(plan) == [("Quân sự", day)]


def test_an_extended_day_stays_until_the_paper_says_another(plan):
    task = Task.objects.get(owner=plan.document.organisation)
    change_due(
        task,
        by=clerk_of(plan.document.organisation),
        due_on=datetime.date(2026, 9, 1),
        reason="Gia hạn",
    )

    again = amend(plan)
    edit(again, "Bảo đảm", to="Bảo đảm an ninh, trật tự")
    words = paper_queries.consequences(again)
    issue(again)
    task.refresh_from_db()
    assert (words, task.due_on) == (["giữ nguyên 1 nhiệm vụ"], datetime.date(2026, 9, 1))

    plan.refresh_from_db()
    amended_to(plan, due=parse("trước ngày 05/10/2026"))
    task.refresh_from_db()
    assert task.due_on == datetime.date(2026, 10, 4)


def test_work_an_heir_took_over_stays_with_it(plan):
    home = plan.document.organisation
    police, heir = Task.objects.get(owner=home).lead, body("Công an mới", home)
    Organisation.objects.filter(pk=police.pk).update(valid_to=datetime.date(2026, 1, 1))
    police.refresh_from_db()
    police.successors.add(heir)
    tasks = Task.objects.filter(lead=police).values_list("pk", flat=True)
    hand_over(police, by=clerk_of(home), to=heir, tasks=tasks, today=timezone.localdate())

    again = amend(plan)
    words = paper_queries.consequences(again)
    issue(again)

    assert (words, given(plan)) == (
        ["giữ nguyên 1 nhiệm vụ"],
        [("Công an mới", "trước ngày 05/8/2026")],
    )


def test_a_step_comes_back_with_the_paper_that_asks_for_it(before):
    fixed, counted = "trước ngày 05/7/2026", "05 ngày làm việc trước hội nghị"
    step = PreparationStep.objects.get(duty__plan=before)

    first = amended_to(before, due=parse(fixed))
    second = amended_to(before, due=parse(counted))
    step.refresh_from_db()
    assert (step.state, given(before)) == (StepState.HANDED, [("Công an", counted)])
    revoke(second)
    step.refresh_from_db()
    assert (step.state, given(before)) == (StepState.DROPPED, [("Công an", fixed)])
    revoke(first)
    step.refresh_from_db()
    assert (step.state, given(before)) == (StepState.HANDED, [("Công an", counted)])


def test_nobody_prepares_a_conference_that_was_called_off(before):
    by, home = clerk_of(before.document.organisation), before.document.organisation
    conference = ConferenceFactory(session=before.sessions.get(), organisation=home)
    draft = amend(before)
    papers.remove_clause(clause(draft, "Bảo đảm"), by=by)
    issue(draft)
    conference.refresh_from_db()
    cancel_conference(conference, by=by, note="Bão")

    revoke(draft)
    before.refresh_from_db()
    amended_to(before, organisations=[body("Quân sự", home)])

    assert (given(before), before.sessions.get().steps.unfinished().count()) == ([], 0)
