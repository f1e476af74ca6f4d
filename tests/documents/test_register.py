"""The register of outgoing documents: every number stays, reserved, used or voided with its reason."""

import datetime
import io

import openpyxl
import pytest
from django.urls import reverse

from core.access import RefusedError
from core.transitions import IllegalMoveError
from documents import actions, queries
from documents.models import Document, RegisterNumber
from documents.states import DocumentState, NumberState
from organisations.models import Organisation, Role
from tests.factories.documents import (
    TODAY,
    draft_document,
    head_of,
    issued,
    submitted_document,
)
from tests.factories.organisations import OrganisationFactory, member
from tests.forms import once


def reserve(document, abstract="Kế hoạch lập ngoài", **more):
    return actions.reserve_number(
        document.organisation,
        by=document.created_by,
        abstract=abstract,
        **{"type_code": "KH", "today": TODAY, **more},
    )


def lines(organisation):
    rows = RegisterNumber.objects.filter(organisation=organisation).order_by("number")
    return [(row.number, row.state) for row in rows]


def test_an_issued_paper_stands_in_the_register(document):
    paper = issued(document)

    line = paper.register_line
    assert (line.number, line.state, line.scope, line.code) == (
        1, NumberState.USED, paper.number_scope, paper.register_code,
    )  # fmt: skip


def test_a_reserved_number_is_skipped_by_the_next_paper(document):
    line = reserve(document)
    issued(document)

    assert (line.number, line.code, document.number) == (1, "01-KH/ĐU", 2)


def test_a_draft_takes_a_number_kept_for_it(document, clerk, head):
    line = reserve(document)
    actions.submit_document(document, by=clerk)

    actions.issue_document(document, by=head, today=TODAY, reserved=line)

    assert document.register_code == "01-KH/ĐU"
    assert lines(document.organisation) == [(1, NumberState.USED)]
    assert issued(submitted_document(document.organisation)).number == 2


def test_a_number_of_another_series_is_refused(document, clerk, head):
    others = [
        reserve(document, type_code="TB"),
        reserve(draft_document()),
    ]
    actions.submit_document(document, by=clerk)

    for line in others:
        with pytest.raises(RefusedError, match="hãy chọn lại"):
            actions.issue_document(document, by=head, today=TODAY, reserved=line)
    assert not Document.objects.issued().exists()


def test_a_number_kept_last_year_is_not_taken_this_year(db):
    state = OrganisationFactory(
        system=Organisation.System.STATE, symbol="UBND", collective="Ủy ban nhân dân"
    )
    paper = submitted_document(state)
    line = reserve(paper, today=datetime.date(2025, 12, 31))

    with pytest.raises(RefusedError):
        actions.issue_document(paper, by=head_of(paper), today=TODAY, reserved=line)


def test_a_voided_number_stays_with_its_reason_and_is_never_given_again(document, clerk, head):
    line = reserve(document)

    actions.void_number(line, by=clerk, reason="Nhầm loại văn bản")

    assert queries.book_line(queries.book_rows(RegisterNumber.objects).get()).note == (
        "Đã hủy: Nhầm loại văn bản"
    )
    assert issued(document).number == 2
    with pytest.raises(IllegalMoveError):
        actions.record_paper(
            line, by=clerk, dated_on=TODAY, abstract="x", signer_name="y", recipients="z"
        )


def test_voiding_needs_a_reason_and_the_right_person(document, clerk, head, stranger):
    line = issued(document).register_line

    with pytest.raises(RefusedError, match="chỉ lãnh đạo"):
        actions.void_number(line, by=clerk, reason="Sai")
    with pytest.raises(RefusedError):
        actions.void_number(line, by=stranger, reason="Sai")
    with pytest.raises(RefusedError, match="lý do"):
        actions.void_number(line, by=head, reason=" ")


def test_voiding_an_issued_number_takes_the_paper_back(document, head):
    paper = issued(document)

    actions.void_number(paper.register_line, by=head, reason="Sai thẩm quyền")

    paper.refresh_from_db()
    assert paper.state == DocumentState.REVOKED
    assert lines(paper.organisation) == [(1, NumberState.VOIDED)]


