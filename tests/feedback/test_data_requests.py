"""What a sender asks about her data, carried out; what is kept too long, deleted."""

import datetime
import io
import zipfile

import pytest
from django.core.management import call_command
from django.utils import timezone

from assignments.states import TaskState
from core.access import RefusedError
from core.files import CheckedFile
from core.models import AuditEvent, HistoryEntry, Message
from core.transitions import IllegalMoveError
from feedback import actions
from feedback.actions.voices import ask_about_data, confirm_email
from feedback.models import Consultation, DataRequest, Opinion, RetentionRule, Sender, Submission
from feedback.states import DataRequestState, OpinionState
from organisations.models import Role
from tests.factories.feedback import opinion, sent
from tests.factories.organisations import member
from tests.feedback.steps import TODAY, answered, classified

pytestmark = pytest.mark.django_db
CONTACT = {
    "full_name": "Quokka Thị Bình",
    "phone": "0912345678",
    "email": "quokka@vidu.vn",
    "address": "ngõ 7 Quokka",
}
PICTURE = CheckedFile("quokka.jpg", "jpeg", "image/jpeg", b"quokka")


@pytest.fixture
def receipt(consultation):
    return sent(consultation, "Zebrafish nói cầu hỏng", contact=CONTACT, files=[PICTURE])


def asked(receipt, kind, note=""):
    return ask_about_data(receipt.submission, kind=kind, note=note, today=TODAY)


def left(submission):
    """What is left of a person: contact data, files, letters."""
    return (
        Sender.objects.filter(submission=submission).count(),
        submission.files.count(),
        Message.objects.filter(recipient=None).count(),
    )


def test_consent_taken_back_stops_letters_at_once_and_is_carried_out_as_a_task(receipt, clerk):
    confirm_email(receipt.submission.sender, now=timezone.now())
    request = asked(receipt, "withdraw", "Tôi là Quokka")

    submission = Submission.objects.get()
    assert (submission.has_consent, submission.sender.email_confirmed_at) == (False, None)
    assert (submission.consent.version, left(submission)) == (1, (1, 1, 0))

    actions.withdraw_consent(request, by=clerk, today=TODAY)

    request = DataRequest.objects.select_related("task").get()
    assert left(submission) == (0, 0, 0)
    assert (request.state, request.note, request.done_on) == ("done", "", TODAY)
    assert request.counts == {"sender": 1, "files": 1, "notes": 1}
    assert request.task.state == TaskState.REPORTED
    assert Opinion.objects.get().text == "Zebrafish nói cầu hỏng"


def test_a_withdrawn_address_is_not_confirmed_by_the_old_letter(receipt):
    asked(receipt, "withdraw")

    confirm_email(receipt.submission.sender, now=timezone.now())

    assert Sender.objects.get().email_confirmed_at is None


def test_erasing_takes_words_no_agency_has(receipt, clerk):
    row = Opinion.objects.get()
    row.additions.create(text="Zebrafish", token=receipt.submission.form_token)
    HistoryEntry.objects.create(subject=row, by=clerk, note="Zebrafish")
    request = asked(receipt, "erase")

    actions.erase_person(request, by=clerk, today=TODAY, kept={})

    row.refresh_from_db()
    assert (row.state, row.text, row.additions.count()) == (OpinionState.WITHDRAWN, "", 0)
    assert left(receipt.submission) == (0, 0, 0)
    assert HistoryEntry.objects.filter(note__contains="Zebrafish").exists() is False
    assert DataRequest.objects.get().counts["opinions"] == 1


def test_erasing_leaves_what_an_agency_answers_without_a_name(consultation, clerk, agency, officer):
    answered(consultation, clerk, agency, officer, contact=CONTACT)
    row = Opinion.objects.earliest("pk")
    request = ask_about_data(row.submission, kind="erase", note="", today=TODAY)

    with pytest.raises(IllegalMoveError, match="giữ lại không tên"):
        actions.erase_person(request, by=clerk, today=TODAY, kept={})
    actions.erase_person(request, by=clerk, today=TODAY, kept={row.pk: "Đường hỏng"})

    row.refresh_from_db()
    assert (row.text, row.state, left(row.submission)[:2]) == ("Đường hỏng", "asked", (0, 0))


def test_nothing_is_erased_while_reception_holds_a_matter(receipt, clerk):
    request = asked(receipt, "erase")
    actions.route_out_opinion(
        Opinion.objects.get(),
        by=clerk,
        kind="denunciation",
        receiving_body="Ủy ban Kiểm tra",
        reason="x",
        today=TODAY,
    )

    with pytest.raises(IllegalMoveError, match="tiếp công dân giữ"):
        actions.erase_person(request, by=clerk, today=TODAY, kept={})
    assert Sender.objects.count() == 1


def test_a_corrected_address_is_confirmed_anew(receipt, clerk, browse):
    confirm_email(receipt.submission.sender, now=timezone.now())
    request = asked(receipt, "correct", "Số mới 0987654321")

    changed = CONTACT | {"phone": "0987654321", "email": "moi@vidu.vn"}
    done = browse(clerk)("data_settle", request.pk, post=changed)

    sender = Sender.objects.get()
    assert (done.status_code, sender.phone, sender.email) == (302, "0987654321", "moi@vidu.vn")
    assert (sender.email_confirmed_at, Message.objects.get(recipient=None).address) == (
        None,
        "moi@vidu.vn",
    )
    assert DataRequest.objects.get().counts == {"fields": 2}


