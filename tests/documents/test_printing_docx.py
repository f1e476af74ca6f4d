import hashlib
import html
import io
import re
import zipfile
from dataclasses import replace

import pytest
from docx.oxml.ns import qn

from documents.printing.docx import render_docx
from documents.printing.html import render_article
from documents.printing.metrics import width_mm
from documents.printing.outline import Appendix, Block, Column, Table
from documents.printing.paper import Paper, Qr
from documents.printing.words import BOX
from tests.documents import papers
from tests.documents.measure_docx import TWIPS_PER_MM, Word
from tests.documents.papers import PARTY, STATE

pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize("skin", (PARTY, STATE))
_done = {}


def written(type_code, skin, **changed):
    """The sample as Word reads it, written once for all tests that only look at it."""
    key = (type_code, skin, *changed.items())
    if key not in _done:
        _done[key] = Word(render_docx(papers.paper(type_code, skin, **changed)))
    return _done[key]


def letters(text):
    """Words without the spaces between them, to compare what two renderers wrote."""
    return "".join(text.replace(BOX, "").split())


def words_of_html(paper: Paper) -> str:
    return html.unescape(re.sub(r"<[^>]*>", " ", render_article(paper)))


@BOTH
@pytest.mark.parametrize("type_code", ("KH", "TB", "BB", "GM", "CV", "CTr"))
def test_word_holds_the_words_of_the_screen_in_their_order(type_code, skin):
    paper = papers.paper(type_code, skin, urgency="urgent", issued=False)

    file = Word(render_docx(paper))

    assert letters(file.text) == letters(words_of_html(paper))


@BOTH
def test_numbers_are_counted_by_word(skin):
    paper = papers.paper("KH", skin)
    plan = Word(render_docx(paper))

    marked = [(para.marker, para.text.split()[1]) for para in plan.paras if para.marker]

    blocks = [block for block in paper.blocks if block.marker]
    expected = [(block.marker, block.text.replace("*", "").split()[0]) for block in blocks]
    assert marked == expected
    typed = [para.text for para in plan.paras if not para.marker]
    assert [text for text in typed if re.match(r"([IVX]+[-.]|\d+\.|[-+]) ", text)] == [
        f"- {line}" for line in paper.recipients
    ]


def test_numbers_word_would_not_reach_begin_a_list_of_their_own():
    paper = papers.paper("TB", PARTY)
    marks = ["1.", "2.", "I-", "3.", "3.1.", "3.2.", "II-", "1.", "1.1.", "a)", "b)", "5.", "1.1.1."]  # fmt: skip
    blocks = tuple(
        Block("section" if mark[0] == "I" else "item", f"Đoạn {at}", mark)
        for at, mark in enumerate(marks)
    )

    file = Word(render_docx(replace(paper, blocks=blocks)))

    shown = [para.text for para in file.paras if "Đoạn" in para.text]
    assert shown == [f"{mark} Đoạn {at}" for at, mark in enumerate(marks)]


@BOTH
def test_headings_carry_words_own_styles(skin):
    plan = written("KH", skin)
    marks = {PARTY: "I- MỤC ĐÍCH", STATE: "I. MỤC ĐÍCH"}

    assert plan.para("KẾ HOẠCH").style == "Title"
    assert plan.para("tổ chức đối thoại").style == "Subtitle"
    assert (plan.para(marks[skin]).style, plan.para("1. Mục đích").style) == (
        "heading 1",
        "heading 2",
    )
    levels = [plan.styles[f"Heading{n}"].find(f".//{qn('w:outlineLvl')}") for n in (1, 2, 3)]
    assert [level.get(qn("w:val")) for level in levels] == ["0", "1", "2"]
    assert all(plan.para(start).keeps_next for start in (marks[skin], "1. Mục đích"))


@BOTH
def test_page_is_the_skins(skin):
    plan = written("KH", skin)

    (section,) = plan.document.sections

    assert (section.page_width.mm, section.page_height.mm) == pytest.approx((210, 297), abs=0.1)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [margin.mm for margin in margins] == pytest.approx([20, 20, 30, 15], abs=0.1)
    assert section.header_distance.mm == pytest.approx(10, abs=0.1)
    assert section.different_first_page_header_footer
    (number,) = section.header.paragraphs
    assert [code.text for code in number._p.iter(qn("w:instrText"))] == [" PAGE "]
    assert section.first_page_header.paragraphs[0].text == ""
    style = plan.document.styles["header"]
    assert (style.font.size.pt, style.paragraph_format.alignment) == (14, 1)


@BOTH
def test_body_paragraphs_have_the_measures_of_the_skin(skin):
    plan = written("KH", skin)

    para = plan.para("- Tạo dịp để người dân")

    assert (para.size, para.after, para.align) == (14, 6, "both")
    assert para.first_mm == pytest.approx({PARTY: 10, STATE: 12.7}[skin], abs=0.1)
    assert para.line == {PARTY: ("exact", 18), STATE: ("multiple", 1.1)}[skin]
    basis = plan.para("- Căn cứ" if skin == PARTY else "Căn cứ")
    assert basis.is_italic == (skin == STATE)


