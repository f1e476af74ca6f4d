import datetime

import pytest
from django.urls import reverse

from assignments.actions import cancel_task, report_task
from assignments.models import Task
from conferences.actions import cancel_conference
from core.access import RefusedError
from core.calendar import DayRule, WorkingCalendar
from core.timephrase import parse
from core.transitions import IllegalMoveError
from documents.actions import revoke_document
from documents.models import Document
from organisations.models import Role
from plans import actions, queries
from plans.models import ChainStep, DialogueSession, PreparationStep
from plans.models.defaults import load_default_chain
from plans.queries import Anchors, Reckoned, reckon
from tests.factories.conferences import ConferenceFactory
from tests.factories.documents import head_of, issued
from tests.factories.organisations import member
from tests.factories.plans import add_duty, add_session, body, draft_plan, issued_plan
from tests.stage import standing

DAY = datetime.date
TODAY = DAY(2026, 6, 1)


def day_of(phrase, first, last=None, calendar=None):
    """The working day of a phrase for a session between two days."""
    anchors = Anchors(first, last or first)
    return reckon(parse(phrase), anchors, calendar or WorkingCalendar(), is_inclusive=False)


# --- arithmetic ----------------------------------------------------------------------------------


def test_working_days_count_back_over_tet():
    # Tết 2026: off from Monday 16/02 to Friday 20/02.
    found = day_of("10 ngày làm việc trước hội nghị", DAY(2026, 2, 27))

    assert found.due_on == DAY(2026, 2, 6)
    assert found.why.startswith("không tính ngày nghỉ: ")


def test_a_made_up_saturday_counts_as_a_working_day():
    saturday = DAY(2026, 8, 22)
    calendar = WorkingCalendar({saturday: DayRule("working", "Làm bù")})

    assert day_of("01 ngày làm việc trước hội nghị", DAY(2026, 8, 24), calendar=calendar) == (
        Reckoned(saturday, saturday)
    )


def test_calendar_days_on_a_day_off_move_back_and_say_why():
    # Seven days before Sunday 08/3 is Sunday 01/3.
    found = day_of("07 ngày trước hội nghị", DAY(2026, 3, 8))

    assert found == Reckoned(
        DAY(2026, 3, 1),
        DAY(2026, 2, 27),
        "01/3/2026 là ngày nghỉ (Chủ nhật), lùi về ngày làm việc trước đó",
    )


def test_calendar_days_after_the_session_move_forward():
    # Ten days after Friday 24/4 is Monday 04/5; after Wednesday 22/4 it is Saturday 02/5.
    assert day_of("10 ngày kể từ khi kết thúc hội nghị", DAY(2026, 4, 24)).due_on == DAY(2026, 5, 4)
    found = day_of("10 ngày kể từ khi kết thúc hội nghị", DAY(2026, 4, 22))
    assert (found.named_on, found.due_on) == (DAY(2026, 5, 2), DAY(2026, 5, 4))


def test_before_the_session_on_a_monday_means_friday():
    found = day_of("trước khi tổ chức hội nghị", DAY(2026, 3, 9))

    assert (found.named_on, found.due_on) == (DAY(2026, 3, 8), DAY(2026, 3, 6))


def test_steps_before_count_from_the_first_day_and_steps_after_from_the_last():
    month = (DAY(2026, 6, 1), DAY(2026, 6, 30))

    assert day_of("02 ngày làm việc trước hội nghị", *month).due_on == DAY(2026, 5, 28)
    assert day_of("02 ngày làm việc kể từ khi kết thúc hội nghị", *month).due_on == DAY(2026, 7, 2)


def test_a_session_without_day_gives_no_day():
    assert day_of("02 ngày làm việc trước hội nghị", None) == Reckoned()


# --- chains --------------------------------------------------------------------------------------


_standing = standing(lambda: issued_plan().pk)


@pytest.fixture
def session(_standing, db):
    rows = DialogueSession.objects.select_related("plan__document__organisation")
    return rows.get(plan=_standing)


def test_common_chain_has_a_source_for_every_line_and_is_loaded_once(db):
    count = ChainStep.objects.count()
    load_default_chain(ChainStep)

    assert ChainStep.objects.count() == count == 12
    assert not ChainStep.objects.filter(source="").exists()


