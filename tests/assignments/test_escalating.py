import datetime

import pytest

from assignments import actions, queries
from assignments.actions.steps import newest_rung, tiers_to_tell
from assignments.models import Escalation, OverdueTier, Reminder, Rung, Task
from assignments.states import TaskState
from core.access import RefusedError
from core.calendar import WorkingCalendar
from core.models import Message, WorkingDay
from core.timephrase import parse
from dialogue.waiting import brought_before
from documents.models import Document
from organisations.models import Absence, Role, User
from tests.factories.assignments import TaskFactory
from tests.factories.organisations import (
    MembershipFactory,
    OrganisationFactory,
    PostFactory,
    UserFactory,
    member,
)

pytestmark = pytest.mark.django_db
DUE = datetime.date(2026, 8, 12)  # a Wednesday
CALENDAR = WorkingCalendar()


def after(working_days: int, hour: int = 9) -> datetime.datetime:
    day = CALENDAR.add_working_days(DUE, working_days) if working_days else DUE
    zone = datetime.timezone(datetime.timedelta(hours=7))
    return datetime.datetime.combine(day, datetime.time(hour), tzinfo=zone)


def told(working_days: int) -> set[tuple[str, str]]:
    """Whom the sweep of that day tells of what."""
    now = after(working_days)
    actions.remind(now)
    rows = Reminder.objects.filter(planned_for=now.date(), channel="email")
    return {(row.recipient.full_name, row.rung) for row in rows.select_related("recipient")}


@pytest.fixture
def task():
    """Given by a committee with clerk, deputy and chair to an office with officer and head."""
    owner, lead = OrganisationFactory(name="Đảng ủy xã"), OrganisationFactory(name="Phòng Kinh tế")
    member(Role.CLERK, owner, full_name="văn thư")
    member(Role.HEAD, owner, full_name="bí thư")
    for name, held in (("phó thường trực", "Phó Bí thư Thường trực"), ("phó", "Phó Bí thư")):
        post = PostFactory(organisation=owner, name=held, is_head=False)
        person = UserFactory(full_name=name)
        MembershipFactory(user=person, organisation=owner, role=Role.HEAD, post=post)
    member(Role.OFFICER, lead, full_name="cán bộ")
    member(Role.HEAD, lead, full_name="trưởng phòng")
    return TaskFactory(owner=owner, lead=lead, due_on=DUE)


def without(*names: str) -> None:
    """These people have left."""
    for name in names:
        User.objects.filter(full_name=name).update(is_active=False)


@pytest.mark.parametrize(
    ("position", "rung"), ((-8, None), (-7, -7), (-4, -7), (0, 0), (2, 1), (12, 8), (13, 13))
)
def test_newest_rung_repeats_from_its_own_day(position, rung):
    rungs = [Rung(offset=offset) for offset in (-7, -3, -1, 0, 1, 3)]
    rungs.append(Rung(offset=8, repeats_every=5))

    found = newest_rung(rungs, position)

    assert (found and found[1]) == rung


@pytest.mark.parametrize(
    ("position", "tiers"), ((0, []), (1, [1]), (6, [1, 6]), (15, [1, 6, 11]), (40, [11]))
)
def test_a_tier_that_was_missed_is_made_up_for_a_while(position, tiers):
    known = [OverdueTier(from_days=days) for days in (11, 1, 6)]

    assert [tier.from_days for tier in tiers_to_tell(known, position)] == tiers


def test_each_tier_tells_the_next_superior(task):
    assert told(1) == {("cán bộ", "t+1"), ("trưởng phòng", "late+1")}
    assert told(6) == {("cán bộ", "t+3"), ("phó thường trực", "late+6")}
    assert told(11) == {("cán bộ", "t+8"), ("bí thư", "late+11")}
    assert told(12) == set()

    steps = task.escalations.order_by("pk").values_list("from_days", "name", "rank")
    assert list(steps) == [
        (1, "Quá hạn", "head"),
        (6, "Quá hạn kéo dài", "deputy"),
        (11, "Quá hạn nghiêm trọng", "chair"),
    ]
    letter = Message.objects.get(recipient__full_name="phó thường trực", channel="email")
    assert "Quá 6 ngày làm việc · thứ Tư, 12/8/2026" in letter.body
    assert "Quá hạn kéo dài (trễ 6–10 ngày làm việc)" in letter.body
    assert letter.body.count(task.get_absolute_url()) == 1


@pytest.mark.parametrize(
    ("gone", "days", "who"),
    (
        (("cán bộ",), 0, "trưởng phòng"),
        (("cán bộ", "trưởng phòng"), 0, "văn thư"),
        (("trưởng phòng",), 1, "phó thường trực"),
        (("phó thường trực",), 6, "phó"),
        (("phó thường trực", "phó"), 6, "bí thư"),
    ),
)
def test_a_rank_nobody_holds_falls_to_the_next(task, gone, days, who):
    without(*gone)

    assert who in {name for name, _rung in told(days)}


