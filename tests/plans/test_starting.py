"""Beginning a plan from last year's or from a template: what moves, what is noted, who may."""

import datetime

import pytest
from django.urls import reverse

from core.access import RefusedError
from documents.actions import RecipientDraft, set_recipients
from documents.actions.bases import save_basis
from documents.models import ClauseKind
from organisations.models import Role
from plans.actions.renewing import name_template, renew_plan
from plans.models import CopyNote, Plan
from plans.queries.renewal import shift_years
from tests.factories.documents import LegalBasisFactory
from tests.factories.organisations import OrganisationFactory, member
from tests.factories.plans import add_duty, add_session, body, draft_plan
from tests.forms import once

DAY = datetime.date
NEXT_YEAR = DAY(2027, 1, 11)


@pytest.mark.parametrize(
    ("text", "moved"),
    (
        ("đối thoại năm 2026", "đối thoại năm 2027"),
        ("Tháng 5/2026", "Tháng 5/2027"),
        ("Quý II/2026", "Quý II/2027"),
        ("trước ngày 05/8/2026", "trước ngày 05/8/2027"),
        ("ngày 11 tháng 8/2026", "ngày 11 tháng 8/2027"),
        ("kết quả năm 2025", "kết quả năm 2026"),
        ("nhiệm kỳ 2021 - 2026", "nhiệm kỳ 2021 - 2026"),
        ("giai đoạn 2026-2030", "giai đoạn 2026-2030"),
        ("Luật số 72/2026/QH15", "Luật số 72/2026/QH15"),
        ("Quyết định số 5-QĐ/TU ngày 01/6/2026 của Tỉnh ủy", None),
        ("năm 2019", "năm 2019"),
    ),
)
def test_years_move_and_citations_stay(text, moved):
    assert shift_years(text, 2026, 2027).text == (moved or text)


def test_what_was_done_to_a_text_is_said():
    shifted = shift_years("Ngày 29/02/2028; theo số 1-KH/TU ngày 01/3/2028", 2028, 2029)
    assert (shifted.changed, shifted.kept, shifted.impossible) == (
        ["29/02/2028 → 29/02/2029"],
        ["01/3/2028"],
        ["29/02/2029"],
    )


@pytest.fixture
def plan():
    plan = draft_plan(year=2026)
    by = plan.document.created_by
    add_session(
        plan, by, time="ngày 08/5/2026", chairs=[("Bí thư", "Lê Minh Hải"), ("Khách", "Vũ A")]
    )
    office = body("Văn phòng", plan.document.organisation)
    add_duty(plan, by, office, "Tổng hợp ý kiến năm 2026", due="trước ngày 05/5/2026")
    return plan


def renewed(plan, **given):
    by = plan.document.created_by
    return renew_plan(plan, **{"by": by, "year": 2027, "today": NEXT_YEAR, **given})


def notes(plan, **asked):
    return list(plan.copy_notes.filter(**asked).order_by("id").values_list("text", flat=True))


@pytest.mark.django_db
def test_everything_moves_with_the_year(plan):
    new = renewed(plan)

    assert (new.year, new.document.abstract) == (
        2027,
        plan.document.abstract.replace("2026", "2027"),
    )
    assert new.document.state == "draft"
    assert new.document.clauses.count() == plan.document.clauses.count()
    session = new.sessions.get()
    assert (session.time.literal, session.latest_on) == ("ngày 08/5/2027", DAY(2027, 5, 8))
    duty = new.duties.get()
    assert (duty.due.literal, duty.clause.text) == (
        "trước ngày 05/5/2027",
        "Tổng hợp ý kiến năm 2027",
    )
    assert "Ngày 08/5/2027 của năm mới là ngày nghỉ (Thứ Bảy); hãy chọn ngày khác." in notes(
        new, needs_look=True
    )
    assert plan.sessions.get().latest_on == DAY(2026, 5, 8)


@pytest.mark.django_db
def test_dissolved_bodies_give_way_to_their_only_heir(plan):
    office = plan.assignees.get().organisations.get()
    heir = body("Văn phòng chung", plan.document.organisation)
    between = OrganisationFactory(name="Văn phòng tạm", valid_to=DAY(2026, 12, 31))
    office.successors.add(between)
    between.successors.add(heir)
    office.valid_to = DAY(2026, 12, 31)
    office.save()
    lines = [RecipientDraft(office.name, "carry_out", office), RecipientDraft("Lưu VP", "archive")]
    set_recipients(plan.document, by=plan.document.created_by, recipients=lines)

    new = renewed(plan)

    assignee = new.assignees.get()
    assert list(assignee.organisations.all()) == [heir]
    assert assignee.clause.text == heir.name
    assert [row.text for row in new.document.recipients.order_by("position")] == [
        heir.name,
        "Lưu VP",
    ]
    said = f"“{office.name}” đã kết thúc hoạt động; thay bằng “{heir.name}”."
    assert notes(new, text=said, needs_look=False) == [said, said]


