"""What is found in a read paper, by rule and line."""

from pathlib import Path

import pytest

from documents.reading import read, read_text

TEXTS = Path(__file__).parent / "texts"
PLAN = """ĐẢNG ỦY XÃ AN LẠC
*
Số 05-KH/ĐU
ĐẢNG CỘNG SẢN VIỆT NAM
An Lạc, ngày 02 tháng 3 năm 2026
KẾ HOẠCH
đối thoại với Nhân dân năm 2026
-----
Thực hiện Quy định số 11-QĐi/TW ngày 18/02/2019 của Bộ Chính trị, Ban Thường vụ Đảng ủy xây dựng Kế hoạch như sau:
I- THỜI GIAN, ĐỊA ĐIỂM
1. Thời gian: ngày 20/5/2026.
2. Địa điểm: Hội trường xã.
II- TỔ CHỨC THỰC HIỆN
1. Văn phòng Đảng ủy
- {duty}
Nơi nhận:
- Tỉnh ủy,
- Lưu Văn phòng Đảng ủy.
T/M BAN THƯỜNG VỤ
BÍ THƯ
Trần Văn An"""


def found(text: str) -> set[tuple[str, int | None]]:
    return {(one.rule, one.line) for one in read_text(text).findings}


def test_a_sound_plan_has_no_findings():
    assert found(PLAN.format(duty="Chuẩn bị hội trường trước ngày 15/5/2026.")) == set()


@pytest.mark.parametrize(
    ("duty", "rule"),
    (
        ("Chuẩn bị hội trường trước ngày 15/12/2026.", ("E2", 15)),
        ("Chuẩn bị hội trường trước ngày 15/5/2024.", ("E4", 15)),
        ("Gửi báo cáo chậm nhất ngày 22/5/2026.", ("E5", 15)),
        ("Chuẩn bị hội trường trước ngày 10/5/2026.", ("E6", 15)),
        ("Nắm tình hình đổi thoại.", ("E12", 15)),
        ("Phối hợp với cơ quan liên quan liên quan.", ("E13", 15)),
        ("Ôn định tổ chức.", ("E14", 15)),
        ("Trả lời ý kiến chậm nhất ngày 19/5/2026.", ("E20", 11)),
        ("Mời Chủ tịch HĐND-UBND xã.", ("E28", 15)),
        ("Phát phiếu (mẫu kèm theo).", ("E30", 15)),
        ("Góp ý xây dựng đảng, xây dựng Đảng.", ("E31", 15)),
        ("Gửi Ban Dân vận Huyện ủy.", ("E32", 15)),
    ),
)
def test_rules_of_clauses(duty, rule):
    assert rule in found(PLAN.format(duty=duty))


@pytest.mark.parametrize(
    ("wrong", "right", "rule"),
    (
        ("năm 2026\nKẾ", "năm 2018\nKẾ", ("E1", 5)),
        ("02 tháng 3", "01 tháng 3", ("E3", 5)),
        ("T/M BAN THƯỜNG VỤ", "T/M ỦY BAN KIỂM TRA", ("E7", 19)),
        ("Ban Thường vụ Đảng ủy xây", "Đảng ủy xây", ("E8", 19)),
        ("\nBÍ THƯ\n", "\nBÍ THƯ THƯỜNG TRỰC\n", ("E10", 20)),
        ("\nBÍ THƯ\n", "\n", ("E10", 20)),
        ("Trần Văn An", "Trân Văn An", ("E11", 21)),
        ("Số 05-KH", "Số -KH", ("E15", 3)),
        ("Số 05-KH/ĐU\n", "", ("E16", 1)),
        (" của Bộ Chính trị", "", ("E17", 9)),
        ("2. Địa điểm: Hội trường xã.\n", "", ("E18", 11)),
        ("Nơi nhận:", "Nơi nhận", ("E23", 16)),
        ("I- THỜI", "I. THỜI", ("E24", 10)),
    ),
)
def test_rules_of_form(wrong, right, rule):
    text = PLAN.format(duty="Chuẩn bị hội trường.")
    assert wrong in text

    assert rule in found(text.replace(wrong, right, 1))


def test_hand_over_is_missed():
    duty = (
        "Tham mưu tổng hợp ý kiến của các thôn trước ngày 15/5/2026.\n2. Các thôn\n"
        "- Tổng hợp ý kiến, gửi về Công an xã trước ngày 13/5/2026."
    )

    assert ("E19", 17) in found(PLAN.format(duty=duty))


def test_two_bodies_prepare_one_product():
    duty = "Dự thảo thông báo kết luận.\n2. Ban Xây dựng Đảng\n- Trình dự thảo thông báo kết luận."

    assert ("E21", 17) in found(PLAN.format(duty=duty))


@pytest.mark.parametrize(
    ("name", "rules"),
    (
        ("letter_and_plan", {"E1", "E2", "E3", "E7", "E9", "E11", "E17", "E25", "E30"}),
        ("plan_and_programme", {"E6", "E13", "E14", "E23", "E29"}),
        ("council_draft", {"E15", "E18"}),
        ("state_plan", set()),
    ),
)
def test_findings_of_whole_files(name, rules):
    reading = read((TEXTS / f"{name}.txt").read_text(encoding="utf-8").splitlines())

    assert {one.rule for one in reading.findings} == rules


def test_severities_are_the_agreed_words():
    reading = read((TEXTS / "letter_and_plan.txt").read_text(encoding="utf-8").splitlines())

    assert {one.severity for one in reading.findings} <= {"error", "warning", "info"}
