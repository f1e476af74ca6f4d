"""Every row of the two tables of components (domain.md §1.2.2, §1.3.2), measured in the PDF.

Not printed, so not measured: secrecy marks (by the law on state secrets), the limits of circulation,
the typist's line, images of signature and seal: the file is signed outside.
"""

from dataclasses import replace

import pytest

from documents.printing.outline import Appendix, Block, Column, Table
from documents.printing.pdf import render_pdf
from tests.documents import papers
from tests.documents.measure import read
from tests.documents.papers import OLD_PARTY, PARTY, STATE

pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize("skin", (PARTY, STATE))
LEFT, RIGHT, MM_PER_PT = 30, 195, 25.4 / 72
RED = (0.89, 0, 0.1)
ADDRESS = "UBND xã Mỹ Thuận · điện thoại 0200 000 0000"
_done = {}


def plan(skin):
    """A long plan with appendices."""
    if ("plan", skin) not in _done:
        table = Table((Column("TT", 11), Column("Việc")), (("1", "Đường liên thôn"),))
        extra = papers.Extra(
            appendices=(
                Appendix("Danh mục việc", (Block("table", table=table),)),
                Appendix("Biểu tổng hợp", (Block("text", "Một dòng. " * 700),)),
                Appendix("Bảng rộng", (Block("table", table=table),), is_landscape=True),
            )
        )
        _done["plan", skin] = read(render_pdf(papers.paper("KH", skin, extra=extra)))
    return _done["plan", skin]


def letter(skin):
    """An urgent draft of a letter with the office's address."""
    if ("letter", skin) not in _done:
        paper = papers.paper("CV", skin, urgency="urgent", issued=False)
        _done["letter", skin] = read(render_pdf(replace(paper, contact=ADDRESS)))
    return _done["letter", skin]


PLAIN, BOLD, ITALIC, BOTH_STYLES = (False, False), (True, False), (False, True), (True, True)
ROWS = {
    # (number of the component, its words, size in pt, (bold, italic))
    (PARTY, plan): (
        ("1", "ĐẢNG CỘNG SẢN VIỆT NAM", 15, BOLD),
        ("2a", "ĐẢNG BỘ TỈNH NGHĨA AN", 14, PLAIN),
        ("2b", "ĐẢNG ỦY XÃ MỸ THUẬN", 14, BOLD),
        ("2c", "*", 14, PLAIN),
        ("3", "Số 05-KH/ĐU", 14, PLAIN),
        ("4", "Mỹ Thuận, ngày 08 tháng 02 năm 2026", 14, ITALIC),
        ("5a", "KẾ HOẠCH", 16, BOLD),
        ("5b", "tổ chức đối thoại", 14, BOLD),
        ("5b", "-----", 14, PLAIN),
        ("6", "Để việc lắng nghe", 14, PLAIN),
        ("6", "- Căn cứ Quy định", 14, PLAIN),
        ("6a", "I- MỤC ĐÍCH, YÊU CẦU", 14, BOLD),
        ("6a", "1. Mục đích", 14, BOLD),
        ("7a", "T/M BAN THƯỜNG VỤ", 14, BOLD),
        ("7b", "BÍ THƯ", 14, PLAIN),
        ("7c", "Lê Thị Thu Hường", 14, BOLD),
        ("9b", "Nơi nhận:", 14, PLAIN),
        ("9c", "- Thường trực Tỉnh ủy", 12, PLAIN),
        ("PL", "Phụ lục I", 14, BOLD),
        ("PL", "DANH MỤC VIỆC", 14, BOLD),
        ("PL", "(kèm theo Kế hoạch số 05-KH/ĐU ngày 08 tháng 02 năm 2026 của Đảng ủy", 14, ITALIC),
    ),
    (STATE, plan): (
        ("1", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, BOLD),
        ("1", "Độc lập - Tự do - Hạnh phúc", 13, BOLD),
        ("2", "ỦY BAN NHÂN DÂN", 12, BOLD),
        ("3", "Số: 05/KH-UBND", 13, PLAIN),
        ("4", "Mỹ Thuận, ngày 08 tháng 02 năm 2026", 13, ITALIC),
        ("5a", "KẾ HOẠCH", 14, BOLD),
        ("5a", "tổ chức đối thoại", 14, BOLD),
        ("6", "Căn cứ Quy định", 14, ITALIC),
        ("6", "Để việc lắng nghe", 14, PLAIN),
        ("6", "I. MỤC ĐÍCH, YÊU CẦU", 14, BOLD),
        ("6", "1. Mục đích", 14, BOLD),
        ("7a", "TM. ỦY BAN NHÂN DÂN", 14, BOLD),
        ("7a", "CHỦ TỊCH", 14, BOLD),
        ("7b", "Lê Thị Thu Hường", 14, BOLD),
        ("9b", "Nơi nhận:", 12, BOTH_STYLES),
        ("9b", "- Thường trực Tỉnh ủy", 11, PLAIN),
        ("PL", "Phụ lục I", 14, BOLD),
        ("PL", "DANH MỤC VIỆC", 14, BOLD),
        ("PL", "(Kèm theo Kế hoạch số 05/KH-UBND ngày 08 tháng 02 năm 2026 của Ủy", 14, ITALIC),
    ),
    (PARTY, letter): (
        ("5c", "về việc gửi ý kiến", 12, ITALIC),
        ("10b", "KHẨN", 14, BOLD),
        ("11b", "Dự thảo", 14, BOLD),
    ),
    (STATE, letter): (
        ("5b", "V/v gửi ý kiến", 12, PLAIN),
        ("9a", "Kính gửi:", 14, PLAIN),
        ("10b", "KHẨN", 14, BOLD),
        ("11", "DỰ THẢO", 13, BOLD),
        ("13", ADDRESS, 11, PLAIN),
    ),
}


