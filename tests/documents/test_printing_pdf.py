import io
import unicodedata
from collections import Counter
from datetime import date
from itertools import pairwise

import pikepdf
import pytest

from documents.printing.paper import build_paper, written_date
from documents.printing.pdf import render_pdf
from tests.documents import papers
from tests.documents.measure import read
from tests.documents.papers import PARTY, STATE

pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize("skin", (PARTY, STATE))
LEFT, RIGHT, TOP, BOTTOM = 30, 195, 20, 277
_done = {}


def printed(type_code, skin, **changed):
    """The sample of that type, printed once for all tests that only look at it."""
    key = (type_code, skin, *changed.items())
    if key not in _done:
        _done[key] = read(render_pdf(papers.paper(type_code, skin, **changed)))
    return _done[key]


@BOTH
def test_long_plan_is_a4_within_its_margins(skin):
    plan = printed("KH", skin)

    body = [line for line in plan.lines if line.baseline > TOP - 2]
    assert len(plan.pages) >= 6
    assert {(round(page.width, 1), round(page.height, 1)) for page in plan.pages} == {
        (595.3, 841.9)
    }
    assert min(line.x0 for line in body) == pytest.approx(LEFT, abs=0.2)
    assert max(line.x1 for line in body) == pytest.approx(RIGHT, abs=0.5)
    for number in range(1, len(plan.pages)):
        lines = [line for line in body if line.page == number]
        assert TOP + 3 < lines[0].baseline < TOP + 7
        assert BOTTOM - 28 < lines[-1].baseline < BOTTOM


@BOTH
def test_body_is_fourteen_points_of_the_named_typeface(skin):
    plan = printed("KH", skin)

    chars = [char for page in plan.pages for char in page.chars]
    sizes = Counter(round(char["size"], 1) for char in chars)
    assert sizes.most_common(1)[0][0] == 14
    assert {char["fontname"].split("+")[1].split(",")[0] for char in chars} == {"Times-New-Roman"}
    assert all("FontFile3" in font for font in _font_files(skin))


def _font_files(skin):
    pdf = pikepdf.open(io.BytesIO(render_pdf(papers.paper("TB", skin))))
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
            yield {str(key).strip("/") for key in item}


@BOTH
def test_lines_of_a_paragraph_stand_as_far_apart_as_the_skin_says(skin):
    plan = printed("KH", skin)
    first = plan.line("- Tạo dịp để người dân")

    second = next(line for line in plan.lines if line.baseline > first.baseline + 1)

    pitch = (second.baseline - first.baseline) * 72 / 25.4
    assert pitch == pytest.approx(18 if skin == PARTY else 14 * 1.15 * 1.1, abs=0.2)
    indent = {PARTY: 10, STATE: 12.7}[skin]
    assert first.x0 == pytest.approx(LEFT + indent, abs=0.3)
    assert second.x0 == pytest.approx(LEFT, abs=0.3)
    assert second.x1 == pytest.approx(RIGHT, abs=0.5)


def test_party_heading():
    plan = printed("KH", PARTY)
    parent, org, star = plan.line("ĐẢNG BỘ TỈNH"), plan.line("ĐẢNG ỦY XÃ"), plan.line("*")
    number, nation = plan.line("Số 05-KH/ĐU"), plan.line("ĐẢNG CỘNG SẢN VIỆT NAM")
    day = plan.line("Mỹ Thuận, ngày 08 tháng 02 năm 2026")

    assert [line.size for line in (parent, org, star, number, nation, day)] == [
        14, 14, 14, 14, 15, 14,
    ]  # fmt: skip
    assert [line.is_bold for line in (parent, org, number, nation, day)] == [
        False, True, False, True, False,
    ]  # fmt: skip
    assert day.is_italic
    for line in (parent, org, star, number):
        assert line.centre == pytest.approx(LEFT + 37.5, abs=1)
    for line in (nation, day):
        assert line.centre == pytest.approx(LEFT + 75 + 45, abs=1)
    assert parent.baseline < org.baseline < star.baseline < number.baseline
    assert day.baseline > nation.baseline


def test_party_rule_is_as_long_as_the_heading_and_the_only_one():
    plan = printed("KH", PARTY)
    nation = plan.line("ĐẢNG CỘNG SẢN VIỆT NAM")

    (rule,) = plan.rules()

    assert rule[:2] == pytest.approx((nation.x0, nation.x1), abs=0.6)
    assert 0 < rule[2] - nation.baseline < 3


def test_party_title_ends_with_five_hyphens():
    plan = printed("KH", PARTY)
    title, dashes = plan.line("KẾ HOẠCH"), plan.line("-----")
    first, second = plan.line("tổ chức đối thoại giữa"), plan.line("chính quyền với nhân dân")

    assert dashes.text == "-----"
    assert (title.size, title.is_bold) == (16, True)
    assert [(line.size, line.is_bold) for line in (first, second)] == [(14, True)] * 2
    for line in (title, first, second, dashes):
        assert line.centre == pytest.approx((LEFT + RIGHT) / 2, abs=1)
    assert title.baseline < first.baseline < second.baseline < dashes.baseline


