import unicodedata
from datetime import date

import pytest

from core.timephrase import (
    Bound,
    Kind,
    Stage,
    TimePhrase,
    Unit,
    parse,
)

# literal, kind, bound, precision, start, end: the 19 shapes of domain.md §4.1.1
SHAPES = (
    ("trước ngày 05/8/2023", Kind.BEFORE_DATE, "before", "day", None, date(2023, 8, 4)),
    ("trước ngày 8/8/2023", Kind.BEFORE_DATE, "before", "day", None, date(2023, 8, 7)),
    ("trước ngày **30/6/2022**", Kind.BEFORE_DATE, "before", "day", None, date(2022, 6, 29)),
    ("trước ngày 09/8/2023", Kind.BEFORE_DATE, "before", "day", None, date(2023, 8, 8)),
    ("chậm nhất ngày 16/6/2022", Kind.BY_DATE, "by", "day", None, date(2022, 6, 16)),
    ("Dự kiến tháng 8-9/2023", Kind.MONTH_RANGE, "within", "month",
     date(2023, 8, 1), date(2023, 9, 30)),
    ("Tháng 3/2023", Kind.MONTH, "within", "month", date(2023, 3, 1), date(2023, 3, 31)),
    ("cuối tháng 8/2022 (dự kiến)", Kind.PART_OF_MONTH, "within", "part_of_month",
     date(2022, 8, 21), date(2022, 8, 31)),
    ("dự kiến ngày 11 tháng 8/2023 (có giấy mời cụ thể sau)", Kind.DATE, "none", "day",
     date(2023, 8, 11), date(2023, 8, 11)),
    ("Quý I/2023", Kind.QUARTER, "within", "quarter", date(2023, 1, 1), date(2023, 3, 31)),
    ("Quý II", Kind.QUARTER, "within", "quarter", date(2024, 4, 1), date(2024, 6, 30)),
    ("Hoàn thành trong tháng 7/2022", Kind.FINISH_IN_MONTH, "within", "month",
     date(2022, 7, 1), date(2022, 7, 31)),
    ("đột xuất khi cần thiết", Kind.CONDITIONAL, "none", "none", None, None),
    ("khi có phát sinh", Kind.CONDITIONAL, "none", "none", None, None),
    ("năm 2023", Kind.REPORT_PERIOD, "none", "year", date(2023, 1, 1), date(2023, 12, 31)),
    ("6 tháng đầu năm", Kind.REPORT_PERIOD, "none", "half_year",
     date(2024, 1, 1), date(2024, 6, 30)),
    ("đến tháng 8 năm 2023", Kind.REPORT_PERIOD, "none", "month",
     date(2023, 1, 1), date(2023, 8, 31)),
    ("ngày tháng 01 năm 2024", Kind.PARTIAL_DATE, "none", "month",
     date(2024, 1, 1), date(2024, 1, 31)),
    ("ngày … tháng … năm 2024", Kind.PARTIAL_DATE, "none", "year",
     date(2024, 1, 1), date(2024, 12, 31)),
    ("nhiệm kỳ 2020 - 2025", Kind.TERM, "none", "year", date(2020, 1, 1), date(2025, 12, 31)),
    ("giai đoạn 2021 - 2025", Kind.TERM, "none", "year", date(2021, 1, 1), date(2025, 12, 31)),
    ("theo quy định", Kind.UNSPECIFIED, "none", "none", None, None),
    ("kịp thời", Kind.UNSPECIFIED, "none", "none", None, None),
    ("thường xuyên, kịp thời", Kind.UNSPECIFIED, "none", "none", None, None),
    ("trong thời gian đến", Kind.UNSPECIFIED, "none", "none", None, None),
    ("trong thời gian tới", Kind.UNSPECIFIED, "none", "none", None, None),
    ("Thời gian ký: 02.06.2022 00:32 +07:00", Kind.TIMESTAMP, "none", "moment",
     date(2022, 6, 2), date(2022, 6, 2)),
)  # fmt: skip


@pytest.mark.parametrize(("literal", "kind", "bound", "precision", "start", "end"), SHAPES)
def test_shapes_with_dates(literal, kind, bound, precision, start, end) -> None:
    phrase = parse(literal, year=2024)

    assert phrase.literal == literal
    assert (phrase.kind, phrase.bound, phrase.precision) == (kind, bound, precision)
    assert (phrase.start, phrase.end) == (start, end)


