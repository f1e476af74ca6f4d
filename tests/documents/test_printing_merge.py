import re
from contextlib import closing
from dataclasses import replace

import pypdfium2
import pytest

from documents.models import Skin
from documents.printing import merge
from documents.printing.html import render_html, skin_css, skin_version
from documents.printing.merge import Guest, render_merged
from documents.printing.paper import Extra
from documents.printing.pdf import render_pdf
from documents.printing.qr import qr_svg
from documents.printing.slip import Slip, build_slip, render_slip_pdf
from tests.documents import papers
from tests.documents.measure import read
from tests.documents.papers import PARTY, STATE, issuer
from tests.documents.test_printing_outline import PROFILES

pytestmark = pytest.mark.django_db


def guests(count):
    return [
        Guest(
            {"khách mời": f"Bà Trần Thị <{number}>, thôn Đông"},
            f"https://doithoai.example.vn/m/{number}",
            "Quét mã để báo dự",
        )
        for number in range(count)
    ]


LONG = ", Phó Chủ tịch Ủy ban Mặt trận Tổ quốc Việt Nam xã, Trưởng ban Công tác Mặt trận thôn Đông"


def test_everybody_gets_a_copy_beginning_on_its_own_page(monkeypatch):
    monkeypatch.setattr(merge, "CHUNK", 2)
    paper = papers.paper("GM", PARTY)
    by_printer = [Guest({"khách mời": f"Ông Tô-{number}{LONG}"}) for number in range(3)]
    everybody = [*guests(3), *by_printer, *guests(4)]

    letters = read(render_merged(paper, everybody))

    invited = [" ".join(line.text for line in letters.on_page(page)) for page in range(1, 11)]
    assert len(letters.pages) == 10
    assert [re.findall(r"<\d>|Tô-\d", text) for text in invited] == [
        [words]
        for words in ["<0>", "<1>", "<2>", "Tô-0", "Tô-1", "Tô-2", "<0>", "<1>", "<2>", "<3>"]
    ]
    assert [line for line in letters.lines if line.baseline < 20] == []
    assert len([line for line in letters.lines if line.text == "Quét mã để báo dự"]) == 7


@pytest.mark.parametrize("skin", (PARTY, STATE))
def test_laid_on_words_stand_where_the_printer_puts_them(skin):
    paper = papers.paper("GM", skin)
    names = [f"Bà Nguyễn Thị Ngọc Huyền{LONG * times}" for times in (0, 1, 2) for _ in range(3)]
    people = [Guest({"khách mời": name}) for name in names]

    merged = read(render_merged(paper, people))

    for page in (1, 4, 7):
        single = read(render_pdf(replace(paper, fill={"khách mời": names[page - 1]})))
        ours, theirs = merged.on_page(page), single.lines
        assert [line.text for line in ours] == [line.text for line in theirs]
        assert sum(map(_place, ours), ()) == pytest.approx(sum(map(_place, theirs), ()), abs=0.1)


def test_every_name_is_found_on_its_own_page_and_the_paper_is_kept_once():
    paper = papers.paper("GM", PARTY)
    names = ["Bà Đặng Thị Ngọc Huyền", "Ông Nguyễn Hữu Lượng", "Ông Vũ Quỳnh Trưởng", "Bà Ỷ Lan"]
    people = [Guest({"khách mời": name}, f"https://x.vn/moi/{name[-3:]}", "Quét") for name in names]

    letters = render_merged(paper, people * 25)

    with closing(pypdfium2.PdfDocument(letters)) as file:
        texts = [page.get_textpage().get_text_range() for page in file]
    assert [[name for name in names if name in text] for text in texts] == [[n] for n in names] * 25
    assert len(letters) < 2 * len(render_merged(paper, people)) + 100 * 2_000


def test_long_letters_number_their_pages_each_from_one():
    paper = papers.paper("KH", STATE)
    pages = len(read(render_pdf(paper)).pages)

    letters = read(render_merged(paper, [Guest(), Guest()]))

    numbers = [
        "".join(line.text for line in letters.on_page(page) if line.baseline < 20)
        for page in range(1, 2 * pages + 1)
    ]
    assert numbers == ["", *map(str, range(2, pages + 1))] * 2


