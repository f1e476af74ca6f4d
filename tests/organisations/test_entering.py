import datetime

import pytest
from django.urls import reverse

from core.access import RefusedError
from core.models import HistoryEntry
from organisations import actions
from organisations.models import AdministrativeUnit, Organisation, PartyTerm, Post, Role
from tests.factories.organisations import (
    OrganisationFactory,
    PartyTermFactory,
    PostFactory,
    UnitFactory,
    member,
)

pytestmark = pytest.mark.django_db
TOKEN = "2b1c1d9e-7f1e-4e57-9f0c-0d5f6c1a2b3c"
ADMIN_PAGES = ("create_unit", "edit_unit", "create", "edit", "add_post", "add_term")
UNIT = {"_once": TOKEN, "kind": "xã", "name": "Hưng Chính", "level": "commune"}


@pytest.fixture
def admin(client):
    person = member(Role.ADMIN)
    client.force_login(person)
    return person


def address(name, unit, body):
    args = {"create_unit": [], "create": [], "edit_unit": [unit.pk]}.get(name, [body.pk])
    return reverse(f"organisations:{name}", args=args)


def post(client, name, form, *args):
    return client.post(reverse(f"organisations:{name}", args=args), {"_once": TOKEN} | form)


def body_form(where, **changes):
    names = {"name": "Đảng ủy xã Hưng Chính", "short_name": "Đảng ủy xã", "symbol": "ĐU"}
    kinds = {"unit": where.pk, "system": "party", "function": "committee"}
    return names | kinds | changes


def errors(answer):
    return {name: list(found) for name, found in answer.context["form"].errors.items()}


@pytest.mark.parametrize("name", ADMIN_PAGES)
def test_only_an_administrator_enters(client, name):
    body = OrganisationFactory()
    client.force_login(member(Role.HEAD, body))
    page = address(name, body.unit, body)
    answers = (client.get(page).status_code, client.post(page, {"_once": TOKEN}).status_code)
    assert answers == (403, 403)


@pytest.mark.parametrize("name", ("edit_unit", "edit", "add_post", "add_term"))
def test_what_does_not_exist_is_not_found(client, admin, name):
    assert client.get(reverse(f"organisations:{name}", args=[9_999_999])).status_code == 404


@pytest.mark.parametrize("name", ADMIN_PAGES)
def test_a_form_asks_as_often_for_two_bodies_as_for_thirty(
    client, admin, name, django_assert_num_queries, django_assert_max_num_queries
):
    body = OrganisationFactory()
    page = address(name, body.unit, body)
    with django_assert_max_num_queries(12) as few:
        client.get(page)
    for _ in range(28):
        OrganisationFactory(unit=UnitFactory(parent=body.unit, level="hamlet"))
    with django_assert_num_queries(len(few)):
        client.get(page)


def test_a_unit_is_entered_once_by_the_same_form(client, admin):
    province = UnitFactory(level="province", kind="tỉnh", name="Nghệ An")
    old = UnitFactory(name="Hưng Lộc")
    form = UNIT | {"parent": province.pk, "valid_from": "01/7/2025"}
    for _ in range(2):
        assert post(client, "create_unit", form).status_code == 302
    unit = AdministrativeUnit.objects.get(name="Hưng Chính")
    assert (unit.parent, unit.valid_from) == (province, datetime.date(2025, 7, 1))
    assert HistoryEntry.objects.filter(note="Thêm đơn vị").get().by == admin
    form = UNIT | {"parent": "", "name": "Hưng Lộc", "valid_to": "30/6/2025", "successors": unit.pk}
    form["_once"] = TOKEN.replace("2b", "3b")
    assert post(client, "edit_unit", form, old.pk).status_code == 302
    old.refresh_from_db()
    assert (old.valid_to, list(old.successors.all())) == (datetime.date(2025, 6, 30), [unit])


@pytest.mark.parametrize(
    ("change", "wrong"),
    (
        ({}, {"name": ["Đã có đơn vị này trong cùng thời gian. Hãy xem lại tên hoặc từ ngày."]}),
        ({"name": ""}, {"name": ["Hãy điền mục này."]}),
        (
            {"valid_from": "01/7/2025", "valid_to": "30/6/2025"},
            {"valid_to": ["Đến ngày phải sau từ ngày."]},
        ),
        ({"parent": "here"}, {"parent": ["Đơn vị cấp trên phải ở cấp cao hơn đơn vị này."]}),
    ),
)
def test_a_unit_that_cannot_be_is_refused_beside_its_field(client, admin, change, wrong):
    here = UnitFactory(name="Hưng Chính")
    form = UNIT | change | ({"parent": here.pk} if "parent" in change else {})
    before = AdministrativeUnit.objects.count()
    assert errors(post(client, "create_unit", form)) == wrong
    assert AdministrativeUnit.objects.count() == before


def test_the_same_name_may_come_back_after_the_first_has_ended(client, admin):
    UnitFactory(name="Hưng Chính", valid_to=datetime.date(2025, 6, 30))
    post(client, "create_unit", UNIT | {"valid_from": "01/7/2025"})
    assert AdministrativeUnit.objects.filter(name="Hưng Chính").count() == 2