@pytest.mark.parametrize("literal", [shape[0] for shape in SHAPES])
def test_wording_is_understood_however_it_is_typed(literal) -> None:
    phrase = parse(literal, year=2024)
    typed = (
        unicodedata.normalize("NFD", literal),
        literal.upper(),
        f"  {literal.replace(' ', '   ')}. ",
        "".join(c for c in unicodedata.normalize("NFD", literal.replace("đ", "d").replace("Đ", "D"))
                if not unicodedata.combining(c)),
    )  # fmt: skip

    for one in typed:
        again = parse(one, year=2024)
        assert (again.kind, again.start, again.end, again.tentative) == (
            phrase.kind, phrase.start, phrase.end, phrase.tentative,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("literal", "tentative"),
    (
        ("Dự kiến tháng 8-9/2023", True),
        ("cuối tháng 8/2022 (dự kiến)", True),
        ("khoảng ngày 20/8/2026", True),
        ("Thời gian: dự kiến ngày 20/8/2026", True),
        ("tháng 8-9/2023", False),
    ),
)
def test_tentative(literal, tentative) -> None:
    assert parse(literal).tentative == tentative


def test_a_missing_year_is_the_plans_and_marked() -> None:
    assert parse("Quý II", year=2024).year_inferred
    assert not parse("Quý II/2024", year=2026).year_inferred
    assert parse("trước ngày 05/8", year=2026).resolve() == date(2026, 8, 4)


RELATIVE = (
    ("trong thời hạn 07 ngày làm việc kể từ khi kết thúc việc đối thoại",
     Kind.RELATIVE_WORKDAYS, 7, Unit.WORKDAY, "kết thúc việc đối thoại"),
    ("07 ngày làm việc kể từ ngày kết thúc hội nghị",
     Kind.RELATIVE_WORKDAYS, 7, Unit.WORKDAY, "ngày kết thúc hội nghị"),
    ("trong thời hạn 07 (bảy) ngày làm việc, kể từ ngày ban hành",
     Kind.RELATIVE_WORKDAYS, 7, Unit.WORKDAY, "ngày ban hành"),
    ("trong vòng 10 ngày", Kind.RELATIVE_DAYS, 10, Unit.DAY, ""),
    ("trong vòng mười ngày kể từ ngày ký", Kind.RELATIVE_DAYS, 10, Unit.DAY, "ngày ký"),
    ("sau 10 ngày kể từ ngày ký", Kind.RELATIVE_DAYS, 10, Unit.DAY, "ngày ký"),
    ("chậm nhất sau 05 ngày làm việc kể từ khi nhận được thông báo",
     Kind.RELATIVE_WORKDAYS, 5, Unit.WORKDAY, "nhận được thông báo"),
    ("sau hội nghị 10 ngày", Kind.RELATIVE_DAYS, 10, Unit.DAY, "hội nghị"),
    ("trước hội nghị ít nhất 07 ngày", Kind.RELATIVE_DAYS, -7, Unit.DAY, "hội nghị"),
    ("chậm nhất 03 ngày làm việc trước ngày tổ chức hội nghị",
     Kind.RELATIVE_WORKDAYS, -3, Unit.WORKDAY, "tổ chức hội nghị"),
    ("02 tuần kể từ ngày ký", Kind.RELATIVE_DAYS, 2, Unit.WEEK, "ngày ký"),
    ("trong 3 tháng kể từ ngày ký", Kind.RELATIVE_DAYS, 3, Unit.MONTH, "ngày ký"),
    ("trong 01 năm kể từ ngày ký", Kind.RELATIVE_DAYS, 12, Unit.MONTH, "ngày ký"),
    ("Ngay sau khi tổ chức xong hội nghị cấp xã",
     Kind.RELATIVE_IMMEDIATE, None, None, "tổ chức xong hội nghị cấp xã"),
)  # fmt: skip


@pytest.mark.parametrize(("literal", "kind", "offset", "unit", "anchor"), RELATIVE)
def test_relative_shapes(literal, kind, offset, unit, anchor) -> None:
    phrase = parse(literal)

    assert (phrase.kind, phrase.offset, phrase.unit, phrase.anchor) == (kind, offset, unit, anchor)
    assert (phrase.start, phrase.end, phrase.bound) == (None, None, Bound.WITHIN)
    assert phrase.is_relative
    assert phrase.is_deadline
    assert phrase.resolve() is None


def test_a_relative_phrase_with_a_date_needs_no_other_anchor() -> None:
    phrase = parse("07 ngày làm việc kể từ ngày 11/8/2023")

    assert (phrase.start, phrase.anchor) == (date(2023, 8, 11), "ngày 11/8/2023")
    assert phrase.resolve() == date(2023, 8, 22)


STAGES = (
    ("trước khi tổ chức đối thoại", (Stage.BEFORE,), "tổ chức đối thoại"),
    ("Trước / Sau đối thoại", (Stage.BEFORE, Stage.AFTER), "đối thoại"),
    ("trước, trong và sau", (Stage.BEFORE, Stage.DURING, Stage.AFTER), ""),
    ("trước, trong và sau hội nghị đối thoại",
     (Stage.BEFORE, Stage.DURING, Stage.AFTER), "hội nghị đối thoại"),
    ("sau đối thoại", (Stage.AFTER,), "đối thoại"),
    ("trong buổi đối thoại", (Stage.DURING,), "buổi đối thoại"),
)  # fmt: skip