def test_issuing_lays_the_chain_back_from_the_first_day_of_the_month(session):
    steps = {step.code: step for step in session.steps.all()}

    assert len(steps) == 12
    assert steps["sort"].due_on == DAY(2026, 7, 16)
    assert (steps["announce"].named_on, steps["announce"].due_on) == (
        DAY(2026, 7, 25),
        DAY(2026, 7, 24),
    )
    assert steps["conclusion"].due_on == DAY(2026, 9, 11)


def test_laying_twice_makes_nothing_twice(session):
    clerk = session.plan.document.created_by

    assert actions.lay_chain(session, by=clerk) == []
    assert session.steps.count() == 12


def test_only_the_office_lays_a_chain(session):
    with pytest.raises(RefusedError):
        actions.lay_chain(session, by=member(Role.CLERK))


def test_own_chain_is_used_instead_of_the_common_one(db):
    plan = draft_plan()
    organisation, clerk = plan.document.organisation, plan.document.created_by
    actions.add_chain_step(
        organisation,
        by=clerk,
        name="Họp liên ngành",
        phrase=parse("05 ngày làm việc trước hội nghị"),
        source="Quy chế 01",
    )
    ChainStep.objects.filter(organisation=organisation).exclude(name="Họp liên ngành").delete()
    add_session(plan, clerk)
    issued(plan.document)

    steps = PreparationStep.objects.filter(session__plan=plan)
    assert [step.name for step in steps] == ["Họp liên ngành"]


def test_removing_a_line_closes_the_gap(db):
    clerk = member(Role.CLERK)
    organisation = clerk.current_memberships[0].organisation
    actions.copy_chain(organisation, by=clerk)
    actions.remove_chain_step(organisation.chain_steps.get(position=3), by=clerk)

    assert list(
        organisation.chain_steps.order_by("position").values_list("position", flat=True)
    ) == list(range(1, 12))


# --- steps ---------------------------------------------------------------------------------------


def step_of(session, code):
    row = session.steps.get(code=code)
    row.session = session
    return row


def test_a_ticked_step_can_be_opened_again_and_takes_its_day_anew(session):
    step, clerk = step_of(session, "venue"), session.plan.document.created_by
    due_on = step.due_on
    actions.tick_step(step, by=clerk, today=TODAY)
    assert (step.state, step.done_on) == ("done", TODAY)

    actions.reopen_step(step, by=clerk)
    assert (step.state, step.done_on, step.due_on) == ("waiting", None, due_on)


def test_a_step_is_ticked_once(session):
    step, clerk = step_of(session, "venue"), session.plan.document.created_by
    actions.tick_step(step, by=clerk, today=TODAY)

    with pytest.raises(IllegalMoveError):
        actions.tick_step(step, by=clerk, today=TODAY)


def test_a_stranger_ticks_nothing(session):
    with pytest.raises(RefusedError):
        actions.tick_step(step_of(session, "venue"), by=member(Role.CLERK), today=TODAY)


def test_a_handed_step_is_a_task_due_on_its_day_and_done_with_it(session):
    clerk, lead = (
        session.plan.document.created_by,
        body("Công an", session.plan.document.organisation),
    )
    officer = member(Role.OFFICER, lead)
    step = step_of(session, "venue")
    task = actions.hand_step(step, by=clerk, organisation=lead, today=TODAY)

    assert (task.lead, task.due_on, task.origin) == (lead, step.due_on, step)
    with pytest.raises(RefusedError):
        actions.tick_step(step, by=clerk, today=TODAY)
    assert not queries.is_done(step_of(session, "venue"))

    report_task(task, by=officer, result="Xong.", resolution="done", no_evidence_reason="Tại chỗ")
    assert queries.is_done(step_of(session, "venue"))


def test_a_revoked_plan_ends_the_tasks_of_its_steps(session):
    lead = body("Công an", session.plan.document.organisation)
    clerk = session.plan.document.created_by
    task = actions.hand_step(step_of(session, "venue"), by=clerk, organisation=lead, today=TODAY)
    document = Document.objects.get(pk=session.plan.document_id)
    revoke_document(document, by=head_of(document), reason="Lập lại")

    assert Task.objects.get(pk=task.pk).state == "cancelled"


def test_a_step_that_was_left_out_is_handed_to_the_same_body_again(session):
    lead = body("Công an", session.plan.document.organisation)
    step, clerk = step_of(session, "venue"), session.plan.document.created_by
    first = actions.hand_step(step, by=clerk, organisation=lead, today=TODAY)
    actions.drop_step(step, by=clerk, reason="Tưởng không cần")
    actions.reopen_step(step, by=clerk)

    second = actions.hand_step(step, by=clerk, organisation=lead, today=TODAY)

    first.refresh_from_db()
    assert (first.state, second.state, second.lead) == ("cancelled", "open", lead)


