import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from PIL import Image

from core.access import RefusedError
from core.files import read_stored
from core.transitions import IllegalMoveError
from feedback import actions, queries
from feedback.actions import asking
from feedback.http import invitation_key
from feedback.models import Field, Question, QuestionAnswer, Submission, WatchList
from feedback.queries.marks import DEFAULT_WORDS, marks_of, words_of
from feedback.states import ConsultationState
from organisations.models import AdministrativeUnit, Role
from tests.documents.measure import read
from tests.factories.feedback import IssueGroupFactory, SessionFactory, opinion
from tests.factories.organisations import OrganisationFactory, UnitFactory, member
from tests.feedback.test_public import address, filled

pytestmark = pytest.mark.django_db
NO_LIMIT = {"also_for": [], "units": [], "invited": [], "topics": []}


@pytest.fixture
def asked(consultation, clerk):
    """`asked(*questions)` writes questions of an open consultation the way the office does before."""

    def write(*said):
        queries.frame_of.cache_clear()
        consultation.state = ConsultationState.DRAFT
        consultation.save()
        rows = []
        for each in map(dict, said):
            follows = each.pop("after", None)
            rows.append(
                asking.write_question(
                    consultation, by=clerk, shown_if=rows[0] if follows else None, **each
                )
            )
        actions.open_consultation(consultation, by=clerk)
        return [f"q-{row.pk}" for row in rows]

    return write


USES_BUS = {"label": "Có đi xe buýt không?", "kind": "choice", "options": "Có\nKhông"}
WHY = {
    "label": "Chờ bao lâu?",
    "kind": "number",
    "is_required": True,
    "shown_value": "Có",
    "after": 1,
}


def test_every_kind_of_answer_is_kept_by_its_type_and_shown_to_the_office(
    client, browse, consultation, clerk, asked
):
    bus, wait, several, scale, day, text = asked(
        USES_BUS,
        WHY,
        {"label": "Thiếu gì?", "kind": "several", "options": "Đèn\nĐường\nNước"},
        {"label": "Hài lòng?", "kind": "scale", "options": "Không\nRất"},
        {"label": "Từ ngày nào?", "kind": "date"},
        {"label": "Nói thêm", "kind": "text"},
    )
    typed = {bus: "Có", wait: "1.250,5", several: ["Đèn", "Nước"], scale: "4", day: "5/8/2026"}

    client.post(address(consultation), filled(consultation, **typed, **{text: "=1+1"}))

    kept = QuestionAnswer.objects.order_by("question__position")
    assert [row.shown for row in kept] == [
        "Có", "1250,5", "Đèn; Nước", "4", "05/08/2026", "=1+1",
    ]  # fmt: skip
    assert (kept[1].number, kept[4].day) == (1250.5, datetime.date(2026, 8, 5))
    page = browse(clerk)("opinion", Submission.objects.get().opinions.get().pk).content.decode()
    assert ("Đèn; Nước" in page, "1250,5" in page) == (True, True)
    sheet = load_workbook(io.BytesIO(browse(clerk)("answers", consultation.pk).content)).active
    assert [cell.value for cell in sheet[2]][3:] == [row.shown for row in kept]
    assert sheet["I2"].data_type == "s"


def test_a_question_that_depends_is_required_only_when_it_is_asked(client, consultation, asked):
    bus, wait = asked(USES_BUS, WHY)

    silent = client.post(address(consultation), filled(consultation, **{bus: "Có"}))
    assert (silent.status_code, Submission.objects.count()) == (422, 0)
    client.post(address(consultation), filled(consultation, **{bus: "Không", wait: "30"}))

    assert [row.shown for row in QuestionAnswer.objects.all()] == ["Không"]