@pytest.mark.django_db
@pytest.mark.parametrize("heirs", (0, 2))
def test_without_one_heir_a_person_chooses(plan, heirs):
    office = plan.assignees.get().organisations.get()
    office.successors.add(*OrganisationFactory.create_batch(heirs))
    office.valid_to = DAY(2026, 12, 31)
    office.save()

    new = renewed(plan)

    assignee = new.assignees.get()
    assert list(assignee.organisations.all()) == []
    said = f"“{office.name}” đã kết thúc hoạt động; hãy chọn cơ quan kế thừa."
    note = CopyNote.objects.get(plan=new, text=said)
    assert (note.needs_look, note.clause_id) == (True, assignee.clause_id)


@pytest.mark.django_db
def test_signer_and_chairs_are_those_of_today(plan):
    organisation = plan.document.organisation
    old = organisation.memberships.filter(role=Role.HEAD)
    old.update(valid_to=DAY(2026, 12, 31))
    member(Role.HEAD, organisation, full_name="Trần Văn Mới")

    new = renewed(plan)

    assert new.document.signer_name == "Trần Văn Mới"
    chairs = list(new.sessions.get().chairs.order_by("position").values_list("name", flat=True))
    assert chairs == ["Trần Văn Mới", "Vũ A"]
    assert "Chủ trì: Bí thư Lê Minh Hải → Trần Văn Mới." in notes(new, needs_look=False)
    assert "Chủ trì Khách “Vũ A” không còn trong danh sách; hãy xem lại." in notes(
        new, needs_look=True
    )


@pytest.mark.django_db
def test_replaced_bases_are_flagged(plan):
    clause = plan.document.clauses.filter(kind=ClauseKind.LEGAL_BASIS).first()
    newer = LegalBasisFactory(number="9-QĐ/TW", title="mới")
    older = LegalBasisFactory(number="8-QĐ/TW", title="cũ", replaced_by=newer)
    save_basis(clause, {"basis": older}, plan.document.created_by)

    found = notes(renewed(plan), needs_look=True, clause__kind=ClauseKind.LEGAL_BASIS)

    assert found == [f"Căn cứ “{older}” đã được thay bằng “{newer}”; hãy thay căn cứ."]


@pytest.mark.django_db
def test_only_a_clerk_of_the_organisation_copies(plan):
    with pytest.raises(RefusedError):
        renewed(plan, by=member(Role.CLERK))
    with pytest.raises(RefusedError):
        name_template(plan, by=member(Role.HEAD, plan.document.organisation), name="Mẫu")
    assert Plan.objects.count() == 1


@pytest.mark.django_db
def test_two_clicks_to_a_draft(client, plan):
    client.force_login(plan.document.created_by)
    page = client.get(reverse("plans:start")).text
    assert reverse("plans:renew", args=[plan.pk]) in page
    assert reverse("plans:create") in page

    answer = client.post(
        reverse("plans:renew", args=[plan.pk]),
        once(year=2027),
        follow=True,
    )
    new = Plan.objects.get(year=2027)
    assert answer.redirect_chain[0][0] == reverse("plans:renewed", args=[new.pk])
    clause = new.sessions.get().clause_id
    assert reverse("documents:clause_edit", args=[new.document_id, clause]) in answer.text


@pytest.mark.django_db
def test_a_template_is_named_and_offered(client, plan):
    client.force_login(plan.document.created_by)
    client.post(reverse("plans:template", args=[plan.pk]), {"name": "Đối thoại bốn quý"})
    assert "Đối thoại bốn quý" in client.get(reverse("plans:start")).text
    client.post(reverse("plans:template", args=[plan.pk]), {"name": ""})
    assert "Đối thoại bốn quý" not in client.get(reverse("plans:start")).text


@pytest.mark.django_db
def test_a_year_that_is_none_is_refused_in_words(client, plan):
    client.force_login(plan.document.created_by)
    answer = client.post(
        reverse("plans:renew", args=[plan.pk]),
        once(year="sau"),
        follow=True,
    )
    assert "Hãy ghi năm của kế hoạch mới" in answer.text
    assert Plan.objects.count() == 1


@pytest.mark.django_db
def test_a_blank_page_has_no_clause(client, plan):
    clerk = plan.document.created_by
    client.force_login(clerk)
    page = client.get(reverse("plans:create") + "?trang=1")
    assert page.context["form"]["is_blank"].value() is True
    form = once(
        organisation=plan.document.organisation_id,
        year=2027,
        host="Bí thư",
        counterpart="Nhân dân",
        rhythm="0",
        is_blank="on",
    )
    client.post(reverse("plans:create"), form)
    assert Plan.objects.get(year=2027).document.clauses.count() == 0
