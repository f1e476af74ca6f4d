import datetime
from datetime import date

import pytest

from core import calendar
from core.calendar import DayRule, WorkingCalendar
from core.models import CalendarYear, HistoryEntry, WorkingDay

OFF, WORKING = WorkingDay.Kind.DAY_OFF, WorkingDay.Kind.WORKING


@pytest.mark.parametrize(
    ("day", "expected"),
    (
        (date(2023, 8, 11), date(2023, 8, 22)),
        (date(2025, 8, 29), date(2025, 9, 11)),
        (date(2026, 4, 24), date(2026, 5, 8)),
        (date(2026, 2, 11), date(2026, 2, 27)),
        (date(2026, 8, 17), date(2026, 8, 25)),
        (date(2025, 4, 22), date(2025, 5, 5)),
        (date(2023, 4, 27), date(2023, 5, 11)),
    ),
)
def test_seven_working_days_later(day: date, expected: date) -> None:
    known = WorkingCalendar()

    assert known.add_working_days(day, 7) == expected
    assert known.working_days_between(day, expected) == 7
    assert known.working_days_between(expected, day) == -7


def test_add_working_days_goes_backwards_and_stays() -> None:
    known = WorkingCalendar()

    assert known.add_working_days(date(2026, 5, 8), -7) == date(2026, 4, 24)
    assert known.add_working_days(date(2026, 5, 9), 0) == date(2026, 5, 9)


@pytest.mark.parametrize(
    ("day", "reason"),
    (
        (date(2026, 5, 8), ""),
        (date(2026, 5, 9), "Thứ Bảy"),
        (date(2026, 5, 10), "Chủ nhật"),
        (date(2026, 4, 27), "Ngày Giỗ Tổ Hùng Vương (nghỉ bù)"),
        (date(2026, 1, 2), "Ngày nghỉ (thay cho ngày 10/01/2026)"),
        (date(2026, 1, 10), ""),
        (date(2026, 8, 22), ""),
        (date(2026, 11, 24), "Ngày Văn hóa Việt Nam"),
    ),
)
def test_why_off_names_the_reason(day: date, reason: str) -> None:
    known = WorkingCalendar()

    assert known.why_off(day) == reason
    assert known.is_working(day) == (not reason)


def test_an_override_wins_over_the_library_and_the_shipped_days() -> None:
    known = WorkingCalendar(
        {
            date(2026, 11, 24): DayRule(WORKING, "Ngày làm việc bình thường", "Thông báo"),
            date(2026, 11, 25): DayRule(OFF, "Nghỉ bão", "Công điện"),
        }
    )

    assert known.is_working(date(2026, 11, 24))
    assert known.why_off(date(2026, 11, 25)) == "Nghỉ bão"


def test_nearest_working_days() -> None:
    known = WorkingCalendar()

    assert known.next_working_day(date(2026, 4, 30)) == date(2026, 5, 4)
    assert known.last_working_day(date(2026, 5, 3)) == date(2026, 4, 29)
    assert known.next_working_day(date(2026, 5, 4)) == date(2026, 5, 4)
    assert known.last_working_day(date(2026, 5, 4)) == date(2026, 5, 4)


def test_years_are_unsigned_until_somebody_signs() -> None:
    known = WorkingCalendar(signed_off={2026})

    assert known.is_signed_off(2026)
    assert known.unsigned_years(date(2025, 12, 30), date(2027, 1, 2)) == (2025, 2027)
    assert known.unsigned_years(date(2026, 12, 30), date(2026, 1, 2)) == ()


def test_a_year_without_lunar_data_counts_weekends_only_and_is_unsigned() -> None:
    known = WorkingCalendar()

    assert known.add_working_days(date(2099, 12, 30), 3) == date(2100, 1, 4)
    assert known.unsigned_years(date(2100, 1, 4), date(2100, 1, 4)) == (2100,)


def test_special_days_are_listed_in_order_with_source() -> None:
    listed = WorkingCalendar().special_days(2026)

    assert list(listed)[:3] == [date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 10)]
    assert all(rule.source for rule in listed.values())


def test_the_shipped_days_all_name_a_source() -> None:
    assert all(rule.source and rule.name for rule in calendar.shipped_days().values())


@pytest.fixture
def clerk(django_user_model):
    return django_user_model.objects.create(email="van-thu@example.vn")


@pytest.mark.django_db
def test_load_reads_rules_and_signatures_in_two_queries(clerk, django_assert_num_queries) -> None:
    calendar.set_working_day(date(2026, 3, 2), OFF, "Nghỉ bão", "Công điện 01", by=clerk)
    calendar.sign_off_year(2026, "Thông báo nghỉ lễ 2026", by=clerk)

    with django_assert_num_queries(2):
        known = WorkingCalendar.load(2026)

    with django_assert_num_queries(0):
        assert known.add_working_days(date(2026, 2, 27), 1) == date(2026, 3, 3)
        assert known.is_signed_off(2026)


@pytest.mark.django_db
def test_changing_a_day_withdraws_the_signature(clerk) -> None:
    calendar.sign_off_year(2026, "Thông báo", by=clerk)
    calendar.sign_off_year(2025, "Thông báo", by=clerk)

    row = calendar.set_working_day(date(2026, 3, 2), OFF, "Nghỉ bão", "Công điện 01", by=clerk)

    assert list(CalendarYear.objects.values_list("year", flat=True)) == [2025]
    assert row.name == "Nghỉ bão"
    assert list(HistoryEntry.objects.order_by("id").values_list("to_state", flat=True)) == [
        "signed_off", "signed_off", "day_off", "changed",
    ]  # fmt: skip


@pytest.mark.django_db
def test_setting_a_day_again_replaces_it_and_removing_restores_the_library(clerk) -> None:
    first = calendar.set_working_day(date(2026, 4, 30), WORKING, "Trực", "Thông báo", by=clerk)
    second = calendar.set_working_day(date(2026, 4, 30), WORKING, "Làm bù", "Thông báo", by=clerk)
    assert (first.pk, WorkingDay.objects.count()) == (second.pk, 1)
    assert WorkingCalendar.load(2026).is_working(date(2026, 4, 30))

    calendar.remove_working_day(second, by=clerk)

    assert not WorkingCalendar.load(2026).is_working(date(2026, 4, 30))


@pytest.mark.django_db
def test_signing_again_renews_the_signature(clerk) -> None:
    first = calendar.sign_off_year(2026, "Thông báo", by=clerk)

    second = calendar.sign_off_year(2026, "Thông báo mới", by=clerk)

    assert (second.pk, second.source) == (first.pk, "Thông báo mới")
    assert second.signed_off_at >= first.signed_off_at
    assert second.signed_off_at.tzinfo is not None
    assert datetime.datetime.now(datetime.UTC) >= second.signed_off_at
