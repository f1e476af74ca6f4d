import datetime
from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Value

from core.calendar import DayRule, WorkingCalendar
from core.models import WorkingDay
from core.timephrase import (
    PhraseError,
    Precision,
    TimePhraseField,
    TimePhraseFormField,
    parse,
)

# literal, kind, bound, precision, start, end: the 19 shapes of domain.md §4.1.1


def test_before_is_exclusive_unless_the_office_says_otherwise() -> None:
    phrase = parse("trước ngày 09/8/2023")

    assert phrase.resolve() == date(2023, 8, 8)
    assert phrase.resolve(before_is_inclusive=True) == date(2023, 8, 9)
    assert phrase.explain(before_is_inclusive=True).sentences == (
        "“Trước ngày 09/8/2023” được đơn vị tính cả ngày đó.",
        "Ngày cuối cùng là thứ Tư, 09/8/2023.",
    )
    assert parse("chậm nhất ngày 09/8/2023").resolve(before_is_inclusive=True) == date(2023, 8, 9)


@pytest.mark.parametrize(
    ("literal", "last", "expected"),
    (
        ("trước ngày 19/11/2026", date(2026, 11, 18), ", tức chậm nhất hết thứ Tư, 18/11/2026"),
        ("chậm nhất ngày 18/11/2026", date(2026, 11, 18), ""),
        ("trong tháng 11/2026", date(2026, 11, 30), ", tức chậm nhất hết thứ Hai, 30/11/2026"),
        ("ngay sau hội nghị", None, ""),
    ),
)
def test_words_name_their_last_day_once(literal: str, last: date | None, expected: str) -> None:
    assert parse(literal).in_full(last) == literal + expected


@pytest.mark.parametrize(
    ("literal", "anchor", "expected"),
    (
        ("07 ngày làm việc kể từ khi kết thúc đối thoại", date(2026, 4, 24), date(2026, 5, 8)),
        ("trong vòng 10 ngày", date(2026, 4, 20), date(2026, 5, 4)),
        ("trong vòng 10 ngày", date(2026, 5, 4), date(2026, 5, 14)),
        ("trước hội nghị ít nhất 07 ngày", date(2026, 5, 8), date(2026, 4, 29)),
        ("02 tuần kể từ ngày ký", date(2026, 5, 4), date(2026, 5, 18)),
        ("trong 1 tháng kể từ ngày ký", date(2025, 3, 31), date(2025, 5, 5)),
        ("ngay sau khi kết thúc hội nghị", date(2026, 4, 29), date(2026, 5, 4)),
    ),
)
def test_relative_phrases_resolve(literal, anchor, expected) -> None:
    assert parse(literal).resolve(anchor, WorkingCalendar()) == expected


def test_explain_lists_the_days_counted_and_skipped() -> None:
    phrase = parse("07 ngày làm việc kể từ khi kết thúc đối thoại")

    why = phrase.explain(date(2026, 4, 24), WorkingCalendar(signed_off={2026}))

    assert why.last_day == date(2026, 5, 8)
    assert why.sentences == (
        "7 ngày làm việc, tính từ thứ Sáu, 24/4/2026 (không tính ngày này) là thứ Sáu, 08/5/2026.",
    )
    assert [(day.day.day, day.number, day.reason) for day in why.days] == [
        (25, None, "Thứ Bảy"),
        (26, None, "Ngày Giỗ Tổ Hùng Vương"),
        (27, None, "Ngày Giỗ Tổ Hùng Vương (nghỉ bù)"),
        (28, 1, ""),
        (29, 2, ""),
        (30, None, "Ngày Chiến thắng"),
        (1, None, "Ngày Quốc tế Lao động"),
        (2, None, "Thứ Bảy"),
        (3, None, "Chủ nhật"),
        (4, 3, ""),
        (5, 4, ""),
        (6, 5, ""),
        (7, 6, ""),
        (8, 7, ""),
    ]
    assert why.unsigned_years == ()


def test_explain_names_a_make_up_day_that_counts() -> None:
    why = parse("07 ngày làm việc kể từ ngày 17/8/2026").explain()

    saturday = next(day for day in why.days if day.day == date(2026, 8, 22))
    assert (saturday.is_counted, saturday.reason) == (True, "Làm bù cho ngày 31/8/2026")


