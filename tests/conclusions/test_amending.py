"""A notice in force is amended, and the amendment is taken back."""

import datetime

import pytest
from django.urls import reverse

from assignments.models import Task
from assignments.states import TaskState
from conclusions.actions import draft_notice
from core.access import RefusedError
from core.timephrase import parse
from documents import actions as papers
from documents.actions import ClauseDraft
from documents.models import ClauseKind
from documents.queries import consequences
from documents.states import DocumentState
from organisations.models import Role
from tests.conclusions.steps import DAY, assigned, give, issue
from tests.factories.documents import head_of
from tests.factories.organisations import OrganisationFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued_notice(notice, clerk):
    police = OrganisationFactory()
    member(Role.OFFICER, police)
    give(notice, clerk, lead=police, due=parse("trước ngày 05/8/2026"))
    issue(notice, clerk)
    return notice


@pytest.fixture
def amended(issued_notice, clerk):
    """The assigned point has another deadline, the petition became a task, both points stay."""
    draft = papers.amend_document(issued_notice.document, by=clerk, today=DAY, style="points")
    for clause in draft.clauses.filter(kind="conclusion_point", conclusion_point__kind="assigned"):
        point = clause.conclusion_point
        fact = {"kind": "assigned", "lead": point.lead, "due": parse("trước ngày 05/9/2026")}
        fact |= {"exchanges": point.exchanges.all(), "deliverable": "", "report_to": ""}
        papers.edit_clause(
            clause, by=clerk, version=1, text="Việc sửa", fact={**fact, "reason": ""}
        )
    new = ClauseDraft(
        ClauseKind.CONCLUSION_POINT,
        "Việc mới",
        fact={
            "kind": "assigned",
            "lead": issued_notice.points.get(kind="assigned").lead,
            "due": parse("trước ngày 10/9/2026"),
            "deliverable": "",
            "report_to": "",
            "reason": "",
        },
    )
    papers.add_drafts(
        draft,
        by=clerk,
        drafts=[new],
        parent=assigned(issued_notice).clause.parent
        and draft.clauses.get(carried_from=assigned(issued_notice).clause.parent),
    )
    papers.submit_document(draft, by=clerk)
    papers.issue_document(draft, by=head_of(draft), today=DAY)
    return draft


def tasks(state=TaskState.OPEN):
    rows = Task.objects.filter(state=state, clause__kind="conclusion_point").order_by("due_on")
    rows = rows.exclude(clause__conclusion_point__kind="petition")  # the office follows those
    return [(row.title, row.due_on.month, row.clause.document_id) for row in rows]


def point_with(text, notice):
    return notice.points.get(clause__text=text)


def test_an_amendment_carries_points_and_tasks_on_and_revoking_it_brings_the_notice_back(
    issued_notice, amended, clerk
):
    old, task = issued_notice.document, Task.objects.get(title="Việc sửa")
    issued_notice.refresh_from_db()
    old.refresh_from_db()

    assert (issued_notice.document_id, old.state) == (amended.pk, DocumentState.AMENDED)
    assert tasks() == [("Việc sửa", 9, amended.pk), ("Việc mới", 9, amended.pk)]
    assert task.origin == point_with("Việc sửa", issued_notice)
    assert issued_notice.points.count() == 4
    assert old.conclusion_notice.version_of == issued_notice
    assert (
        sorted(point.clause.document_id for point in issued_notice.points.all()) == [amended.pk] * 4
    )

    papers.revoke_document(amended, by=head_of(amended), reason="Ghi nhầm hạn")
    old = type(old).objects.get(pk=old.pk)
    issued_notice.refresh_from_db()

    assert (issued_notice.document_id, old.state) == (old.pk, DocumentState.ISSUED)
    assert [(month, where) for _title, month, where in tasks()] == [(8, old.pk)]
    assert [title for title, *_rest in tasks(TaskState.CANCELLED)] == ["Việc mới"]
    again = papers.amend_document(old, by=clerk, today=DAY, style="points")
    assert again.amends == old


def test_a_point_goes_back_to_whom_an_amendment_had_taken_it_from(issued_notice, clerk):
    police, other = assigned(issued_notice).lead, OrganisationFactory()
    for lead in (other, police):
        draft = papers.amend_document(issued_notice.document, by=clerk, today=DAY, style="points")
        give(draft.conclusion_notice, clerk, lead=lead, due=parse("trước ngày 05/8/2026"))
        words = "giao mới 1 nhiệm vụ, hủy 1 nhiệm vụ không còn giao"
        assert consequences(draft) == [words]
        papers.submit_document(draft, by=clerk)
        papers.issue_document(draft, by=head_of(draft), today=DAY)
        issued_notice.refresh_from_db()

    rows = Task.objects.open().filter(
        origin_id=assigned(issued_notice).pk, lead__in=[police, other]
    )
    assert [row.lead for row in rows] == [police]


def test_a_deadline_counted_from_the_notice_stays_where_its_amendment_says_nothing_of_it(
    notice, clerk
):
    police = OrganisationFactory()
    give(notice, clerk, lead=police, due=parse("trong 30 ngày kể từ ngày ban hành"))
    issue(notice, clerk)
    task = Task.objects.get(lead=police)
    draft = papers.amend_document(notice.document, by=clerk, today=DAY, style="points")
    petition = draft.clauses.get(conclusion_point__kind="petition")
    papers.edit_clause(petition, by=clerk, version=1, text="Kiến nghị khác")
    papers.submit_document(draft, by=clerk)
    later = DAY + datetime.timedelta(days=20)
    papers.issue_document(draft, by=head_of(draft), today=later)

    now = Task.objects.get(lead=police)
    assert (now.due_on, now.anchor_on) == (task.due_on, DAY)
    assert now.clause.document == draft


def test_a_conference_whose_notice_was_taken_back_is_concluded_anew(issued_notice, clerk, client):
    old, conference = issued_notice.document, issued_notice.conference
    papers.revoke_document(old, by=head_of(old), reason="Ban hành nhầm")
    client.force_login(clerk)
    for page in (conference.get_absolute_url(), reverse("conclusions:list")):
        assert "Soạn từ nội dung hội nghị" in client.get(page).content.decode()

    again = draft_notice(conference, by=clerk, today=DAY)
    with pytest.raises(RefusedError):
        draft_notice(conference, by=clerk, today=DAY)
    police = OrganisationFactory()
    give(again, clerk, lead=police, due=parse("trước ngày 05/8/2026"))
    issue(again, clerk)

    assert (again.pk, again.points.count()) == (issued_notice.pk, 3)
    assert old.conclusion_notice.version_of == again
    assert Task.objects.open().get(lead=police).clause.document == again.document
