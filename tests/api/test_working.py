"""The system of an agency works on its tasks and answers through the interface."""

import datetime
import uuid

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from assignments.actions import accept_task
from assignments.models import DueRequest, Progress, Task
from core.models import AuditEvent, HistoryEntry, Message
from feedback.actions import withdraw_request
from feedback.models import Answer
from tests.test_privacy import markers_in

pytestmark = pytest.mark.usefixtures("_fast_templates")
PDF = "application/pdf"


def paper(words: bytes = b"") -> SimpleUploadedFile:
    """A PDF that can be opened."""
    import io

    import pikepdf

    out, made = io.BytesIO(), pikepdf.new()
    made.add_blank_page()
    made.docinfo["/Title"] = words.decode()
    made.save(out, deterministic_id=True)
    return SimpleUploadedFile("anh-hien-truong.pdf", out.getvalue(), PDF)


def key() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid.uuid4())}


def at(name: str, *args: object) -> str:
    return reverse(f"api:{name}", args=args)


def entries(row) -> list[str]:
    kind = ContentType.objects.get_for_model(row)
    rows = HistoryEntry.objects.filter(subject_type=kind, subject_id=row.pk)
    return [str(entry.by) for entry in rows.order_by("-pk")]


def test_an_agency_notes_and_reports_with_files(world, programs):
    client, task = programs.client("write"), world.rows["task"]
    account = f"Hệ thống của Phòng Kinh tế (mã {programs.token('write')[0].prefix})"

    note = client.post(
        at("add_note", task.pk), {"text": "Đã đổ đá.", "evidence": paper()}, headers=key()
    ).json()
    told = client.post(
        at("report", task.pk), {"resolution": "done", "result": "Đã rải xong."}, headers=key()
    ).json()

    file = client.get(at("evidence", note["evidence"][0]["id"]))
    assert b"".join(file)[:5] == b"%PDF-"
    assert (note["by"], note["evidence"][0]["name"]) == (account, "anh-hien-truong.pdf")
    assert (told["state"], told["resolution"], told["result"]) == (
        "reported", "done", "Đã rải xong.",
    )  # fmt: skip
    assert entries(task)[0] == account
    watched = AuditEvent.objects.filter(table_name="assignments_task", row_id=task.pk).latest("id")
    assert (watched.by, watched.act) == (programs.token("write")[0].user, "api:report")
    waiting = Message.objects.filter(subject=f"Chờ nghiệm thu: {task.title}")
    assert waiting.filter(recipient=world.users["vanphong"]).exists()

    accept_task(Task.objects.get(pk=task.pk), by=world.users["vanphong"])

    accepted = Message.objects.filter(subject=f"Đã nghiệm thu: {task.title}")
    assert {row.recipient for row in accepted} == {world.users["kinhte"]}


def test_a_refusal_is_a_sentence_with_its_field(world, programs):
    client, task = programs.client("write"), world.rows["task"]
    Progress.objects.filter(task=task).delete()

    answer = client.post(
        at("report", task.pk), {"resolution": "done", "result": " "}, headers=key()
    )

    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert answer.json() == {
        "type": "tag:dialogue,2026:problem:invalid",
        "title": "Unprocessable Content",
        "status": 422,
        "detail": "Nội dung gửi lên chưa đúng.",
        "errors": [
            {"field": "result", "detail": "Hãy điền mục này."},
            {
                "field": "evidence",
                "detail": "Hãy đính kèm tài liệu minh chứng hoặc ghi lý do không có ở ô bên dưới.",
            },
        ],
    }


def test_a_helper_reports_its_part(world, programs):
    client, part = programs.client("helper"), world.rows["cooperation"]

    told = client.post(
        at("report_part", part.pk), {"result": "Đã cử 5 người."}, headers=key()
    ).json()
    helpers = client.get(at("task", part.task_id)).json()["helpers"]

    assert told["kind"] == "part"
    assert [one["result"] for one in helpers if one["id"] == part.pk] == ["Đã cử 5 người."]


def test_the_same_key_acts_once(world, programs):
    client, address = programs.client("write"), at("add_note", world.rows["task"].pk)
    named = key()

    first = client.post(address, {"text": "Đã xong nửa.", "evidence": paper()}, headers=named)
    again = client.post(address, {"text": "Đã xong nửa.", "evidence": paper()}, headers=named)
    other = client.post(address, {"text": "Đã xong nửa.", "evidence": paper(b"x")}, headers=named)
    without = client.post(address, {"text": "Đã xong nửa."})

    assert (again.status_code, again.json()) == (201, first.json())
    assert (other.status_code, other.json()["type"]) == (
        422, "tag:dialogue,2026:problem:key-reused",
    )  # fmt: skip
    assert without.status_code == 400
    assert Progress.objects.filter(text="Đã xong nửa.").count() == 1