def test_explain_marks_a_year_that_is_not_signed_off() -> None:
    why = parse("trong vòng 10 ngày").explain(
        date(2025, 12, 25), WorkingCalendar(signed_off={2025})
    )

    assert why.unsigned_years == (2026,)
    assert why.sentences == (
        "10 ngày, tính từ thứ Năm, 25/12/2025 (không tính ngày này) là Chủ nhật, 04/01/2026.",
        "Ngày đó là ngày nghỉ, nên chuyển sang ngày làm việc tiếp theo: thứ Hai, 05/01/2026.",
        "Lịch nghỉ năm 2026 chưa được ký xác nhận, ngày này có thể thay đổi.",
    )
    assert [(day.day, day.reason) for day in why.days] == [(date(2026, 1, 4), "Chủ nhật")]


def test_explain_uses_the_offices_own_days() -> None:
    storm = {date(2026, 5, 5): DayRule(WorkingDay.Kind.DAY_OFF, "Nghỉ bão", "Công điện")}

    why = parse("01 ngày làm việc kể từ ngày 04/5/2026").explain(calendar=WorkingCalendar(storm))

    assert why.last_day == date(2026, 5, 6)
    assert why.days[0].reason == "Nghỉ bão"


@pytest.mark.parametrize(
    ("literal", "sentence"),
    (
        ("kịp thời", "Chưa có ngày cụ thể; hãy ghi một ngày để theo dõi được."),
        ("khi có phát sinh", "Làm khi có việc phát sinh, không có ngày hết hạn."),
        ("năm 2023", "Đây là kỳ số liệu của báo cáo, không phải thời hạn."),
        ("trong vòng 10 ngày", "Chưa tính được ngày: chưa biết tính từ ngày nào."),
        (
            "07 ngày kể từ ngày ban hành",
            "Chưa tính được ngày: “ngày ban hành” chưa có ngày.",
        ),
    ),
)
def test_explain_says_why_there_is_no_day(literal, sentence) -> None:
    why = parse(literal).explain()

    assert (why.last_day, why.sentences) == (None, (sentence,))


@pytest.mark.parametrize(
    ("literal", "sentence"),
    (
        ("31/02/2026", "Ngày 31/02/2026 không có trong lịch: tháng 02/2026 có 28 ngày."),
        ("trước ngày 31/9/2026", "Ngày 31/09/2026 không có trong lịch: tháng 09/2026 có 30 ngày."),
        ("ngày 0/8/2026", "Ngày 00/08/2026 không có trong lịch: tháng 08/2026 có 31 ngày."),
        ("ngày 5/13/2026", "Không có tháng 13. Hãy ghi tháng từ 1 đến 12."),
        ("trong tháng 0/2026", "Không có tháng 0. Hãy ghi tháng từ 1 đến 12."),
        ("trước ngày 05/8/0023", "Năm 23 không hợp lệ. Hãy kiểm tra lại."),
        ("trước ngày 05/8", "Thiếu năm. Hãy ghi thêm năm, ví dụ “05/8/2026” hoặc “quý II/2026”."),
        ("từ ngày 5/8/2026 đến ngày 1/8/2026",
         "Ngày bắt đầu ở sau ngày kết thúc. Hãy kiểm tra lại."),
        ("nhiệm kỳ 2025 - 2020", "Năm bắt đầu ở sau năm kết thúc. Hãy kiểm tra lại."),
        ("00 ngày kể từ ngày ký", "Số ngày phải từ 1 đến 3650. Hãy kiểm tra lại."),
        ("99999 ngày kể từ ngày ký", "Số ngày phải từ 1 đến 3650. Hãy kiểm tra lại."),
        ("hoàn thành trong tháng",
         "Thiếu số tháng, quý hoặc năm. Hãy ghi rõ, ví dụ “hoàn thành trong tháng 8/2026”."),
        ("  ", "Chưa ghi thời gian."),
        ("a" * 251, "Thời gian dài 251 ký tự, tối đa 250 ký tự."),
        ("bao giờ xong thì xong",
         "Chưa hiểu “bao giờ xong thì xong”. Có thể ghi: “trước ngày 05/8/2026”, "
         "“chậm nhất ngày 16/6/2026”, “trong tháng 8/2026”, “quý II/2026”, "
         "“07 ngày làm việc kể từ khi kết thúc đối thoại”."),
    ),
)  # fmt: skip
def test_what_cannot_be_understood_is_refused_with_a_sentence(literal, sentence) -> None:
    with pytest.raises(PhraseError) as refused:
        parse(literal)

    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    "literal", ("trước mắt", "ngày mai", "trong 24 giờ", "8-9", "trước", "\x00")
)
def test_half_sentences_are_refused(literal) -> None:
    with pytest.raises(PhraseError):
        parse(literal, year=2026)


