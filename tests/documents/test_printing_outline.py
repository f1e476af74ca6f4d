import json

import pytest

from documents.models import Clause, Document, Skin, clause_tree
from documents.printing import marks
from documents.printing.marks import Run
from documents.printing.outline import Extra, Table, outline, roman
from documents.printing.places import places_of
from documents.skins import DATA

PROFILES = {
    name: json.loads((DATA / "skins" / f"{code}.json").read_text())["profile"]
    for name, code in (("party", "PARTY_HD05_2026"), ("state", "STATE_ND30_2020"))
}


def grown(rows, parent=None, found=None):
    """Unsaved clauses from (kind, text, children)."""
    found = [] if found is None else found
    for position, (kind, text, *below) in enumerate(rows):
        clause = Clause(
            pk=len(found) + 1, parent_id=parent, position=position, kind=kind, text=text
        )
        found.append(clause)
        grown(below[0] if below else [], clause.pk, found)
    return found


def lines(rows, system="party", verb="Căn cứ", **extra):
    blocks = outline(clause_tree(grown(rows)), PROFILES[system], verb=verb, extra=Extra(**extra))
    return [f"{block.marker} {block.text}".strip() for block in blocks]


def test_party_sections_take_a_hyphen_and_state_sections_a_dot():
    rows = [("heading", "Mục đích, yêu cầu", [("purpose", "Nghe dân.")])]

    assert lines(rows) == ["I- MỤC ĐÍCH, YÊU CẦU", "- Nghe dân./."]
    assert lines(rows, "state") == ["I. MỤC ĐÍCH, YÊU CẦU", "- Nghe dân./."]


def test_headings_are_numbered_three_levels_deep():
    rows = [
        ("heading", "Một", [("heading", "Hai", [("heading", "Ba", [("text", "x")])])]),
        ("heading", "Bốn", [("heading", "Năm", [("text", "y")])]),
    ]

    assert lines(rows) == [
        "I- MỘT", "1. **Hai**", "1.1. **Ba**", "x", "II- BỐN", "1. **Năm**", "y./.",
    ]  # fmt: skip


def test_the_state_letters_its_points():
    rows = [("heading", "Một", [("heading", "Hai", [("heading", "Ba", [("heading", "Bốn")]), *[("heading", "x")] * 4])])]  # fmt: skip

    assert lines(rows, "state") == [
        "I. MỘT", "1. **Hai**", "a) Ba", "- Bốn", "b) x", "c) x", "d) x", "đ) x./.",
    ]  # fmt: skip


def test_a_label_and_its_only_paragraph_share_a_line():
    rows = [("heading", "I", [
        ("heading", "Yêu cầu:", [("requirement", "Đúng luật.")]),
        ("assignee", "Công an xã:", [("duty", "Giữ trật tự."), ("duty", "Báo cáo.")]),
    ])]  # fmt: skip

    assert lines(rows) == [
        "I- I", "1. **Yêu cầu:** Đúng luật.", "2. **Công an xã:**", "- Giữ trật tự.", "- Báo cáo./.",
    ]  # fmt: skip
    blocks = outline(clause_tree(grown(rows)), PROFILES["party"], verb="", extra=Extra())
    assert [(block.clause_id, block.also_id) for block in blocks[:3]] == [(1, 0), (2, 3), (4, 0)]


TABLE = [
    ("fact_line", "TT | Việc | Hạn"),
    ("duty", "In giấy mời | 05/5/2026"),
    ("duty", "Mượn loa | "),
]


def grid_of(rows):
    blocks = outline(clause_tree(grown(rows)), PROFILES["party"], verb="", extra=Extra())
    [table] = [block.table for block in blocks if block.table]
    return blocks, table


def test_lines_with_bars_print_as_a_table_whose_rows_are_counted():
    blocks, table = grid_of([*TABLE, ("duty", "Việc khác.")])

    assert [column.title for column in table.columns] == ["TT", "Việc", "Hạn"]
    assert table.rows == (("1", "In giấy mời", "05/5/2026"), ("2", "Mượn loa", ""))
    assert table.row_ids == (2, 3)
    assert [block.text for block in blocks if not block.table] == ["Việc khác./."]


