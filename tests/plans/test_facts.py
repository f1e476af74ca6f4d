"""What people may type into the facts, and what the checks notice."""

import datetime

import pytest

from core.access import RefusedError
from documents import checks
from documents.models import Clause
from plans import actions, forms
from plans.models import Plan
from plans.queries import duty_lines
from tests.factories.documents import TODAY
from tests.factories.plans import add_duty, add_session, body, draft_plan, heading
from tests.stage import standing

pytestmark = pytest.mark.django_db


_standing = standing(lambda: draft_plan().pk)


@pytest.fixture
def plan(_standing, db):
    return Plan.objects.get(pk=_standing)


@pytest.fixture
def clerk(plan):
    return plan.document.created_by


def messages(plan, severity):
    """What the linter says; the skeleton's groups have nobody who selects them yet."""
    return [
        row.message
        for row in checks.findings(plan.document, today=TODAY)
        if row.severity == severity and row.rule != "group-selector"
    ]


def form_for(form, plan, kind, /, **typed):
    return form(typed, clause=Clause(document=plan.document, kind=kind))


SESSION = {"kind": "periodic", "form": "in_person", "theme": "Môi trường", "audience": "Nhân dân"}


def test_session_form_reads_phrase_and_chairs(plan):
    form = form_for(
        forms.SessionForm,
        plan,
        "session",
        **SESSION,
        time="Tháng 5",
        chairs="Bí thư: Lê Hải\nChủ tịch UBND",
    )
    assert form.is_valid(), form.errors
    assert form.cleaned_data["chairs"] == [("Bí thư", "Lê Hải"), ("Chủ tịch UBND", "")]
    assert form.cleaned_data["time"].end == datetime.date(2026, 5, 31)


@pytest.mark.parametrize(
    ("field", "typed"),
    (
        ("time", "ngày 31/02/2026"),
        ("time", "hôm nào rảnh"),
        ("theme", "a" * 10_000),
        ("theme", "đảo \u202echiều"),
        ("place", "a" * 251),
        ("chairs", "\n".join(["Bí thư"] * 7)),
        ("chairs", "x" * 201),
        ("units", ["999999"]),
        ("kind", "la"),
    ),
)
def test_session_form_refuses_with_a_sentence_and_keeps_what_was_typed(plan, field, typed):
    form = form_for(forms.SessionForm, plan, "session", **{**SESSION, field: typed})
    assert list(form.errors) == [field]
    assert form[field].value() == typed


def test_session_form_takes_decomposed_letters(plan):
    form = form_for(
        forms.SessionForm, plan, "session", **{**SESSION, "theme": "Nươ\u0301c sa\u0323ch"}
    )
    assert form.is_valid(), form.errors
    assert form.cleaned_data["theme"] == "Nước sạch"


@pytest.mark.parametrize(
    ("typed", "wrong"),
    (
        ({"exact": 5}, []),
        ({"minimum": 120, "maximum": 150}, []),
        ({"per_unit": 2, "unit_count": 18}, []),
        ({}, []),
        ({"exact": 5, "minimum": 3}, ["__all__"]),
        ({"minimum": 9, "maximum": 3}, ["maximum"]),
        ({"unit_count": 3}, ["per_unit"]),
        ({"exact": -1}, ["exact"]),
    ),
)
def test_group_form_takes_one_shape_of_quota(plan, typed, wrong):
    form = form_for(forms.ParticipantGroupForm, plan, "participant_group", **typed)
    assert list(form.errors) == wrong


def test_assignee_form_offers_bodies_in_force_only(plan):
    home = plan.document.organisation
    now = body("Văn phòng", home)
    gone = body("Huyện ủy cũ", home, valid_to=datetime.date(2025, 6, 30))
    good = form_for(forms.AssigneeForm, plan, "assignee", organisations=[now.pk])
    bad = form_for(forms.AssigneeForm, plan, "assignee", organisations=[gone.pk])
    assert (good.is_valid(), list(bad.errors)) == (True, ["organisations"])


def test_duty_form_offers_the_sessions_of_its_own_plan(plan, clerk):
    add_session(plan, clerk)
    other = draft_plan(plan.document.organisation, by=clerk)
    foreign = add_session(other, clerk).session
    form = form_for(forms.DutyForm, plan, "duty", part="lead", sessions=[foreign.pk])
    assert list(form.errors) == ["sessions"]


def test_saving_a_session_again_replaces_what_was_there(plan, clerk):
    clause = add_session(plan, clerk)
    actions.save_session(clause, {"theme": "Khác", "time": None, "chairs": []}, clerk)
    session = plan.sessions.get(clause=clause)
    assert (session.theme, session.latest_on, session.chairs.count()) == ("Khác", None, 0)


