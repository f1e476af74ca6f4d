"""What papers of other offices taught the reader: one sentence or one line each."""

import pytest

from documents.reading import read, read_duty, reading_json
from documents.reading.letters import mend_digits
from documents.reading.quotas import quota_in


def paper(text: str) -> dict:
    return reading_json(read(text.splitlines()))["documents"][0]


@pytest.mark.parametrize(
    ("words", "due_on"),
    (
        ("trước ngày 15 của tháng cuối quý", None),
        ("trước ngày 20 hằng tháng", None),
        ("định kỳ hằng quý", None),
        ("trước mỗi kỳ đối thoại 15 ngày", None),
        ("trước 05 ngày so với ngày tổ chức", None),
        ("sau 05 ngày làm việc", None),
        ("sau hội nghị 03 ngày", None),
        ("trong tháng 6", "2026-06-30"),
        ("xong trước 10/9", "2026-09-09"),
        ("hoàn thành trong quý III", "2026-09-30"),
        ("chậm nhất 17 giờ 00 ngày 12/6/2026", "2026-06-12"),
    ),
)
def test_a_limit_is_kept_as_written(words, due_on):
    duty = read_duty(f"Tổng hợp ý kiến gửi về Văn phòng Đảng ủy {words}.", year=2026)

    assert duty.due_literal == words
    assert (duty.due_on and duty.due_on.isoformat()) == due_on


@pytest.mark.parametrize(
    ("text", "expected"),
    (
        ("Chủ trì, phối hợp với Hội Nông dân và các tổ chức chính trị - xã hội tổng hợp ý kiến",
         ("Hội Nông dân", "các tổ chức chính trị - xã hội")),
        ("Phối hợp với các cơ quan chuẩn bị nội dung", ("các cơ quan",)),
        ("Phối hợp với ban chỉ đạo huyện rà soát kiến nghị", ("ban chỉ đạo huyện",)),
        ("Phối hợp với Tổ giúp việc, Đoàn Thanh niên tập hợp câu hỏi",
         ("Tổ giúp việc", "Đoàn Thanh niên")),
    ),
)  # fmt: skip
def test_a_list_of_helpers_ends_at_the_verb(text, expected):
    assert read_duty(text).cooperating == expected


@pytest.mark.parametrize(
    ("head", "issuer"),
    (
        ("ĐẢNG BỘ TỈNH AN LẠC\nHUYỆN ỦY YÊN HÒA\n*\nSố 07-KH/HU", "HUYỆN ỦY YÊN HÒA"),
        ("UBND HUYỆN YÊN HÒA\nPHÒNG TƯ PHÁP\nSố: 07/KH-TP", "PHÒNG TƯ PHÁP"),
        ("ỦY BAN NHÂN DÂN\nXÃ THANH BÌNH\nSố: 07/KH-UBND", "ỦY BAN NHÂN DÂN XÃ THANH BÌNH"),
        ("SỞ NÔNG NGHIỆP VÀ\nMÔI TRƯỜNG\nSố: 07/KH-SNNMT", "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG"),
        ("HUYỆN ĐOÀN YÊN HÒA\tĐOÀN TNCS HỒ CHÍ MINH\nSố: 07-KH/ĐTN", "HUYỆN ĐOÀN YÊN HÒA"),
    ),
)
def test_bodies_of_a_heading_stay_apart_and_torn_names_come_together(head, issuer):
    assert (
        paper(f"{head}\nKẾ HOẠCH\nđối thoại năm 2026\nI. MỤC ĐÍCH\n- Nghe dân.")["issuer"] == issuer
    )


def test_a_total_with_its_share_in_brackets_keeps_both():
    text = "KẾ HOẠCH\nđối thoại năm 2026\nI. THÀNH PHẦN\n- Cấp xã: 120 đại biểu (mỗi xã 08 đại biểu, 15 xã)."
    (group,) = paper(text)["participant_groups"]

    assert (group["exact"], group["per_unit"], group["min"], group["max"]) == (120, 8, None, None)