@pytest.mark.parametrize(
    "rows",
    (
        TABLE[:1],
        [("text", "Hai ngả | đường"), ("text", "Một câu.")],
        [("duty", "A | B"), ("duty", "C | D")],
        [("text", "A | B", [("text", "dưới")]), ("text", "C | D")],
    ),
    ids=("head only", "no row", "no head", "with children"),
)
def test_bars_alone_make_no_table(rows):
    blocks = outline(clause_tree(grown(rows)), PROFILES["party"], verb="", extra=Extra())

    assert [block.table for block in blocks if block.table] == []


def test_a_table_without_numbers_keeps_its_first_column():
    rows = [("text", "Đơn vị | Số lượng"), ("text", "Thôn Đông | 05"), ("text", "Thôn Tây | 07")]

    assert grid_of(rows)[1].rows == (("Thôn Đông", "05"), ("Thôn Tây", "07"))


ARTICLES = [
    ("heading", "Thành lập Tổ", [("heading", "Tổ trưởng", [("heading", "Quyền"), ("heading", "Trách nhiệm")])]),
    ("appendix", "Danh sách", [("heading", "Tổ viên", [("text", "A")])]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("system", "type_code", "expected"),
    (
        ("state", "QD", ["Điều 1", "khoản 1 Điều 1", "điểm a khoản 1 Điều 1", "điểm b khoản 1 Điều 1"]),
        ("state", "KH", ["mục I", "mục I.1", "điểm a mục I.1", "điểm b mục I.1"]),
        ("party", "KH", ["mục I", "mục I.1", "mục I.1.1", "mục I.1.2"]),
    ),
)  # fmt: skip
def test_places_are_named_as_the_paper_prints_them(system, type_code, expected):
    document = Document(type_id=type_code, skin=Skin(profile=PROFILES[system]))
    within = "Điều 1" if type_code == "QD" else "mục I"

    places = places_of(document, grown(ARTICLES))

    assert [places[pk] for pk in range(1, 5)] == expected
    assert [places[pk] for pk in (5, 6, 7)] == [
        "Phụ lục", f"{within}, Phụ lục", f"đoạn thứ 1, {within}, Phụ lục",
    ]  # fmt: skip


def test_rows_of_a_table_have_places():
    document = Document(type_id="KH", skin=Skin(profile=PROFILES["party"]))

    places = places_of(document, grown([("heading", "Việc", TABLE)]))

    assert [places[pk] for pk in (2, 3, 4)] == [
        "dòng đầu của bảng, mục I",
        "dòng thứ 1 của bảng, mục I",
        "dòng thứ 2 của bảng, mục I",
    ]


def test_participant_groups_descend_from_number_to_hyphen_to_plus():
    rows = [
        (
            "heading",
            "Thành phần",
            [
                ("fact_line", "Chủ trì: đồng chí Bí thư."),
                (
                    "participant_group",
                    "Đại biểu",
                    [("participant_group", "Cấp xã:", [("participant_group", "Trưởng thôn.")])],
                ),
            ],
        )
    ]

    assert lines(rows) == [
        "I- THÀNH PHẦN",
        "1. **Chủ trì:** đồng chí Bí thư.",
        "2. **Đại biểu**",
        "- Cấp xã:",
        "+ Trưởng thôn./.",
    ]


def test_sessions_and_ad_hoc_share_one_sequence():
    rows = [
        (
            "heading",
            "Các hội nghị",
            [
                ("session", "Quý I/2026", [("fact_line", "Thời gian: tháng 3")]),
                ("session", "Quý II/2026\nNội dung: đất đai\n- Địa điểm: hội trường"),
                ("ad_hoc", "Khi cần thì đột xuất"),
            ],
        )
    ]

    assert lines(rows) == [
        "I- CÁC HỘI NGHỊ",
        "1. **Quý I/2026**",
        "- Thời gian: tháng 3",
        "2. **Quý II/2026**",
        "- Nội dung: đất đai",
        "- Địa điểm: hội trường",
        "3. Khi cần thì đột xuất./.",
    ]


def test_assignees_are_numbered_and_their_duties_are_bullets():
    rows = [
        (
            "heading",
            "Tổ chức thực hiện",
            [
                ("assignee", "Văn phòng", [("duty", "- Gửi giấy mời."), ("duty", "Ghi biên bản.")]),
                ("assignee", "Công an xã: giữ trật tự."),
            ],
        ),
        ("closing", "Yêu cầu thực hiện"),
    ]

    assert lines(rows)[1:] == [
        "1. **Văn phòng**",
        "- Gửi giấy mời.",
        "- Ghi biên bản.",
        "2. **Công an xã:** giữ trật tự.",
        "Yêu cầu thực hiện./.",
    ]


def test_bases_stand_one_per_line_and_end_as_the_skin_says():
    rows = [
        ("legal_basis", "Luật A;"),
        ("legal_basis", "Căn cứ Quy định B"),
        ("introduction", "Đảng ủy ban hành kế hoạch:"),
        ("text", "Hết"),
    ]

    assert lines(rows) == [
        "- Căn cứ Luật A;",
        "- Căn cứ Quy định B.",
        "Đảng ủy ban hành kế hoạch:",
        "Hết./.",
    ]
    blocks = outline(clause_tree(grown(rows)), PROFILES["state"], verb="Căn cứ", extra=Extra())
    assert [(block.marker, block.is_italic) for block in blocks[:2]] == [("", True), ("", True)]


def test_another_verb_makes_one_opening_sentence():
    rows = [
        ("legal_basis", "Quyết định A;"),
        ("legal_basis", "Kế hoạch B."),
        ("introduction", "Đảng ủy ban hành kế hoạch như sau:"),
        ("text", "Hết."),
    ]

    assert lines(rows, verb="Thực hiện") == [
        "Thực hiện Quyết định A; Kế hoạch B, Đảng ủy ban hành kế hoạch như sau:",
        "Hết./.",
    ]


def test_programme_is_bullets_unless_somebody_leads_an_item():
    rows = [("programme_item", "Khai mạc"), ("programme_item", "Bế mạc")]

    assert lines(rows) == ["- Khai mạc", "- Bế mạc./."]
    (block,) = outline(
        clause_tree(grown(rows)),
        PROFILES["party"],
        verb="",
        extra=Extra(programme_leads={1: "Văn phòng"}),
    )
    assert [column.title for column in block.table.columns] == ["TT", "Nội dung", "Điều hành"]
    assert block.table.rows == (("1", "Khai mạc", "Văn phòng"), ("2", "Bế mạc", ""))


def test_extra_tables_stand_behind_their_clause_and_at_the_end():
    one, end = Table((), ()), Table((), (), caption="cuối")
    blocks = outline(
        clause_tree(grown([("text", "a"), ("text", "b")])),
        PROFILES["party"],
        verb="",
        extra=Extra(tables={1: one, 0: end}),
    )

    assert [block.table for block in blocks] == [None, one, None, end]


@pytest.mark.parametrize(
    ("text", "closed"),
    (("Hết.", "Hết./."), ("Hết./.", "Hết./."), ("Hết ;", "Hết./."), ("**Hết.**", "**Hết**./.")),
)
def test_the_last_paragraph_is_closed_once(text, closed):
    assert lines([("text", text)]) == [closed]


@pytest.mark.parametrize(
    ("text", "expected"),
    (
        ("a *b* c", (Run("a "), Run("b", is_italic=True), Run(" c"))),
        ("**a *b***", (Run("a ", is_bold=True), Run("b", is_bold=True, is_italic=True))),
        ("***a***", (Run("a", is_bold=True, is_italic=True),)),
        ("* Ở xã: 2 * 3", (Run("* Ở xã: 2 * 3"),)),
        ("a**", (Run("a**"),)),
        ("", ()),
    ),
)
def test_only_two_marks_are_understood(text, expected):
    assert marks.runs(text) == expected


def test_roman_numbers():
    assert [roman(number) for number in (1, 4, 5, 9, 14)] == ["I", "IV", "V", "IX", "XIV"]
