import datetime

import pytest
from django.urls import reverse

from assignments.models import Task
from core.access import RefusedError
from plans import actions, queries
from plans.models import ChildPlanObligation, DialogueSession, Plan
from tests.factories.documents import head_of, issued
from tests.factories.plans import add_duty, add_session, clerk_of, draft_plan, office
from tests.stage import standing

DAY = datetime.date
TODAY = DAY(2026, 6, 1)

pytestmark = pytest.mark.django_db


def made_obligation():
    """A commune told by a plan in force to make a plan of its own by 30/6/2026."""
    above = draft_plan()
    clerk = above.document.created_by
    add_session(above, clerk)
    add_duty(
        above,
        clerk,
        office("Bình Hòa"),
        "Xây dựng kế hoạch đối thoại của địa phương",
        due="chậm nhất ngày 30/6/2026",
        wants_plan=True,
    )
    issued(above.document)
    return ChildPlanObligation.objects.get().pk


_standing = standing(made_obligation)


@pytest.fixture
def obligation(_standing, db):
    rows = ChildPlanObligation.objects.select_related(
        "plan__document__organisation", "organisation", "duty"
    )
    return rows.get(pk=_standing)


@pytest.fixture
def clerk(obligation):
    return clerk_of(obligation.organisation)


def begin(obligation, by):
    return actions.begin_child_plan(
        obligation, by=by, year=2026, host="Bí thư", counterpart="Nhân dân", today=TODAY
    )


def labels(obligation, today=TODAY):
    return [line.label for line in queries.child_plan_lines(obligation.plan, today)]


def test_issuing_obliges_and_gives_the_ordinary_task(obligation):
    assert (obligation.organisation.short_name, obligation.due_on) == (
        "Đảng ủy Bình Hòa",
        DAY(2026, 6, 30),
    )
    task = Task.objects.get(lead=obligation.organisation)
    assert task.due_on == DAY(2026, 6, 30)
    assert [line.task for line in queries.child_plan_lines(obligation.plan, TODAY)] == [task]


def test_a_duty_without_the_mark_obliges_nobody():
    plan = draft_plan()
    clerk = plan.document.created_by
    add_session(plan, clerk)
    add_duty(plan, clerk, office("Bình Hòa"), "Xây dựng kế hoạch", due="chậm nhất ngày 30/6/2026")
    issued(plan.document)

    assert not ChildPlanObligation.objects.filter(plan=plan).exists()


def test_the_upper_office_sees_who_has_not_and_who_is_late(obligation, clerk):
    assert labels(obligation) == ["Chưa soạn"]
    assert labels(obligation, DAY(2026, 7, 1)) == ["Quá hạn"]

    begin(obligation, clerk)
    assert labels(obligation) == ["Đang soạn"]


def test_the_child_plan_is_tied_and_its_issue_reports_the_task(obligation, clerk):
    plan = begin(obligation, clerk)
    assert plan.document.relates_to == obligation.plan.document
    assert plan.document.clauses.get(kind="legal_basis").text.startswith(
        f"Kế hoạch số {obligation.plan.document.register_code}"
    )

    DialogueSession.objects.filter(plan=plan).update(theme="Đất đai")
    issued(plan.document)
    task = Task.objects.get(lead=obligation.organisation, clause=obligation.duty.clause)
    assert (task.state, task.resolution) == ("reported", "done")
    assert labels(obligation) == ["Đã ban hành, muộn hạn"] or labels(obligation) == ["Đã ban hành"]
    assert not ChildPlanObligation.objects.owed_by(clerk).exists()


def test_a_plan_is_begun_once(obligation, clerk):
    begin(obligation, clerk)
    obligation.refresh_from_db()

    with pytest.raises(RefusedError):
        begin(obligation, clerk)
    assert Plan.objects.filter(document__organisation=obligation.organisation).count() == 1


def test_only_the_clerk_of_the_obliged_body_begins_it(obligation):
    with pytest.raises(RefusedError):
        begin(obligation, head_of(obligation.plan.document))


def test_the_clerk_finds_it_at_home_and_begins_from_there(client, obligation, clerk):
    client.force_login(clerk)
    address = reverse("plans:answer", args=[obligation.pk])
    assert address in client.get(reverse("home")).content.decode()

    form = client.get(address)
    typed = {**form.context["form"].initial, "host": "Bí thư"}
    token = "3b0fbd2c-51d7-4b6c-8a3b-4a3a4b2f9d10"
    made = client.post(address, {**typed, "_once": token})
    obligation.refresh_from_db()
    assert made["Location"] == reverse("documents:edit", args=[obligation.child.document_id])