def test_without_scripts_every_question_stands_there_with_its_condition(
    client, consultation, asked
):
    bus, wait = asked(USES_BUS, WHY)

    page = client.get(address(consultation)).content.decode()

    assert (f'name="{bus}"' in page, f'name="{wait}"' in page) == (True, True)
    assert "Chỉ trả lời nếu câu “Có đi xe buýt không?” chọn “Có”." in page
    more = client.post(address(consultation), filled(consultation, **{bus: "Có", "add": "1"}))
    assert 'value="Có"' in more.content.decode()
    assert "checked" in more.content.decode().partition(f'name="{bus}"')[2][:80]


@pytest.mark.parametrize("bad", ("abc", "1,2,3", "9" * 30))
def test_a_number_that_is_none_is_refused_beside_its_question(client, consultation, asked, bad):
    (number,) = asked({"label": "Bao nhiêu?", "kind": "number"})

    response = client.post(address(consultation), filled(consultation, **{number: bad}))

    assert (response.status_code, Submission.objects.count()) == (422, 0)


def test_questions_stand_still_once_people_may_answer(consultation, clerk, asked):
    asked(USES_BUS)

    with pytest.raises(IllegalMoveError):
        asking.remove_question(Question.objects.get(), by=clerk)
    with pytest.raises(IllegalMoveError):
        asking.write_question(consultation, by=clerk, **USES_BUS)


def test_only_the_office_writes_questions_and_says_whom_it_asks(consultation):
    stranger = member(Role.CLERK)

    with pytest.raises(RefusedError):
        asking.write_question(consultation, by=stranger, **USES_BUS)
    with pytest.raises(RefusedError):
        asking.set_scope(consultation, by=stranger, open_to="everyone", **NO_LIMIT)
    with pytest.raises(RefusedError):
        asking.set_watch_words(consultation.organisation, by=stranger, words="")


def test_the_office_writes_removes_and_previews_through_its_pages(browse, consultation, clerk):
    consultation.state = ConsultationState.DRAFT
    consultation.save()
    office = browse(clerk)
    typed = {"label": "Hài lòng?", "kind": "choice", "options": "Có"}

    assert "ít nhất hai" in office("questions", consultation.pk, post=typed).content.decode()
    office("questions", consultation.pk, post=typed | {"options": "Có\nKhông"})
    preview = office("preview", consultation.pk).content.decode()
    assert ("Hài lòng?" in preview, "Không có gì được gửi hay lưu" in preview) == (True, True)
    tried = office("preview", consultation.pk, post=filled(consultation))
    assert ("điền đủ" in tried.content.decode(), Submission.objects.count()) == (True, 0)
    question = Question.objects.get()
    renamed = typed | {"label": "Có hài lòng?", "options": "Có\nKhông"}
    office("question_edit", consultation.pk, question.pk, post=renamed)
    assert Question.objects.get().label == "Có hài lòng?"
    office("question_remove", consultation.pk, question.pk, post={})
    assert Question.objects.count() == 0


def test_only_chosen_hamlets_and_fields_are_taken(client, consultation, clerk):
    hamlet = consultation.organisation.unit.children.get()
    typed = filled(consultation, **{"matter-0-field": "LAND"})
    other = UnitFactory(
        name="Xóm 9", level=AdministrativeUnit.Level.HAMLET, parent=consultation.organisation.unit
    )
    land = Field.objects.get(pk="LAND")
    limits = NO_LIMIT | {"units": [other], "topics": [land]}
    asking.set_scope(consultation, by=clerk, open_to="units", **limits)

    right = typed | {"area": other.pk}
    elsewhere = client.post(address(consultation), right | {"area": hamlet.pk})
    off_topic = client.post(address(consultation), right | {"matter-0-field": "TRANS"})
    assert (elsewhere.status_code, off_topic.status_code) == (422, 422)

    assert client.post(address(consultation), right).status_code == 200


