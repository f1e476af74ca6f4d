import hashlib
import io
import unicodedata
from dataclasses import replace

import pikepdf
import pytest

from documents.printing.outline import Block
from documents.printing.pdf import UnprintableTextError, render_pdf
from tests.documents import papers
from tests.documents.measure import read
from tests.documents.papers import PARTY, STATE

pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize("skin", (PARTY, STATE))
TOP = 20


@BOTH
def test_same_paper_gives_the_same_bytes(skin):
    paper = papers.paper("TB", skin)

    sums = {hashlib.sha256(render_pdf(paper)).hexdigest() for _time in range(3)}

    assert len(sums) == 1


def test_pdf_says_title_language_and_structure():
    pdf = pikepdf.open(io.BytesIO(render_pdf(papers.paper("TB", PARTY))))

    assert str(pdf.Root.Lang) == "vi"
    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.docinfo["/Title"]).startswith("Thông báo kết luận của đồng chí")
    assert pdf.Root.StructTreeRoot.K is not None
    assert b"pdfuaid" in pdf.Root.Metadata.read_bytes()


def test_characters_without_a_picture_are_named():
    paper = papers.paper("TB", PARTY)
    paper = replace(paper, blocks=(Block("text", "Chúc mừng 🎉 và 漢"),))

    with pytest.raises(UnprintableTextError) as refusal:
        render_pdf(paper)

    assert str(refusal.value) == (
        "Văn bản có ký tự không in được: “漢” (U+6F22), “🎉” (U+1F389). Hãy xóa hoặc thay bằng chữ."
    )


def test_invisible_characters_and_decomposed_letters_are_set_right():
    paper = papers.paper("TB", PARTY)
    words = unicodedata.normalize("NFD", "Đường\u200b liên\ufeff thôn\ufe0f")

    text = read(render_pdf(replace(paper, blocks=(Block("text", words),)))).text

    assert "Đường liên thôn" in text


def test_several_papers_in_one_file_are_numbered_each_by_itself():
    paper = papers.paper("KH", PARTY)
    pages = len(read(render_pdf(paper)).pages)

    both = read(render_pdf([paper, paper]))

    numbers = [
        "".join(line.text for line in both.on_page(page) if line.baseline < TOP)
        for page in range(1, len(both.pages) + 1)
    ]
    assert numbers == ["", *map(str, range(2, pages + 1))] * 2