HEADS = {
    PARTY: (
        ("ĐẢNG BỘ TỈNH", 14, False, False),
        ("ĐẢNG ỦY XÃ", 14, True, False),
        ("*", 14, False, False),
        ("Số 05-KH/ĐU", 14, False, False),
        ("ĐẢNG CỘNG SẢN VIỆT NAM", 15, True, False),
        ("Mỹ Thuận, ngày 08 tháng 02 năm 2026", 14, False, True),
        ("KẾ HOẠCH", 16, True, False),
        ("tổ chức đối thoại", 14, True, False),
        ("-----", 14, False, False),
        ("T/M BAN THƯỜNG VỤ", 14, True, False),
        ("BÍ THƯ", 14, False, False),
        ("Lê Thị Thu Hường", 14, True, False),
        ("Nơi nhận:", 14, False, False),
        ("- Thường trực Tỉnh ủy", 12, False, False),
    ),
    STATE: (
        ("ỦY BAN NHÂN DÂN", 12, True, False),
        ("CỘNG HÒA XÃ HỘI", 12, True, False),
        ("Độc lập - Tự do", 13, True, False),
        ("Số: 05/KH-UBND", 13, False, False),
        ("Mỹ Thuận, ngày 08 tháng 02 năm 2026", 13, False, True),
        ("KẾ HOẠCH", 14, True, False),
        ("tổ chức đối thoại", 14, True, False),
        ("TM. ỦY BAN NHÂN DÂN", 14, True, False),
        ("CHỦ TỊCH", 14, True, False),
        ("Lê Thị Thu Hường", 14, True, False),
        ("Nơi nhận:", 12, True, True),
        ("- Thường trực Tỉnh ủy", 11, False, False),
    ),
}


@pytest.mark.parametrize(
    ("skin", "start", "size", "is_bold", "is_italic"),
    [(skin, *row) for skin, rows in HEADS.items() for row in rows],
)
def test_each_part_has_its_size_and_weight(skin, start, size, is_bold, is_italic):
    para = written("KH", skin).para(start)

    assert (para.size, para.is_bold, para.is_italic) == (size, is_bold, is_italic)
    assert para.is_underlined == (skin == PARTY and start == "Nơi nhận:")


@BOTH
def test_head_and_end_are_tables_without_lines(skin):
    first, *_others, last = written("KH", skin).document.tables

    columns = {PARTY: [75, 90], STATE: [73, 92]}[skin]
    for side_by_side in (first, last):
        widths = [int(col.get(qn("w:w"))) for col in side_by_side._tbl.iter(qn("w:gridCol"))]
        assert [width / TWIPS_PER_MM for width in widths] == pytest.approx(columns, abs=0.1)
        borders = side_by_side._tbl.tblPr.find(qn("w:tblBorders"))
        assert {border.get(qn("w:val")) for border in borders} == {"nil"}
    (row,) = last._tbl.findall(qn("w:tr"))
    assert row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None


@BOTH
def test_rules_are_drawn_as_long_as_the_rulebook_says(skin):
    plan = written("KH", skin)
    rooms = {PARTY: [90], STATE: [73, 92, 165]}[skin]
    words = {
        PARTY: [("ĐẢNG CỘNG SẢN VIỆT NAM", 15)],
        STATE: [
            ("ỦY BAN NHÂN DÂN", 12),
            ("Độc lập - Tự do - Hạnh phúc", 13),
            ("chính quyền với nhân dân trên địa bàn xã năm 2026", 14),
        ],
    }[skin]

    rules = [para for para in plan.paras if para.border]

    lengths = [room - rule.left_mm - rule.right_mm for rule, room in zip(rules, rooms, strict=True)]
    widths = [width_mm(text, pt, is_bold=True) for text, pt in words]
    shares = [length / width for length, width in zip(lengths, widths, strict=True)]
    expected = {PARTY: [1], STATE: [0.4, 1, 0.4]}[skin]
    assert shares == pytest.approx(expected, abs=0.01)
    assert {rule.border for rule in rules} == {0.75}
    assert not re.search("_{3,}", plan.text)


@BOTH
def test_last_words_stay_with_the_signature(skin):
    plan = written("KH", skin)
    at = next(n for n, para in enumerate(plan.paras) if para.text == "Nơi nhận:")

    assert [para.keeps_next for para in plan.paras[at - 2 : at]] == [True, True]
    assert plan.paras[at - 2].text.endswith("./.")