def test_only_invited_bodies_send_where_only_they_are_asked(browse, client, consultation, clerk):
    body = OrganisationFactory(name="Hội Nông dân xã", unit=consultation.organisation.unit)
    limits = NO_LIMIT | {"invited": [body]}
    asking.set_scope(consultation, by=clerk, open_to="invited", **limits)
    key = f"?moi={invitation_key(consultation.pk)}"
    consultation.refresh_from_db()

    refused = client.post(address(consultation), filled(consultation, body=body.pk))
    assert "được mời" in refused.content.decode()
    assert consultation.title not in browse(None)("public_list").content.decode()
    assert key in browse(clerk)("consultation", consultation.pk).content.decode()
    client.post(address(consultation) + key, filled(consultation, body=body.pk))

    assert [row.sender_organisation for row in Submission.objects.all()] == [body]


def test_one_consultation_serves_several_sessions(consultation, clerk):
    second = SessionFactory(plan=consultation.session.plan)
    group = IssueGroupFactory(consultation=consultation)
    assert list(queries.groups_for_session(second)) == []

    asking.set_scope(
        consultation, by=clerk, open_to="everyone", **NO_LIMIT | {"also_for": [second]}
    )

    assert list(queries.groups_for_session(second)) == [group]
    assert list(queries.groups_for_session(consultation.session)) == [group]


def test_the_ordinary_way_in_costs_nothing_more(client, consultation):
    client.post(address(consultation), filled(consultation))
    typed = filled(consultation)

    with CaptureQueriesContext(connection) as spent:
        client.post(address(consultation), typed)

    # The one insert is prepared and goes past Django's cursor; around it the test's own transaction.
    assert ["SAVEPOINT" in row["sql"] for row in spent] == [True, True]
    assert Submission.objects.count() == 2


def test_marks_point_at_what_needs_a_second_look_and_block_nothing():
    text = "Gọi bà Tư 0912 345 678, cccd 012345678901, xem https://x.vn, thằng ngu này"

    found = {mark.label[:14]: mark.found for mark in marks_of(text, list(DEFAULT_WORDS))}

    assert found == {
        "Có số điện tho": ("0912 345 678",),
        "Có dãy số như ": ("012345678901",),
        "Có đường dẫn: ": ("https://x.vn,",),
        "Có từ ngữ tron": ("thằng ngu",),
    }
    assert [mark.label for mark in marks_of("Đường", [])] == [
        "Chỉ có một từ: có thể cần hỏi lại người gửi"
    ]
    assert marks_of("Đường thôn 5 hỏng từ 12/2024, cần 150.000.000 đồng", list(DEFAULT_WORDS)) == []


def test_the_office_edits_its_words_and_only_the_office_sees_marks(
    browse, consultation, clerk, client
):
    row = opinion(consultation, "Thu tiền vô lối, gọi 0912345678")
    office = browse(clerk)
    office("watch_words", consultation.organisation_id, post={"words": "vô lối\nxin xỏ"})
    overseer = member(Role.OVERSEER, OrganisationFactory(unit=consultation.organisation.unit))

    assert WatchList.objects.get().words == "vô lối\nxin xỏ"
    assert words_of(consultation.organisation_id) == ["vô lối", "xin xỏ"]
    assert "<mark>vô lối</mark>" in office("opinion", row.pk).content.decode()
    assert "Xin lưu ý" not in browse(overseer)("opinion", row.pk).content.decode()


def test_a_hundred_thousand_letters_come_back_whole(client, consultation):
    long = "Đường hỏng. " * 8400

    response = client.post(address(consultation), filled(consultation, **{"matter-0-text": long}))

    assert (response.status_code, Submission.objects.count()) == (422, 0)
    assert response.content.decode().count("Đường hỏng.") >= 8400


def test_one_word_with_a_link_and_abuse_is_taken_like_any_other(client, consultation):
    for words in ("Đường", "Xem https://x.vn", "Lũ chó"):
        client.post(address(consultation), filled(consultation, **{"matter-0-text": words}))

    assert Submission.objects.count() == 3


