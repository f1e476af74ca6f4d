"""Whole papers: other offices, both forms, bundles, tables; all names are invented."""

from functools import cache
from pathlib import Path

import pytest

from documents.reading import as_text, read, reading_json
from documents.reading.results import Reading
from tests.documents.reading.normal import differs

TEXTS = Path(__file__).parent / "texts"
NAMES = sorted(path.stem for path in TEXTS.glob("*.txt"))


@cache
def reading(name: str) -> Reading:
    return read((TEXTS / f"{name}.txt").read_text(encoding="utf-8").splitlines())


def papers(name: str) -> list[dict]:
    return reading_json(reading(name))["documents"]


def headings(clauses: list[dict]) -> list[tuple[str | None, str]]:
    """Markers and words of every numbered clause of the first two levels."""
    found = []
    for clause in clauses:
        if clause["marker"] and clause["marker"][0].isalnum():
            found.append((clause["marker"], clause["text"]))
        found += [(child["marker"], child["text"]) for child in clause["children"] if child["marker"]
                  and child["marker"][0].isdigit()]  # fmt: skip
    return found


@pytest.mark.parametrize("name", NAMES)
def test_every_word_survives(name):
    assert differs((TEXTS / f"{name}.txt").read_text(encoding="utf-8")) == ""


@pytest.mark.parametrize("name", NAMES)
def test_a_reading_written_out_reads_the_same(name):
    again = read(as_text(reading(name)).splitlines())

    first, second = reading(name).documents, again.documents
    assert [one.type for one in second] == [one.type for one in first]
    assert [duty.text for one in second for duty in one.duties] == [
        duty.text for one in first for duty in one.duties
    ]
    assert [one.signature and one.signature.name for one in second] == [
        one.signature and one.signature.name for one in first
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    (
        ("state_plan", [("KH", 5, "KH-UBND", "An Lạc", "2026-03-02", "ỦY BAN NHÂN DÂN XÃ AN LẠC",
                         "Ủy ban nhân dân xã An Lạc")]),
        ("letter_and_plan", [
            ("CV", 135, "UBND-VP", "Cổ Bồng", "2021-06-13", "VĂN PHÒNG", None),
            ("KH", 62, "KH/TU", "Lâm Giang", "2022-06-01", "TỈNH ỦY LÂM GIANG",
             "Ban Thường vụ Tỉnh ủy"),
        ]),
        ("plan_and_programme", [
            ("KH", 14, "KH/ĐU", "Bình Minh", "2026-02-10", "ĐẢNG ỦY XÃ BÌNH MINH", "Đảng ủy xã"),
            ("CTr", None, None, "Bình Minh", "2026-05-15", "ĐẢNG ỦY XÃ BÌNH MINH", None),
        ]),
        ("council_draft", [("KH", None, "KH-HĐND", "Sơn Lộc", None,
                            "HỘI ĐỒNG NHÂN DÂN HUYỆN SƠN LỘC",
                            "Thường trực Hội đồng nhân dân huyện")]),
        ("with_tables", [("KH", 88, "KH-SNV", "Lâm Giang", "2026-01-05", "SỞ NỘI VỤ",
                          "Sở Nội vụ")]),
    ),
)  # fmt: skip
def test_heads(name, expected):
    keys = ("type", "number", "symbol", "place", "date", "issuer", "collective")

    assert [tuple(paper[key] for key in keys) for paper in papers(name)] == expected


def test_abstracts_and_addressees():
    letter, plan = papers("letter_and_plan")

    assert letter["abstract"] == "tuyên truyền và lấy ý kiến phục vụ hội nghị đối thoại năm 2022"
    assert letter["addressees"] == ["Các ban, ngành, đoàn thể xã", "Trưởng 18 xóm trên địa bàn xã"]
    assert plan["abstract"] == "đối thoại giữa Bí thư Tỉnh ủy với Nhân dân năm 2022"
    assert plan["addressees"] == []