def test_an_extension_is_asked_before_the_day_and_only_once(world, programs):
    client, task = programs.client("write"), world.rows["task"]
    waiting = client.post(at("withdraw_due", world.rows["due_request"].pk), headers=key()).json()
    typed = {"kind": "extension", "wanted": "trước ngày 20/12/2031", "reason": "Chờ vật tư về."}

    def ask():
        return client.post(
            at("ask_due", task.pk), typed, content_type="application/json", headers=key()
        )

    asked, again = ask(), ask()
    DueRequest.objects.filter(task=task).delete()
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Task.objects.filter(pk=task.pk).update(due_on=yesterday)
    late = ask()

    assert (waiting["state"], asked.status_code, asked.json()["state"]) == (
        "withdrawn", 201, "asked",
    )  # fmt: skip
    assert again.json()["errors"][0]["detail"] == (
        "Đã có một đề nghị về thời hạn đang chờ quyết định."
    )
    assert (late.status_code, late.json()["errors"][0]["detail"][:14]) == (422, "Việc đã quá hạ")


def test_a_draft_is_never_overwritten_unseen(world, programs):
    client, request = programs.client("write"), world.rows["request"]
    address = at("answer", request.pk)

    def write(text, **headers):
        return client.put(address, {"text": text}, "application/json", headers=headers)

    unseen = write("?")
    first = write("Sẽ sửa.", **{"If-Match": '"0"'})
    read = client.get(address)
    second = write("Sẽ sửa trong tháng 12.", **{"If-Match": read["ETag"]})
    stale = write("Khác.", **{"If-Match": first["ETag"]})
    sent = client.post(at("submit_answer", request.pk), headers=key()).json()
    late = write("Thêm.", **{"If-Match": second["ETag"]})

    assert (unseen.status_code, first.status_code, second.status_code) == (428, 200, 200)
    assert stale.status_code == 412
    assert stale.json()["current"]["text"] == "Sẽ sửa trong tháng 12."
    # The agency has no head here, so the office gets it; a program never approves.
    assert (sent["answer"]["state"], late.status_code) == ("submitted", 409)
    assert Answer.objects.get(group=request.group).text == "Sẽ sửa trong tháng 12."


def test_a_request_that_was_withdrawn_shows_no_words_and_takes_none(world, programs):
    client, request = programs.client("write"), world.rows["request"]
    before = client.get(at("asked_one", request.pk)).json()["opinions"]

    withdraw_request(request, by=world.users["vanphong"], reason="Giao cơ quan khác.")

    told = client.get(at("asked_one", request.pk)).json()
    late = client.put(
        at("answer", request.pk), {"text": "?"}, "application/json", headers={"If-Match": '"0"'}
    )
    assert len(before) > 0
    assert (told["opinions"], told["answer"], told["state"]) == ([], None, "withdrawn")
    assert (late.status_code, late.json()["detail"]) == (
        409, "Đề nghị trả lời này đã được rút.",
    )  # fmt: skip


@pytest.mark.parametrize(("kind", "reads"), (("write", {"embargoed"}), ("foreign", set())))
def test_programs_read_of_people_what_officers_read(world, programs, kind, reads):
    """Every list and every row it leads to: no sender, no guest, no denunciation."""
    client = programs.client(kind)
    lists = {"tasks": "task", "asked": "asked_one", "notices": "notice"}
    pages = [client.get(at(name), {"state": "all"}).json() for name in lists]
    rows = [
        client.get(at(one, item["id"])).text
        for one, page in zip(lists.values(), pages, strict=True)
        for item in page["items"]
    ]

    assert markers_in("".join([*map(str, pages), *rows])) == reads


def test_pages_follow_each_other_and_unchanged_ones_cost_no_body(world, programs):
    client = programs.client("read")
    whole = client.get(at("tasks"), {"state": "all"})
    cursor, walked = "", []
    while cursor is not None:
        page = client.get(at("tasks"), {"state": "all", "limit": 1, "cursor": cursor}).json()
        walked += page["items"]
        cursor = page["next_cursor"]
    seen = client.get(at("tasks"), {"state": "all"}, headers={"If-None-Match": whole["ETag"]})

    assert walked == whole.json()["items"]
    assert len(walked) > 1
    assert (seen.status_code, seen.content) == (304, b"")
    assert client.get(at("tasks"), {"cursor": "khac"}).status_code == 422
    for name in ("notices", "dialogues"):
        assert client.get(at(name), {"year": 10_000}).status_code == 422


def test_a_program_that_never_rests_is_told_to_wait(world, programs, settings):
    settings.API_CALLS_PER_MINUTE = 2
    client = programs.client("read")

    codes = [client.get(at("me")).status_code for _call in range(3)]
    told = client.get(at("me"))

    assert (codes, told["Retry-After"]) == ([200, 200, 429], "60")