@pytest.mark.parametrize(("literal", "stages", "anchor"), STAGES)
def test_stage_shapes(literal, stages, anchor) -> None:
    phrase = parse(literal)

    assert (phrase.kind, phrase.stages, phrase.anchor) == (Kind.STAGE, stages, anchor)


@pytest.mark.parametrize(
    ("literal", "expected"),
    (
        ("trước khi tổ chức đối thoại", date(2023, 8, 10)),
        ("trong buổi đối thoại", date(2023, 8, 11)),
        ("sau đối thoại", None),
        ("trước, trong và sau", None),
    ),
)
def test_a_stage_is_due_by_the_conference(literal, expected) -> None:
    assert parse(literal).resolve(date(2023, 8, 11)) == expected


VARIANTS = (
    ("hoàn thành trước ngày 30/6/2026", date(2026, 6, 29)),
    ("trước tháng 9/2026", date(2026, 8, 31)),
    ("chậm nhất là ngày 16/6/2022", date(2022, 6, 16)),
    ("chậm nhất trong ngày 16/6/2022", date(2022, 6, 16)),
    ("chậm nhất trước ngày 16/6/2022", date(2022, 6, 15)),
    ("hạn chót: 16/6/2022", date(2022, 6, 16)),
    ("không quá ngày 16/6/2022", date(2022, 6, 16)),
    ("đến hết ngày 16/6/2022", date(2022, 6, 16)),
    ("đến ngày 16/6/2022", date(2022, 6, 16)),
    ("từ nay đến hết tháng 8/2026", date(2026, 8, 31)),
    ("trước 17 giờ ngày 05/8/2023", date(2023, 8, 5)),
    ("trước 17h00, thứ Bảy, ngày 05/8/2023", date(2023, 8, 5)),
    ("trong tháng 8/2023", date(2023, 8, 31)),
    ("hoàn thành tháng 02 năm 2024", date(2024, 2, 29)),
    ("đầu tháng 8/2026", date(2026, 8, 10)),
    ("giữa tháng 8/2026", date(2026, 8, 20)),
    ("cuối tháng 02/2026", date(2026, 2, 28)),
    ("quý 2/2026", date(2026, 6, 30)),
    ("Quý IV năm 2026", date(2026, 12, 31)),
    ("trong quý III/2026", date(2026, 9, 30)),
    ("quý II-III/2026", date(2026, 9, 30)),
    ("đến hết quý II/2026", date(2026, 6, 30)),
    ("trong năm 2026", date(2026, 12, 31)),
    ("trong 6 tháng đầu năm 2026", date(2026, 6, 30)),
    ("từ ngày 20 đến ngày 27/3/2024", date(2024, 3, 27)),
    ("20-27/3/2024", date(2024, 3, 27)),
    ("từ 28/3/2024 đến hết 05/4/2024", date(2024, 4, 5)),
    ("từ tháng 11 đến tháng 02/2027", date(2027, 2, 28)),
    ("12/12/2013", date(2013, 12, 12)),
    ("05/8/2023", date(2023, 8, 5)),
    ("8/8/2023", date(2023, 8, 8)),
    ("ngày 11 tháng 8/2023", date(2023, 8, 11)),
    ("ngày 13 tháng 6 năm 2021", date(2021, 6, 13)),
    ("02.06.2022", date(2022, 6, 2)),
    ("2022-06-02", date(2022, 6, 2)),
    ("08 giờ 00 phút, thứ Sáu, ngày 11/8/2023", date(2023, 8, 11)),
    ("Thời gian thực hiện: Tháng 3/2023", date(2023, 3, 31)),
    ("từ ngày 01/8/2026", None),
    ("sau ngày 01/8/2026", None),
    ("trước ngày 15 hằng tháng", None),
    ("trong ngày 05/8/2026", date(2026, 8, 5)),
    ("trong tháng 8 và tháng 9 năm 2026", date(2026, 9, 30)),
    ("hoàn thành trong quý II/2026", date(2026, 6, 30)),
)


@pytest.mark.parametrize(("literal", "last_day"), VARIANTS)
def test_variants_resolve_to_the_last_good_day(literal, last_day) -> None:
    assert parse(literal).resolve() == last_day


def test_ranges_keep_their_first_day() -> None:
    assert parse("từ ngày 20 đến ngày 27/3/2024").start == date(2024, 3, 20)
    assert parse("từ tháng 11 đến tháng 02/2027").start == date(2026, 11, 1)
    assert parse("sau ngày 01/8/2026").start == date(2026, 8, 2)


@pytest.mark.parametrize(
    "literal",
    [shape[0] for shape in SHAPES] + [shape[0] for shape in RELATIVE] + [one[0] for one in STAGES],
)
def test_json_round_trip(literal) -> None:
    phrase = parse(literal, year=2024)

    assert TimePhrase.from_json(phrase.to_json()) == phrase
