"""A plan in force is amended: what has grown out of it goes on under the new words."""

import datetime

import pytest

from assignments.models import Task
from assignments.states import TaskState
from core.timephrase import parse
from documents import actions as papers
from documents import queries as paper_queries
from documents.states import DocumentState
from plans import actions
from plans.models import DialogueSession, Plan
from tests.factories.documents import head_of, issued
from tests.factories.plans import add_duty, add_session, body, clerk_of, draft_plan, office

pytestmark = pytest.mark.django_db
LATER = datetime.date(2026, 6, 1)


@pytest.fixture
def plan():
    """Issued, with two sessions and three duties that became tasks."""
    home = office()
    by = clerk_of(home)
    made = draft_plan(home)
    police, front = body("Công an", home), body("MTTQ", home)
    for theme in ("Đất đai", "Môi trường"):
        add_session(made, by, theme=theme, time="Tháng 8/2026")
    add_duty(made, by, police, "Bảo đảm an ninh", due="trước ngày 05/8/2026")
    add_duty(made, by, front, "Tổng hợp ý kiến", due="trước ngày 05/7/2026")
    add_duty(made, by, front, "Giám sát việc thực hiện", due="trước ngày 05/12/2026")
    issued(made.document)
    return made


def amend(plan, style="points"):
    """Begun, with one word changed that concerns no fact."""
    clerk = clerk_of(plan.document.organisation)
    draft = papers.amend_document(plan.document, by=clerk, today=LATER, style=style)
    closing = draft.clauses.get(kind="closing")
    papers.edit_clause(closing, by=clerk, version=1, text="Kế hoạch này thay đổi một chữ")
    return draft


def issue(document):
    papers.submit_document(document, by=document.created_by)
    papers.issue_document(document, by=head_of(document), today=LATER)
    return document


def clause(document, text):
    return document.clauses.get(text__startswith=text)


def edit(document, text, *, to=None, **fact):
    row = clause(document, text)
    papers.edit_clause(
        row, by=document.created_by, version=row.version, text=to or row.text, fact=fact or None
    )


def duty_fact(document, text, **changed):
    row = clause(document, text).duty
    names = ("part", "stage", "due", "deliverable", "send_to", "via")
    return {name: getattr(row, name) for name in names} | changed


def titles(plan, state=TaskState.OPEN):
    rows = Task.objects.filter(clause__document=plan.document, state=state)
    return sorted(rows.values_list("title", flat=True))


def test_an_amendment_begins_with_all_clauses_and_facts(plan):
    amendment = amend(plan)

    copied = Plan.objects.get(document=amendment)
    assert amendment.clauses.count() == plan.document.clauses.count()
    assert copied.sessions.count() == plan.sessions.count() == 2
    assert copied.duties.count() == plan.duties.count() == 3
    old, new = clause(plan.document, "Bảo đảm").duty, clause(amendment, "Bảo đảm").duty
    assert (new.due, new.part) == (old.due, old.part)
    assert Task.objects.count() == 3


def test_tasks_of_unchanged_duties_stay_and_none_is_doubled(plan):
    before = set(Task.objects.values_list("pk", "due_on", "revision"))

    issue(edited := amend(plan))

    plan.refresh_from_db()
    assert plan.document == edited
    assert set(Task.objects.values_list("pk", "due_on", "revision")) == before
    assert titles(plan) == ["Bảo đảm an ninh", "Giám sát việc thực hiện", "Tổng hợp ý kiến"]


def test_a_changed_due_date_revises_the_day_and_keeps_the_old_one(plan):
    amendment = amend(plan)
    due = parse("trước ngày 20/7/2026")
    edit(amendment, "Tổng hợp", **duty_fact(amendment, "Tổng hợp", due=due))

    issue(amendment)

    task = Task.objects.get(title="Tổng hợp ý kiến")
    assert task.due_on == datetime.date(2026, 7, 19)
    days = list(task.due_days.order_by("revision").values_list("due_on", flat=True))
    assert days == [datetime.date(2026, 7, 4), datetime.date(2026, 7, 19)]
    assert "Kế hoạch số 02-KH/ĐU" in task.due_days.get(revision=2).reason


def test_a_removed_duty_cancels_its_open_task_with_the_reason(plan):
    amendment = amend(plan)
    papers.remove_clause(clause(amendment, "Giám sát"), by=amendment.created_by)

    issue(amendment)

    task = Task.objects.get(title="Giám sát việc thực hiện")
    assert task.state == TaskState.CANCELLED
    assert titles(plan.__class__.objects.get(pk=plan.pk)) == ["Bảo đảm an ninh", "Tổng hợp ý kiến"]


def test_a_new_duty_grows_its_task(plan):
    amendment = amend(plan)
    parent = clause(amendment, "Bảo đảm").parent
    actions.write_clause(
        amendment, "duty", "Phòng cháy", by=amendment.created_by, parent=parent,
        due="trước ngày 10/8/2026",
    )  # fmt: skip

    papers.remove_clause(clause(amendment, "Giám sát"), by=amendment.created_by)

    words = "giao mới 1 nhiệm vụ, hủy 1 nhiệm vụ, giữ nguyên 2 nhiệm vụ"
    assert paper_queries.consequences(amendment) == [words]
    issue(amendment)

    assert Task.objects.filter(title="Phòng cháy", state=TaskState.OPEN).count() == 1
    assert Task.objects.count() == 4


def test_sessions_keep_their_row_and_take_the_new_words(plan):
    session = DialogueSession.objects.get(plan=plan, theme="Đất đai")
    amendment = amend(plan)
    twin = amendment.clauses.get(session__theme="Đất đai").session
    papers.edit_clause(
        twin.clause,
        by=amendment.created_by,
        version=twin.clause.version,
        text="Hội nghị tháng 9",
        fact={
            "theme": "Đất đai, nhà ở", "audience": twin.audience, "place": "Hội trường",
            "time": parse("Tháng 9/2026"), "chairs": [("Bí thư", "Lê Minh Hải")], "units": [],
        },
    )  # fmt: skip

    issue(amendment)

    session.refresh_from_db()
    archived = DialogueSession.objects.get(clause__document=session.clause.carried_from.document_id,
                                           clause=session.clause.carried_from_id)  # fmt: skip
    assert (session.theme, session.clause.document, session.plan_id) == (
        "Đất đai, nhà ở", amendment, plan.pk,
    )  # fmt: skip
    assert (archived.theme, str(archived.time)) == ("Đất đai", "Tháng 8/2026")
    assert str(session.time) == "Tháng 9/2026"
    assert [chair.post for chair in session.chairs.all()] == ["Bí thư"]


def test_the_old_paper_is_amended_and_stays_readable(plan, client):
    old = plan.document
    amendment = issue(amend(plan))

    old.refresh_from_db()
    assert (old.state, amendment.state) == (DocumentState.AMENDED, DocumentState.ISSUED)
    client.force_login(clerk_of(old.organisation))
    page = client.get(old.get_absolute_url()).content.decode()
    assert f"Được sửa đổi bởi {amendment.type.name} số {amendment.register_code}" in page
