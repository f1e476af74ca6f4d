import datetime

import pytest

from assignments.models import DueDay, Task
from conferences import actions as conferences
from core.access import RefusedError
from core.models import Message
from core.timephrase import parse
from core.transitions import IllegalMoveError
from organisations.models import Role
from plans import actions, queries
from plans.models import DialogueSession
from plans.queries import Anchors
from tests.factories.documents import issued
from tests.factories.organisations import member
from tests.factories.plans import add_duty, add_session, body, draft_plan
from tests.stage import standing

DAY = datetime.date
TODAY = DAY(2026, 6, 1)
OFFSET = "10 ngày làm việc trước hội nghị"


def made_plan():
    """An issued plan with one session in August and one duty that hangs on it."""
    plan = draft_plan()
    clerk = plan.document.created_by
    clause = add_session(plan, clerk, time="ngày 14/8/2026")
    lead = body("Văn phòng", plan.document.organisation)
    add_duty(plan, clerk, lead, "Tổng hợp ý kiến", due=OFFSET, sessions=[clause.session])
    issued(plan.document)
    return plan.pk


_standing = standing(made_plan)


@pytest.fixture
def session(_standing, db):
    rows = DialogueSession.objects.select_related("plan__document__organisation")
    return rows.get(plan=_standing)


def move(session, literal, **changes):
    given = {
        "by": session.plan.document.created_by,
        "time": parse(literal),
        "reason": "trùng lịch",
        "sequence": session.sequence,
        "today": TODAY,
        **changes,
    }
    return actions.move_session(session, **given)


def preview(session, day, today=TODAY):
    return queries.preview_move(session, Anchors(day, day), today)


def line(change, name):
    return next(row for row in change.lines if row.step.name.startswith(name))


# --- the preview ---------------------------------------------------------------------------------


def test_preview_shows_old_and_new_day_and_saves_nothing(session):
    change = preview(session, DAY(2026, 8, 21))

    found = line(change, "Tổng hợp")
    assert (found.old, found.new.due_on, found.moves) == (DAY(2026, 7, 31), DAY(2026, 8, 7), True)
    assert Task.objects.get(title="Tổng hợp ý kiến").due_on == DAY(2026, 7, 31)
    assert (len(change.moving), change.finished) == (13, 0)


def test_finished_steps_stay(session):
    step = session.steps.get(code="forms")
    step.session = session
    actions.tick_step(step, by=session.plan.document.created_by, today=TODAY)
    change = preview(session, DAY(2026, 8, 21))

    assert change.finished == 1
    assert line(change, "Phát phiếu").moves is False


@pytest.mark.parametrize(
    ("today", "warning"),
    (
        (DAY(2026, 8, 10), "rơi vào ngày đã qua"),
        (DAY(2026, 8, 6), "chỉ còn chưa đến 2 ngày làm việc"),
    ),
)
def test_days_gone_by_and_little_time_are_marked(session, today, warning):
    assert line(preview(session, DAY(2026, 8, 21), today), "Tổng hợp").warnings[0] == warning


def test_two_steps_on_one_day_are_marked(session):
    found = line(preview(session, DAY(2026, 8, 21)), "Tổng hợp").warnings

    assert found == ["cùng ngày với: Gửi giấy mời, chốt danh sách đại biểu"]


def test_a_step_too_close_behind_another_is_marked(session):
    session.steps.filter(name__startswith="Trả lời").update(
        phrase=parse("09 ngày làm việc trước hội nghị")
    )

    found = line(preview(session, DAY(2026, 8, 21)), "Trả lời").warnings

    assert found == ["chỉ cách “Tổng hợp ý kiến” 1 ngày làm việc"]


def test_a_step_on_a_day_off_is_shifted_and_marked(session):
    found = line(preview(session, DAY(2026, 9, 9)), "Thông báo thời gian")

    # 31/8 is off too: it was swapped for Saturday 22/8.
    assert found.new.due_on == DAY(2026, 8, 28)
    assert found.warnings[0].startswith("02/9/2026 là ngày nghỉ")


def test_a_session_on_a_day_off_is_marked(session):
    assert preview(session, DAY(2026, 8, 16)).warnings == ["Ngày mới là ngày nghỉ: Chủ nhật."]