def test_a_step_whose_task_was_cancelled_waits_for_somebody_again(session, client):
    lead = body("Công an", session.plan.document.organisation)
    step, clerk = step_of(session, "venue"), session.plan.document.created_by
    first = actions.hand_step(step, by=clerk, organisation=lead, today=TODAY)
    cancel_task(first, by=clerk, reason="Giao nhầm")
    client.force_login(clerk)

    step = step_of(session, "venue")
    (line,) = [row for row in queries.timeline(session, clerk, TODAY) if row.step == step]
    page = client.get(session.get_absolute_url()).text
    links = [reverse(f"plans:{name}_step", args=[step.pk]) for name in ("tick", "hand", "edit")]
    second = actions.hand_step(step, by=clerk, organisation=lead, today=TODAY)

    assert (line.is_done, line.label, line.who) == (False, "Chưa làm", lead.short_name)
    assert all(link in page for link in links)
    assert (second.state, step_of(session, "venue").is_waiting) == ("open", False)
    with pytest.raises(IllegalMoveError):
        actions.hand_step(step, by=clerk, organisation=lead, today=TODAY)


def test_a_step_nobody_works_on_any_more_can_be_changed_or_ticked(session):
    lead = body("Công an", session.plan.document.organisation)
    clerk, names = session.plan.document.created_by, ("venue", "forms")
    for name in names:
        task = actions.hand_step(step_of(session, name), by=clerk, organisation=lead, today=TODAY)
        cancel_task(task, by=clerk, reason="Giao nhầm")

    changed, ticked = (step_of(session, name) for name in names)
    actions.edit_step(changed, by=clerk, name="Chọn nơi họp", phrase=changed.phrase)
    actions.tick_step(ticked, by=clerk, today=TODAY)

    assert [step_of(session, name).state for name in names] == ["waiting", "done"]


def test_a_step_stands_on_the_side_of_the_session_its_deadline_counts_from(session):
    step, clerk = step_of(session, "venue"), session.plan.document.created_by
    was = step.stage
    actions.edit_step(step, by=clerk, name=step.name, phrase=parse("05 ngày làm việc sau hội nghị"))

    assert (was, step_of(session, "venue").stage) == ("before", "after")


def test_a_dropped_step_is_left_out(session):
    step = step_of(session, "forms")
    by = session.plan.document.created_by
    with pytest.raises(RefusedError):
        actions.drop_step(step, by=by, reason=" ")
    actions.drop_step(step, by=by, reason="Đã phát từ tháng trước")

    assert queries.is_done(step)


def test_a_conference_called_off_ends_what_was_being_prepared(session):
    by, conference = session.plan.document.created_by, ConferenceFactory(session=session)
    step = step_of(session, "forms")
    task = actions.hand_step(step, by=by, organisation=conference.organisation, today=TODAY)

    cancel_conference(conference, by=by, note="mưa bão")

    task.refresh_from_db()
    assert task.state == "cancelled"
    assert set(session.steps.values_list("state", flat=True)) == {"dropped"}


# --- duties --------------------------------------------------------------------------------------


def test_a_relative_duty_for_two_sessions_becomes_a_task_for_each(db):
    plan = draft_plan()
    clerk = plan.document.created_by
    clauses = [
        add_session(plan, clerk, theme=f"Kỳ {month}", time=f"Tháng {month}/2026")
        for month in (3, 9)
    ]
    lead = body("Văn phòng", plan.document.organisation)
    add_duty(
        plan,
        clerk,
        lead,
        "Trình thông báo kết luận",
        due="07 ngày làm việc kể từ khi kết thúc đối thoại",
        sessions=[clause.session for clause in clauses],
    )
    issued(plan.document)

    found = Task.objects.filter(lead=lead).order_by("due_on")
    assert [(task.title, task.anchor_on, task.due_on) for task in found] == [
        ("Trình thông báo kết luận · Tháng 3/2026", DAY(2026, 3, 31), DAY(2026, 4, 9)),
        ("Trình thông báo kết luận · Tháng 9/2026", DAY(2026, 9, 30), DAY(2026, 10, 9)),
    ]
    assert [task.origin.session.theme for task in found] == ["Kỳ 3", "Kỳ 9"]