@pytest.mark.parametrize(
    "literal", ("trong " * 40, "ngày 1" * 40, "1" * 250, "trước, trong và " * 15, "tháng 8-" * 30)
)
def test_hostile_input_is_answered_at_once(literal) -> None:
    started = datetime.datetime.now(datetime.UTC)

    with pytest.raises(PhraseError):
        parse(literal[:250], year=2026)

    assert (datetime.datetime.now(datetime.UTC) - started).total_seconds() < 1


def test_a_timestamp_keeps_its_zone() -> None:
    moment = parse("Thời gian ký: 02.06.2022 00:32 +07:00").moment

    assert moment == datetime.datetime(2022, 6, 1, 17, 32, tzinfo=datetime.UTC)


class DueForm(forms.Form):
    due = TimePhraseFormField(label="Thời hạn", year=2026)
    note = TimePhraseFormField(label="Ghi chú", required=False)


def test_the_form_field_gives_a_phrase() -> None:
    form = DueForm({"due": "trước ngày 05/8"})

    assert form.is_valid()
    assert form.cleaned_data == {"due": parse("trước ngày 05/8", year=2026), "note": None}


def test_the_form_field_shows_the_sentence_and_keeps_what_was_typed() -> None:
    form = DueForm({"due": "31/02/2026"})

    assert form.errors == {
        "due": ["Ngày 31/02/2026 không có trong lịch: tháng 02/2026 có 28 ngày."]
    }
    assert form["due"].value() == "31/02/2026"


def test_the_form_field_asks_for_what_is_missing() -> None:
    assert DueForm({"due": "  "}).errors == {"due": ["Hãy ghi thời gian."]}


def test_the_form_field_shows_a_stored_phrase_by_its_wording() -> None:
    phrase = parse("Quý II", year=2024)
    form = DueForm({"due": "Quý II"}, initial={"due": phrase})

    assert DueForm(initial={"due": phrase})["due"].value() == "Quý II"
    assert 'value="Quý II"' in str(DueForm(initial={"due": phrase})["due"])
    assert form.changed_data == []


@pytest.mark.django_db
def test_the_model_field_stores_wording_and_meaning() -> None:
    phrase = parse("trong thời hạn 07 ngày làm việc kể từ khi kết thúc việc đối thoại")
    field = TimePhraseField(null=True, blank=True)

    WorkingDay.objects.create(date=date(2026, 1, 5), kind="working", name="x", source="y")
    row = WorkingDay.objects.annotate(due=Value(phrase, output_field=field)).get()
    empty = WorkingDay.objects.annotate(due=Value(None, output_field=field)).get()

    assert row.due == phrase
    assert empty.due is None


def test_the_model_field_refuses_plain_text_and_builds_the_form_field() -> None:
    field = TimePhraseField("thời hạn", blank=True, null=True)
    field.set_attributes_from_name("due")

    with pytest.raises(ValidationError):
        field.clean("ngày 5", None)
    phrase = parse("năm 2026")
    assert field.clean(phrase, None) == phrase
    assert field.to_python(phrase.to_json()) == phrase
    form_field = field.formfield()
    assert isinstance(form_field, TimePhraseFormField)
    assert (form_field.label, form_field.required) == ("Thời hạn", False)
    assert field.deconstruct()[1] == "core.timephrase.fields.TimePhraseField"


def test_precision_of_deadlines_by_month() -> None:
    assert parse("đến hết tháng 8/2026").precision == Precision.MONTH