@pytest.mark.parametrize(
    ("name", "place", "expected"),
    (
        ("state_plan", 0, [
            ("Luật", "72/2025", "QH15", None, "2025-06-16", "Tổ chức chính quyền địa phương"),
            ("Luật", None, None, None, "2022-11-10", "Thực hiện dân chủ ở cơ sở"),
            ("Nghị định", "59/2023", "NĐ-CP", "Chính phủ", "2023-08-14",
             "quy định chi tiết một số điều của Luật Thực hiện dân chủ ở cơ sở"),
            ("Kế hoạch", 118, "KH-UBND", "Ủy ban nhân dân tỉnh Lâm Giang", "2026-01-20",
             "đối thoại với Nhân dân năm 2026"),
            ("Tờ trình", 12, "TTr-VHXH", "Trưởng phòng Văn hóa - Xã hội", "2026-02-25", None),
        ]),
        ("letter_and_plan", 0, [
            ("Công văn", 812, "UBND-VP", None, "2022-06-10", "triển khai kế hoạch đối thoại"),
            ("Kế hoạch", 62, "KH/TU", "Thường trực Tỉnh ủy", "2022-06-01", None),
        ]),
        ("letter_and_plan", 1, [
            ("Quyết định", 1050, "QĐ/TU", "Ban Thường vụ Tỉnh ủy", "2021-05-12",
             "ban hành Quy chế đối thoại"),
            ("Kết luận", 54, "KL/TW", "Bộ Chính trị", "2022-05-09", "công tác dân vận"),
        ]),
        ("plan_and_programme", 0, [
            ("Quy định", 11, "QĐi/TW", "Bộ Chính trị", "2019-02-18",
             "trách nhiệm của người đứng đầu cấp ủy"),
            ("Quyết định", 21, "QĐ/TU", "Ban Thường vụ Tỉnh ủy", "2026-01-05", None),
        ]),
    ),
)  # fmt: skip
def test_legal_bases(name, place, expected):
    keys = ("kind", "number", "symbol", "body", "date", "title")

    found = papers(name)[place]["legal_bases"]
    assert [tuple(basis[key] for key in keys) for basis in found] == expected


@pytest.mark.parametrize(
    ("name", "place", "expected"),
    (
        ("state_plan", 0, "I. 1. 2. II. 1. 2. 3. 4. 5. III. 1. 2. 3. IV. 1. 2. 3. 4. V. 1. 2. 3. 4. 5. 6."),
        ("letter_and_plan", 1, "I- 1- 2- II- 1- 2- 3- 4- III- 1- 2- 3-"),
        ("plan_and_programme", 0, "I- 1. II- 1. 2. 3. III- 1. 2. 3."),
        ("council_draft", 0, "I. 1. 2. II. 1. 2. III. 1. 2."),
    ),
)  # fmt: skip
def test_headings_of_two_levels(name, place, expected):
    found = headings(papers(name)[place]["clauses"])

    assert " ".join(marker for marker, _text in found) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    (
        ("state_plan", [("07 giờ 30 phút, ngày 15 tháng 4 năm 2026", 2, "2026-04-15", "2026-04-15",
                         "Hội trường Ủy ban nhân dân xã", [], "periodic")]),
        ("plan_and_programme", [
            ("Tháng 5/2026", 2, "2026-05-01", "2026-05-31", "Nhà văn hóa thôn Bãi Sậy",
             ["thôn Bãi Sậy"], "periodic"),
            ("ngày 20/8/2026", 3, "2026-08-20", "2026-08-20", "Hội trường Đảng ủy xã", [],
             "thematic"),
        ]),
        ("council_draft", [
            ("Quý II", 2, "2024-04-01", "2024-06-30", None,
             ["xã Vĩnh An", "xã Lệ Sơn", "xã Đại Sơn", "xã Phúc Sơn"], "periodic"),
            ("Quý III", 3, "2024-07-01", "2024-09-30", None, ["thị trấn Tây Hồ", "xã Long Sơn"],
             "periodic"),
        ]),
        ("with_tables", [
            ("Tháng 3/2026", 1, "2026-03-01", "2026-03-31", "Nhà văn hóa xã Tân Phú",
             ["xã Tân Phú"], "periodic"),
            ("ngày 14/10/2026", 4, "2026-10-14", "2026-10-14", "Hội trường Sở Nội vụ", [],
             "periodic"),
        ]),
    ),
)  # fmt: skip
def test_sessions(name, expected):
    keys = ("literal", "quarter", "start", "end", "place", "units", "kind")

    found = papers(name)[0]["sessions"]
    assert [tuple(session[key] for key in keys) for session in found] == expected


