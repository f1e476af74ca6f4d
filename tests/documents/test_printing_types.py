"""Every type in every skin: screen, PDF and Word say the same words inside the margins."""

import html
import re

import pytest

from documents.printing.docx import render_docx
from documents.printing.html import render_article
from documents.printing.pdf import render_pdf
from documents.printing.words import BOX
from tests.documents import papers
from tests.documents.measure import read
from tests.documents.measure_docx import Word
from tests.documents.papers import OLD_PARTY, PARTY, STATE, UNION

pytestmark = pytest.mark.django_db

SAME_AS_QC = {"QyD", "CT", "KL", "HD", "DA"}  # their samples differ in the title only
TYPES = [code for code in papers.TYPES if code not in SAME_AS_QC | {"KH"}]
LEFT, RIGHT, BOTTOM = 30, 195, 277


def letters(text):
    return "".join(text.replace(BOX, "").split())


def words_of_html(paper):
    return html.unescape(re.sub(r"<[^>]*>", " ", render_article(paper)))


@pytest.mark.parametrize("skin", (PARTY, STATE, UNION))
@pytest.mark.parametrize("type_code", TYPES)
def test_type_prints_the_same_words_everywhere(type_code, skin):
    paper = papers.paper(type_code, skin)

    printed = read(render_pdf(paper))
    word = Word(render_docx(paper))

    said = letters(words_of_html(paper))
    assert sorted(letters(printed.text)) == sorted(said)
    assert letters(word.text) == said
    assert len(printed.pages) == 1
    assert min(line.x0 for line in printed.lines) >= LEFT - 0.2
    assert max(line.x1 for line in printed.lines) <= RIGHT + 0.5
    assert max(line.baseline for line in printed.lines) < BOTTOM
    assert papers.DocumentType.objects.get(code=type_code).name.upper() in (
        printed.text if type_code != "CV" else "CÔNG VĂN"
    )


@pytest.mark.parametrize("type_code", ("KH", "CV", "DA"))
@pytest.mark.parametrize("skin", papers.SKINS)
def test_type_is_shown_and_written_in_word_alike(type_code, skin):
    paper = papers.paper(type_code, skin, urgency="urgent", issued=False)

    word = Word(render_docx(paper))

    assert letters(word.text) == letters(words_of_html(paper))


@pytest.mark.parametrize(
    ("skin", "lines"),
    (
        (PARTY, ["BAN THƯỜNG VỤ QUYẾT ĐỊNH", "Điều 1.", "Điều 2.", "Điều 3."]),
        (OLD_PARTY, ["BAN THƯỜNG VỤ QUYẾT ĐỊNH", "Điều 1.", "Điều 2.", "Điều 3."]),
        (STATE, ["ỦY BAN NHÂN DÂN XÃ MỸ THUẬN", "QUYẾT ĐỊNH:", "Điều 1.", "Điều 2.", "Điều 3."]),
        (
            UNION,
            [
                "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM XÃ MỸ THUẬN",
                "QUYẾT ĐỊNH:",
                "Điều 1.",
                "Điều 2.",
                "Điều 3.",
            ],
        ),
    ),
)
def test_decisions_are_written_in_articles(skin, lines):
    blocks = papers.paper("QD", skin).blocks

    written = [
        block.marker if block.role == "article" else block.text.strip("*")
        for block in blocks
        if block.role in {"article", "enacting"}
    ]

    assert written == lines


def test_decision_of_a_person_names_the_post():
    blocks = papers.paper(
        "QD", STATE, capacity="deputy", signer_post="Phó Chủ tịch", organisation_name="UBND xã A"
    ).blocks

    assert blocks[0].text == "**CHỦ TỊCH UBND XÃ A**"


def test_party_resolution_keeps_roman_sections():
    assert [block.marker for block in papers.paper("NQ", PARTY).blocks if block.level == 1] == [
        "I-",
        "II-",
    ]


def test_articles_are_numbered_by_word():
    word = Word(render_docx(papers.paper("QD", STATE)))

    articles = [para for para in word.paras if para.text.startswith("Điều")]

    assert [para.marker for para in articles] == ["Điều 1.", "Điều 2.", "Điều 3."]
    assert [para.style for para in articles] == ["Body Text"] * 3