def test_words_of_a_session_are_written_from_its_fact(plan, clerk):
    assert add_session(plan, clerk).text == (
        "Quý III/2026\nNội dung: Môi trường và nước sạch\nĐối tượng: Nhân dân các thôn\n"
        "Thời gian: Tháng 8/2026\nĐịa điểm: Nhà văn hóa xã"
    )


def test_plan_without_session_cannot_be_issued(plan):
    assert messages(plan, "error") == ["Kế hoạch chưa có hội nghị đối thoại nào."]


def test_session_of_another_year_is_an_error(plan, clerk):
    add_session(plan, clerk, theme="Đất đai", time="Tháng 7/2025")
    assert messages(plan, "error") == [
        "“Đất đai”: ngày 31/7/2025 không thuộc năm 2026 của kế hoạch."
    ]


def test_session_without_chair_and_place_is_doubtful(plan, clerk):
    add_session(plan, clerk, theme="Đất đai", place="", chairs=[])
    add_duty(plan, clerk, body("Văn phòng", plan.document.organisation))
    assert messages(plan, "warning") == [
        "“Đất đai” chưa có địa điểm.",
        "“Đất đai” chưa ghi người chủ trì.",
    ]


def test_duty_without_body_is_an_error(plan, clerk):
    add_session(plan, clerk)
    parent = heading(plan, "Tổ chức thực hiện")
    actions.write_clause(plan.document, "duty", "Báo cáo", by=clerk, parent=parent)
    assert messages(plan, "error") == ["“Báo cáo” chưa nằm dưới cơ quan được phân công nào."]


def test_one_product_with_two_leads_is_doubtful(plan, clerk):
    add_session(plan, clerk)
    for name in ("Văn phòng", "Ban Dân vận"):
        add_duty(
            plan, clerk, body(name, plan.document.organisation), deliverable="Dự thảo thông báo"
        )
    assert messages(plan, "warning") == [
        "“Dự thảo thông báo” có 2 cơ quan cùng chủ trì; mỗi sản phẩm nên có một đầu mối."
    ]


@pytest.mark.parametrize(("exact", "expected"), ((5, []), (9, ["cộng lại là 05"])))
def test_quotas_that_do_not_add_up_are_doubtful(plan, clerk, exact, expected):
    add_session(plan, clerk)
    add_duty(plan, clerk, body("Văn phòng", plan.document.organisation))
    top = actions.write_clause(
        plan.document,
        "participant_group",
        "Tất cả",
        by=clerk,
        parent=heading(plan, "Thành phần"),
        exact=exact,
    )
    for number in (2, 3):
        actions.write_clause(
            plan.document, "participant_group", "Nhóm", by=clerk, parent=top, exact=number
        )
    assert [text[-15:-1] for text in messages(plan, "warning")] == expected


def test_deadline_before_the_conference_counts_from_its_first_day(plan, clerk):
    session = add_session(plan, clerk, time="ngày 11/8/2026").session
    lead = body("Văn phòng", plan.document.organisation)
    add_duty(plan, clerk, lead, due="trước khi tổ chức đối thoại", sessions=[session])
    assert [line.due_on for line in duty_lines(plan)] == [datetime.date(2026, 8, 10)]


def test_relative_deadline_without_a_session_says_so(plan, clerk):
    for theme in ("Một", "Hai"):
        add_session(plan, clerk, theme=theme)
    lead = body("Văn phòng", plan.document.organisation)
    add_duty(plan, clerk, lead, "Báo cáo", due="07 ngày làm việc kể từ khi kết thúc đối thoại")
    assert messages(plan, "warning") == [
        "“Báo cáo”: “07 ngày làm việc kể từ khi kết thúc đối thoại” cần gắn với một hội nghị đã có thời gian."
    ]


def test_facts_of_a_plan_do_not_hang_on_other_papers(plan, clerk):
    from documents.actions import add_clause, create_document

    letter = create_document(
        organisation=plan.document.organisation, type_code="CV", abstract="Thư", by=clerk, today=datetime.date(2026, 5, 8)
    )  # fmt: skip
    with pytest.raises(RefusedError):
        add_clause(letter, by=clerk, kind="duty", text="Việc", fact={})
    item = add_clause(letter, by=clerk, kind="programme_item", text="Khai mạc", fact={"minutes": 5})
    assert (item.programme_item.plan, item.programme_item.minutes) == (None, 5)
