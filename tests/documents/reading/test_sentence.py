"""One pasted paragraph of duties."""

import datetime

import pytest

from documents.reading import read_duties, read_duty
from documents.reading.pieces import pieces_of
from documents.reading.results import ClauseReading, DocumentReading


def test_lead_with_everything():
    duty = read_duty(
        "- Chủ trì, phối hợp với Văn phòng HĐND và UBND xã, Công an xã và các cơ quan, đơn vị liên quan "
        "xây dựng báo cáo tổng hợp ý kiến, gửi về Thường trực Đảng ủy (qua Ban Xây dựng Đảng "
        "trước ngày 05/8/2026).",
        year=2026,
    )

    assert duty.role == "lead"
    assert duty.cooperating == (
        "Văn phòng HĐND và UBND xã",
        "Công an xã",
        "các cơ quan, đơn vị liên quan",
    )
    assert duty.deliverable == "báo cáo tổng hợp ý kiến"
    assert duty.send_to == ("Thường trực Đảng ủy",)
    assert duty.via == "Ban Xây dựng Đảng"
    assert duty.due_literal == "trước ngày 05/8/2026"
    assert duty.due_on == datetime.date(2026, 8, 4)


@pytest.mark.parametrize(
    ("text", "role"),
    (
        ("Chủ trì, phối hợp với Công an xã bảo đảm trật tự.", "lead"),
        ("Phối hợp với Công an xã bảo đảm trật tự.", "cooperate"),
        ("Tham mưu nội dung, chương trình hội nghị.", "advise"),
        ("Căn cứ chức năng, nhiệm vụ, có trách nhiệm tham mưu cho UBND xã trả lời.", "advise"),
        ("Chỉ đạo các thôn tổng hợp ý kiến.", "direct"),
        ("Thường xuyên theo dõi, đôn đốc việc thực hiện.", "monitor"),
        ("Thực hiện giám sát việc chấp hành thông báo kết luận.", "supervise"),
        ("Phối hợp giám sát quá trình đối thoại.", "supervise"),
        ("Chuẩn bị các điều kiện phục vụ hội nghị.", "carry_out"),
    ),
)
def test_part_is_given_by_the_first_verb(text, role):
    assert read_duty(text).role == role


@pytest.mark.parametrize(
    ("text", "send_to"),
    (
        (
            "Gửi báo cáo cho Thường trực Đảng ủy, đồng thời gửi Ban Xây dựng Đảng.",
            ("Thường trực Đảng ủy", "Ban Xây dựng Đảng"),
        ),
        ("Tổng hợp ý kiến báo cáo Thường trực Đảng ủy, Lãnh đạo UBND xã.",
         ("Thường trực Đảng ủy", "Lãnh đạo UBND xã")),
        ("Trình dự thảo thông báo cho Bí thư Đảng ủy xem xét.", ("Bí thư Đảng ủy",)),
        ("Xây dựng chương trình Hội nghị đối thoại.", ()),
        ("Báo cáo về tình hình kinh tế.", ()),
    ),
)  # fmt: skip
def test_receivers(text, send_to):
    assert read_duty(text).send_to == send_to


@pytest.mark.parametrize(
    ("text", "literal", "day", "stage"),
    (
        ("Gửi ý kiến chậm nhất ngày 16/6/2026.", "chậm nhất ngày 16/6/2026",
         datetime.date(2026, 6, 16), None),
        ("Hoàn thành trong tháng 7/2026.", "Hoàn thành trong tháng 7/2026",
         datetime.date(2026, 7, 31), None),
        ("Báo cáo trước ngày 30/6.", "trước ngày 30/6", datetime.date(2026, 6, 29), None),
        ("Trình trong thời hạn 07 ngày làm việc kể từ khi kết thúc đối thoại.",
         "trong thời hạn 07 ngày làm việc kể từ khi kết thúc đối thoại", None, "after"),
        ("Gửi ý kiến trước khi tổ chức đối thoại.", "trước khi tổ chức đối thoại", None, "before"),
        ("Sau đối thoại: Chỉ đạo giải quyết ý kiến.", None, None, "after"),
        ("Báo cáo kết quả 6 tháng đầu năm.", None, None, None),
        ("Chuẩn bị báo cáo kinh tế đến tháng 8 năm 2026.", None, None, None),
    ),
)  # fmt: skip
def test_deadline(text, literal, day, stage):
    duty = read_duty(text, year=2026)

    assert (duty.due_literal, duty.due_on, duty.stage) == (literal, day, stage)


