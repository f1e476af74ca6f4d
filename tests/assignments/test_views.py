import time

import pytest
from celery import current_app
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assignments.models import Evidence, Progress, Task
from assignments.states import Resolution, TaskState
from core import outbox
from core.models import Message
from organisations.models import Role
from tests.factories.assignments import EvidenceFactory, ProgressFactory, TaskFactory
from tests.factories.organisations import (
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    member,
)
from tests.forms import once

pytestmark = pytest.mark.django_db
PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj
trailer<</Root 1 0 R>>"""


def url(name: str, *args) -> str:
    return reverse(f"assignments:{name}", args=args)


def login(client, role: str, body=None):
    person = member(role, body)
    client.force_login(person)
    return person


@pytest.mark.parametrize("path", ("", "?tab=helping", "?tab=given", "?tab=watched"))
def test_list_costs_the_same_for_one_task_and_for_thirty(client, path):
    body = OrganisationFactory()
    person = login(client, Role.CLERK, body)
    MembershipFactory(user=person, organisation=body, role=Role.OVERSEER)
    counts = []
    for number in (1, 29):
        for _n in range(number):
            TaskFactory(lead=body).cooperating.add(body)
            TaskFactory(owner=body)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url("list") + path).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 15


def test_tabs_part_ones_own_tasks_from_those_given_and_helped_with(client):
    body = OrganisationFactory()
    login(client, Role.CLERK, body)
    mine, given, helped = TaskFactory(lead=body), TaskFactory(owner=body), TaskFactory()
    helped.cooperating.add(body)
    TaskFactory()

    shown = {
        tab: client.get(url("list"), {"tab": tab}).context["page"].rows
        for tab in ("mine", "given", "helping")
    }

    assert shown == {"mine": [mine], "given": [given], "helping": [helped]}


def test_search_needs_no_accents(client):
    body = OrganisationFactory()
    login(client, Role.OFFICER, body)
    found = TaskFactory(lead=body, title="Rà soát hồ sơ đất đai tồn đọng")
    TaskFactory(lead=body, title="Sửa đường ống nước")

    page = client.get(url("list"), {"q": "DAT DAI ra soat"}).context["page"]

    assert page.rows == [found]


def test_filters_by_deadline_and_state(client, settings):
    body = OrganisationFactory()
    login(client, Role.OFFICER, body)
    late = TaskFactory(lead=body, due_on="2020-01-06")
    undated = TaskFactory(lead=body, due_on=None)
    done = TaskFactory(lead=body, state=TaskState.ACCEPTED, resolution=Resolution.DONE)
    today = TaskFactory(lead=body, due_on=timezone.localdate())
    stands = TaskFactory(lead=body, due_on="2020-01-06", paused_on="2020-01-03")

    def rows(**query) -> set[Task]:
        return set(client.get(url("list"), query).context["page"].rows)

    assert rows() == {late, undated, today, stands}
    assert [rows(due=due) for due in ("late", "paused")] == [{late}, {stands}]
    assert [rows(due=due) for due in ("today", "week", "soon")] == [{today}] * 3
    assert rows(state="accepted") == {done}
    assert rows(state="all") == {late, undated, done, today, stands}


def test_strangers_do_not_find_the_task(client):
    task = TaskFactory()
    login(client, Role.OFFICER)

    for name in (
        "detail",
        "note",
        "report",
        "accept",
        "return_",
        "change_due",
        "comment",
        "cancel",
    ):
        assert client.get(url(name, task.pk)).status_code == 404


def test_detail_shows_words_reason_of_the_day_and_evidence(client):
    task = TaskFactory(details="Gửi biên bản của *tám* thôn.")
    row = EvidenceFactory(
        progress=ProgressFactory(task=task, by=UserFactory(full_name="Lê Văn Tám"))
    )
    login(client, Role.OFFICER, task.lead)

    page = client.get(url("detail", task.pk)).content.decode()

    for words in (
        "Gửi biên bản của tám thôn.",
        "Lê Văn Tám",
        url("evidence", row.pk),
        "Báo cáo kết quả",
    ):
        assert words in page


def test_evidence_is_downloaded_never_shown(client):
    row = EvidenceFactory(progress=ProgressFactory(by=UserFactory()))
    login(client, Role.OFFICER, row.progress.task.lead)

    answer = client.get(url("evidence", row.pk))

    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content) == b"%PDF-1.7"
    login(client, Role.OFFICER)
    assert client.get(url("evidence", row.pk)).status_code == 404


def test_report_with_a_file(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    task = TaskFactory()
    login(client, Role.OFFICER, task.lead)
    upload = SimpleUploadedFile("bien-ban.pdf", PDF, "application/pdf")

    answer = client.post(
        url("report", task.pk),
        once(resolution=Resolution.DONE, result="Đã xong.", evidence=upload),
    )

    assert answer.url == task.get_absolute_url()
    task.refresh_from_db()
    assert task.state == TaskState.REPORTED
    assert Evidence.objects.get().file.name == "bien-ban.pdf"


def test_report_without_evidence_or_reason_asks_and_keeps_the_text(client):
    task = TaskFactory()
    login(client, Role.OFFICER, task.lead)

    answer = client.post(
        url("report", task.pk), once(resolution=Resolution.DONE, result="Đã nộp đủ 8 thôn.")
    )

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["evidence"]
    assert "Đã nộp đủ 8 thôn." in answer.content.decode()


def test_second_click_reports_once(client):
    task = TaskFactory()
    login(client, Role.OFFICER, task.lead)
    form = once(resolution=Resolution.DONE, result="Xong.", no_evidence_reason="Bản giấy.")

    answers = [client.post(url("report", task.pk), form) for _click in range(2)]

    assert [answer.url for answer in answers] == [task.get_absolute_url()] * 2
    assert Progress.objects.count() == 1


def test_owner_accepts_and_lead_is_refused(client):
    task = TaskFactory(state=TaskState.REPORTED, resolution=Resolution.DONE, result="Xong.")
    login(client, Role.HEAD, task.lead)
    assert client.get(url("accept", task.pk)).status_code == 403

    login(client, Role.CLERK, task.owner)
    client.post(url("accept", task.pk), once(resolution=Resolution.DONE))

    task.refresh_from_db()
    assert task.state == TaskState.ACCEPTED


def test_somebody_else_was_faster(client):
    task = TaskFactory(state=TaskState.ACCEPTED, resolution=Resolution.DONE)
    login(client, Role.CLERK, task.owner)

    answer = client.post(url("accept", task.pk), once(resolution=Resolution.DONE))

    assert answer.status_code == 409


def test_new_deadline_is_written_as_people_write_it(client):
    task = TaskFactory()
    login(client, Role.CLERK, task.owner)

    refused = client.post(
        url("change_due", task.pk), once(due_phrase="khi nào xong", reason="Mưa lũ kéo dài.")
    )
    past = client.post(
        url("change_due", task.pk), once(due_phrase="trước ngày 01/9/2020", reason="Mưa lũ.")
    )
    moved = client.post(
        url("change_due", task.pk),
        once(due_phrase="trước ngày 01/9/2090", reason="Mưa lũ kéo dài."),
    )

    task.refresh_from_db()
    assert (refused.status_code, moved.status_code) == (200, 302)
    assert past.context["form"].errors["due_phrase"] == [
        "Cách ghi này là ngày 31/8/2020, đã qua. Hãy ghi một ngày từ hôm nay."
    ]
    assert f"{task.due_on}" == "2090-08-31"


def test_note_return_comment_and_cancel(client):
    task = TaskFactory()
    login(client, Role.OFFICER, task.lead)
    client.post(url("note", task.pk), once(text="Đã thu 5 thôn.", percent=60))
    login(client, Role.OVERSEER, OrganisationFactory(unit=task.owner.unit))
    client.post(url("comment", task.pk), once(text="Đề nghị làm nhanh."))
    Task.objects.update(state=TaskState.REPORTED, resolution=Resolution.DONE)
    login(client, Role.CLERK, task.owner)
    client.post(url("return_", task.pk), once(reason="Thiếu 3 thôn."))
    client.post(url("cancel", task.pk), once(reason="Gộp vào việc khác."))

    task.refresh_from_db()
    assert (task.percent, task.state) == (60, TaskState.CANCELLED)
    assert list(task.progress.order_by("pk").values_list("kind", flat=True)) == [
        "note",
        "comment",
        "return",
    ]


def tell(person, key: str = "tin", link: str = "/nhiem-vu/") -> None:
    outbox.notify([person], key=key, subject="Nhiệm vụ mới", body="…", reason="thử.", link=link)


def test_inbox_shows_only_ones_own_and_opening_marks_as_read(client):
    person = login(client, Role.OFFICER)
    tell(person)
    tell(UserFactory(), "cua-nguoi-khac")
    mine = Message.objects.get(recipient=person, channel="in_app")

    assert client.get(url("inbox")).context["page"].rows == [mine]
    answer = client.post(url("read", mine.pk))

    mine.refresh_from_db()
    assert (answer.url, mine.read_at is not None) == ("/nhiem-vu/", True)
    assert client.get(url("inbox"), {"xem": "chua-doc"}).context["page"].rows == []


def test_nobody_reads_anothers_message(client):
    login(client, Role.OFFICER)
    other = UserFactory()
    tell(other)
    message = Message.objects.get(recipient=other, channel="in_app")

    assert client.post(url("read", message.pk)).status_code == 404


def test_read_never_leaves_the_site(client):
    person = login(client, Role.OFFICER)
    tell(person, link="//ke-gian.vn/")

    answer = client.post(url("read", Message.objects.get(channel="in_app").pk))

    assert answer.url == url("inbox")


def test_read_all(client):
    person = login(client, Role.OFFICER)
    tell(person)

    client.post(url("read_all"))

    assert Message.objects.filter(channel="in_app", read_at__isnull=True).count() == 0


def test_outbox_is_for_clerks_and_administrators(client):
    body = OrganisationFactory()
    officer = member(Role.OFFICER, body)
    tell(officer, "trong-don-vi")
    tell(member(Role.OFFICER), "ngoai-don-vi")

    login(client, Role.CLERK, body)
    own = {message.recipient for message in client.get(url("outbox")).context["page"].rows}
    login(client, Role.ADMIN)
    every = client.get(url("outbox")).context["page"].rows
    client.force_login(officer)

    assert own == {officer}
    assert len(every) == 4
    assert client.get(url("outbox")).status_code == 403


def test_outbox_masks_the_address_of_a_citizen(client):
    outbox.write(
        key="dan", subject="Trả lời", body="…", reason="thử.", address="nguyenvana@vi-du.vn"
    )
    login(client, Role.ADMIN)

    page = client.get(url("outbox")).content.decode()

    assert "n…@vi-du.vn" in page
    assert "nguyenvana" not in page


def test_resend_puts_a_failed_letter_back_in_line(client):
    person = login(client, Role.CLERK)
    tell(person)
    message = Message.objects.get(channel="email")
    assert client.post(url("resend", message.pk)).status_code == 403
    Message.objects.filter(pk=message.pk).update(state="failed")

    client.post(url("resend", message.pk))

    message.refresh_from_db()
    assert message.state == "waiting"


def test_clerk_holds_a_letter_lets_it_go_and_closes_a_failed_one(client):
    person = login(client, Role.CLERK)
    tell(person)
    message = Message.objects.get(channel="email")
    states = []

    for act, typed in (
        ("pause_letter", {}),
        ("pause_letter", {"note": "Chờ xem lại"}),
        ("resume_letter", {}),
        ("cancel_letter", {"note": "Nhầm người"}),
    ):
        client.post(url(act, message.pk), typed)
        states.append(Message.objects.get(pk=message.pk).state)
    late = client.post(url("pause_letter", message.pk), {"note": "muộn"})
    Message.objects.filter(pk=message.pk).update(state="failed")
    client.post(url("close_letter", message.pk), {"note": "Đã gọi điện"})

    message.refresh_from_db()
    assert states == ["waiting", "paused", "waiting", "cancelled"]
    assert (late.status_code, message.state) == (403, "closed")
    page = client.get(url("letter", message.pk)).content.decode()
    assert [note in page for note in ("Chờ xem lại", "Nhầm người", "Đã gọi điện")] == [True] * 3


@pytest.mark.django_db(transaction=True)
def test_page_answers_quickly_without_a_broker(client, monkeypatch):
    for name in ("broker_url", "broker_write_url"):
        monkeypatch.setattr(current_app.conf, name, "redis://127.0.0.1:1/0")
    task = TaskFactory()
    member(Role.CLERK, task.owner)
    login(client, Role.OFFICER, task.lead)
    form = once(resolution=Resolution.DONE, result="Xong.", no_evidence_reason="Bản giấy.")
    started = time.monotonic()

    answer = client.post(url("report", task.pk), form)

    assert answer.status_code == 302
    assert time.monotonic() - started < 3
    assert Message.objects.filter(channel="email", state="waiting").count() == 1
