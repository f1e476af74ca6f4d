import unicodedata
from datetime import date

import pytest
from django import forms
from django.urls import get_resolver

from core.fields import LineField, PhoneField, TextField, VietDateField, adapts_only


class OpinionForm(forms.Form):
    title = LineField(20, label="Tiêu đề")
    content = TextField(50, min_length=5, label="Nội dung", required=False)


def test_text_is_kept_in_its_normal_form() -> None:
    typed = unicodedata.normalize("NFD", "  Đường\n liên  xóm ")
    form = OpinionForm({"title": typed, "content": "Dòng một\r\n\r\nDòng hai 🙏🏽 "})

    assert form.is_valid()
    assert form.cleaned_data == {
        "title": "Đường liên xóm",
        "content": "Dòng một\n\nDòng hai 🙏🏽",
    }


def test_too_long_says_how_long_and_keeps_the_text() -> None:
    form = OpinionForm({"title": "a" * 21, "content": "dài " * 20})

    assert form.errors == {
        "title": ["Nội dung dài 21 ký tự, tối đa 20 ký tự. Hãy rút ngắn lại."],
        "content": ["Nội dung dài 79 ký tự, tối đa 50 ký tự. Hãy rút ngắn lại."],
    }
    assert f'value="{"a" * 21}"' in str(form["title"])
    assert "maxlength" not in str(form["title"])


def test_length_is_counted_after_composing() -> None:
    assert OpinionForm({"title": unicodedata.normalize("NFD", "ề" * 20)}).is_valid()
    assert not OpinionForm({"title": unicodedata.normalize("NFD", "ề" * 21)}).is_valid()


def forms_below(kind: type) -> set[type]:
    return {kind}.union(*map(forms_below, kind.__subclasses__()))


def test_every_required_field_says_what_to_do() -> None:
    assert get_resolver().url_patterns  # reads every view, and so every form

    silent = {
        f"{form.__module__}.{form.__name__}.{name}"
        for form in forms_below(forms.BaseForm)
        if form.__module__ != "django.forms.formsets"  # what a set counts in hidden fields
        for name, field in getattr(form, "base_fields", {}).items()
        if "bắt buộc" in str(field.error_messages["required"])
    }
    assert silent == set()


def test_too_short_and_missing() -> None:
    form = OpinionForm({"title": " \u200b ", "content": "abc"})

    assert form.errors == {
        "title": ["Hãy điền mục này."],
        "content": ["Nội dung mới có 3 ký tự, cần ít nhất 5 ký tự."],
    }


@pytest.mark.parametrize("character", ("\x00", "\u202e", "\u200f", "\x1b"))
def test_deceptive_characters_are_refused_with_a_sentence(character) -> None:
    form = OpinionForm({"title": f"ảnh{character}gpj"})

    assert form.errors == {
        "title": [
            "Có ký tự ẩn không dùng được (ký tự điều khiển hoặc dấu đảo chiều chữ) "
            "ngay sau “ảnh”. Hãy xóa chỗ đó và gõ lại."
        ]
    }


def test_the_same_text_in_other_code_points_is_no_change() -> None:
    nfd = unicodedata.normalize("NFD", "Hòa")

    assert OpinionForm({"title": nfd, "content": ""}, initial={"title": "Hòa"}).changed_data == []
    assert OpinionForm({"title": "\x00"}, initial={"title": "Hòa"}).changed_data == ["title"]


class DayForm(forms.Form):
    day = VietDateField(
        label="Ngày", required=False, earliest=date(2020, 1, 1), latest=date(2030, 1, 1)
    )


@pytest.mark.parametrize(
    "typed",
    ("05/8/2023", "5/8/2023", "05/08/2023", "5.8.2023", "05-08-2023", "2023-08-05",
     "ngày 5 tháng 8 năm 2023", unicodedata.normalize("NFD", "Ngày 05 tháng 8/2023"),
     "ngày 05/8/2023"),
)  # fmt: skip
def test_dates_as_people_write_them(typed) -> None:
    form = DayForm({"day": typed})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["day"] == date(2023, 8, 5)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    (
        ("31/02/2026", "Ngày 31/02/2026 không có trong lịch: tháng 02/2026 có 28 ngày."),
        ("2026-02-31", "Ngày 31/02/2026 không có trong lịch: tháng 02/2026 có 28 ngày."),
        ("5/13/2026", "Không có tháng 13. Hãy ghi tháng từ 1 đến 12."),
        ("mai", "Chưa hiểu “mai”. Hãy ghi ngày/tháng/năm, ví dụ 05/8/2026."),
        ("5/8", "Chưa hiểu “5/8”. Hãy ghi ngày/tháng/năm, ví dụ 05/8/2026."),
        ("31/12/2019", "Hãy chọn từ ngày 01/01/2020 trở đi."),
        ("02/01/2030", "Hãy chọn ngày không sau 01/01/2030."),
    ),
)
def test_impossible_dates_say_why_and_stay(typed, sentence) -> None:
    form = DayForm({"day": typed})

    assert form.errors == {"day": [sentence]}
    assert form["day"].value() == typed


def test_a_stored_date_is_shown_and_unchanged() -> None:
    form = DayForm({"day": "5/8/2023"}, initial={"day": date(2023, 8, 5)})

    assert 'value="05/08/2023"' in str(DayForm(initial={"day": date(2023, 8, 5)})["day"])
    assert form.changed_data == []
    assert DayForm({"day": ""}).is_valid()


class PhoneForm(forms.Form):
    phone = PhoneField(label="Số điện thoại")


@pytest.mark.parametrize(
    ("typed", "kept"),
    (
        ("0912345678", "0912345678"),
        ("0912 345 678", "0912345678"),
        ("+84 912.345.678", "0912345678"),
        ("84912345678", "0912345678"),
        ("(0238) 3844-555", "02383844555"),
        ("+84(0)912345678", "0912345678"),
    ),
)
def test_telephone_numbers_are_kept_in_one_form(typed, kept) -> None:
    form = PhoneForm({"phone": typed})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["phone"] == kept


@pytest.mark.parametrize(
    "typed", ("12345", "0112345678", "091234567a", "0912345678901", "٠٩١٢٣٤٥٦٧٨")
)
def test_other_numbers_are_refused_with_an_example(typed) -> None:
    form = PhoneForm({"phone": typed})

    assert form.errors == {
        "phone": [
            "Số điện thoại phải có 10 hoặc 11 chữ số và bắt đầu bằng số 0, ví dụ 0912 345 678."
        ]
    }


def test_forms_share_the_fields_they_do_not_adapt() -> None:
    @adapts_only("own")
    class Plain(forms.Form):
        own = LineField(10)
        shared = LineField(10)

    class Richer(Plain):
        more = LineField(10)

    one, other, richer = Plain(), Plain(), Richer()
    one.fields.pop("shared")

    assert one.fields["own"] is not other.fields["own"]
    assert other.fields["shared"] is Plain().fields["shared"]
    assert richer.fields["shared"] is not Richer().fields["shared"]
    assert list(richer.fields) == ["own", "shared", "more"]


def test_a_field_bound_late_draws_like_any_other() -> None:
    class Plain(forms.Form):
        own = LineField(10, label="Tên", help_text="Một dòng.")

    drawn = Plain({"one-own": "x"}, prefix="one").as_p()
    late = adapts_only("own")(Plain)({"one-own": "x"}, prefix="one")

    assert late.is_valid()
    assert late.as_p() == drawn
    assert not hasattr(late["own"], "unknown")
