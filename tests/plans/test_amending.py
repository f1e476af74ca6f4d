"""A plan in force is amended: what has grown out of it goes on under the new words."""

import datetime

import pytest

from assignments.actions import cancel_task
from assignments.models import Task
from assignments.states import TaskState
from core.models import Message
from core.timephrase import parse
from core.transitions import IllegalMoveError
from documents import actions as papers
from documents import checks
from documents import queries as paper_queries
from documents.models import Recipient
from documents.queries.differences import changes_of
from documents.states import DocumentState
from organisations.models import Role
from plans import actions
from plans.models import DialogueSession, Plan, PreparationStep
from plans.states import StepState
from tests.factories.conferences import ConferenceFactory
from tests.factories.documents import head_of, issued
from tests.factories.feedback import ConsultationFactory
from tests.factories.organisations import member
from tests.factories.plans import add_duty, add_session, body, clerk_of, draft_plan, office
from tests.plans.amended import LATER, amend, clause, duty_fact, edit, issue
from tests.stage import standing

pytestmark = pytest.mark.django_db


def made_plan():
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
    return made.pk


_standing = standing(made_plan)


@pytest.fixture
def plan(_standing, db):
    return Plan.objects.get(pk=_standing)


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


def test_an_amendment_in_force_doubles_no_task_and_leaves_work_where_it_is(plan, client):
    """Tasks of unchanged duties, conferences and consultations stay; who got the old paper is told."""
    old, session = plan.document, DialogueSession.objects.get(plan=plan, theme="Đất đai")
    conference = ConferenceFactory(session=session)
    consultation = ConsultationFactory(session=session)
    named = member(Role.CLERK)
    Recipient.objects.create(
        document=old, position=9, text="x", organisation=named.memberships.get().organisation
    )
    before = set(Task.objects.values_list("pk", "due_on", "revision"))

    amendment = issue(amend(plan))

    plan.refresh_from_db()
    assert plan.document == amendment
    assert set(Task.objects.values_list("pk", "due_on", "revision")) == before
    assert titles(plan) == ["Bảo đảm an ninh", "Giám sát việc thực hiện", "Tổng hợp ý kiến"]
    conference.refresh_from_db()
    consultation.refresh_from_db()
    assert conference.session == consultation.session == session
    assert conference.session.clause.document == amendment
    assert conference.session.plan.document == amendment
    assert (
        Message.objects.filter(recipient=named, subject="Sửa đổi, bổ sung: 01-KH/ĐU").count() == 1
    )
    old.refresh_from_db()
    assert (old.state, amendment.state) == (DocumentState.AMENDED, DocumentState.ISSUED)
    client.force_login(clerk_of(old.organisation))
    page = client.get(old.get_absolute_url()).content.decode()
    assert f"Được sửa đổi bởi {amendment.type.name} số {amendment.register_code}" in page


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


def move_to(session, phrase):
    row = DialogueSession.objects.select_related("plan__document").get(pk=session.pk)
    by = row.plan.document.created_by
    actions.move_session(
        row, by=by, time=parse(phrase), reason="mưa bão", sequence=row.sequence, today=LATER
    )


def test_an_amendment_says_where_sessions_have_moved(plan):
    """Before it begins and while it is a draft: proposed in words and fact, for the clerk to see."""
    land, water = plan.sessions.order_by("pk")
    move_to(land, "Tháng 9/2026")
    actions.fix_session(water, by=plan.document.created_by, day=datetime.date(2026, 10, 8), today=LATER)  # fmt: skip
    amendment = amend(plan)
    first, second = amendment.plan.sessions.order_by("pk")
    told = [first.clause.text, second.clause.text]
    move_to(land, "Tháng 11/2026")

    first.refresh_from_db()
    first.clause.refresh_from_db()
    assert "Thời gian: Tháng 9/2026" in told[0]
    assert "Thời gian: Ngày 08/10/2026" in told[1]
    assert "Quý IV/2026" in told[1]
    assert "Thời gian: Tháng 11/2026" in first.clause.text
    assert (str(first.time), str(second.time)) == ("Tháng 11/2026", "ngày 08/10/2026")
    changed = [row.clause.text for row in changes_of(amendment) if row.kind == "changed"]
    assert changed[:2] == [first.clause.text, second.clause.text]


def test_a_time_the_clerk_chose_stands_and_the_check_names_the_other(plan):
    land = plan.sessions.order_by("pk").first()
    amendment = amend(plan)
    twin = amendment.plan.sessions.order_by("pk").first()
    twin.time = parse("Tháng 10/2026")
    twin.save(update_fields=["time"])
    move_to(land, "Tháng 9/2026")

    twin.refresh_from_db()
    found = {row.rule: row.message for row in checks.findings(amendment, today=LATER)}
    assert str(twin.time) == "Tháng 10/2026"
    assert "vừa được đổi sang “Tháng 9/2026”" in found["session-moved-since"]
    assert "Câu chữ ghi “Tháng 8/2026”" in found["session-words"]


