"""Words of a session that no longer say when it is held, and the words that would."""

import datetime

import pytest

from core.timephrase import parse
from plans.queries import true_time, true_words

FIXED = datetime.date(2026, 9, 12)


@pytest.mark.parametrize(
    ("words", "time", "true"),
    (
        (
            "Quý III/2026\nThời gian: Tháng 8/2026\nĐịa điểm: Nhà văn hóa",
            "Tháng 9/2026",
            "Quý III/2026\nThời gian: Tháng 9/2026\nĐịa điểm: Nhà văn hóa",
        ),
        ("Quý III/2026\nThời gian: Tháng 8/2026", "Tháng 10/2026", "Quý IV/2026\nThời gian: Tháng 10/2026"),
        ("Quý III\nNội dung: Đất đai", "Tháng 11/2026", "Tháng 11/2026\nNội dung: Đất đai"),
        ("Dự kiến họp 8 giờ, thứ Ba, ngày 11/8/2026 tại xã", "ngày 12/8/2026", "Dự kiến họp 8 giờ, thứ Tư, ngày 12/8/2026 tại xã"),
        ("Tháng 8/2026: Đất đai; gửi ý kiến trước ngày 20/7/2026", "Tháng 9/2026", "Tháng 9/2026: Đất đai; gửi ý kiến trước ngày 20/7/2026"),
        ("Tháng 8-9/2026: Đất đai", "Tháng 9/2026", "Tháng 8-9/2026: Đất đai"),
        ("Đất đai theo Quyết định số 12-QĐ/TU ngày 05/3/2025", "Tháng 9/2026", "Đất đai theo Quyết định số 12-QĐ/TU ngày 05/3/2025"),
        ("Đất đai, môi trường", "Tháng 9/2026", "Đất đai, môi trường"),
    ),
)  # fmt: skip
def test_times_that_no_longer_hold_are_replaced(words, time, true):
    assert true_words(words, parse(time, year=2026), 2026) == true


def test_a_fixed_day_counts_where_the_phrase_does_not_hold_it():
    august, september = parse("Tháng 8/2026"), parse("Tháng 9/2026")

    assert str(true_time(august, FIXED)) == "ngày 12/9/2026"
    assert true_time(september, FIXED) == september
    assert true_time(august, None) == august
    assert str(true_time(None, FIXED)) == "ngày 12/9/2026"
