import datetime
from contextlib import closing

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.access import RefusedError
from core.transitions import IllegalMoveError
from feedback import actions
from feedback.models import (
    Consultation,
    Opinion,
    Question,
    Submission,
)
from feedback.states import ConsultationState
from organisations.models import Role
from tests.factories.feedback import SessionFactory
from tests.factories.organisations import OrganisationFactory, member
from tests.feedback.test_public import picture

pytestmark = pytest.mark.django_db


def test_the_office_opens_a_consultation_through_its_pages(browse):
    session = SessionFactory()
    clerk = member(Role.CLERK, session.plan.document.organisation)
    office = browse(clerk)

    office(
        "consultation_create",
        session.pk,
        post={"title": "Lấy ý kiến", "opens_on": "01/5/2026", "closes_on": "30/12/2099"},
    )
    row = Consultation.objects.get(session=session)
    assert (row.state, row.slug) == (ConsultationState.DRAFT, "dat-dai-moi-truong")
    assert browse(None)("public_form", row.slug).status_code == 404

    office("consultation_open", row.pk, post={})
    assert browse(None)("public_form", row.slug).status_code == 200
    assert "Quyền và nghĩa vụ" in browse(None)("public_form", row.slug).content.decode()

    assert office("consultation_close", row.pk, post={}).status_code == 422
    office("consultation_close", row.pk, post={"note": "Đã nhận đủ phiếu của các thôn"})
    assert "Đã nhận đủ phiếu của các thôn" in office("consultation", row.pk).text
    assert "Đã hết thời gian" in browse(None)("public_form", row.slug).content.decode()


def test_a_stranger_opens_no_consultation(browse):
    session = SessionFactory()
    stranger = member(Role.OFFICER, session.plan.document.organisation)

    assert browse(stranger)("consultation_create", session.pk).status_code in (403, 404)
    with pytest.raises(RefusedError):
        actions.create_consultation(session, by=stranger, title="x", opens_at=None, closes_at=None)


def test_a_stale_edit_of_a_consultation_shows_both_versions(browse, consultation, clerk):
    typed = {"title": "Tên mới", "opens_on": "01/5/2026", "closes_on": "30/12/2099", "version": "1"}
    browse(clerk)("consultation_edit", consultation.pk, post=typed)

    late = browse(clerk)(
        "consultation_edit", consultation.pk, post=typed | {"title": "Tên của tôi"}
    )

    assert late.status_code == 409
    assert ("Tên mới" in late.content.decode(), "Tên của tôi" in late.content.decode()) == (
        True,
        True,
    )
    assert Consultation.objects.get().title == "Tên mới"


def test_closing_and_extending(consultation, clerk):
    actions.close_consultation(consultation, by=clerk)
    later = consultation.closes_at + datetime.timedelta(days=3)
    actions.extend_consultation(consultation, by=clerk, closes_at=later)

    consultation.refresh_from_db()
    assert (consultation.state, consultation.closes_at) == (ConsultationState.OPEN, later)
    with pytest.raises(IllegalMoveError):
        actions.extend_consultation(consultation, by=clerk, closes_at=later)


def test_a_collector_types_in_a_slip_with_attested_consent(browse, consultation):
    hamlet = consultation.organisation.unit.children.get()
    body = OrganisationFactory(name="Hội Nông dân", unit=hamlet)
    collector = browse(member(Role.COLLECTOR, body))
    typed = {
        "area": hamlet.pk,
        "audience": "citizen",
        "text": "Kênh bị lấp",
        "field": "IRRI",
        "kind": "feedback",
        "full_name": "Lê Thị Na",
        "source": body.pk,
        "received_on": "01/5/2026",
        "scan": picture("phieu.jpg"),
    }

    refused = collector("paper_create", consultation.pk, post=typed)
    assert (refused.status_code, Submission.objects.count()) == (200, 0)
    # It stands on the page; a toast would lie on the button of a phone.
    is_said = "hãy chọn lại tệp" in refused.text
    assert (is_said, 'class="toast"' in refused.text) == (True, False)
    typed["scan"].seek(0)
    collector("paper_create", consultation.pk, post=typed | {"attested": "on"})

    row = Submission.objects.get()
    assert (row.channel, row.sender.full_name, row.sender_organisation) == (
        "paper",
        "Lê Thị Na",
        body,
    )
    # The codes are to be copied onto the slip: they stand on the page, in no toast that leaves.
    page = collector("paper_create", consultation.pk).text
    assert (row.shown_code in page, 'class="toast"' in page) == (True, False)
    assert (row.consent.version, row.files.get().is_scan) == (1, True)
    assert "Kênh bị lấp" in collector("my_entries").content.decode()


def test_a_sheet_needs_agreeing_numbers(browse, consultation, clerk):
    typed = {
        "area": consultation.organisation.unit.children.get().pk,
        "audience": "union_member",
        "source": consultation.organisation_id,
        "received_on": "01/5/2026",
        "meeting_on": "28/4/2026",
        "attendance": "60",
        "slips_out": "40",
        "slips_in": "50",
        "compiled_by": "Lê Na",
        "signed_by": "Trần Bình",
        "rows": "5",
        "row-0-text": "Đường hỏng",
        "row-0-field": "TRANS",
        "row-0-kind": "proposal",
        "row-0-supporters": "12",
        "row-2-text": "Thiếu nước",
        "row-2-field": "IRRI",
        "row-2-kind": "feedback",
        "row-2-supporters": "7",
    }
    office = browse(clerk)

    refused = office("sheet_create", consultation.pk, post=typed)
    assert (refused.status_code, Submission.objects.count()) == (200, 0)
    more = office("sheet_create", consultation.pk, post=typed | {"more": "1"}).content.decode()
    assert ("Thiếu nước" in more, "row-9-text" in more) == (True, True)
    office("sheet_create", consultation.pk, post=typed | {"slips_in": "38"})

    sheet = Submission.objects.get().sheet
    assert (sheet.attendance, sheet.slips_in) == (60, 38)
    assert list(Opinion.objects.order_by("position").values_list("text", "supporters")) == [
        ("Đường hỏng", 12),
        ("Thiếu nước", 7),
    ]


def test_a_collector_of_elsewhere_enters_nothing(browse, consultation):
    elsewhere = member(Role.COLLECTOR, OrganisationFactory())

    assert browse(elsewhere)("paper_create", consultation.pk).status_code == 404


def test_the_slip_prints(browse, consultation, clerk):
    for number in (1, 2):
        kind = {"kind": "several", "options": "Mặt đường\nRãnh thoát nước\nĐèn chiếu sáng"}
        Question.objects.create(
            consultation=consultation, position=number, label="Cần sửa gì trước ở thôn?", **kind
        )

    response = browse(clerk)("slip", consultation.pk)

    with closing(pypdfium2.PdfDocument(response.content)) as file:
        assert len(file) == 2  # both sides of one sheet


def test_a_pretended_scan_is_refused(browse, consultation, clerk):
    fake = SimpleUploadedFile("a.pdf", b"hello", "application/pdf")

    response = browse(clerk)("paper_create", consultation.pk, post={"scan": fake})

    assert "không phải là tệp PDF thật" in response.content.decode()
