import datetime
import re

import pytest
from django.urls import reverse

from assignments import actions
from assignments.models import DueRequest, Task
from assignments.queries import due_requests_for, open_due_days
from core.access import RefusedError
from core.models import Message
from core.timephrase import parse
from core.transitions import IllegalMoveError
from organisations.models import Role
from tests.factories.assignments import TaskFactory
from tests.factories.organisations import member
from tests.forms import once

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 8, 17)  # Monday; Saturday 22/8 is worked, 31/8–2/9 are days off
DUE = datetime.date(2026, 8, 20)


@pytest.fixture
def task():
    return TaskFactory(due_on=DUE, due_phrase=parse("ngày 20/8/2026"))


@pytest.fixture
def officer(task):
    return member(Role.OFFICER, task.lead)


@pytest.fixture
def clerk(task):
    return member(Role.CLERK, task.owner)


def later(task, officer, words="trước ngày 05/9/2026", today=TODAY):
    return actions.ask_due(
        task, by=officer, kind="extension", wanted=parse(words), reason="Chờ vật tư về", today=today
    )


def paused(task, officer, clerk, today=TODAY):
    asked = actions.ask_due(task, by=officer, kind="pause", reason="Chờ tỉnh trả lời", today=today)
    actions.accept_due(asked, by=clerk)
    task.refresh_from_db()
    return asked


def test_an_extension_is_asked_granted_and_every_due_day_stays_on_record(task, officer, clerk):
    asked = later(task, officer)
    waiting = list(due_requests_for(clerk))

    actions.accept_due(asked, by=clerk, decision="Đồng ý")

    task.refresh_from_db()
    assert (waiting, list(due_requests_for(clerk))) == ([asked], [])
    assert (task.due_on, task.revision) == (datetime.date(2026, 9, 4), 2)
    assert "Chờ vật tư về" in task.due_days.get(revision=2).reason
    told = Message.objects.filter(recipient=officer, subject__contains="Thời hạn mới")
    assert told.exists()


def test_a_refusal_says_why_and_changes_no_day(task, officer, clerk):
    asked = later(task, officer)

    actions.refuse_due(asked, by=clerk, decision="Không còn mùa khô")

    task.refresh_from_db()
    letter = Message.objects.filter(recipient=officer, subject__startswith="Không đồng ý").first()
    assert (task.due_on, "Không còn mùa khô" in letter.body) == (DUE, True)


def test_the_clock_stands_without_reminders_and_goes_on_by_exactly_the_days_it_stood(
    task, officer, clerk
):
    paused(task, officer, clerk)
    far = DUE + datetime.timedelta(days=40)
    stands = (task.is_overdue(far), Task.objects.overdue(far).count(), open_due_days(DUE, DUE))

    actions.resume_task(task, by=officer, today=datetime.date(2026, 8, 26))

    task.refresh_from_db()
    # 18, 19, 20, 21, 22 (worked Saturday), 24, 25, 26 August: eight working days.
    assert stands == (False, 0, [])
    assert (task.paused_on, task.paused_days, task.due_on) == (None, 8, datetime.date(2026, 9, 3))
    assert "8 ngày làm việc" in task.due_days.get(revision=2).reason


def test_a_changed_calendar_keeps_the_days_the_clock_stood(officer_of_relative):
    from core.calendar import WorkingCalendar

    task, officer, clerk = officer_of_relative
    paused(task, officer, clerk)
    actions.resume_task(task, by=clerk, today=datetime.date(2026, 8, 19))
    task.refresh_from_db()
    moved_to = task.due_on

    moved = actions.recompute_due_days(WorkingCalendar.load())

    task.refresh_from_db()
    assert (moved, task.due_on, moved_to) == (0, moved_to, datetime.date(2026, 8, 26))


@pytest.fixture
def officer_of_relative():
    task = TaskFactory(
        due_on=datetime.date(2026, 8, 24),
        anchor_on=datetime.date(2026, 8, 14),
        due_phrase=parse("07 ngày làm việc kể từ ngày ban hành"),
    )
    return task, member(Role.OFFICER, task.lead), member(Role.CLERK, task.owner)


def test_only_the_lead_asks_only_the_owner_decides_and_never_who_asked(task, officer, clerk):
    with pytest.raises(RefusedError):
        later(task, clerk)
    asked = later(task, officer)
    with pytest.raises(RefusedError):
        actions.accept_due(asked, by=officer)
    with pytest.raises(RefusedError):
        actions.withdraw_due(asked, by=clerk)

    actions.withdraw_due(asked, by=officer)

    assert DueRequest.objects.get().state == "withdrawn"


def test_two_people_decide_one_request_and_the_second_reads_that_it_is_done(task, officer, clerk):
    asked = later(task, officer)
    same = DueRequest.objects.select_related("task").get()

    actions.refuse_due(asked, by=clerk, decision="Không được")
    with pytest.raises(IllegalMoveError, match="Không đồng ý"):
        actions.accept_due(same, by=clerk)

    task.refresh_from_db()
    assert task.due_on == DUE


