"""The pages of plans: what each shows, to whom, at which cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assignments.models import Task
from core.access import RefusedError
from core.timephrase import parse
from documents.actions import ClauseDraft, add_drafts
from organisations.models import Role
from plans import actions
from plans.models import Plan
from tests.factories.documents import TODAY, LegalBasisFactory, issued
from tests.factories.organisations import member
from tests.factories.plans import (
    add_duty,
    add_session,
    body,
    clerk_of,
    draft_plan,
    heading,
    in_force,
    issued_plan,
    office,
)
from tests.forms import once

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return office()


@pytest.fixture
def clerk(home, client):
    person = clerk_of(home)
    client.force_login(person)
    return person


def plan_with_session(home):
    plan = draft_plan(home)
    add_session(plan, plan.document.created_by)
    return in_force(plan)


def typed(home, **given):
    usual = {"year": 2026, "host": "Bí thư Đảng ủy", "counterpart": "Nhân dân xã", "rhythm": "4"}
    return once(organisation=home.pk) | usual | given


def count_queries(client, url):
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(url)
    assert response.status_code == 200
    return len(queries)


def test_create_begins_a_plan_with_its_skeleton(client, home, clerk):
    basis = LegalBasisFactory()
    response = client.post(reverse("plans:create"), typed(home, bases=[basis.pk]))
    plan = Plan.objects.get()
    assert response.url == reverse("documents:edit", args=[plan.document_id])
    assert (
        plan.document.abstract == "tổ chức đối thoại giữa Bí thư Đảng ủy với Nhân dân xã năm 2026"
    )
    assert [str(row.time) for row in plan.sessions.order_by("latest_on")] == [
        "Quý I/2026",
        "Quý II/2026",
        "Quý III/2026",
        "Quý IV/2026",
    ]
    roots = plan.document.clauses.filter(parent=None).order_by("position")
    assert [row.kind for row in roots] == [
        "legal_basis",
        "introduction",
        *["heading"] * 6,
        "closing",
    ]


def test_create_twice_by_a_double_click_makes_one_plan(client, home, clerk):
    form = typed(home)
    first = client.post(reverse("plans:create"), form)
    second = client.post(reverse("plans:create"), form)
    assert (Plan.objects.count(), second.url) == (1, first.url)


@pytest.mark.parametrize(
    ("field", "value"),
    (("year", "2026x"), ("year", "1800"), ("host", "a" * 10_000), ("host", ""), ("organisation", 999_999), ("bases", [999_999]), ("abstract", "x\u202e")),
)  # fmt: skip
def test_create_with_bad_input_says_why_and_keeps_the_rest(client, home, clerk, field, value):
    response = client.post(reverse("plans:create"), typed(home, **{field: value}))
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert "Nhân dân xã" in response.content.decode()
    assert Plan.objects.count() == 0


def test_create_for_a_foreign_organisation_is_refused(client, home, clerk):
    other = office()
    response = client.post(reverse("plans:create"), typed(home, organisation=other.pk))
    assert list(response.context["form"].errors) == ["organisation"]
    with pytest.raises(RefusedError):
        actions.create_plan(by=clerk, organisation=other, year=2026, host="a", counterpart="b", today=TODAY)  # fmt: skip


def test_create_is_for_clerks(client, home):
    client.force_login(member(Role.HEAD, home))
    assert client.get(reverse("plans:create")).status_code == 403


def test_edit_changes_the_plan_and_is_refused_once_issued(client, home, clerk):
    plan = draft_plan(home)
    url = reverse("plans:edit", args=[plan.pk])
    client.post(url, {"year": 2027, "host": "Chủ tịch", "counterpart": "Nhân dân"})
    plan.refresh_from_db()
    assert (plan.year, plan.host) == (2027, "Chủ tịch")
    done = in_force(draft_plan(home))
    assert client.get(reverse("plans:edit", args=[done.pk])).status_code == 403


def test_draft_is_invisible_to_others_and_issued_is_not(client, home):
    draft, done = draft_plan(home), plan_with_session(home)
    client.force_login(member(Role.OFFICER))
    assert client.get(reverse("plans:detail", args=[draft.pk])).status_code == 404
    assert client.get(reverse("plans:detail", args=[done.pk])).status_code == 200
    assert client.get(reverse("plans:session", args=[done.sessions.get().pk])).status_code == 200
    assert client.get(reverse("plans:detail", args=[999_999])).status_code == 404


def test_detail_offers_what_comes_next(client, home, clerk):
    plan = draft_plan(home)
    add_session(plan, clerk)
    add_duty(plan, clerk, body("Văn phòng", home), due="trước ngày 05/8/2026")
    url = reverse("plans:detail", args=[plan.pk])
    assert "Soạn tiếp" in client.get(url).content.decode()
    from documents.actions import return_document, submit_document

    submit_document(plan.document, by=clerk)
    head = member(Role.HEAD, home)
    client.force_login(head)
    assert "Ban hành và giao 1 nhiệm vụ" in client.get(url).content.decode()
    return_document(plan.document, by=head, reason="Bổ sung chủ đề")
    assert client.get(url).context["history"][0].label == "Trả lại để sửa"
    listed = client.get(reverse("plans:list"), {"state": "draft"}).content.decode()
    assert '<span class="chip" data-tone="late">Trả lại</span>' in listed


def test_list_searches_without_accents_and_filters(client, home, clerk):
    soil = draft_plan(home, abstract="Đối thoại về đất đai")
    draft_plan(home, abstract="Đối thoại về nước sạch", year=2025)
    url = reverse("plans:list")
    assert [row.pk for row in client.get(url, {"q": "dat dai"}).context["page"].rows] == [soil.pk]
    assert [row.pk for row in client.get(url, {"year": 2026}).context["page"].rows] == [soil.pk]
    assert client.get(url, {"state": "issued"}).context["page"].rows == []
    assert client.get(url, {"year": "abc"}).status_code == 200


def test_list_costs_the_same_for_one_and_thirty(client, home, clerk):
    draft_plan(home)
    one = count_queries(client, reverse("plans:list"))
    for _number in range(29):
        draft_plan(home, is_blank=True)
    assert count_queries(client, reverse("plans:list")) == one <= 15


def test_detail_costs_the_same_for_one_and_thirty_duties(client, home, clerk):
    small = issued_plan(home, duties=1)
    one = count_queries(client, small.get_absolute_url())
    large = draft_plan(home)
    add_session(large, clerk)
    bodies = {"organisations": [body("Ban Dân vận", home)]}
    duty = {"due": parse("trước ngày 05/8/2026")}
    drafts = [
        ClauseDraft("assignee", "Ban", [ClauseDraft("duty", f"Việc {number}", fact=duty)], bodies)
        for number in range(30)
    ]
    add_drafts(large.document, by=clerk, drafts=drafts, parent=heading(large, "Tổ chức thực hiện"))
    issued(large.document)
    assert Task.objects.filter(clause__document=large.document).count() == 30
    assert count_queries(client, large.get_absolute_url()) == one


def test_calendar_shows_issued_sessions_of_the_year(client, home, clerk):
    draft = draft_plan(home)
    add_session(draft, clerk, theme="Chưa ban hành")
    plan = plan_with_session(home)
    page = client.get(reverse("plans:calendar"), {"year": 2026}).content.decode()
    assert (plan.sessions.get().theme in page, "Chưa ban hành" in page) == (True, False)
    assert client.get(reverse("plans:calendar"), {"year": "x"}).status_code == 200


def test_calendar_costs_the_same_for_one_and_thirty(client, home, clerk):
    plan = plan_with_session(home)
    url = reverse("plans:calendar") + "?year=2026"
    one = count_queries(client, url)
    for _number in range(29):
        clause = plan.document.clauses.create(position=5000 + _number, kind="session", text="x")
        plan.sessions.create(clause=clause, theme="x", audience="y")
    assert count_queries(client, url) == one <= 15