def test_a_lead_dissolved_the_day_before_is_followed_by_its_successor(task):
    last_day = DUE - datetime.timedelta(days=1)
    type(task.lead).objects.filter(pk=task.lead_id).update(valid_to=last_day)
    assert told(0) == {("văn thư", "t")}

    heir, between = OrganisationFactory(), OrganisationFactory(valid_to=last_day)
    member(Role.OFFICER, between, full_name="cán bộ ở giữa")
    member(Role.OFFICER, heir, full_name="cán bộ mới")
    task.lead.successors.add(between)
    between.successors.add(heir)

    assert told(3) == {("cán bộ mới", "t+3"), ("phó thường trực", "late+1")}
    letter = Message.objects.get(recipient__full_name="văn thư", channel="email")
    assert "đã kết thúc hoạt động từ sau ngày 11/8/2026" in letter.body


def test_whoever_stands_in_is_told_too(task):
    officer = User.objects.get(full_name="cán bộ")
    stand_in = member(Role.OFFICER, full_name="người thay")
    Absence.objects.create(
        absent=officer, substitute=stand_in, entered_by=officer, starts_on=DUE, ends_on=DUE
    )

    assert told(0) == {("cán bộ", "t"), ("người thay", "t")}
    letter = Message.objects.get(recipient=stand_in, channel="email")
    assert "Ông/bà nhận thay cán bộ đang vắng." in letter.body


def test_explanation_is_asked_for_once_in_one_letter_per_lead(task):
    phrase = parse("trong 05 ngày làm việc kể từ ngày ban hành", year=2026)
    other = TaskFactory(
        owner=task.owner, lead=task.lead, due_on=DUE, title="Lắp đèn", due_phrase=phrase,
        anchor_on=datetime.date(2026, 8, 5),
    )  # fmt: skip

    for hour in (8, 9, 16):
        actions.remind(after(6, hour))
    actions.remind(after(7))

    document = Document.objects.get()
    assert (document.type_id, document.organisation, document.state) == ("CV", task.owner, "draft")
    assert document.skin_id.startswith("PARTY")
    assert document.created_by.full_name == "văn thư"
    texts = list(document.clauses.order_by("pk").values_list("text", flat=True))
    assert sum("thời hạn 12/8/2026" in text for text in texts) == 2
    assert sum("tính từ ngày 05/8/2026" in text for text in texts) == 1
    assert {step.task for step in document.escalations.all()} == {task, other}
    reminding = queries.reminding_of(task, after(7).date(), CALENDAR)
    assert reminding.tier == "Quá hạn kéo dài (trễ 6–10 ngày làm việc)"
    assert [step.explanation for step in reminding.steps] == [document, None]
    deputy = User.objects.get(full_name="phó thường trực")
    rows = brought_before(deputy, after(7).date(), after(7)).rows
    assert [row.title for row in rows] == [task.title, other.title]
    assert rows[0].detail.endswith("công văn yêu cầu giải trình: dự thảo")


def test_a_clerk_may_ask_for_the_letter_earlier_others_may_not(task):
    today = after(2).date()
    officer, clerk = (User.objects.get(full_name=name) for name in ("cán bộ", "văn thư"))

    with pytest.raises(RefusedError):
        actions.draft_explanation(task, by=officer, today=today)
    document = actions.draft_explanation(task, by=clerk, today=today)

    assert Escalation.objects.get(explanation=document).from_days == 2
    Task.objects.update(state=TaskState.CANCELLED)
    task.refresh_from_db()
    with pytest.raises(RefusedError):
        actions.draft_explanation(task, by=clerk, today=today)


def test_a_holiday_declared_for_yesterday_sends_nothing_twice_and_is_told(task):
    told(1)
    yesterday = after(1).date()
    rule = {"kind": "day_off", "name": "Nghỉ bão", "source": "Công điện"}
    WorkingDay.objects.create(date=yesterday, **rule)

    actions.remind(after(2))

    assert Reminder.objects.filter(planned_for=after(2).date()).count() == 0
    line = queries.reminding_of(task, after(2).date(), WorkingCalendar.load()).told[0]
    assert line.notes == (
        "Ngày này về sau là ngày nghỉ (Nghỉ bão); lời nhắc đã gửi vẫn giữ, không gửi lại.",
    )


def test_a_sweep_costs_the_same_for_thirty_tasks_and_for_three_hundred(
    task, django_assert_num_queries
):
    days = [CALENDAR.add_working_days(DUE, n) if n else DUE for n in range(-15, 15)]
    for number in (30, 300):
        Task.objects.bulk_create(
            Task(title=f"{n}", owner=task.owner, lead=task.lead, due_on=days[n % len(days)])
            for n in range(number)
        )
        # The ladders with rungs and tiers, the due days, who is away, one INSERT for everything.
        with django_assert_num_queries(6):
            actions.plan_reminders(after(0), CALENDAR)