def test_what_was_written_when_it_closed_can_be_copied_printed_and_stays_on_the_device(
    client, consultation
):
    typed = filled(consultation)
    consultation.state = ConsultationState.CLOSED
    consultation.save()

    page = client.post(address(consultation), typed).content.decode()

    copy = page.partition('<textarea id="copy"')[2]
    assert "1. Đường vào thôn lầy lội" in copy
    assert ('class="public failed"' in page, "data-print" in page) == (True, True)


def test_the_form_keeps_a_draft_without_what_names_a_person(client, consultation):
    page = client.get(address(consultation)).content.decode()

    assert f'data-keep="{address(consultation)}"' in page
    kept_apart = page.partition("data-unkept")[2].partition("</details>")[0]
    assert [name for name in ("full_name", "phone", "email", "address") if f'name="{name}"' in kept_apart] == [
        "full_name", "phone", "email", "address",
    ]  # fmt: skip
    assert len(page.encode()) < 60_000


def test_the_office_writes_down_what_was_said_by_telephone(browse, consultation, clerk):
    hamlet = consultation.organisation.unit.children.get()
    typed = {
        "channel": "phone",
        "noted_by": "Lê Thị Ghi",
        "area": hamlet.pk,
        "audience": "citizen",
        "text": "Kênh bị lấp",
        "field": "IRRI",
        "kind": "feedback",
        "full_name": "Bà Năm",
        "source": consultation.organisation_id,
        "received_on": "01/5/2026",
    }
    office = browse(clerk)

    office("behalf_create", consultation.pk, post=typed)
    assert Submission.objects.count() == 0
    office("behalf_create", consultation.pk, post=typed | {"attested": "on"})

    row = Submission.objects.get()
    assert (row.channel, row.noted_by, row.entered_by, row.sender.full_name) == (
        "phone",
        "Lê Thị Ghi",
        clerk,
        "Bà Năm",
    )
    assert "Lê Thị Ghi" in office("opinion", row.opinions.get().pk).content.decode()


def test_paper_asks_the_same_questions_and_may_leave_them_out(browse, consultation, clerk, asked):
    bus, wait, scale = asked(
        USES_BUS, WHY, {"label": "Hài lòng?", "kind": "scale", "options": "Không\nRất"}
    )
    slip = {
        "area": consultation.organisation.unit.children.get().pk, "audience": "citizen",
        "text": "Xe buýt bỏ chuyến", "field": "TRANS", "kind": "feedback",
        "source": consultation.organisation.pk, "received_on": "01/5/2026",
    }  # fmt: skip

    browse(clerk)("paper_create", consultation.pk, post=slip)
    browse(clerk)("paper_create", consultation.pk, post=slip | {bus: "Có", scale: "4"})

    assert [row.shown for row in QuestionAnswer.objects.order_by("pk")] == ["Có", "4"]
    assert Submission.objects.count() == 2
    assert wait in browse(clerk)("paper_create", consultation.pk).text
    also = SessionFactory(plan=consultation.session.plan, theme="Xe buýt")
    consultation.also_for.add(also)
    printed = browse(clerk)("slip", consultation.pk).content
    words = " ".join(read(printed).text.split())
    for said in ("Có đi xe buýt không?", "chọn “Có”", "1 là Không, 5 là Rất", "(2) Xe buýt"):
        assert said in words


def test_a_photograph_loses_the_place_it_was_taken(client, consultation):
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x8825] = {1: "N", 2: (19.0, 20.0, 30.0), 3: "E", 4: (105.0, 1.0, 2.0)}
    exif[0x010F] = "Phonemaker"
    Image.new("RGB", (40, 30), "red").save(out, "JPEG", exif=exif)
    assert b"Phonemaker" in out.getvalue()
    photo = SimpleUploadedFile("anh.jpg", out.getvalue(), "image/jpeg")

    client.post(address(consultation), filled(consultation, uploads=photo))

    kept = read_stored(Submission.objects.get().files.get().file)
    assert (dict(Image.open(io.BytesIO(kept)).getexif()), b"Phonemaker" in kept) == ({}, False)