def test_two_acts_with_their_own_days_are_two_duties():
    first, second = read_duties(
        "- Phân loại, chuyển ý kiến đến UBND xã trước ngày 09/8/2026; tổng hợp nội dung trả lời "
        "trước ngày 10/8/2026.",
        actors=("Ban Xây dựng Đảng",),
    )

    assert (first.due_on, second.due_on) == (datetime.date(2026, 8, 8), datetime.date(2026, 8, 9))
    assert (first.actors, second.actors) == (("Ban Xây dựng Đảng",), ("Ban Xây dựng Đảng",))
    assert (first.is_continued, second.is_continued) == (False, True)


def test_body_named_in_the_paragraph_acts():
    duty = read_duty("Ban Xây dựng Đảng có trách nhiệm đôn đốc việc thực hiện.", actors=("A",))

    assert (duty.actors, duty.role) == (("Ban Xây dựng Đảng",), "monitor")


@pytest.mark.parametrize("text", ("", " ", "-", "***", "qua", "gửi", "phối hợp với", "x" * 20_000))
def test_odd_text_is_read_without_a_fall(text):
    assert read_duty(text).role in {"carry_out", "cooperate"}


@pytest.mark.parametrize(
    ("said", "clauses"),
    (
        (
            "Gửi báo cáo về Đảng ủy trước ngày 05/5/2026 (đợt 1) và trước ngày 20/6/2026 (đợt 2).",
            [
                ("Gửi báo cáo về Đảng ủy trước ngày 05/5/2026 (đợt 1).", "trước ngày 05/5/2026"),
                ("Gửi báo cáo về Đảng ủy trước ngày 20/6/2026 (đợt 2).", "trước ngày 20/6/2026"),
            ],
        ),
        (
            "Báo cáo kết quả trước ngày 15/3/2026, 15/6/2026 và 15/12/2026 để theo dõi.",
            [
                (f"Báo cáo kết quả trước ngày {day} để theo dõi.", f"trước ngày {day}")
                for day in ("15/3/2026", "15/6/2026", "15/12/2026")
            ],
        ),
        (
            "Tổng hợp ý kiến trước ngày 05/5/2026 và gửi kết quả về Đảng ủy trước ngày 10/5/2026.",
            [
                ("Tổng hợp ý kiến trước ngày 05/5/2026", "trước ngày 05/5/2026"),
                ("Gửi kết quả về Đảng ủy trước ngày 10/5/2026.", "trước ngày 10/5/2026"),
            ],
        ),
        (
            "Tổng hợp ý kiến trong tháng 5/2026, hoàn thiện báo cáo trước ngày 20/6/2026.",
            [
                ("Tổng hợp ý kiến trong tháng 5/2026", "trong tháng 5/2026"),
                ("Hoàn thiện báo cáo trước ngày 20/6/2026.", "trước ngày 20/6/2026"),
            ],
        ),
        (
            "Gửi báo cáo trước ngày 05/5/2026 theo Kế hoạch số 12-KH/ĐU ngày 06/4/2026.",
            [
                (
                    "Gửi báo cáo trước ngày 05/5/2026 theo Kế hoạch số 12-KH/ĐU ngày 06/4/2026.",
                    "trước ngày 05/5/2026",
                )
            ],
        ),
    ),
)
def test_every_day_of_a_paragraph_has_a_clause_of_its_own(said, clauses):
    duties = read_duties(said, year=2026, line=7)
    paper = DocumentReading(
        type="KH",
        duties=duties,
        clauses=(ClauseReading(kind="duty", marker="-", text=said, line=7),),
    )

    assert [(row.text, row.fact.due_literal) for row in pieces_of(paper)] == clauses