def test_state_heading():
    plan = printed("KH", STATE)
    org, number = plan.line("ỦY BAN NHÂN DÂN"), plan.line("Số: 05/KH-UBND")
    nation, motto = plan.line("CỘNG HÒA"), plan.line("Độc lập - Tự do - Hạnh phúc")
    day = plan.line("Mỹ Thuận, ngày 08 tháng 02 năm 2026")

    assert [line.size for line in (org, number, nation, motto, day)] == [12, 13, 12, 13, 13]
    assert [line.is_bold for line in (org, number, nation, motto)] == [True, False, True, True]
    assert day.is_italic
    assert number.baseline == pytest.approx(day.baseline, abs=0.2)
    assert org.baseline == pytest.approx(nation.baseline, abs=0.2)
    assert org.centre == pytest.approx(LEFT + 36.5, abs=1)
    assert motto.centre == pytest.approx(nation.centre, abs=1)
    assert nation.x1 < RIGHT
    assert not [line for line in plan.lines if line.text == "*"]


def test_state_rules_are_measured_by_their_words():
    plan = printed("KH", STATE)
    words = [
        plan.line("Độc lập - Tự do - Hạnh phúc"),
        plan.line("ỦY BAN NHÂN DÂN"),
        plan.line("chính quyền với nhân dân"),
    ]

    motto, org, abstract = sorted(plan.rules(), key=lambda rule: rule[2])[:3]
    if org[0] > motto[0]:
        motto, org = org, motto

    ratios = [
        (rule[1] - rule[0]) / (line.x1 - line.x0)
        for rule, line in zip((motto, org, abstract), words, strict=True)
    ]
    assert ratios[0] == pytest.approx(1, abs=0.02)
    assert 1 / 3 <= ratios[1] <= 1 / 2
    assert 1 / 3 <= ratios[2] <= 1 / 2
    assert len(plan.rules()) == 3


@BOTH
def test_pages_are_numbered_from_the_second(skin):
    plan = printed("KH", skin)

    numbers = [
        [(line.text, line.size) for line in plan.on_page(page) if line.baseline < TOP]
        for page in range(1, len(plan.pages) + 1)
    ]

    assert numbers == [[]] + [[(str(page), 14)] for page in range(2, len(plan.pages) + 1)]
    second = next(line for line in plan.on_page(2))
    assert second.centre == pytest.approx((LEFT + RIGHT) / 2, abs=0.5)
    assert 10 < second.baseline < 15  # the digits hang 10 mm below the edge


@BOTH
def test_recipients_stand_left_of_the_signature_and_level_with_it(skin):
    plan = printed("KH", skin)
    label = plan.line("Nơi nhận:")
    capacity = plan.line("T/M BAN THƯỜNG VỤ" if skin == PARTY else "TM. ỦY BAN NHÂN DÂN")
    post = plan.line("BÍ THƯ" if skin == PARTY else "CHỦ TỊCH")
    name, copy = plan.line("Lê Thị Thu Hường"), plan.line("- Thường trực Tỉnh ủy")

    assert len({line.page for line in (label, capacity, post, name, copy)}) == 1
    assert label.baseline == pytest.approx(capacity.baseline, abs=0.3)
    assert label.x1 < copy.x1 < capacity.x0
    assert [line.is_bold for line in (capacity, post, name)] == [True, skin == STATE, True]
    assert (label.size, copy.size) == {PARTY: (14, 12), STATE: (12, 11)}[skin]
    assert (label.is_bold, label.is_italic) == {PARTY: (False, False), STATE: (True, True)}[skin]
    assert 20 < name.baseline - post.baseline < 40


@BOTH
def test_recipients_end_as_the_system_writes_them(skin):
    plan = printed("KH", skin)
    start = plan.line("Nơi nhận:")

    copies = [line.text for line in plan.lines if line.page == start.page and line.size < 13]

    expected = {
        PARTY: ("- Thường trực Tỉnh ủy (báo cáo),", "- Lưu Văn phòng Đảng ủy."),
        STATE: ("- Thường trực Tỉnh ủy (để báo cáo);", "- Lưu: VT, VP."),
    }
    copies = [text for text in copies if text != "Nơi nhận:"]
    assert (copies[0], copies[-1]) == expected[skin]


@BOTH
def test_a_heading_stays_with_its_first_paragraph(skin):
    plan = printed("KH", skin)

    last_lines = [plan.on_page(page)[-1].text for page in range(1, len(plan.pages))]

    assert [text for text in last_lines if text[:2] in {"I-", "I.", "V-", "V."}] == []