@pytest.mark.parametrize(
    ("factory", "words"), ((ConferenceFactory, "đã lập"), (ConsultationFactory, "đã lấy ý kiến"))
)
def test_a_session_people_work_on_is_not_dropped(plan, factory, words):
    session = DialogueSession.objects.get(plan=plan, theme="Đất đai")
    factory(session=session)
    amendment = amend(plan)
    papers.remove_clause(amendment.clauses.get(session__theme="Đất đai"), by=amendment.created_by)

    with pytest.raises(IllegalMoveError, match=words):
        issue(amendment)

    plan.document.refresh_from_db()
    assert plan.document.state == DocumentState.ISSUED


def test_revoking_cancels_open_tasks_keeps_finished_ones_and_tells_the_receivers(plan):
    paper = plan.document
    named = member(Role.CLERK)
    Recipient.objects.create(
        document=paper, position=9, text="x", organisation=named.memberships.get().organisation
    )
    done = Task.objects.get(title="Bảo đảm an ninh")
    Task.objects.filter(pk=done.pk).update(state=TaskState.ACCEPTED, resolution="done")

    assert paper_queries.undoings(paper) == ["hủy 2 nhiệm vụ đang thực hiện"]
    papers.revoke_document(paper, by=head_of(paper), reason="Ban hành sai thẩm quyền")

    states = Task.objects.order_by("title").values_list("title", "state")
    assert list(states) == [
        ("Bảo đảm an ninh", TaskState.ACCEPTED),
        ("Giám sát việc thực hiện", TaskState.CANCELLED),
        ("Tổng hợp ý kiến", TaskState.CANCELLED),
    ]
    told = Message.objects.filter(subject__startswith="Đã thu hồi").values_list("recipient", "body")
    assert dict(told)[named.pk].endswith("Lý do: Ban hành sai thẩm quyền")
    assert {pk for pk, _body in told} == {named.pk, paper.created_by_id}


def test_a_revoked_amendment_gives_back_what_it_cancelled_and_nothing_else():
    home = office()
    by, front = clerk_of(home), body("MTTQ", home)
    plan = draft_plan(home)
    add_session(plan, by)
    add_duty(plan, by, front, "Bảo đảm an ninh", due="05 ngày làm việc trước hội nghị")
    add_duty(plan, by, front, "Tổng hợp ý kiến", due="trước ngày 05/7/2026")
    issued(plan.document)
    tasks = Task.objects.filter(clause__document=plan.document)
    cancel_task(tasks.get(title="Tổng hợp ý kiến"), by=by, reason="Không cần nữa")
    draft = amend(plan)
    papers.remove_clause(clause(draft, "Bảo đảm"), by=by)
    issue(draft)

    papers.revoke_document(draft, by=head_of(draft), reason="Ban hành nhầm")

    plan.refresh_from_db()
    step = PreparationStep.objects.get(duty__plan=plan)
    assert (titles(plan), step.state) == (["Bảo đảm an ninh"], StepState.HANDED)


def test_what_a_person_left_out_after_the_amendment_stays_left_out():
    home = office()
    by, front = clerk_of(home), body("MTTQ", home)
    plan = draft_plan(home)
    add_session(plan, by)
    add_duty(plan, by, front, "Bảo đảm an ninh", due="05 ngày làm việc trước hội nghị")
    issued(plan.document)
    draft = amend(plan)
    papers.remove_clause(clause(draft, "Bảo đảm"), by=by)
    issue(draft)
    step = PreparationStep.objects.get(state=StepState.DROPPED)
    assert step.left_out_by == draft
    actions.reopen_step(step, by=by)
    actions.drop_step(step, by=by, reason="Công an tỉnh lo")

    papers.revoke_document(draft, by=head_of(draft), reason="Ban hành nhầm")

    step.refresh_from_db()
    assert (step.state, step.left_out_by) == (StepState.DROPPED, None)


def test_a_revoked_amendment_gives_the_plan_its_words_sessions_and_tasks_back(plan):
    old, before = plan.document, titles(plan)
    conference = ConferenceFactory(session=plan.sessions.first())
    draft = amend(plan)
    edit(draft, "Tổng hợp", to="Tổng hợp lại", **duty_fact(draft, "Tổng hợp", part="advise"))
    papers.remove_clause(clause(draft, "Giám sát"), by=draft.created_by)
    issue(draft)

    papers.revoke_document(draft, by=head_of(draft), reason="Ban hành nhầm")

    old.refresh_from_db()
    plan.refresh_from_db()
    conference.session.refresh_from_db()
    assert (plan.document_id, old.state) == (old.pk, DocumentState.ISSUED)
    assert conference.session.clause.document_id == old.pk
    assert titles(plan) == before