def test_a_guest_cannot_write_marks_or_html_into_a_letter():
    paper = papers.paper("GM", PARTY)
    guest = Guest({"khách mời": "\ue000mã\ue001 **đậm** <b>x</b> [mã]"})

    (page,) = merge._copies(paper, [guest])

    assert "<b>mã **đậm** &lt;b&gt;x&lt;/b&gt; [mã]</b>" in page.whole


def test_unknown_guest_leaves_a_dotted_line():
    paper = papers.paper("GM", PARTY)

    assert "kính mời: ………" in read(render_pdf(paper)).text
    assert "kính mời: ………" in read(render_merged(paper, [Guest()])).text


def test_words_for_a_placeholder_may_come_with_the_paper():
    paper = papers.paper("GM", PARTY, extra=Extra(fill={"khách mời": "Ông Lê A"}))

    assert "kính mời: Ông Lê A" in read(render_pdf(paper)).text
    assert "kính mời: Ông Lê A" in read(render_merged(paper, [Guest()])).text


def _place(line):
    return line.baseline, line.x0, line.x1, line.size


def test_screen_page_links_its_style_and_carries_none():
    paper = papers.paper("KH", PARTY)

    page = render_html(paper, for_print=False, css_url="/trinh-bay/x.css")

    assert '<link rel="stylesheet" href="/trinh-bay/x.css">' in page
    assert page.count("<article") == 1
    assert [word for word in ("<style", " style=", "<script", " onclick") if word in page] == []
    assert ">I- MỤC ĐÍCH, YÊU CẦU</h2>" in page


@pytest.mark.parametrize("name", ("party", "state"))
def test_screen_style_scales_and_print_style_does_not(name):
    screen, paper = skin_css(PROFILES[name], screen=True), skin_css(PROFILES[name], screen=False)

    assert "@page" not in screen
    assert "var(--mm)" not in paper
    assert "calc(210 * var(--mm))" in screen
    assert "margin:20mm 15mm 20mm 30mm" in paper


def test_style_address_changes_with_the_measures():
    changed = {**PROFILES["party"], "closing": {"mark": "."}}

    assert skin_version(PROFILES["party"]) == skin_version(dict(PROFILES["party"]))
    assert skin_version(PROFILES["party"]) != skin_version(changed)


def slip(skin):
    return Slip(
        organisation=issuer(skin),
        skin=Skin.objects.get(pk=skin),
        purpose="Hội nghị đối thoại quý I năm 2026",
        url="https://doithoai.example.vn/y-kien/quy-1",
        areas=("Đất đai", "Môi trường"),
        notice=("Danh tính không được công khai.", "Tố cáo xin gửi nơi tiếp công dân."),
        consent="Tôi đồng ý cho xã xử lý dữ liệu nêu trên.",
        plan_reference="Kèm theo Kế hoạch số 05-KH/ĐU",
        code="QI-2026",
        questions=[("Ông/Bà thấy hội nghị lần trước thế nào?", ())],
        matters=2,
    )


@pytest.mark.parametrize(
    ("skin", "heading"), ((PARTY, "ĐẢNG CỘNG SẢN VIỆT NAM"), (STATE, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA"))
)
def test_slip_carries_its_heading_fields_and_notice(skin, heading):
    text = read(render_slip_pdf(slip(skin))).text

    missing = [
        words
        for words in (
            heading,
            "PHIẾU LẤY Ý KIẾN, KIẾN NGHỊ",
            "Mã phiếu: QI-2026",
            "Họ và tên (không bắt buộc):",
            "Đất đai",
            "Việc thứ 2",
            "Tôi đồng ý cho xã xử lý dữ liệu nêu trên.",
            "Tố cáo xin gửi nơi tiếp công dân.",
            "Phần dành cho nơi tiếp nhận",
            "https://doithoai.example.vn/y-kien/quy-1",
        )
        if words not in text
    ]
    assert missing == []


def test_slip_offers_no_box_for_complaints_and_ticks_none():
    paper = build_slip(slip(PARTY))

    options = [option for block in paper.blocks for option in block.options]

    assert [option for option in options if "hiếu nại" in option or "ố cáo" in option] == []
    assert "checked" not in render_html(paper, for_print=True)


def test_code_is_a_vector_picture():
    assert qr_svg("https://doithoai.example.vn/m/1").startswith("<svg")
