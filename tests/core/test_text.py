import unicodedata

import pytest

from core import text


@pytest.mark.parametrize(
    ("written", "folded"),
    (
        ("Đất đai", "dat dai"),
        ("đất  đai\n", "dat dai"),
        (unicodedata.normalize("NFD", "Đất đai"), "dat dai"),
        ("hoà", "hoa"),
        ("hòa", "hoa"),
        ("NGUYỄN THỊ ƯƠM", "nguyen thi uom"),
        ("", ""),
    ),
)
def test_fold_takes_accents_away(written: str, folded: str) -> None:
    assert text.fold(written) == folded


@pytest.mark.parametrize(
    ("written", "normal"),
    (
        ("hoá", "hóa"),
        ("HOÀ", "HÒA"),
        ("Khoẻ", "Khỏe"),
        ("uỷ ban, thuỷ lợi", "ủy ban, thủy lợi"),
        ("quý, quỹ", "quý, quỹ"),
        ("hoàn toán, loại, huyện, tuyển, oán", "hoàn toán, loại, huyện, tuyển, oán"),
        ("mía, của", "mía, của"),
    ),
)
def test_old_tone_style_moves_only_marks_of_open_syllables(written: str, normal: str) -> None:
    assert text.old_tone_style(written) == normal
    assert text.old_tone_style(unicodedata.normalize("NFD", written)) == normal


def test_sort_key_follows_the_vietnamese_alphabet() -> None:
    letters = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")
    backwards = letters[::-1]

    assert sorted(backwards, key=text.sort_key) == letters


def test_sort_key_orders_tones_as_the_dictionary_does() -> None:
    words = ["ma", "mà", "mả", "mã", "má", "mạ", "man", "mang", "măng", "mâm"]
    backwards = words[::-1]

    assert sorted(backwards, key=text.sort_key) == words


def test_sort_key_orders_syllable_by_syllable_and_numbers_by_value() -> None:
    words = ["ba", "ba lô", "bà", "bà con", "Thôn 2", "Thôn 10"]
    backwards = words[::-1]

    assert sorted(backwards, key=text.sort_key) == words


def test_sort_key_is_equal_for_both_spellings() -> None:
    assert text.sort_key("Hoà") == text.sort_key(unicodedata.normalize("NFD", "hòa"))


def test_name_key_orders_by_given_name() -> None:
    people = ["Lê Văn An", "Nguyễn Thị An", "Trần Bình", "Đỗ Ánh Đào", "Phạm Dũng", ""]

    assert sorted(people, key=text.name_key) == [
        "", "Lê Văn An", "Nguyễn Thị An", "Trần Bình", "Phạm Dũng", "Đỗ Ánh Đào",
    ]  # fmt: skip


def test_clean_line_normalises() -> None:
    typed = unicodedata.normalize("NFD", "  Xã\u00a0Hưng \r\n Chính\u200b ")

    assert text.clean_line(typed) == "Xã Hưng Chính"


def test_clean_text_keeps_lines() -> None:
    assert text.clean_text("  một \r\n\r\nhai\x0bba\t bốn  ") == "một\n\nhai\nba bốn"


def test_clean_text_keeps_emoji_and_other_scripts() -> None:
    family = "👨\u200d👩\u200d👧 🇻🇳 ສະບາຍດີ"

    assert text.clean_text(family) == family


@pytest.mark.parametrize(
    "character", ("\x00", "\x08", "\x1b", "\u202e", "\u2066", "\u200f", "\ud800")
)
def test_clean_text_refuses_characters_that_deceive(character: str) -> None:
    with pytest.raises(text.TextError) as refused:
        text.clean_text(f"Ông An{character} gửi")

    assert str(refused.value) == (
        "Có ký tự ẩn không dùng được (ký tự điều khiển hoặc dấu đảo chiều chữ) "
        "ngay sau “Ông An”. Hãy xóa chỗ đó và gõ lại."
    )
    assert text.contains_control(f"a{character}")


def test_clean_text_refuses_piled_marks() -> None:
    with pytest.raises(text.TextError, match="quá nhiều dấu"):
        text.clean_text("a" + "\u0301\u0316\u0317\u0318\u0319\u031a")


def test_contains_control_allows_line_breaks() -> None:
    assert not text.contains_control("một\r\nhai\tba")


@pytest.mark.parametrize(
    ("words", "room", "cut"),
    (
        ("vừa đủ", 6, "vừa đủ"),
        ("một hai ba bốn", 10, "một hai…"),
        ("một hai, ba bốn", 10, "một hai…"),
        ("khôngmộtdấucách", 8, "khôngmộ…"),
    ),
)
def test_text_is_cut_at_a_word(words: str, room: int, cut: str) -> None:
    assert text.cut(words, room) == cut
    assert len(cut) <= room
