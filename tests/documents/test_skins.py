import copy
from datetime import date

import pytest

from documents.models import DocumentType, Skin
from documents.printing.metrics import balanced
from documents.skins import (
    complete_skins,
    load_skins,
    number_line,
    profile_problems,
    skin_for,
    symbol_for,
)
from organisations.models import Organisation
from tests.documents.papers import PARTY, STATE, issuer

pytestmark = pytest.mark.django_db

CODES = ["PARTY_HD05_2026", "PARTY_HD36_2018", "STATE_ND30_2020", "UNION_GENERIC"]


@pytest.fixture(autouse=True)
def _skins():
    load_skins()


@pytest.mark.parametrize(
    ("system", "on", "code"),
    (
        ("party", date(2026, 5, 26), "PARTY_HD36_2018"),
        ("party", date(2026, 5, 27), "PARTY_HD05_2026"),
        ("party", date(2012, 1, 1), "PARTY_HD36_2018"),
        ("state", date(2024, 3, 1), "STATE_ND30_2020"),
        ("front", date(2026, 6, 1), "UNION_GENERIC"),
        ("union", date(2026, 6, 1), "UNION_GENERIC"),
        ("other", date(2026, 6, 1), "UNION_GENERIC"),
    ),
)
def test_skin_follows_the_issuer_and_the_date(system, on, code):
    assert skin_for(Organisation(system=system), on).code == code


def test_office_moves_the_first_day_of_a_skin():
    Skin.objects.filter(code=PARTY).update(valid_from=date(2026, 9, 1))

    assert skin_for(Organisation(system="party"), date(2026, 8, 31)).code == "PARTY_HD36_2018"
    assert skin_for(Organisation(system="party"), date(2026, 9, 1)).code == PARTY


def test_without_any_skin_the_reason_is_said():
    Skin.objects.all().delete()

    with pytest.raises(LookupError, match="Chưa có mẫu trình bày"):
        skin_for(Organisation(system="party"), date(2026, 1, 1))


def test_loading_again_keeps_what_an_office_changed():
    Skin.objects.filter(code=STATE).update(name="Mẫu của xã")
    DocumentType.objects.filter(code="KH").delete()

    load_skins()

    assert sorted(Skin.objects.values_list("code", flat=True)) == CODES
    assert Skin.objects.get(code=STATE).name == "Mẫu của xã"
    assert DocumentType.objects.get(code="KH").name == "Kế hoạch"


@pytest.mark.parametrize(
    ("skin", "type_code", "unit", "symbol", "line"),
    (
        (PARTY, "KH", "", "KH/ĐU", "Số 05-KH/ĐU"),
        (PARTY, "CV", "", "CV/ĐU", "Số 05-CV/ĐU"),
        (STATE, "KH", "", "KH-UBND", "Số: 05/KH-UBND"),
        (STATE, "CV", "VP", "UBND-VP", "Số: 05/UBND-VP"),
        (STATE, "CV", "", "UBND", "Số: 05/UBND"),
        (STATE, "QyD", "", "QyĐ-UBND", "Số: 05/QyĐ-UBND"),
    ),
)
def test_number_and_symbol(skin, type_code, unit, symbol, line):
    row = Skin.objects.get(code=skin)
    document_type = DocumentType.objects.get(code=type_code)

    assert symbol_for(document_type, issuer(skin), row, unit) == symbol
    assert number_line(row, 5, symbol) == line


def test_large_and_missing_numbers():
    row = Skin.objects.get(code=PARTY)

    assert number_line(row, 1158, "KH/ĐU") == "Số 1158-KH/ĐU"
    assert number_line(row, None, "KH/ĐU") == "Số " + "\u00a0" * 6 + "-KH/ĐU"


@pytest.mark.parametrize("code", CODES)
def test_loaded_measures_lie_within_the_rulebook(code):
    profile = Skin.objects.get(code=code).profile

    outside = [
        part
        for part, rule in profile.items()
        if isinstance(rule, dict)
        and isinstance(rule.get("pt"), int | float)
        and not rule.get("range", [rule["pt"]] * 2)[0]
        <= rule["pt"]
        <= rule.get("range", [0, 99])[1]
    ]
    sides = [
        side
        for side, (low, high) in profile["margins_range_mm"].items()
        if not low <= profile["margins_mm"][side] <= high
    ]

    assert (outside, sides, profile_problems(profile)) == ([], [], [])


def test_installed_skins_get_what_was_added_and_keep_what_was_changed():
    row = Skin.objects.get(code=STATE)
    shipped = copy.deepcopy(row.profile)
    del row.profile["appendix"], row.profile["articles"]
    row.profile["body"] = {**row.profile["body"], "pt": 13}
    row.save()

    complete_skins()

    row.refresh_from_db()
    assert row.profile == {**shipped, "body": {**shipped["body"], "pt": 13}}


@pytest.mark.parametrize("code", CODES)
def test_measures_of_lines_within_parts_lie_within_the_rulebook(code):
    profile = Skin.objects.get(code=code).profile
    rules = [*profile["heading"], *profile["appendix"].values(), profile["contact"]]

    assert [rule for rule in rules if not rule["range"][0] <= rule["pt"] <= rule["range"][1]] == []
    assert profile["org"].get("rule", 0.4) == profile["abstract"].get("rule", 0.4) == 0.4
    line = profile["body"]["line"]
    assert line["range"][0] <= line.get("pt", line.get("x")) <= line["range"][1]


def test_a_broken_profile_is_named_in_sentences():
    profile = copy.deepcopy(Skin.objects.get(code=PARTY).profile)
    profile["margins_mm"]["left"] = "ba mươi"
    del profile["body"]["pt"]
    del profile["recipients"]["sep"]

    assert profile_problems(profile) == [
        "Lề “left” phải là một số milimét.",
        "Thành phần “body” chưa có cỡ chữ.",
        "Thành phần “recipients” thiếu mục “sep”.",
    ]


def test_a_title_never_breaks_beside_a_hyphen():
    title = "chính quyền với Mặt trận Tổ quốc, các đoàn thể chính trị - xã hội và Nhân dân năm 2023"

    for room in range(90, 150, 5):
        lines = balanced(title, 14, room, is_bold=True)
        assert [line for line in lines if line.startswith("-") or line.endswith("-")] == []
