import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.access import RefusedError
from organisations.models import Role
from plans import actions
from plans.models import ANNOUNCE, DialogueSession, Obligation, PreparationStep
from plans.queries import Sight, Standing, year_board
from plans.queries.board import Card, clash, posts_of
from plans.queries.gaps import late_notice
from tests.factories.documents import issued
from tests.factories.organisations import UnitFactory, member
from tests.factories.plans import add_session, draft_plan, in_force, office

DAY = datetime.date
TODAY = DAY(2026, 6, 1)
HANOI = datetime.timezone(datetime.timedelta(hours=7))

pytestmark = pytest.mark.django_db


def written(*sessions, organisation=None):
    plan = draft_plan(organisation)
    for fact in sessions:
        add_session(plan, plan.document.created_by, **fact)
    return plan


def plan_with(*sessions, organisation=None):
    """A plan in force with these sessions."""
    return in_force(written(*sessions, organisation=organisation))


def board_of(user, **asked):
    return year_board(user, 2026, TODAY, sight=Sight(user), **asked)


def cards_of(board):
    return [card for quarter in board.quarters for month in quarter.months for card in month.cards]


def warnings_of(board):
    return {card.session.theme: card.warnings for card in cards_of(board)}


# --- quarters and months -------------------------------------------------------------------------


def test_sessions_stand_in_their_month_and_open_months_last():
    plan = plan_with(
        {"theme": "Đất đai", "time": "Tháng 8/2026"},
        {"theme": "Nước sạch", "time": "Quý III"},
        {"theme": "Giao thông", "time": "ngày 05/7/2026"},
    )
    board = board_of(plan.document.created_by)

    assert [
        (
            quarter.name,
            [
                (month.name, [card.session.theme for card in month.cards])
                for month in quarter.months
            ],
        )
        for quarter in board.quarters
        if quarter.count
    ] == [
        (
            "Quý III",
            [
                ("Tháng 7", ["Giao thông"]),
                ("Tháng 8", ["Đất đai"]),
                ("Chưa rõ tháng", ["Nước sạch"]),
            ],
        )
    ]


def test_a_session_moved_into_another_year_leaves_the_board():
    plan = plan_with({"time": "ngày 14/8/2026"})
    DialogueSession.objects.filter(plan=plan).update(fixed_on=DAY(2027, 1, 8))

    assert board_of(plan.document.created_by).count == 0


def test_the_board_can_show_one_unit():
    mine = plan_with({"theme": "Đất đai"})
    other = plan_with({}, organisation=office("Bình Hòa"))
    clerk = mine.document.created_by
    unit = other.document.organisation.unit

    assert board_of(clerk).count == 2
    assert [card.session.plan for card in cards_of(board_of(clerk, unit=unit))] == [other]


# --- clashes -------------------------------------------------------------------------------------


def test_one_place_on_one_day_is_a_clash():
    plan = plan_with(
        {"theme": "Đất đai", "time": "ngày 14/8/2026", "chairs": [("Bí thư", "Lê Hải")]},
        {"theme": "Nước sạch", "time": "ngày 14/8/2026", "chairs": [("Chủ tịch", "Trần Hà")]},
        {"theme": "Giao thông", "time": "ngày 15/8/2026", "chairs": [("Chủ tịch", "Trần Hà")]},
    )

    assert warnings_of(board_of(plan.document.created_by)) == {
        "Đất đai": ["Cùng ngày, cùng địa điểm với “Nước sạch”"],
        "Nước sạch": ["Cùng ngày, cùng địa điểm với “Đất đai”"],
        "Giao thông": [],
    }


@pytest.mark.parametrize(
    ("first", "second", "is_clash"),
    (
        (("Bí thư Đảng ủy - Chủ tịch HĐND xã", ""), ("Chủ tịch HĐND xã", ""), True),
        (("Bí thư Đảng ủy", "Lê Hải"), ("Chủ tịch HĐND xã", "LÊ HẢI"), True),
        (("Chủ tịch UBND xã", "Lê Hải"), ("Chủ tịch UBND xã", "Trần Hà"), False),
        (("Bí thư Đảng ủy", ""), ("Chủ tịch UBND xã", ""), False),
    ),
)
def test_one_person_under_two_posts_chairs_once_a_day(first, second, is_clash):
    plan = plan_with(
        {"theme": "Đất đai", "time": "ngày 14/8/2026", "place": "Hội trường A", "chairs": [first]},
        {
            "theme": "Nước sạch",
            "time": "ngày 14/8/2026",
            "place": "Hội trường B",
            "chairs": [second],
        },
    )
    found = warnings_of(board_of(plan.document.created_by))["Đất đai"]

    assert found == (["Cùng ngày, cùng người chủ trì với “Nước sạch”"] if is_clash else [])