def test_a_paper_from_outside_is_entered(document, clerk):
    line = reserve(document)
    actions.record_paper(
        line, by=clerk, dated_on=TODAY, abstract="Về phòng cháy", signer_name="Lê Hải",
        recipients="Các chi bộ",
    )  # fmt: skip

    shown = queries.book_line(queries.book_rows(RegisterNumber.objects).get())
    assert (shown.code, shown.dated_on, shown.title, shown.signer, shown.recipients, shown.note) == (
        "01-KH/ĐU", TODAY, "Kế hoạch Về phòng cháy", "Lê Hải", "Các chi bộ", "Lập ngoài phần mềm",
    )  # fmt: skip


def test_only_the_clerk_reserves(document, head, stranger):
    for person in (head, stranger):
        with pytest.raises(RefusedError):
            actions.reserve_number(
                document.organisation, by=person, type_code="KH", today=TODAY, abstract="x"
            )


def test_two_papers_cannot_take_the_same_number(document, clerk, head):
    line = reserve(document)
    second = submitted_document(document.organisation)
    actions.submit_document(document, by=clerk)
    actions.issue_document(document, by=head, today=TODAY, reserved=line)

    with pytest.raises(RefusedError):
        actions.issue_document(second, by=head_of(second), today=TODAY, reserved=line)


def test_the_book_shows_prints_and_exports_the_same_lines(document, clerk, browse):
    issued(document)
    reserve(document, abstract="=HYPERLINK(1)")
    reserve(document, type_code="TB", abstract="Thông báo khác")
    client = browse(clerk)
    asked = {"type": "KH", "year": TODAY.year}

    page = client.get(reverse("documents:book"), asked).content.decode()
    sheet = openpyxl.load_workbook(
        io.BytesIO(client.get(reverse("documents:book_xlsx"), asked).content)
    ).active
    pdf = client.get(reverse("documents:book_pdf"), asked)

    codes = [row[0].value for row in sheet.iter_rows(min_row=3)]
    assert codes == ["01-KH/ĐU", "02-KH/ĐU"]
    assert [code in page for code in (*codes, "01-TB/ĐU")] == [True, True, False]
    assert sheet["C4"].value == "Kế hoạch =HYPERLINK(1)"
    assert [cell.value for cell in sheet[2]] == [
        "Số, ký hiệu", "Ngày văn bản", "Tên loại, trích yếu", "Người ký", "Nơi nhận", "Ghi chú",
    ]  # fmt: skip
    assert (pdf.status_code, pdf.content[:5]) == (200, b"%PDF-")


def test_words_are_found_without_accents(document, clerk, browse):
    reserve(document, abstract="Phòng cháy")
    reserve(document, abstract="Đất đai")

    page = browse(clerk).get(reverse("documents:book"), {"q": "dat dai"}).content.decode()
    assert ("Đất đai" in page, "Phòng cháy" in page) == (True, False)


def test_registers_of_others_are_not_seen(document, stranger, browse):
    line = issued(document).register_line
    overseer = member(Role.OVERSEER, document.organisation)

    assert browse(stranger).get(reverse("documents:number", args=[line.pk])).status_code == 404
    assert line.code not in browse(stranger).get(reverse("documents:book")).content.decode()
    assert line.code in browse(overseer).get(reverse("documents:book")).content.decode()


def test_the_way_over_http(document, clerk, head, browse):
    office, desk = browse(clerk), browse(head)
    body = document.organisation.pk
    office.post(
        reverse("documents:reserve"), once(organisation=body, type="KH", abstract="Kế hoạch này")
    )
    line = RegisterNumber.objects.get()
    actions.submit_document(document, by=clerk)
    page = desk.get(reverse("documents:issue", args=[document.pk])).content.decode()
    desk.post(reverse("documents:issue", args=[document.pk]), once(reserved=line.pk))

    document.refresh_from_db()
    assert "01-KH/ĐU – giữ ngày" in page
    assert document.register_line == line
    answer = desk.post(reverse("documents:void", args=[line.pk]), {"reason": "Sai số"})
    assert answer.url == reverse("documents:number", args=[line.pk])
    assert "Đã hủy: Sai số" in desk.get(answer.url).content.decode()


def test_the_book_costs_the_same_for_many_lines(
    document, clerk, browse, django_assert_max_num_queries
):
    issued(document)
    for number in range(12):
        reserve(document, abstract=f"Việc {number}")
    client = browse(clerk)
    with django_assert_max_num_queries(15):
        client.get(reverse("documents:book"))