def test_urgent_state_letter_is_marked_in_a_red_box():
    letter = written("CV", STATE, urgency="urgent", issued=False)
    urgent, draft = letter.para("KHẨN"), letter.para("DỰ THẢO")

    boxes = [
        table
        for table in letter.document.element.body.iter(qn("w:tbl"))
        if table.find(f".//{qn('w:tbl')}") is None and "KHẨN" in "".join(table.itertext())
    ]

    assert (urgent.is_bold, urgent.size, urgent.color) == (True, 14, "E2001A")
    assert (draft.is_bold, draft.color) == (True, "")
    (box,) = boxes
    width = int(box.find(f".//{qn('w:gridCol')}").get(qn("w:w"))) / TWIPS_PER_MM
    height = int(box.find(f".//{qn('w:trHeight')}").get(qn("w:val"))) / TWIPS_PER_MM
    assert (width, height) == pytest.approx((20, 8), abs=0.1)


def test_programme_repeats_its_header_row_and_keeps_rows_whole():
    programme = written("CTr", PARTY)

    rows = programme.document.tables[1]._tbl.findall(qn("w:tr"))

    assert [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows] == [
        True, *[False] * 5,
    ]  # fmt: skip
    assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)


def test_minutes_have_two_hands_side_by_side():
    minutes = written("BB", STATE)

    (hands,) = [table for table in minutes.document.tables if "THƯ KÝ" in table.cell(0, 0).text]

    texts = [cell.text.split("\n") for cell in hands.rows[0].cells]
    assert texts == [["THƯ KÝ", "Phạm Gia Ưởng"], ["CHỦ TRÌ", "Lê Thị Thu Hường"]]


def test_file_says_title_language_and_day():
    about = written("TB", PARTY).document.core_properties

    assert about.title.startswith("Thông báo kết luận của đồng chí")
    assert (about.language, about.subject) == ("vi-VN", "Số 05-TB/ĐU")
    assert about.author == "ĐẢNG ỦY XÃ MỸ THUẬN"
    assert f"{about.created:%d/%m/%Y}" == "08/02/2026"
    assert about.comments == ""


def test_marked_words_are_runs_of_their_own():
    plan = written("KH", PARTY)
    (para,) = [p for p in plan.document.paragraphs if "trả kết quả một cửa" in p.text]

    assert [(run.text, run.italic) for run in para.runs] == [
        ("Thủ tục đất đai sau khi sắp xếp đơn vị hành chính và ", None),
        ("việc trả kết quả một cửa", True),
        (".", None),
    ]


def test_hostile_words_stay_words():
    words = "<w:p/>&amp;]]> \x0b\ufffe{{ paper }} \U0001f389 e\u0302\u0301"

    paper = replace(papers.paper("TB", PARTY), blocks=(Block("text", words),), abstract="a < b & c")

    file = Word(render_docx(paper))
    assert "<w:p/>&amp;]]> {{ paper }} \U0001f389 ế" in file.text
    assert "a < b & c" in file.text


def test_same_paper_gives_the_same_bytes():
    paper = papers.paper("KH", STATE)

    sums = {hashlib.sha256(render_docx(paper)).hexdigest() for _time in range(2)}

    assert len(sums) == 1


@BOTH
def test_two_sided_paper_mirrors_its_margins(skin):
    paper = papers.paper("TB", skin)
    duplex = replace(paper, profile={**paper.profile, "duplex": True})

    settings = [Word(render_docx(one)).document.settings.element for one in (paper, duplex)]

    mirrored = [one.find(qn("w:mirrorMargins")) is not None for one in settings]
    assert mirrored == [False, True]


def test_appendix_begins_a_section_of_its_own():
    paper = papers.paper("KH", STATE)
    table = Table((Column("TT", 11), Column("Việc")), (("1", "Đường liên thôn"),))
    appendix = Appendix("DANH MỤC", (Block("table", table=table),), True, "Phụ lục", "(Kèm theo …)")

    file = Word(render_docx(replace(paper, appendices=(appendix,), contact="Điện thoại 0200")))

    first, second = file.document.sections
    footers = [section.first_page_footer.paragraphs[0] for section in (first, second)]
    assert [footer.text for footer in footers] == ["Điện thoại 0200", ""]
    assert [footer._p.find(f".//{qn('w:pBdr')}") is not None for footer in footers] == [True, False]
    assert (second.page_width.mm, second.page_height.mm) == pytest.approx((297, 210), abs=0.1)
    assert second._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
    assert second.header.is_linked_to_previous
    label, origin = file.para("Phụ lục"), file.para("(Kèm theo")
    assert (label.size, label.is_bold, origin.is_italic) == (14, True, True)


def test_slip_fields_boxes_and_code_are_written():
    paper = replace(
        papers.paper("TB", PARTY),
        blocks=(
            Block("field", "Họ và tên:", lines=2),
            Block("choices", "Ông/Bà là:", options=("Nhân dân", "Khác")),
            Block("notice", "Dòng một\nDòng hai"),
            Block("text", "Kính mời [khách mời]"),
        ),
        qr=Qr("https://example.vn/g/1", "Quét mã để gửi ý kiến"),
    )

    content = render_docx(paper)

    file = Word(content)
    assert letters(file.text) == letters(words_of_html(paper))
    assert file.text.count(BOX) == 2
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert [name for name in names if name.endswith(".png")] == ["word/media/image1.png"]
