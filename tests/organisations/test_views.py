import datetime

import pytest
from django.urls import reverse

from core.access import RefusedError
from core.models import CalendarYear, WorkingDay
from organisations import actions
from organisations.models import DeadlineRule, Membership, Role, User
from organisations.queries import deadline_phrase
from tests.factories.organisations import OrganisationFactory, UnitFactory, UserFactory, member

pytestmark = pytest.mark.django_db
TOKEN = "2b1c1d9e-7f1e-4e57-9f0c-0d5f6c1a2b3c"


@pytest.fixture
def admin(client):
    person = member(Role.ADMIN)
    client.force_login(person)
    return person


@pytest.fixture
def clerk(client):
    person = member(Role.CLERK)
    client.force_login(person)
    return person


def test_the_list_asks_as_often_for_one_unit_as_for_thirty(
    client, admin, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12) as few:
        client.get(reverse("organisations:list"))
    for _ in range(29):
        OrganisationFactory(unit=UnitFactory())
    with django_assert_num_queries(len(few)):
        client.get(reverse("organisations:list"))


def test_only_an_administrator_adds_a_member(client, clerk):
    body = OrganisationFactory()
    answer = client.get(reverse("organisations:add_member", args=[body.pk]))
    assert answer.status_code == 403


def test_a_new_member_gets_an_account_without_a_password(client, admin):
    body = OrganisationFactory()
    form = {"_once": TOKEN, "email": "moi@vi-du.vn", "full_name": "Người Mới", "role": "officer"}
    client.post(reverse("organisations:add_member", args=[body.pk]), form)
    user = User.objects.get(email="moi@vi-du.vn")
    assert (user.has_usable_password(), user.organisation_ids(Role.OFFICER)) == (False, {body.pk})


def test_the_same_form_twice_adds_one_member(client, admin):
    body = OrganisationFactory()
    form = {"_once": TOKEN, "email": "moi@vi-du.vn", "full_name": "Người Mới", "role": "officer"}
    for _ in range(2):
        answer = client.post(reverse("organisations:add_member", args=[body.pk]), form)
        assert answer.status_code == 302
    assert Membership.objects.filter(organisation=body).count() == 1


def test_a_closed_account_gets_no_role(client, admin):
    body, gone = OrganisationFactory(), UserFactory(is_active=False)
    form = {"_once": TOKEN, "email": gone.email.upper(), "full_name": "Cũ", "role": "officer"}

    answer = client.post(reverse("organisations:add_member", args=[body.pk]), form)
    with pytest.raises(RefusedError, match="đã đóng"):
        actions.add_member(
            body,
            by=admin,
            email=gone.email,
            full_name="Cũ",
            role="officer",
            post=None,
            today=datetime.date(2026, 4, 1),
        )

    assert answer.context["form"].errors == {
        "email": ["Tài khoản có địa chỉ này đã đóng, không đăng nhập được. Hãy ghi địa chỉ khác."]
    }
    assert not Membership.objects.filter(organisation=body).exists()


def test_an_ended_role_ends_yesterday(client, admin):
    person = member(Role.OFFICER)
    membership = person.memberships.get()
    client.post(reverse("organisations:end_membership", args=[membership.pk]))
    assert User.objects.get(pk=person.pk).organisation_ids() == set()


def test_the_last_administrator_stays_and_the_past_is_not_changed(client, admin):
    last = admin.memberships.get()
    gone = member(Role.OFFICER).memberships.get()
    Membership.objects.filter(pk=gone.pk).update(valid_to=datetime.date(2026, 3, 31))

    answers = [
        client.post(reverse("organisations:end_membership", args=[row.pk])) for row in (last, gone)
    ]

    assert [answer.status_code for answer in answers] == [403, 403]
    gone.refresh_from_db()
    assert (gone.valid_to, admin.memberships.get().valid_to) == (datetime.date(2026, 3, 31), None)
    member(Role.ADMIN)
    client.post(reverse("organisations:end_membership", args=[last.pk]))
    assert admin.memberships.get().valid_to is not None


def test_a_make_up_saturday_is_written_and_the_year_signed_off(client, admin):
    day = {"date": "22/8/2026", "kind": "working", "name": "Làm bù", "source": "Thông báo 1/TB"}
    client.post(reverse("organisations:calendar", args=[2026]), day)
    client.post(reverse("organisations:sign_off", args=[2026]), {"source": "Thông báo 1/TB"})
    assert WorkingDay.objects.get().date == datetime.date(2026, 8, 22)
    assert CalendarYear.objects.get().signed_off_by == admin


def test_a_date_that_does_not_exist_is_refused_and_kept(client, admin):
    day = {"date": "31/02/2026", "kind": "day_off", "name": "Nghỉ", "source": "Thông báo"}
    answer = client.post(reverse("organisations:calendar", args=[2026]), day)
    assert WorkingDay.objects.count() == 0
    assert 'value="31/02/2026"' in answer.content.decode()


@pytest.mark.parametrize("year", (1, 99999))
def test_a_year_out_of_reach_is_not_found(client, admin, year):
    assert client.get(reverse("organisations:calendar", args=[year])).status_code == 404


def test_a_clock_takes_only_phrases_that_can_be_understood(client, admin):
    rule = DeadlineRule.objects.get(code="conclusion_notice")
    url = reverse("organisations:edit_deadline_rule", args=[rule.pk])
    client.post(url, {"phrase": "bao giờ rảnh thì làm", "source": "x"})
    rule.refresh_from_db()
    assert rule.phrase == "trong thời hạn 07 ngày làm việc kể từ khi kết thúc hội nghị"
    client.post(
        url, {"phrase": "trong thời hạn 05 ngày làm việc kể từ khi kết thúc", "source": "x"}
    )
    rule.refresh_from_db()
    assert rule.phrase == "trong thời hạn 05 ngày làm việc kể từ khi kết thúc"


def test_an_office_has_its_own_clock():
    body, other = OrganisationFactory(), OrganisationFactory()
    DeadlineRule.objects.create(
        code="conclusion_notice", organisation=body, phrase="trong 3 ngày làm việc", source="x"
    )
    assert deadline_phrase("conclusion_notice", body) == "trong 3 ngày làm việc"
    assert deadline_phrase("conclusion_notice", other).startswith("trong thời hạn 07")