def test_nested_quotas():
    (whole,) = papers("letter_and_plan")[1]["participant_groups"]
    upper, lower = whole["children"]

    assert (whole["exact"], upper["exact"], lower["exact"]) == (150, 30, 120)
    assert [group["exact"] for group in lower["children"]] == [30, 90]
    assert (
        reading("letter_and_plan")
        .documents[1]
        .participant_groups[0]
        .children[1]
        .children[1]
        .selector
        == "Huyện ủy Cổ Bồng"
    )


def test_quota_per_unit():
    group = reading("state_plan").documents[0].participant_groups[-1]

    assert (group.per_unit, group.unit_count, group.exact) == (5, 12, None)


def test_programme_of_a_table_and_of_a_list():
    table = papers("plan_and_programme")[1]["programme"]
    listed = papers("state_plan")[0]["programme"]

    assert [(item["position"], item["conductor"]) for item in table] == [
        (1, "Văn phòng Đảng ủy"), (2, "Chủ tịch UBND xã"), (3, "Chủ trì"), (4, "Bí thư Đảng ủy"),
    ]  # fmt: skip
    assert [item["position"] for item in listed] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("name", "place", "expected"),
    (
        ("state_plan", 0, [
            (["Văn phòng HĐND và UBND xã"], "lead", "2026-04-06"),
            (["Văn phòng HĐND và UBND xã"], "advise", None),
            (["Phòng Kinh tế"], "carry_out", "2026-04-03"),
            (["Phòng Văn hóa - Xã hội"], "carry_out", "2026-04-07"),
            (["Phòng Văn hóa - Xã hội"], "carry_out", None),
            (["Công an xã", "Ban Chỉ huy Quân sự xã"], "carry_out", None),
            (["Ủy ban Mặt trận Tổ quốc Việt Nam xã"], "supervise", None),
            (["Trưởng thôn Hòa Bình", "Trưởng thôn Tân Tiến", "Trưởng thôn Đoàn Kết"],
             "carry_out", "2026-03-30"),
        ]),
        ("letter_and_plan", 0, [
            (["Các ban, ngành, đoàn thể xã", "Trưởng 18 xóm trên địa bàn xã"], "carry_out",
             "2022-06-16"),
        ]),
        ("letter_and_plan", 1, [
            (["Ban Dân vận Tỉnh ủy"], "lead", "2022-07-24"),
            (["Ban Dân vận Tỉnh ủy"], "monitor", None),
            (["Ban cán sự đảng Ủy ban nhân dân tỉnh"], "direct", "2022-08-04"),
            (["Huyện ủy Cổ Bồng"], "carry_out", "2022-06-29"),
        ]),
        ("plan_and_programme", 0, [
            (["Ban Xây dựng Đảng"], "lead", "2026-05-09"),
            (["Ban Xây dựng Đảng"], "lead", "2026-05-13"),
            (["Ban Xây dựng Đảng"], "lead", None),
            (["Ủy ban Kiểm tra Đảng ủy", "Văn phòng Đảng ủy"], "supervise", None),
            (["Đảng ủy Công an xã"], "cooperate", None),
        ]),
        ("council_draft", 0, [
            (["Văn phòng HĐND và UBND huyện"], "carry_out", None),
            (["Thường trực HĐND các xã, thị trấn"], "carry_out", None),
            (["Ủy ban Mặt trận Tổ quốc huyện", "các đoàn thể"], "supervise", None),
            (["Văn phòng HĐND và UBND huyện"], "carry_out", None),
        ]),
        ("with_tables", 0, [
            (["Phòng Công tác thanh niên"], "lead", "2026-02-28"),
            (["Văn phòng Sở"], "lead", "2026-03-03"),
        ]),
    ),
)  # fmt: skip
def test_duties(name, place, expected):
    found = papers(name)[place]["duties"]

    assert [(duty["actors"], duty["role"], duty["due_on"]) for duty in found] == expected