def test_morning_and_afternoon_do_not_clash():
    plan = plan_with({"time": "ngày 14/8/2026"}, {"time": "ngày 14/8/2026"})
    one, two = DialogueSession.objects.filter(plan=plan).select_related("plan__document")
    hour = datetime.datetime(2026, 8, 14, 8, tzinfo=HANOI)
    later = hour + datetime.timedelta(hours=5)
    morning = Standing(30, "", starts_at=hour, ends_at=later)
    afternoon = Standing(30, "", starts_at=later, ends_at=later + datetime.timedelta(hours=3))

    assert list(clash(Card(one, morning), Card(two, afternoon))) == []
    assert len(list(clash(Card(one, morning), Card(two, morning)))) == 2


def test_posts_of_one_line():
    plan = plan_with({"chairs": [("Bí thư Đảng ủy - Chủ tịch HĐND xã", "Lê Hải")]})
    chair = DialogueSession.objects.get(plan=plan).chairs.get()

    assert posts_of(chair) == {"bi thu dang uy", "chu tich hdnd xa"}


# --- gaps ----------------------------------------------------------------------------------------


def test_a_commune_without_a_dialogue_is_a_gap_with_its_source():
    clerk = member(Role.CLERK, office("Tân Hòa"))
    unit = clerk.current_memberships[0].organisation.unit
    (gap,) = board_of(clerk).gaps

    assert (gap.unit, gap.has, gap.wanted) == (unit, 0, 1)
    assert gap.source == Obligation.objects.get(kind="per_year").source


def test_a_planned_session_closes_the_gap():
    assert board_of(plan_with({}).document.created_by).gaps == []


def test_a_province_sees_the_gaps_of_its_communes_and_a_commune_only_its_own():
    province = UnitFactory(level="province")
    communes = [UnitFactory(level="commune", parent=province) for _number in range(3)]
    above = office("Tỉnh")
    type(above).objects.filter(pk=above.pk).update(unit=province)
    watcher = member(Role.CLERK, type(above).objects.get(pk=above.pk))

    assert {gap.unit for gap in board_of(watcher).gaps} == set(communes)


def test_an_obligation_that_has_ended_asks_nothing():
    clerk = member(Role.CLERK, office("Tân Hòa"))
    Obligation.objects.filter(kind="per_year").update(valid_to=DAY(2026, 5, 31))

    assert board_of(clerk).gaps == []


@pytest.mark.parametrize(
    ("announced", "today", "found"),
    (
        (DAY(2026, 8, 7), TODAY, []),
        (
            DAY(2026, 8, 8),
            TODAY,
            ["Thông báo ngày 08/8/2026, chưa đủ 7 ngày trước hội nghị (hạn 07/8/2026)"],
        ),
        (None, DAY(2026, 8, 7), []),
        (
            None,
            DAY(2026, 8, 8),
            ["Chưa ghi nhận thông báo; hạn thông báo trước 7 ngày là 07/8/2026"],
        ),
    ),
)
def test_notice_less_than_seven_days_before(announced, today, found):
    plan = plan_with({"time": "ngày 14/8/2026"})
    session = DialogueSession.objects.select_related("plan__document__organisation__unit").get(
        plan=plan
    )
    notices = {session.plan.document.organisation.unit.level: Obligation.objects.get(kind="notice")}

    assert late_notice(session, Standing(30, "", announced_on=announced), notices, today) == found


def test_the_ticked_step_counts_as_the_announcement():
    plan = written({"time": "ngày 14/8/2026"})
    issued(plan.document)
    step = PreparationStep.objects.select_related("session__plan__document").get(code=ANNOUNCE)
    actions.tick_step(step, by=plan.document.created_by, today=DAY(2026, 8, 10))

    assert warnings_of(board_of(plan.document.created_by)) == {
        "Môi trường và nước sạch": [
            "Thông báo ngày 10/8/2026, chưa đủ 7 ngày trước hội nghị (hạn 07/8/2026)"
        ]
    }


def test_only_the_administrator_changes_what_is_demanded():
    row = Obligation.objects.get(kind="per_year")
    values = {"amount": 2, "source": "Quy chế 05", "valid_from": None, "valid_to": None}
    with pytest.raises(RefusedError):
        actions.edit_obligation(row, by=member(Role.HEAD), **values)

    actions.edit_obligation(row, by=member(Role.ADMIN), **values)
    assert Obligation.objects.get(kind="per_year").amount == 2


# --- cost ----------------------------------------------------------------------------------------


def test_the_board_costs_the_same_for_any_number_of_units(client):
    plan = written({"time": "ngày 14/8/2026"})
    issued(plan.document)
    client.force_login(plan.document.created_by)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("plans:calendar"), {"year": 2026}).status_code == 200
        return len(queries)

    before = cost()
    for name in ("Bình Hòa", "Cao Lâu", "Đình Lập"):
        home = office(name)
        other = written({"time": "ngày 14/8/2026"}, {"time": "Quý IV"}, organisation=home)
        issued(other.document)
    assert cost() == before <= 15