# --- the move ------------------------------------------------------------------------------------


def test_moving_carries_steps_and_tasks_and_keeps_the_old_due_day(session):
    move(session, "ngày 21/8/2026")

    task = Task.objects.get(title="Tổng hợp ý kiến")
    assert (task.anchor_on, task.due_on, task.revision) == (DAY(2026, 8, 21), DAY(2026, 8, 7), 2)
    assert list(
        DueDay.objects.filter(task=task).order_by("revision").values_list("due_on", flat=True)
    ) == [
        DAY(2026, 7, 31),
        DAY(2026, 8, 7),
    ]
    assert task.origin.due_on == DAY(2026, 8, 7)
    fresh = DialogueSession.objects.get(pk=session.pk)
    assert (str(fresh.time), fresh.latest_on, fresh.sequence) == (
        "ngày 21/8/2026",
        DAY(2026, 8, 21),
        1,
    )


def test_a_reported_task_does_not_move(session):
    task = Task.objects.get(title="Tổng hợp ý kiến")
    Task.objects.filter(pk=task.pk).update(state="reported")
    move(session, "ngày 21/8/2026")

    assert Task.objects.get(pk=task.pk).due_on == DAY(2026, 7, 31)


def test_each_person_is_told_once_however_many_steps_move(session):
    lead = Task.objects.get(title="Tổng hợp ý kiến").lead
    officer = member(Role.OFFICER, lead)
    move(session, "ngày 21/8/2026")

    told = Message.objects.filter(recipient=officer, key__startswith="session-moved:")
    assert sorted(told.values_list("channel", flat=True)) == ["email", "in_app"]
    assert "- Tổng hợp ý kiến: 31/7/2026 → 07/8/2026" in told[0].body


def test_what_was_previewed_must_still_be_so(session):
    move(session, "ngày 21/8/2026")

    with pytest.raises(IllegalMoveError):
        move(session, "ngày 28/8/2026", sequence=0)


def test_only_the_office_moves_a_session(session):
    with pytest.raises(RefusedError):
        move(session, "ngày 21/8/2026", by=member(Role.CLERK))


# --- a conference --------------------------------------------------------------------------------


def at(day, hour):
    return datetime.datetime.combine(
        day, datetime.time(hour), datetime.timezone(datetime.timedelta(hours=7))
    )


def hold(session, day):
    return conferences.create_conference(
        session,
        by=session.plan.document.created_by,
        starts_at=at(day, 8),
        ends_at=at(day, 11),
        place="Hội trường",
        chair="Bí thư",
    )


def test_fixing_the_conference_moves_the_preparation(session):
    hold(session, DAY(2026, 8, 20))

    assert DialogueSession.objects.get(pk=session.pk).fixed_on == DAY(2026, 8, 20)
    assert Task.objects.get(title="Tổng hợp ý kiến").due_on == DAY(2026, 8, 6)


def test_another_day_for_the_conference_moves_it_again_and_another_hour_does_not(session):
    conference = hold(session, DAY(2026, 8, 20))
    clerk = session.plan.document.created_by
    values = {"place": "Hội trường", "chair": "Bí thư", "secretary": "", "title": "Hội nghị"}
    day = DAY(2026, 8, 21)
    conferences.edit_conference(
        conference, by=clerk, version=1, starts_at=at(day, 8), ends_at=at(day, 11), **values
    )
    task = Task.objects.get(title="Tổng hợp ý kiến")
    assert (task.due_on, task.revision) == (DAY(2026, 8, 7), 3)

    conferences.edit_conference(
        conference, by=clerk, version=2, starts_at=at(day, 14), ends_at=at(day, 17), **values
    )
    task.refresh_from_db()
    assert (task.due_on, task.revision) == (DAY(2026, 8, 7), 3)
    assert DialogueSession.objects.get(pk=session.pk).sequence == 3


def test_a_fixed_session_is_moved_at_its_conference_only(session):
    hold(session, DAY(2026, 8, 20))

    with pytest.raises(RefusedError):
        move(session, "ngày 28/8/2026", sequence=1)
