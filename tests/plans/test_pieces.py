"""What the review offers of a paper read: kinds, facts and how sure the reader is."""

from documents.reading import read_text
from documents.reading.pieces import Piece, pieces_of
from documents.reading.results import ClauseReading, DocumentReading, SessionReading
from tests.plans.adopted import PLAN


def test_a_piece_says_how_sure_it_is():
    certainties = [
        Piece(number=0, parent=None, depth=1, kind="text", text="", confidence=sure).certainty
        for sure in (1.0, 0.7, 0.5)
    ]

    assert certainties == ["sure", "fair", "guess"]


def test_an_item_with_time_and_place_below_it_is_the_conference():
    text = PLAN.replace(
        "1. Thời gian: tháng 5/2026.\n2. Địa điểm: Hội trường xã.",
        "1. Đối thoại về nước sạch\n- Đối tượng: Nhân dân các thôn.\n- Thời gian: tháng 5/2026.\n- Địa điểm: Hội trường xã.",
    )
    [paper] = read_text(text).documents
    rows = [
        piece for piece in pieces_of(paper) if "nước sạch" in piece.text or ":" in piece.text[:12]
    ]

    assert [(row.kind, row.text.split(":")[0]) for row in rows[:4]] == [
        ("session", "Đối thoại về nước sạch"),
        ("fact_line", "Đối tượng"),
        ("fact_line", "Thời gian"),
        ("fact_line", "Địa điểm"),
    ]


def test_two_conferences_of_one_sentence_are_two_clauses():
    said = "Thời gian: Hội nghị thứ nhất vào tháng 5/2026 tại Hội trường xã; Hội nghị thứ hai vào tháng 9/2026."
    first, second = (
        SessionReading(literal=literal, line=5) for literal in ("tháng 5/2026", "tháng 9/2026")
    )
    clause = ClauseReading(kind="fact_line", marker="1.", text=said, line=5)

    rows = pieces_of(DocumentReading(type="KH", clauses=(clause,), sessions=(first, second)))

    assert [(row.kind, row.text, row.fact) for row in rows] == [
        ("session", said.partition(" Hội nghị thứ hai")[0], first),
        ("session", "Hội nghị thứ hai vào tháng 9/2026.", second),
    ]