@pytest.mark.parametrize(
    ("skin", "paper", "row"),
    [(skin, paper, row) for (skin, paper), rows in ROWS.items() for row in rows],
    ids=lambda value: f"{value[0]}-{value[1][:12]}" if isinstance(value, tuple) else None,
)
def test_component_has_its_size_and_style(skin, paper, row):
    _number, words, size, style = row

    line = paper(skin).line(words)

    assert line.size == pytest.approx(size, abs=0.1)
    assert (line.is_bold, line.is_italic) == style
    assert line.color == (RED if words == "KHẨN" else (0, 0, 0))


@BOTH
def test_columns_of_the_head_are_centred(skin):
    left, right = {PARTY: (75, 90), STATE: (73, 92)}[skin]
    on_left = {PARTY: ["ĐẢNG BỘ", "ĐẢNG ỦY", "*", "Số"], STATE: ["ỦY BAN NHÂN", "Số:"]}[skin]
    on_right = {PARTY: ["ĐẢNG CỘNG"], STATE: ["CỘNG HÒA", "Độc lập"]}[skin] + ["Mỹ Thuận, ngày"]

    centres = [plan(skin).line(words).centre for words in (*on_left, *on_right)]

    expected = [LEFT + left / 2] * len(on_left) + [LEFT + left + right / 2] * len(on_right)
    assert centres == pytest.approx(expected, abs=0.5)


@BOTH
def test_number_and_day_stand_as_the_rulebook_says(skin):
    number, day = plan(skin).line("Số"), plan(skin).line("Mỹ Thuận, ngày")
    star = plan(skin).line("*") if skin == PARTY else number

    assert day.baseline == pytest.approx(star.baseline, abs=0.5)


@BOTH
def test_paragraphs_stand_six_points_further_apart_than_lines(skin):
    first = plan(skin).line("- Tạo dịp để người dân")
    page = plan(skin).on_page(first.page)
    at = page.index(first)
    after = next(line for line in page[at + 1 :] if line.x0 > LEFT + 5)
    before = page[page.index(after) - 1]
    pitch = {PARTY: 18, STATE: 14 * 1.15 * 1.1}[skin] * MM_PER_PT

    assert page[at + 1].baseline - first.baseline == pytest.approx(pitch, abs=0.05)
    assert after.baseline - before.baseline == pytest.approx(pitch + 6 * MM_PER_PT, abs=0.05)


@BOTH
def test_first_lines_are_indented(skin):
    indent = {PARTY: 10, STATE: 12.7}[skin]
    starts = ("Để việc lắng nghe", "1. Mục đích", "- Tạo dịp", {PARTY: "I- M", STATE: "I. M"}[skin])

    indents = [plan(skin).line(start).x0 - LEFT for start in starts]

    assert indents == pytest.approx([indent] * len(starts), abs=0.5)


@BOTH
def test_page_number_hangs_ten_millimetres_below_the_edge(skin):
    page = plan(skin).pages[1]

    (digit,) = [char for char in page.chars if char["text"] == "2" and char["top"] < 50]

    ascent = 0.891 * 14  # of Times New Roman: Word's “header 10 mm from the edge” puts it so
    baseline = (float(page.height) - digit["matrix"][5]) * MM_PER_PT
    assert baseline == pytest.approx(10 + ascent * MM_PER_PT, abs=0.5)
    assert digit["size"] == pytest.approx(14, abs=0.1)
    assert "Bold" not in digit["fontname"]


def test_party_label_of_recipients_is_underlined():
    label = plan(PARTY).line("Nơi nhận:")

    (stroke,) = plan(PARTY).pages[label.page - 1].lines

    assert (stroke["x0"] * MM_PER_PT, stroke["x1"] * MM_PER_PT) == pytest.approx(
        (label.x0, label.x1), abs=0.5
    )
    assert 0 < stroke["top"] * MM_PER_PT - label.baseline < 1