def test_what_cannot_be_done_is_said_and_read_at_the_look_up(receipt, clerk, browse):
    request = asked(receipt, "erase")
    done = browse(clerk)("data_refuse", request.pk, post={"reason": "Hồ sơ đang thanh tra."})

    codes = {"code": receipt.code, "secret": receipt.secret}
    page = browse(None)("track", post=codes).content.decode()

    assert (done.status_code, "Hồ sơ đang thanh tra." in page) == (302, True)
    assert DataRequest.objects.get().state == DataRequestState.REFUSED


def test_only_the_office_carries_out_requests(receipt, browse, consultation):
    request = asked(receipt, "erase")
    overseer = member(Role.OVERSEER, consultation.organisation)

    pages = ("data_settle", request.pk), ("sender", receipt.submission.pk)
    got = [
        browse(user)(*page).status_code for user in (overseer, member(Role.CLERK)) for page in pages
    ]

    assert got == [404] * 4
    with pytest.raises(RefusedError):
        actions.erase_person(request, by=overseer, today=TODAY, kept={})


def test_everything_held_is_handed_out_to_whoever_holds_code_and_secret(receipt, browse):
    codes = {"code": receipt.code, "secret": receipt.secret}
    page = browse(None)("track", post=codes)

    given = browse(None)("track_file", post={"ticket": page.context["ticket"]})
    with zipfile.ZipFile(io.BytesIO(given.content)) as archive:
        names = archive.namelist()
        text = archive.read(names[0]).decode("utf-8-sig")
        picture = archive.read(names[1])

    assert names == [f"du-lieu-{receipt.code}.txt", "1-quokka.jpg"]
    assert [words for words in (*CONTACT.values(), "Zebrafish nói cầu hỏng", "Để trả lời.")
            if words not in text] == []  # fmt: skip
    assert picture == b"quokka"
    assert browse(None)("track_file", post={"ticket": "x"}).status_code == 403


def test_every_opening_of_contact_data_is_written_down(receipt, browse, clerk):
    pk = receipt.submission.pk
    closed = browse(clerk)("sender", pk).content.decode()
    readings = AuditEvent.objects.filter(by=clerk, kind="read")

    opened = browse(clerk)("sender", pk, post={}).content.decode()

    assert [word in closed for word in CONTACT.values()] == [False] * 4
    assert [word in opened for word in CONTACT.values()] == [True] * 4
    assert list(readings.values_list("table_name", "row_id")) == [("feedback_submission", str(pk))]
    assert "Mở thông tin người gửi" in opened


def test_opening_a_scanned_slip_is_written_down(receipt, browse, clerk):
    receipt.submission.files.update(is_scan=True)
    row, file = Opinion.objects.get(), receipt.submission.files.get()

    got = b"".join(browse(clerk)("file", row.pk, file.pk).streaming_content)

    assert (
        got,
        AuditEvent.objects.filter(kind="read", note__startswith="Mở bản chụp phiếu").count(),
    ) == (
        b"quokka",
        1,
    )


def test_the_page_of_requests_shows_versions_of_consent_and_a_dry_run(receipt, browse, clerk):
    asked(receipt, "withdraw")

    page = browse(clerk)("data")

    consent = page.context["consents"].get()
    assert (consent.agreed, consent.withdrawn) == (1, 1)
    assert [(row.rule.kind, row.count) for row in page.context["overdue"]] == [
        ("abandoned", 0),
        ("contacts", 0),
        ("imports", 0),
        ("letters", 0),
    ]


def ago(days):
    return timezone.now() - datetime.timedelta(days=days)


def test_contact_data_go_when_everything_is_over_and_the_period_has_passed(
    consultation, clerk, capsys
):
    over = classified(consultation, clerk, "Đã xong", contact=CONTACT)
    actions.decline_opinion(over, by=clerk, reason="Ngoài phạm vi")
    opinion(consultation, "Còn chờ", contact=CONTACT)
    held = opinion(consultation, "Có yêu cầu", contact=CONTACT)
    actions.decline_opinion(held, by=clerk, reason="Ngoài phạm vi")
    ask_about_data(held.submission, kind="access", note="", today=TODAY)
    Message.objects.update(state="sent", sent_at=ago(100), created_at=ago(100))

    assert actions.clear_overdue(timezone.now())["contacts"] == 0
    Consultation.objects.update(opens_at=ago(800), closes_at=ago(731))
    call_command("retention")
    dry = (capsys.readouterr().out.splitlines()[1][:11], Sender.objects.count())
    call_command("retention", "--apply")

    assert (dry, Message.objects.count()) == (("contacts: 1", 3), 0)
    assert set(Sender.objects.values_list("submission__opinions__text", flat=True)) == {
        "Còn chờ",
        "Có yêu cầu",
    }
    over.refresh_from_db()
    assert over.text == "Đã xong"


def test_periods_are_data_of_the_installation(clerk, browse):
    rule = RetentionRule.objects.get(kind="letters")
    admin = member(Role.ADMIN)

    refused = browse(clerk)("retention_edit", rule.pk, post={"days": "30", "source": "x"})
    done = browse(admin)("retention_edit", rule.pk, post={"days": "30", "source": "Quy chế 5"})

    rule.refresh_from_db()
    assert (refused.status_code, done.status_code) == (403, 302)
    assert (rule.days, rule.source) == (30, "Quy chế 5")