def test_who_signs_for_the_head_is_told():
    text = "KẾ HOẠCH\nđối thoại năm 2026\nI. MỤC ĐÍCH\n- Nghe dân.\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nĐại tá Lê Văn An"

    assert paper(text)["signature"] == {
        "capacity": "KT.",
        "collective": "ỦY BAN NHÂN DÂN",
        "post": "PHÓ CHỦ TỊCH",
        "name": "Đại tá Lê Văn An",
    }


@pytest.mark.parametrize(
    ("line", "theme", "audience"),
    (
        ("Quý II: 8 giờ 00 ngày 20 tháng 5 năm 2026, tại Hội trường UBND xã.", None, None),
        ("Quý II: Vệ sinh môi trường, tại Hội trường UBND xã.", "Vệ sinh môi trường", None),
        ("Quý II: Đối thoại với nông dân về nước tưới, tổ chức trong tháng 5/2026.",
         "Đối thoại với nông dân về nước tưới", "nông dân"),
    ),
)  # fmt: skip
def test_time_and_place_are_no_theme(line, theme, audience):
    (session,) = paper(f"KẾ HOẠCH\nđối thoại năm 2026\nI. THỜI GIAN\n1. {line}")["sessions"]

    assert (session["theme"], session["audience"]) == (theme, audience)


def test_requests_of_a_letter_are_duties_of_its_addressees():
    text = (
        "Kính gửi: Hội Nông dân huyện.\nThực hiện Kế hoạch số 77-KH/HU ngày 15/4/2026 của Huyện ủy về đối thoại năm 2026, "
        "Phòng Tư pháp đề nghị:\n1. Gửi ý kiến về Phòng Tư pháp trước ngày 20/6/2026.\n2. Cử 05 đại biểu tham dự.\nNơi nhận:\n- Như trên."
    )
    letter = paper(text)

    assert [duty["actors"] for duty in letter["duties"]] == [["Hội Nông dân huyện"]] * 2
    assert letter["legal_bases"][0]["title"] == "đối thoại năm 2026"


def test_cells_side_by_side_are_no_doubled_word():
    text = "KẾ HOẠCH\nđối thoại năm 2026\nI. LỊCH\nTT\tNội dung\tĐối tượng\n1\tcông tác cán bộ\tcán bộ xã"

    assert [one.rule for one in read(text.splitlines()).findings if one.rule == "E13"] == []


@pytest.mark.parametrize(
    ("written", "meant"),
    (
        ("1l-QĐi/TW, ngày l8/02/20l9", "11-QĐi/TW, ngày 18/02/2019"),
        ("số O7/KH-UBND, ngày 0l tháng l2", "số 07/KH-UBND, ngày 01 tháng 12"),
        ("Quý I/2026, mục II-1, Ô/10", "Quý I/2026, mục II-1, Ô/10"),
    ),
)
def test_letters_for_digits_are_digits_where_a_number_must_stand(written, meant):
    assert mend_digits(written) == meant


@pytest.mark.parametrize(
    ("line", "low", "high", "each"),
    (
        ("14 tổ dân phố, mỗi tổ từ 05 đến 07 người", 70, 98, None),
        ("mỗi tổ dân phố từ 05 đến 07 người", None, None, 7),
    ),
)
def test_a_range_for_each_unit_is_no_total(line, low, high, each):
    quota = quota_in(line)

    assert (quota.min, quota.max, quota.per_unit) == (low, high, each)


def test_a_title_with_a_semicolon_stays_one_basis():
    text = (
        "KẾ HOẠCH\nđối thoại năm 2026\nCăn cứ Nghị định số 13/2021/NĐ-CP ngày 01/3/2021 của Chính phủ quy định về "
        "đối thoại với thanh niên; cơ chế, chính sách đối với thanh niên;\nI. MỤC ĐÍCH\n- Nghe dân."
    )
    (basis,) = paper(text)["legal_bases"]

    assert basis["title"] == "quy định về đối thoại với thanh niên; cơ chế, chính sách đối với thanh niên"  # fmt: skip
