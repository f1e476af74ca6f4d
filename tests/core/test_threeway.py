"""Joining two people's changes of one text."""

import pytest

from core.threeway import Piece, join

BASE = "Chủ trì, phối hợp với Công an xã tổng hợp ý kiến, gửi về Văn phòng."


@pytest.mark.parametrize(
    ("mine", "theirs", "joined"),
    (
        (BASE, BASE, BASE),
        (BASE.replace("Công an xã", "Công an, Quân sự xã"), BASE, None),
        (BASE, BASE.replace("Văn phòng", "Ban Dân vận"), None),
        (
            BASE.replace("Công an xã", "Công an, Quân sự xã"),
            BASE.replace("Văn phòng.", "Văn phòng trước ngày 05/8."),
            BASE.replace("Công an xã", "Công an, Quân sự xã").replace(
                "Văn phòng.", "Văn phòng trước ngày 05/8."
            ),
        ),
        ("Hai câu. Ba.", "Hai câu. Ba.", "Hai câu. Ba."),
        ("", BASE, ""),
    ),
)
def test_changes_in_different_places_are_both_kept(mine, theirs, joined):
    if joined is None:
        joined = theirs if mine == BASE else mine

    result = join(BASE, mine, theirs)

    assert (result.text, result.overlaps) == (joined, 0)


def test_changes_of_the_same_words_are_marked_and_mine_stands():
    result = join("gửi về Văn phòng ngay", "gửi về Ủy ban ngay", "gửi về Mặt trận ngay")

    assert result.text == "gửi về Ủy ban ngay"
    assert [piece for piece in result.pieces if piece.by == "both"] == [
        Piece("both", "Ủy ban ", "Mặt trận ")
    ]