def test_a_unit_stays_above_those_below_it(client, admin):
    unit = UnitFactory(name="Hưng Chính")
    UnitFactory(level="hamlet", kind="xóm", parent=unit)
    answer = post(client, "edit_unit", UNIT | {"level": "hamlet"}, unit.pk)
    assert errors(answer) == {"level": ["Có đơn vị trực thuộc không ở cấp thấp hơn cấp này."]}


def test_a_body_is_entered_and_ended_with_its_successor(client, admin):
    unit = UnitFactory()
    answer = post(client, "create", body_form(unit, valid_from="01/7/2025"))
    body = Organisation.objects.get(name="Đảng ủy xã Hưng Chính")
    assert answer.url == reverse("organisations:detail", args=[body.pk])
    assert (body.unit, body.system, body.valid_from) == (unit, "party", datetime.date(2025, 7, 1))
    heir = OrganisationFactory(unit=unit)
    ended = body_form(unit, valid_to="31/12/2026", successors=heir.pk)
    ended["_once"] = TOKEN.replace("2b", "3b")
    post(client, "edit", ended, body.pk)
    body.refresh_from_db()
    assert (body.valid_to, list(body.successors.all())) == (datetime.date(2026, 12, 31), [heir])


def test_a_body_stands_once_in_its_unit_but_may_in_another(client, admin):
    there = OrganisationFactory(name="Đảng ủy xã Hưng Chính")
    answer = post(client, "create", body_form(there.unit))
    sentence = "Đơn vị đã có cơ quan này trong cùng thời gian. Hãy xem lại tên."
    assert errors(answer) == {"name": [sentence]}
    assert post(client, "create", body_form(UnitFactory())).status_code == 302


def test_a_body_is_not_below_itself(client, admin):
    top = OrganisationFactory(name="Đảng ủy xã Hưng Chính")
    below = OrganisationFactory(parent=top)
    answer = post(client, "edit", body_form(top.unit, parent=below.pk), top.pk)
    sentence = "Cơ quan cấp trên không thể là chính cơ quan này hoặc cấp dưới của nó."
    assert errors(answer) == {"parent": [sentence]}


def test_a_body_in_a_unit_that_does_not_exist_is_refused(client, admin):
    before = Organisation.objects.count()
    answer = post(client, "create", body_form(UnitFactory(), unit=9_999_999))
    assert list(errors(answer)) == ["unit"]
    assert Organisation.objects.count() == before


def test_a_post_is_added_once(client, admin):
    body = OrganisationFactory()
    assert post(client, "add_post", {"name": "Bí thư", "is_head": "on"}, body.pk).status_code == 302
    assert Post.objects.get(organisation=body).is_head is True
    again = {"name": "bí thư", "_once": TOKEN.replace("2b", "3b")}
    assert errors(post(client, "add_post", again, body.pk)) == {
        "name": ["Cơ quan đã có chức vụ này."]
    }


def test_a_term_follows_the_one_before(client, admin):
    body = PartyTermFactory(
        name="2020–2025", starts_on=datetime.date(2020, 6, 1), ends_on=datetime.date(2025, 6, 30)
    ).organisation
    form = {"name": "2025–2030", "starts_on": "30/6/2025"}
    answer = post(client, "add_term", form, body.pk)
    assert errors(answer) == {"starts_on": ["Trùng thời gian với nhiệm kỳ 2020–2025."]}
    answer = post(client, "add_term", form | {"starts_on": "01/7/2025"}, body.pk)
    assert answer.status_code == 302
    assert PartyTerm.objects.filter(organisation=body).count() == 2


def test_a_term_belongs_to_the_party_and_ends_after_it_begins(client, admin):
    state, party = OrganisationFactory(system="state"), OrganisationFactory()
    form = {"name": "2025–2030", "starts_on": "01/7/2025", "ends_on": "01/7/2020"}
    assert errors(post(client, "add_term", form, state.pk)) == {
        "name": ["Chỉ cơ quan của Đảng có nhiệm kỳ."]
    }
    assert errors(post(client, "add_term", form, party.pk)) == {
        "ends_on": ["Đến ngày phải sau từ ngày."]
    }


def test_the_actions_refuse_what_the_forms_refuse():
    by, body = member(Role.ADMIN), PostFactory().organisation
    with pytest.raises(RefusedError, match="chức vụ"):
        actions.add_post(body, by=by, name="Bí thư", is_head=True)
    with pytest.raises(RefusedError, match="trong cùng thời gian"):
        actions.create_organisation(
            by=by, unit=body.unit, name=body.name, short_name="x", system="party", function="office"
        )
    with pytest.raises(RefusedError, match="quản trị"):
        actions.add_post(body, by=member(Role.CLERK), name="Phó Bí thư", is_head=False)


def test_the_page_of_a_body_shows_posts_and_terms(client, admin):
    body = PostFactory(organisation=PartyTermFactory().organisation).organisation
    page = client.get(reverse("organisations:detail", args=[body.pk])).content.decode()
    assert "Bí thư (đứng đầu)" in page
    assert "2025–2030 (01/01/2020)" in page