@BOTH
def test_every_word_can_be_copied_out_in_nfc(skin):
    row = papers.document("KH", skin)
    plan = read(render_pdf(build_paper(row, list(row.clauses.all()))))
    text = " ".join(plan.text.split())

    assert unicodedata.is_normalized("NFC", text)
    wanted = [
        clause.text.replace("*", "").split()[:4] for clause in row.clauses.exclude(kind="heading")
    ]
    assert [words for words in wanted if " ".join(words) not in text] == []


@BOTH
def test_a_draft_leaves_room_for_number_and_day_and_says_so(skin):
    plan = printed("KH", skin, issued=False)
    number = plan.line("Số")

    assert "05" not in number.text
    assert plan.line("Dự thảo" if skin == PARTY else "DỰ THẢO").is_bold
    assert [line.text for line in plan.lines if "năm 2026" in line.text and line.is_italic] == []


@pytest.mark.parametrize(
    ("changed", "mark"),
    (
        ({"issued": False}, "Dự thảo"),
        ({"issued": False, "state": "submitted"}, "Dự thảo"),
        ({"issued": False, "state": "submitted", "number": 7}, ""),
        ({}, ""),
        ({"state": "revoked"}, "ĐÃ THU HỒI"),
    ),
)
def test_mark_of_a_paper_that_is_not_in_force(changed, mark):
    assert papers.paper("TB", PARTY, **changed).draft_mark == mark


def test_minutes_are_signed_twice():
    minutes = printed("BB", STATE)
    secretary, chair = minutes.line("THƯ KÝ"), minutes.line("CHỦ TRÌ")
    names = minutes.line("Phạm Gia Ưởng"), minutes.line("Lê Thị Thu Hường")

    assert secretary.baseline == pytest.approx(chair.baseline, abs=0.1)
    assert secretary.x1 < (LEFT + RIGHT) / 2 < chair.x0
    assert names[0].baseline == pytest.approx(names[1].baseline, abs=0.1)
    assert names[0].centre == pytest.approx(secretary.centre, abs=1)
    assert [line for line in minutes.lines if line.text.startswith("Mỹ Thuận, ngày")] == []


@pytest.mark.parametrize(
    ("skin", "subject", "is_italic", "label"),
    (
        (PARTY, "về việc gửi ý kiến", True, "Kính gửi: - Các thôn trong xã,"),
        (STATE, "V/v gửi ý kiến", False, "Kính gửi: - Các thôn trong xã;"),
    ),
)
def test_letter_has_its_subject_under_the_number(skin, subject, is_italic, label):
    letter = printed("CV", skin, urgency="urgent")
    line, number = letter.line(subject), letter.line("Số")

    assert (line.size, line.is_italic) == (12, is_italic)
    assert line.centre == pytest.approx(number.centre, abs=1)
    assert letter.line(label).page == 1
    assert letter.line("KHẨN").is_bold
    assert "CÔNG VĂN" not in letter.text


def test_capacities_are_written_as_each_system_does():
    def above(skin, **changed):
        row = papers.document("TB", skin, issued=False, **changed)
        (signature,) = build_paper(row, []).signatures
        return [(line.text, line.is_bold) for line in signature.lines]

    assert above(PARTY, capacity="head", signer_post="Trưởng ban") == [("TRƯỞNG BAN", True)]
    assert above(PARTY, capacity="deputy", signer_post="Phó Trưởng ban") == [
        ("K/T TRƯỞNG BAN", True),
        ("PHÓ TRƯỞNG BAN", False),
    ]
    assert above(STATE, capacity="deputy", signer_post="Phó Chủ tịch") == [
        ("KT. CHỦ TỊCH", True),
        ("PHÓ CHỦ TỊCH", True),
    ]
    assert above(STATE, capacity="body_deputy", signer_post="Phó Chủ tịch") == [
        ("TM. ỦY BAN NHÂN DÂN", True),
        ("KT. CHỦ TỊCH", True),
        ("PHÓ CHỦ TỊCH", True),
    ]
    assert above(PARTY, capacity="by_order", signer_post="Chánh Văn phòng") == [
        ("T/L BAN THƯỜNG VỤ", True),
        ("CHÁNH VĂN PHÒNG", False),
    ]
    assert above(STATE, capacity="acting", signer_post="Chủ tịch") == [("Q. CHỦ TỊCH", True)]


@pytest.mark.parametrize(
    ("day", "words"),
    (
        (date(2026, 2, 8), "ngày 08 tháng 02 năm 2026"),
        (date(2023, 8, 11), "ngày 11 tháng 8 năm 2023"),
        (date(2026, 12, 1), "ngày 01 tháng 12 năm 2026"),
    ),
)
def test_days_below_ten_and_two_months_take_a_zero(day, words):
    assert written_date(day) == words


def test_clauses_of_a_table_print_in_columns():
    programme = printed("CTr", PARTY)
    head = [programme.line("TT"), programme.line("Nội dung")]

    assert all(line.is_bold for line in head)
    assert [programme.line(str(number)).page for number in range(1, 6)] == [1] * 5
    assert all(a.baseline < b.baseline for a, b in pairwise(programme.line(f"{n}") for n in "123"))