@BOTH
def test_post_is_bold_alone_and_as_the_system_says_under_an_authority(skin):
    paper = papers.paper("TB", skin, capacity="head", signer_post="Trưởng ban")

    post = read(render_pdf(paper)).line("TRƯỞNG BAN")

    assert (post.size, post.is_bold) == (14, True)
    under = plan(skin).line("BÍ THƯ" if skin == PARTY else "CHỦ TỊCH")
    assert (under.is_bold, under.text.isupper()) == (skin == STATE, True)


@pytest.mark.parametrize(
    ("urgency", "words", "size"),
    (("express", "HỎA TỐC", (30, 8)), ("very_urgent", "THƯỢNG KHẨN", (40, 8)), ("urgent", "KHẨN", (20, 8))),
)  # fmt: skip
def test_state_marks_of_urgency_are_boxed(urgency, words, size):
    printed = letter(STATE)
    if urgency != "urgent":
        printed = read(render_pdf(papers.paper("CV", STATE, urgency=urgency)))
    mark, number = printed.line(words), printed.line("Số:")

    x0, top, width, height = printed.boxes()[0]

    assert (width, height) == pytest.approx(size, abs=0.5)
    assert x0 + width / 2 == pytest.approx(mark.centre, abs=0.5)
    assert top < mark.baseline < top + height
    assert mark.baseline > number.baseline


def test_party_marks_have_no_box_and_stand_under_the_number():
    printed = letter(PARTY)
    number, subject, urgent, draft = map(printed.line, ("Số", "về việc", "KHẨN", "Dự thảo"))

    assert printed.boxes()[1:] == []  # the first is the frame of the address
    assert number.baseline < subject.baseline < urgent.baseline < draft.baseline
    centres = [line.centre for line in (subject, urgent, draft)]
    assert centres == pytest.approx([LEFT + 37.5] * 3, abs=0.5)


@BOTH
def test_letter_subject_stands_six_points_below_the_number(skin):
    number, subject = letter(skin).line("Số"), letter(skin).line({PARTY: "về", STATE: "V/v"}[skin])
    size = {PARTY: 14, STATE: 13}[skin]

    below = (0.216 * size + 6 + 0.891 * 12 + 0.0215 * (size + 12)) * MM_PER_PT

    assert subject.baseline - number.baseline == pytest.approx(below, abs=0.5)


def test_party_label_of_addressees_is_italic_and_they_are_not():
    line = letter(PARTY).line("Kính gửi:")

    assert {"Italic" in font for font in line.fonts} == {True, False}
    assert line.size == 14


@BOTH
def test_address_stands_at_the_foot_of_page_one_under_a_full_rule(skin):
    printed = letter(skin)
    address = printed.line(ADDRESS)

    x0, top, width, height = printed.boxes()[-1]

    assert (x0, width) == pytest.approx((LEFT, 165), abs=0.5)
    assert top < address.baseline < top + height < 297
    assert address.baseline > 277
    assert papers.paper("CV", skin).contact == ""


@BOTH
def test_address_is_printed_if_the_skin_and_the_office_say_so(skin):
    paper = papers.document("CV", skin)
    paper.organisation.contact = ADDRESS

    assert papers.build_paper(paper, []).contact == {PARTY: "", STATE: ADDRESS}[skin]


@BOTH
def test_appendices_are_numbered_each_by_itself(skin):
    printed = plan(skin)
    first = printed.line("Phụ lục I").page

    numbers = [
        "".join(line.text for line in printed.on_page(page) if line.baseline < 20)
        for page in range(first, len(printed.pages) + 1)
    ]

    assert numbers == ["", "", "2", "3", ""]
    wide = printed.pages[-1]
    assert (wide.width * MM_PER_PT, wide.height * MM_PER_PT) == pytest.approx((297, 210), abs=0.5)
    for words in ("Phụ lục I", "DANH MỤC VIỆC"):
        assert printed.line(words).centre == pytest.approx((LEFT + RIGHT) / 2, abs=0.5)


def test_both_party_rulebooks_have_the_same_measures():
    new, old = (papers.Skin.objects.get(code=code).profile for code in (PARTY, OLD_PARTY))

    differing = {part for part in new if new[part] != old.get(part)}

    assert differing <= {"grades", "body"}
    assert {key for key in new["body"] if new["body"][key] != old["body"].get(key)} <= {"line"}


@BOTH
def test_a_long_place_and_date_keeps_to_the_margin(skin):
    paper = papers.paper("KH", skin)
    place_date = "Thượng Đồng Xuân Hải, ngày 21 tháng 11 năm 2026"

    printed = read(render_pdf(replace(paper, place_date=place_date)))

    assert printed.line("Thượng Đồng Xuân Hải").x1 <= RIGHT + 0.5