@pytest.mark.parametrize("kind", ("pause", "extension"))
def test_the_clock_of_a_task_that_was_just_reported_is_not_touched(task, officer, clerk, kind):
    wanted = parse("trước ngày 05/9/2026") if kind == "extension" else None
    actions.ask_due(
        task, by=officer, kind=kind, wanted=wanted, reason="Chờ tỉnh trả lời", today=TODAY
    )
    opened = DueRequest.objects.select_related("task").get()
    actions.report_task(
        task, by=officer, result="Xong", resolution="done", no_evidence_reason="Bản giấy"
    )

    with pytest.raises(IllegalMoveError, match="vừa được báo cáo"):
        actions.accept_due(opened, by=clerk)

    task.refresh_from_db()
    state = DueRequest.objects.get().state
    assert (task.paused_on, task.due_on, state) == (None, DUE, "asked")


def test_asked_after_the_day_or_twice_it_is_refused_and_what_was_typed_stays(task, officer, client):
    Task.objects.filter(pk=task.pk).update(due_on=datetime.date(2020, 1, 3))
    client.force_login(officer)
    typed = once(kind="extension", wanted="ngày 05/9/2030", reason="Chờ vật tư về kho")

    page = client.post(reverse("assignments:ask_due", args=[task.pk]), typed)

    assert ("Việc đã quá hạn từ sau ngày" in page.text, "Chờ vật tư về kho" in page.text) == (
        True,
        True,
    )
    later(TaskFactory(lead=task.lead, due_on=DUE), officer)
    with pytest.raises(IllegalMoveError, match="quá hạn"):
        later(task, officer)


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    (
        ("ngày 19/8/2036", ""),
        ("", "Hãy ghi thời hạn mới."),
        ("ngày 01/8/2026", "không muộn hơn hạn hiện nay"),
        ("khi nào xong", "chưa hiểu"),
    ),
)
def test_the_form_asks_for_a_later_day(wanted, sentence):
    from assignments.forms import AskDueForm

    task = TaskFactory(due_on=DUE)
    form = AskDueForm({"kind": "extension", "wanted": wanted, "reason": "Chờ vật tư"}, task=task)

    said = " ".join(form.errors.get("wanted", []))
    assert (sentence.casefold() in said.casefold(), bool(said)) == (True, bool(sentence))


@pytest.mark.parametrize(
    ("page", "field", "who"),
    (("ask_due", "wanted", Role.OFFICER), ("change_due", "due_phrase", Role.CLERK)),
)
def test_who_asks_for_another_day_sees_the_one_there_is(task, client, page, field, who):
    Task.objects.filter(pk=task.pk).update(due_on=datetime.date(2036, 8, 20))
    client.force_login(member(who, task.lead if who == Role.OFFICER else task.owner))

    form = client.get(reverse(f"assignments:{page}", args=[task.pk])).context["form"]

    said = form.fields[field].help_text
    assert said.startswith("Hạn hiện nay: thứ Tư, 20/8/2036.")


@pytest.mark.parametrize("anchor_on", (None, datetime.date(2026, 7, 1)))
def test_every_example_beside_the_field_can_be_asked_for(anchor_on):
    from assignments.forms import AskDueForm, DecideDueForm, DueForm

    task = TaskFactory(due_on=DUE, anchor_on=anchor_on)
    reason = {"kind": "extension", "reason": "Chờ vật tư", "accept": "1"}
    request = DueRequest(task=task, kind="extension", wanted=parse("ngày 01/9/2026"))
    for form, field, given in (
        (AskDueForm, "wanted", {"task": task}),
        (DueForm, "due_phrase", {"task": task, "today": TODAY}),
        (DecideDueForm, "wanted", {"asked": request}),
    ):
        said = str(form(**given).fields[field].help_text)
        examples = re.findall("“(.+?)”", said)
        assert said.count("Ví dụ") == 1
        assert [form(reason | {field: words}, **given).errors for words in examples] == [{}]


def test_pages_from_asking_to_going_on(task, officer, clerk, client):
    Task.objects.filter(pk=task.pk).update(due_on=datetime.date(2036, 8, 20))
    client.force_login(officer)
    client.post(
        reverse("assignments:ask_due", args=[task.pk]),
        once(kind="pause", reason="Chờ tỉnh trả lời"),
    )
    asked = DueRequest.objects.get()
    client.force_login(clerk)
    home = client.get(reverse("home")).text
    shown = client.get(reverse("assignments:decide_due", args=[asked.pk])).text
    unsaid = client.post(reverse("assignments:decide_due", args=[asked.pk]), once(refuse="1")).text
    client.post(reverse("assignments:decide_due", args=[asked.pk]), once(accept="1"))
    page = client.get(task.get_absolute_url()).text

    client.post(reverse("assignments:resume", args=[task.pk]), once())

    task.refresh_from_db()
    assert reverse("assignments:decide_due", args=[asked.pk]) in home
    assert ("Chờ tỉnh trả lời" in shown, "Hãy ghi lý do không đồng ý" in unsaid) == (True, True)
    assert ("Thời hạn tạm dừng từ" in page, task.paused_on) == (True, None)
