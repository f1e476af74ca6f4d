"""What is no plan: nothing falls, nothing takes long, and it is said."""

import time

import pytest

from documents.reading import as_text, read_text

NOVEL = (
    "Trời hôm ấy mưa rất to, lão ngồi bên bậu cửa nhìn ra ngõ vắng và nghĩ về những ngày đã qua. "
    * 6
    + "\n\n"
)
TEXTS = {
    "nothing": "",
    "blanks": " \n\t\n\u00a0",
    "one line": "Xin chào các bạn.",
    "one letter": "x" * 200_000,
    "stars": "*" * 200_000,
    "tags": "<b " * 60_000,
    "brackets": "(" * 150_000,
    "quotes": "“" * 150_000,
    "digits": "1." * 100_000,
    "days": "trước ngày " * 20_000,
    "novel": NOVEL * 350,
    "table": "\n".join(f"{row}\tĐất số {row}\tthửa" for row in range(4000)),
    "headings only": "I. A\n1. B\na) C\n- D\n" * 3000,
    "bodies": "ĐẢNG BỘ XÃ A\n" * 4000,
    "small letters": "chữ thường không dấu chấm\n\n" * 4000,
}


@pytest.mark.parametrize("name", TEXTS)
def test_no_plan_is_said_so(name):
    started = time.perf_counter()
    reading = read_text(TEXTS[name])
    spent = time.perf_counter() - started

    assert "không giống một kế hoạch" in " ".join(one.message for one in reading.findings)
    assert isinstance(as_text(reading), str)
    assert spent < 15


@pytest.mark.parametrize(
    "text",
    (
        "KẾ HOẠCH",
        "KẾ HOẠCH\n" * 300,
        "Nơi nhận:",
        "Kính gửi:",
        "T/M BAN THƯỜNG VỤ",
        "Số: /KH-UBND",
        "X, ngày 31 tháng 02 năm 2026\nKẾ HOẠCH\nđối thoại",
        "TT\tNội dung\tĐiều hành\n1\n\t\n2\t\tA",
        "V. TỔ CHỨC THỰC HIỆN\n1.\n-\n+\n*\na)\n2. :\n: :",
        "KẾ HOẠCH\nA\n\nI. THỜI GIAN\n1. Thời gian: ngày 99/99/9999.\n2. Thành phần: 0 người",
        "## **\n**##\n*** **\n<b></b>\n| |\n|-|",
    ),
)
def test_torn_papers_are_read_without_a_fall(text):
    assert read_text(text).documents