def test_duties_below_stage_headings_take_the_stage():
    found = papers("council_draft")[0]["duties"]

    assert [duty["stage"] for duty in found] == ["before", "before", "after", "after"]


def test_lead_in_holds_for_the_items_below():
    duty = papers("plan_and_programme")[0]["duties"][0]

    assert duty["cooperating"] == [
        "Văn phòng Đảng ủy", "Ủy ban Mặt trận Tổ quốc xã", "các cơ quan liên quan",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "place", "expected"),
    (
        ("state_plan", 0, ["report", None, None, "carry_out", "archive"]),
        ("letter_and_plan", 0, [None, "report", "archive"]),
        ("letter_and_plan", 1, ["report", None, "carry_out", "archive"]),
        ("plan_and_programme", 0, ["report", "report", None, "archive"]),
        ("with_tables", 0, ["report", "archive"]),
    ),
)
def test_recipients(name, place, expected):
    assert [row["purpose"] for row in papers(name)[place]["recipients"]] == expected


@pytest.mark.parametrize(
    ("name", "place", "expected"),
    (
        ("state_plan", 0, ("TM.", "ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Văn Hậu")),
        ("letter_and_plan", 0, ("KT.", None, "PHÓ CHỦ TỊCH", "Đương Văn Nhàn")),
        ("letter_and_plan", 1, ("T/M", "BAN THƯỜNG VỤ", "PHÓ BÍ THƯ THƯỜNG TRỰC", "Phạm Hoài Nam")),
        ("plan_and_programme", 0, ("T/M", "ĐẢNG ỦY", "BÍ THƯ", "Võ Thị Thanh Bình")),
        ("plan_and_programme", 1, (None, None, None, None)),
        ("council_draft", 0, ("TM.", "THƯỜNG TRỰC HĐND", "CHỦ TỊCH", "Ngô Văn Hiển")),
        ("with_tables", 0, (None, None, "GIÁM ĐỐC", "Hoàng Thị Kim Oanh")),
    ),
)
def test_signatures(name, place, expected):
    assert tuple(papers(name)[place]["signature"].values()) == expected


def test_digital_signature_gives_the_moment():
    signature = reading("letter_and_plan").documents[1].signature

    assert signature.signed_at.isoformat() == "2022-06-02T00:32:10+07:00"
    assert signature.capacity_value == "collective"


def test_exchange_form_has_the_agreed_keys():
    (paper,) = papers("council_draft")

    assert list(reading_json(reading("council_draft"))) == ["documents", "findings"]
    assert list(paper) == [
        "type", "number", "symbol", "place", "date", "issuer", "collective", "abstract",
        "addressees", "legal_bases", "clauses", "sessions", "participant_groups", "programme",
        "duties", "recipients", "signature",
    ]  # fmt: skip
    assert list(paper["clauses"][0]) == ["kind", "marker", "text", "children"]
    assert list(paper["duties"][0]) == [
        "actors", "role", "cooperating", "stage", "text", "deliverable", "send_to", "via",
        "due_literal", "due_on",
    ]  # fmt: skip
    assert list(paper["sessions"][0]) == [
        "literal", "quarter", "start", "end", "theme", "audience", "place", "units", "kind",
    ]  # fmt: skip
