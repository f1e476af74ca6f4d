import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from assignments import actions
from assignments.actions.wording import BODY_PLACES, fill, wording_problem
from assignments.models import Ladder, Reminder, Rung
from core.models import Message
from organisations.models import Role
from tests.factories.assignments import TaskFactory
from tests.factories.organisations import OrganisationFactory, member

DUE = datetime.date(2026, 8, 12)
OFFERED = "{người nhận}, {ngày}, {số việc}, {tóm tắt}, {danh sách}"


@pytest.mark.parametrize(
    ("text", "problem"),
    (
        ("Kính gửi {Người  nhận}: {danh sách}", ""),
        ("Kính gửi {họ tên}", f"Không có chỗ điền {{họ tên}}. Dùng được: {OFFERED}."),
        ("Ngày {ngày", f"Dấu ngoặc {{ hoặc }} không khớp. Chỗ điền viết như sau: {OFFERED}."),
        ("{}", f"Không có chỗ điền {{}}. Dùng được: {OFFERED}."),
    ),
)
def test_unknown_places_are_refused_in_a_sentence(text, problem):
    assert wording_problem(text, BODY_PLACES) == problem


def test_what_is_filled_in_is_not_filled_again():
    assert fill("{ngày}: {tóm tắt}", {"ngày": "{tóm tắt}", "tóm tắt": "1"}) == "{tóm tắt}: 1"


def lines(prefix: str, rows: list[dict[str, str]]) -> dict[str, str]:
    counted = {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": "0"}
    return counted | {
        f"{prefix}-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()
    }


def posted(**letter: str) -> dict[str, str]:
    rungs = [
        {"days": "2", "side": "before", "sentence": "Còn {số ngày} ngày: {tên việc}"},
        {"days": "", "side": "before"},
    ]
    tiers = [{"from_days": "4", "name": "Trễ", "rank": "chair", "asks_explanation": "on"}]
    usual = {"version": "0", "subject": "Nhắc {ngày}", "body": "Gửi {người nhận}\n{danh sách}"}
    hours = {"opens_at": "08:00", "closes_at": "16:30"}
    return {**usual, **hours, **lines("rung", rungs), **lines("tier", tiers), **letter}


@pytest.fixture
def office(db):
    return OrganisationFactory(short_name="Đảng ủy xã")


@pytest.fixture
def page(client, office):
    client.force_login(member(Role.HEAD, office))
    return reverse("assignments:edit_ladder", args=[office.pk])


def test_a_head_gives_the_own_tasks_another_ladder(client, office, page):
    task = TaskFactory(owner=office, lead=member_lead(), due_on=DUE, title="Sửa cống")
    other = TaskFactory(lead=task.lead, due_on=DUE)

    answer = client.post(page, posted())
    assert (answer.status_code, answer.url) == (302, reverse("assignments:ladders"))
    Rung.objects.update(since=None)
    for hour, minute in ((7, 45), (8, 5), (8, 25)):
        actions.remind(at(10, hour, minute))  # two working days before

    own = Reminder.objects.filter(task=task)
    assert {(row.rung, row.channel) for row in own} == {("t-2", "in_app")}
    assert {row.rung for row in other.reminders.all()} == {"t-3"}
    letters = {row.subject: row.body for row in Message.objects.filter(channel="in_app")}
    assert "Còn 2 ngày: Sửa cống" in letters["Nhắc 10/8/2026"]
    tier = office.ladder.tiers.get()
    assert (tier.from_days, tier.name, tier.rank, tier.asks_explanation) == (
        4, "Trễ", "chair", True,
    )  # fmt: skip


def member_lead():
    return member(Role.OFFICER).memberships.get().organisation


def at(day: int, hour: int, minute: int = 0) -> datetime.datetime:
    zone = datetime.timezone(datetime.timedelta(hours=7))
    return datetime.datetime(2026, 8, day, hour, minute, tzinfo=zone)


def test_a_new_rung_does_not_make_up_for_days_before_it(office):
    head = member(Role.HEAD, office)
    task = TaskFactory(owner=office, lead=member_lead(), due_on=DUE)
    rung = {"offset": -2, "repeats_every": None, "sentence": "", "channels": ["in_app"]}
    letter = {"subject": "Nhắc", "body": "{danh sách}", "opens_at": None, "closes_at": None}
    values = {"letter": letter, "rungs": [rung], "tiers": []}

    actions.edit_ladder(office, by=head, today=DUE, version=0, **values)
    actions.remind(at(11, 9))

    assert not task.reminders.exists()


def test_the_letter_is_shown_before_it_is_saved(client, page):
    shown = client.post(page, posted(subject="Thử {số việc} việc", preview="1")).content.decode()

    assert "Thử 3 việc" in shown
    assert "Còn 2 ngày: Lắp điện chiếu sáng ngõ 5" in shown
    assert Ladder.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    (
        ({"subject": "{tên}"}, "Không có chỗ điền {tên}."),
        ({"body": "Kính gửi {người nhận}"}, "Thư phải có {danh sách}"),
        ({"closes_at": ""}, "Hãy ghi cả hai giờ"),
        ({"closes_at": "07:00"}, "Giờ kết thúc phải sau giờ bắt đầu."),
        ({"rung-0-sentence": "{ngày}"}, "Không có chỗ điền {ngày}."),
        ({"rung-1-days": "2"}, "Hai dòng cùng ghi một ngày."),
        ({"tier-0-name": ""}, "Hãy đặt tên cho mức này."),
    ),
)
def test_what_cannot_be_saved_is_said(client, page, wrong, sentence):
    answer = client.post(page, posted(**wrong))

    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert Ladder.objects.count() == 1


def test_of_two_heads_the_second_loses_nothing_and_the_common_ladder_comes_back(
    client, office, page
):
    client.post(page, posted())
    late = client.post(page, posted(subject="Của người sau", version="0"))

    assert "Đã có người khác lưu thang này" in late.content.decode()
    assert "Của người sau" in late.content.decode()
    assert Ladder.objects.get(organisation=office).subject == "Nhắc {ngày}"

    client.post(reverse("assignments:drop_ladder", args=[office.pk]))
    assert Ladder.objects.get().organisation is None


def test_pages_say_how_late_and_who_was_told(client, office, django_assert_max_num_queries):
    due_on = timezone.localdate() - datetime.timedelta(days=40)
    task = TaskFactory(owner=office, lead=member_lead(), due_on=due_on)
    clerk = member(Role.CLERK, office)
    Reminder.objects.create(
        task=task, recipient=clerk, rung="t+3", due_on=due_on, revision=1, channel="email",
        planned_for=due_on,
    )  # fmt: skip
    client.force_login(clerk)

    with django_assert_max_num_queries(15):
        shown = client.get(reverse("assignments:list") + "?tab=given").content.decode()
    page = client.get(task.get_absolute_url()).content.decode()

    words = "Quá hạn nghiêm trọng (trễ từ 11 ngày làm việc)"
    assert words in shown
    assert words in page
    assert "Nhắc khi quá hạn 3 ngày làm việc" in page
    assert "Soạn công văn yêu cầu giải trình" in page

    answer = client.post(
        reverse("assignments:draft_explanation", args=[task.pk]),
        {"_once": "7b0c8a52-9f0e-4d8e-8d63-1f1d5ad2a003"},
    )
    assert answer.url == reverse("documents:edit", args=[task.escalations.get().explanation_id])
