import datetime

import pytest

from core.calendar import WorkingCalendar
from dialogue.models import ReportPeriod
from dialogue.reports.periods import Period, owed_on, period_with, periods_of, read_code

D = datetime.date
RULES = {"month": ReportPeriod(kind="month", closes_on=14, due="trong thời hạn 03 ngày làm việc kể từ ngày chốt số liệu")}  # fmt: skip


@pytest.mark.parametrize(
    ("period", "first", "last", "name"),
    (
        (Period("month", 2026, 2), D(2026, 2, 1), D(2026, 2, 28), "tháng 2/2026"),
        (Period("month", 2026, 1, 14), D(2025, 12, 15), D(2026, 1, 14), "tháng 1/2026"),
        (Period("quarter", 2026, 1), D(2026, 1, 1), D(2026, 3, 31), "quý I/2026"),
        (Period("quarter", 2026, 4, 14), D(2026, 9, 15), D(2026, 12, 14), "quý IV/2026"),
        (Period("half", 2026), D(2026, 1, 1), D(2026, 6, 30), "6 tháng đầu năm 2026"),
        (Period("nine", 2026, 1, 20), D(2025, 12, 21), D(2026, 9, 20), "9 tháng năm 2026"),
        (Period("year", 2026), D(2026, 1, 1), D(2026, 12, 31), "năm 2026"),
    ),
)
def test_a_period_has_a_first_and_a_last_day_and_a_name(period, first, last, name):
    assert (period.first_on, period.last_on, period.name) == (first, last, name)


def test_periods_of_a_kind_follow_each_other_without_gap():
    months = [one for one in periods_of(2026, RULES) if one.kind == "month"]

    assert [one.first_on - one.before.last_on for one in months] == [datetime.timedelta(1)] * 12
    assert months[0].before == Period("month", 2025, 12, 14)
    assert Period("half", 2026).before == Period("half", 2026).year_before


@pytest.mark.parametrize(
    "code", ("", "2026", "2026-q5", "2026-h2", "26-q1", "2026-x1", "2026-t²", "9999-y1")
)
def test_a_code_of_no_period_is_not_read(code):
    assert read_code(code, {}) is None


def test_a_code_is_read_with_the_office_s_closing_day():
    period = Period("month", 2026, 11, 14)

    assert read_code(period.code, RULES) == period
    assert period_with("month", D(2026, 12, 14), RULES) == Period("month", 2026, 12, 14)
    assert period_with("month", D(2026, 12, 20), RULES) == Period("month", 2027, 1, 14)


def test_a_report_is_owed_once_its_figures_have_closed():
    before, after = (
        owed_on(day, RULES, WorkingCalendar({}, set())) for day in (D(2026, 5, 14), D(2026, 5, 15))
    )

    assert [(one.period.number, one.due_on) for one in before] == [(4, D(2026, 4, 17))]
    assert [(one.period.number, one.due_on) for one in after] == [(5, D(2026, 5, 19))]
