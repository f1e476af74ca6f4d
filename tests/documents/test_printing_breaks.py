"""Where pages break: tables, signatures, sides; and the files for the archive."""

import io
from dataclasses import replace

import pikepdf
import pytest

from documents.printing.outline import Block, Column, Table
from documents.printing.pdf import render_pdf
from tests.documents import papers
from tests.documents.measure import read
from tests.documents.papers import PARTY, STATE

pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize("skin", (PARTY, STATE))
TOP = 20
SENTENCE = "Nội dung này dài vừa đủ để chiếm trọn hơn hai dòng của trang giấy, cho nên khi thêm bớt vài đoạn thì chỗ ngắt trang đổi chỗ. "


def lines_before_the_end(paper):
    """How many lines of text stand above Nơi nhận and signature on their page."""
    printed = read(render_pdf(paper))
    label, name = printed.line("Nơi nhận:"), printed.line("Lê Thị Thu Hường")
    assert label.page == name.page == len(printed.pages)
    return len(
        [line for line in printed.on_page(label.page) if TOP < line.baseline < label.baseline - 1]
    )


@pytest.mark.parametrize(
    ("skin", "count"),
    (*((PARTY, count) for count in range(7, 19)), *((STATE, count) for count in range(8, 14))),
)
def test_signature_never_stands_alone_wherever_the_page_ends(skin, count):
    paper = papers.paper("TTr", skin)
    blocks = [Block("text", SENTENCE, level=2)] * count + [Block("text", "Hết./.", level=2)]

    assert lines_before_the_end(replace(paper, blocks=tuple(blocks))) >= 2


@pytest.mark.parametrize("rows", range(19, 27, 2))
def test_signature_stays_with_the_last_row_of_a_table(rows):
    paper = papers.paper("CTr", PARTY)
    table = Table(
        (Column("TT", 11, "center"), Column("Nội dung")),
        tuple((str(at), "Việc cần làm") for at in range(1, rows)),
    )

    assert lines_before_the_end(replace(paper, blocks=(Block("table", table=table),))) >= 1


def test_long_table_repeats_its_header_and_keeps_rows_whole():
    paper = papers.paper("BC", STATE)
    table = Table(
        (Column("TT", 11, "center"), Column("Nội dung"), Column("Cơ quan", 38)),
        tuple((f"{at}.", SENTENCE * (1 + at % 3), "Văn phòng") for at in range(1, 26)),
        caption="Bảng tổng hợp",
    )

    printed = read(render_pdf(replace(paper, blocks=(Block("table", table=table),))))

    last = len(printed.pages)
    numbered = [line for line in printed.lines if line.text.split()[0].rstrip(".").isdigit()]
    rows = [line for line in numbered if line.x0 < 45 and line.text.split()[0].endswith(".")]
    heads = [line for line in printed.lines if line.text.startswith("TT")]
    assert [line.page for line in heads] == list(range(1, last + 1))
    assert last >= 3
    for head in heads:
        first = next(row for row in rows if row.page == head.page)
        assert head.baseline < first.baseline < head.baseline + 11
    assert [int(row.text.split()[0].rstrip(".")) for row in rows] == list(range(1, 26))


def test_row_longer_than_a_page_breaks_and_leaves_no_empty_page():
    paper = papers.paper("BC", STATE)
    table = Table((Column("TT", 11), Column("Trả lời")), (("1.", SENTENCE * 60), ("2.", "Hết")))
    blocks = (Block("text", "Mở đầu", level=2), Block("table", table=table))

    printed = read(render_pdf(replace(paper, blocks=blocks)))

    assert printed.line("1.").page == printed.line("Mở đầu").page == 1
    assert [line.page for line in printed.lines if line.text.startswith("TT")] == [1, 2, 3]
    assert "".join(printed.text.split()).count("chiếmtrọn") == 60


def test_very_many_recipients_follow_the_last_line():
    paper = papers.paper("BC", STATE)
    many = tuple(f"Đơn vị thứ {at};" for at in range(60))

    printed = read(render_pdf(replace(paper, recipients=many)))

    assert printed.line("Nơi nhận:").page == printed.line("Trên đây là báo cáo").page == 1
    assert printed.text.count("Đơn vị thứ") == 60


def test_words_longer_than_a_line_break_inside_the_margins():
    paper = papers.paper("BC", STATE)
    address = "https://example.vn/" + "a" * 200
    table = Table((Column("TT", 11), Column("Nguồn", 40), Column("Việc")), (("1", address, "Xem"),))
    blocks = (Block("text", address, level=2), Block("table", table=table))

    printed = read(render_pdf(replace(paper, blocks=blocks)))

    assert max(line.x1 for line in printed.lines) < 195.5


def test_two_sided_paper_has_its_wide_margin_at_the_fold():
    paper = papers.paper("KH", STATE)
    paper = replace(paper, blocks=paper.blocks[:60])

    printed = read(render_pdf(replace(paper, profile={**paper.profile, "duplex": True})))

    edges = [
        (
            min(line.x0 for line in printed.on_page(page) if line.baseline > TOP),
            max(line.x1 for line in printed.on_page(page) if line.baseline > TOP),
        )
        for page in range(1, 4)
    ]
    assert edges == [pytest.approx(side, abs=0.5) for side in ((30, 195), (15, 180), (30, 195))]


def test_second_paper_begins_on_a_front_side_when_both_are_printed():
    paper = papers.paper("TB", PARTY)
    duplex = replace(paper, profile={**paper.profile, "duplex": True})

    printed = read(render_pdf([duplex, duplex]))

    assert [len(printed.on_page(page)) > 0 for page in (1, 2, 3)] == [True, False, True]
    assert len(printed.pages) == 3


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")  # WeasyPrint's colour profile
@BOTH
def test_archival_file_is_pdf_a_with_its_fonts(skin):
    pdf = pikepdf.open(io.BytesIO(render_pdf(papers.paper("TB", skin), is_archival=True)))

    about = pdf.Root.Metadata.read_bytes().decode()
    assert 'pdfaid:part="2"' in about or "<pdfaid:part>2<" in about
    assert 'pdfaid:conformance="A"' in about or "<pdfaid:conformance>A<" in about
    assert "Thông báo kết luận của đồng chí" in about
    assert (str(pdf.Root.Lang), bool(pdf.Root.MarkInfo.Marked)) == ("vi", True)
    assert len(pdf.Root.OutputIntents) == 1
    fonts = [item for item in pdf.objects if _is(item, "/FontDescriptor")]
    assert fonts
    assert all("/FontFile3" in font or "/FontFile2" in font for font in fonts)
    assert not [item for item in pdf.objects if _is(item, "/Action") or _is(item, "/Filespec")]


def _is(item, kind):
    return isinstance(item, pikepdf.Dictionary) and item.get("/Type") == kind
