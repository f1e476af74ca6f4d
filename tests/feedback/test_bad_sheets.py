import datetime
import io
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from feedback.models import Opinion
from feedback.resources import sheets
from tests.feedback.sheet_files import HEADINGS, book, csv_file, line, numbers, problems, xlsx_file

pytestmark = pytest.mark.django_db


def test_example_of_the_template_and_empty_tail_rows_are_left_out(read, consultation):
    template = openpyxl.load_workbook(io.BytesIO(sheets.write_template(consultation)))
    sheet = template.worksheets[0]
    headings = {cell.value: cell.column for cell in sheet[1]}
    for heading, value in zip(HEADINGS, line(), strict=True):
        sheet.cell(4, headings[heading], value)
    for number in range(5, 400):
        sheet.cell(number, 3, " ")

    assert numbers(read(xlsx_file(template))) == ("checked", 1, 0, 0, 0)


def test_headings_may_stand_below_a_title_and_merged_cells_are_refused_row_by_row(read):
    made = book(line(), line("2"), line("3"))
    made.active.insert_rows(1, 2)
    made.active["A1"] = "BẢNG TỔNG HỢP"
    made.active.merge_cells("A1:F1")
    made.active.merge_cells("C5:C6")

    sheet = read(xlsx_file(made))

    assert numbers(sheet) == ("checked", 1, 2, 0, 0)
    assert [cell for cell, _said in problems(sheet)] == ["C5:C6", "C6"]


def test_bytes_of_another_encoding_spoil_their_row_only(read):
    content = csv_file(line(), line("2", text="@@@")).read()
    spoilt = content.replace(b"@@@", "Đường hỏng".encode("cp1258", "replace") + b"\xf0")

    sheet = read(SimpleUploadedFile("y-kien.csv", spoilt))

    assert numbers(sheet) == ("checked", 1, 1, 0, 0)
    assert problems(sheet) == [("C3", "Có chữ không phải mã UTF-8. Hãy gõ lại ô này.")]
    assert len(sheets.write_rest(sheet)) > 0


@pytest.mark.parametrize(
    ("file", "sentence"),
    (
        (
            csv_file(line(), headings=["A", *HEADINGS[1:3], "B", *HEADINGS[4:]]),
            "thiếu cột: Lĩnh vực",
        ),
        (csv_file(line(), headings=[*HEADINGS[:-1], "Nội dung"]), "hai cột cùng tên “Nội dung”"),
        (csv_file(), "chưa có dòng nào"),
        (csv_file(*[line(str(n)) for n in range(12)]), "Bảng dài hơn 10 dòng"),
    ),
    ids=["missing", "twice", "empty", "long"],
)
def test_file_as_a_whole_is_refused_with_a_sentence_and_nothing_is_kept(
    read, settings, file, sentence
):
    settings.IMPORT_MAX_ROWS = 10
    file.seek(0)

    sheet = read(file)

    assert (sheet.state, sentence in sheet.problem) == ("refused", True), sheet.problem
    assert (sheet.file.name, sheet.rows.count(), Opinion.objects.count()) == ("", 0, 0)


def far_cell():
    """A sheet of two cells that claims to be seventeen thousand million cells large."""
    made = book(line())
    out = io.BytesIO()
    made.save(out)
    again = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(again, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                content = content.replace(b"</sheetData>", far)
            new.writestr(entry.filename, content)
    return SimpleUploadedFile("xa.xlsx", again.getvalue())


def test_sheet_that_claims_to_be_huge_kills_only_the_reader(read):
    sheet = read(far_cell())

    assert (sheet.state, sheet.problem) == ("refused", "Tệp “xa.xlsx” quá lớn khi mở ra.")


def test_dates_may_be_cells_of_dates_or_text_but_no_bare_number(read):
    """A date that lost its format is a number nobody can read back."""
    made = book(
        line("1", day=datetime.date(2026, 5, 8)),
        line("2", day="ngày 8 tháng 5 năm 2026"),
        line("3", day="2026-05-08"),
        line("4", day=46150),
    )

    sheet = read(xlsx_file(made))

    good = sheet.rows.filter(result="good").values_list("received_on", flat=True)
    assert set(good) == {datetime.date(2026, 5, 8)}
    assert problems(sheet) == [
        ("F5", "Chưa hiểu “46150”. Hãy ghi ngày/tháng/năm, ví dụ 05/8/2026.")
    ]


def test_text_of_excel_saved_as_unicode_is_read(read):
    assert numbers(read(csv_file(line(), line("2"), encoding="utf-16"))) == ("checked", 2, 0, 0, 0)


def test_a_hundred_thousand_empty_rows_below_the_last_one_cost_nothing(read):
    content = csv_file(line()).read() + b",,,\r\n" * 100_000

    assert numbers(read(SimpleUploadedFile("y-kien.csv", content))) == ("checked", 1, 0, 0, 0)
