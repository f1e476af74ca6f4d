"""Old encodings, letter by letter and text by text."""

import codecs
import subprocess
import unicodedata

import pytest

from documents.reading import encodings

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
SMALL = [unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES] + ["đ"]
MARKED = [letter for letter in SMALL if not letter.isascii()]
TEXT = (
    "ĐẢNG ỦY XÃ PHỔ AN\nKẾ HOẠCH\nTổ chức đối thoại giữa người đứng đầu cấp ủy, chính quyền với "
    "Nhân dân năm 2026\n- Ban THƯỜNG TRỰC xã chuẩn bị báo cáo, gửi trước ngày 05/8/2026; những kiến nghị vượt quá "
    "thẩm quyền được tổng hợp, kỹ lưỡng, đầy đủ."
)
TO_TCVN3 = {letter: mark for mark, letter in encodings.TCVN3.items()}
TO_VNI: dict[str, str] = {}
for _mark, _letter in encodings.VNI.items():
    TO_VNI.setdefault(_letter, _mark)
    if _mark.isupper():
        TO_VNI[_letter] = _mark


def in_tcvn3(text):
    lowered = (TO_TCVN3.get(one) or TO_TCVN3.get(one.lower()) or one for one in text)
    return "".join(lowered)


def in_vni(text):
    return "".join(TO_VNI.get(one, one) for one in text)


@pytest.mark.parametrize("letter", MARKED)
def test_every_small_letter_goes_both_ways(letter):
    assert encodings.from_tcvn3(TO_TCVN3[letter]) == letter
    assert encodings.from_tcvn3(TO_TCVN3[letter], is_capital=True) == letter.upper()
    assert encodings.from_vni(TO_VNI[letter]) == letter
    assert encodings.from_vni(TO_VNI[letter.upper()]) == letter.upper()


def test_tables_hold_the_alphabet_and_nothing_else():
    capitals = list("ĂÂÊÔƠƯĐ")

    assert sorted(encodings.TCVN3.values()) == sorted(MARKED + capitals)
    assert set(encodings.VNI.values()) == {*MARKED, *(one.upper() for one in MARKED)}


@pytest.mark.parametrize("letter", MARKED)
def test_tcvn3_is_the_published_standard(letter):
    if letter in "ư":  # iconv keeps byte AD free of the soft hyphen in the same way
        assert TO_TCVN3[letter] == "\xad"
    done = subprocess.run(
        ["/usr/bin/iconv", "-f", "TCVN5712-1:1993", "-t", "UTF-8"],
        input=TO_TCVN3[letter].encode("latin-1") + b".",
        capture_output=True,
        check=False,
    )
    if done.returncode:
        pytest.skip("this iconv has no table of TCVN 5712")
    assert unicodedata.normalize("NFC", done.stdout.decode()) == f"{letter}."


@pytest.mark.parametrize(
    ("content", "encoding"),
    (
        (TEXT.encode(), ""),
        (codecs.BOM_UTF8 + TEXT.encode(), ""),
        (unicodedata.normalize("NFD", TEXT).encode(), ""),
        (TEXT.encode("utf-16"), ""),
        (TEXT.encode("utf-16-le"), ""),
        (TEXT.encode("utf-16-be"), ""),
        (in_tcvn3(TEXT).encode("latin-1"), "TCVN3"),
        (in_tcvn3(TEXT).encode(), "TCVN3"),
        (in_vni(TEXT).encode("latin-1"), "VNI"),
        (in_vni(TEXT).encode(), "VNI"),
    ),
)
def test_text_files_are_read_whatever_they_are_written_in(content, encoding):
    assert encodings.decode(content) == encodings.Decoded(TEXT, encoding)


def test_windows_1258_joins_its_tones():
    content = (
        "".join(
            unicodedata.normalize("NFC", unicodedata.normalize("NFD", one)[:-1])
            + unicodedata.normalize("NFD", one)[-1]
            if unicodedata.normalize("NFD", one)[-1] in TONES[1:]
            else one
            for one in TEXT
        )
    ).encode("cp1258")

    assert encodings.decode(content) == encodings.Decoded(TEXT, "Windows-1258")


def test_no_text_and_foreign_text():
    assert encodings.decode(bytes(range(256)) * 4) is None
    assert encodings.decode("Le café et l’été à Hué".encode()).encoding == ""
    assert encodings.decode(b"plain words").encoding == ""


@pytest.mark.parametrize(
    ("font", "written", "text"),
    (
        (".VnTime", "KÕ ho¹ch", "Kế hoạch"),
        (".VnTimeH", "kÕ ho¹ch", "KẾ HOẠCH"),
        ("VNI-Times", "Keá hoaïch", "Kế hoạch"),
        ("Times New Roman", "Kế hoạch", "Kế hoạch"),
    ),
)
def test_a_font_says_how_its_letters_are_meant(font, written, text):
    assert encodings.from_font(written, font)[0] == text


def test_a_capital_the_old_encoding_could_not_write_comes_back_behind_a_marker():
    text = "1. \xf1y ban nh\xa9n d\xa9n\n- \xf1y ban\n\xf1y ban".encode("latin-1")

    assert encodings.decode(text).text == "1. Ủy ban nhân dân\n- Ủy ban\nủy ban"
