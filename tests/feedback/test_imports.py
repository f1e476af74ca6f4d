import csv
import datetime
import io
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from core.sheets import check_sheet
from feedback import actions, tasks
from feedback.actions import imports, taking
from feedback.models import Opinion, OpinionImport, Sender, StagedRow, Submission
from feedback.resources import sheets
from organisations.models import Role
from tests.factories.organisations import OrganisationFactory, member

pytestmark = pytest.mark.django_db

HEADINGS = [
    "Số phiếu", "Thôn, xóm, tổ dân phố", "Nội dung", "Lĩnh vực", "Số người cùng ý kiến",
    "Ngày nhận", "Họ và tên", "Điện thoại", "Đồng ý cho xử lý dữ liệu cá nhân",
]  # fmt: skip
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
)
ODS = "application/vnd.oasis.opendocument.spreadsheet"


def line(slip="1", text="Đường vào thôn lầy lội", **changed):
    cells = {"slip": slip, "area": "thôn Phúc Hậu", "text": text, "field": "Đất đai"} | {
        "supporters": "3", "day": "08/5/2026", "name": "", "phone": "", "attested": "",
    }  # fmt: skip
    return list((cells | changed).values())


def csv_file(*rows, headings=HEADINGS, encoding="utf-8-sig"):
    out = io.StringIO()
    csv.writer(out).writerows([headings, *rows])
    return SimpleUploadedFile("y-kien.csv", out.getvalue().encode(encoding))


def book(*rows, headings=HEADINGS):
    made = openpyxl.Workbook()
    for row in [headings, *rows]:
        made.active.append(row)
    return made


def xlsx_file(made, name="y-kien.xlsx"):
    out = io.BytesIO()
    made.save(out)
    return SimpleUploadedFile(name, out.getvalue())


def ods_file(*rows, more=()):
    def cell(words):
        return (
            '<table:table-cell office:value-type="string">'
            f"<text:p>{words}</text:p></table:table-cell>"
        )

    body = "".join(
        f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in [HEADINGS, *rows]
    )
    names = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<office:document-content xmlns:office="{names}office:1.0" '
        f'xmlns:table="{names}table:1.0" xmlns:text="{names}text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="A">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", ODS)
        archive.writestr("content.xml", content)
        for name, words in more or [("META-INF/manifest.xml", MANIFEST)]:
            archive.writestr(name, words)
    return SimpleUploadedFile("y-kien.ods", out.getvalue())


@pytest.fixture
def read(consultation, clerk):
    """`read(file)`: the import as it stands after a worker has read the file."""

    def send_in(file):
        sheet = actions.start_import(
            consultation,
            check_sheet(file),
            by=clerk,
            source=consultation.organisation,
            received_on=timezone.localdate(),
        )
        tasks.work_on_import(sheet.pk)
        sheet.refresh_from_db()
        return sheet

    return send_in


@pytest.fixture
def take(clerk):
    def accept(sheet):
        actions.accept_import(sheet, by=clerk)
        tasks.work_on_import(sheet.pk)
        sheet.refresh_from_db()
        return sheet

    return accept


def numbers(sheet):
    return sheet.state, sheet.good, sheet.bad, sheet.same, sheet.taken


def problems(sheet):
    rows = sheet.rows.exclude(result=StagedRow.Result.GOOD).order_by("number")
    return [(cell, said) for row in rows for cell, _column, _typed, said in row.told]


@pytest.mark.parametrize(
    "file",
    (
        csv_file(line(), line("2", name="Lò Văn Thử", phone="912345678", attested="x")),
        xlsx_file(book(line(), line("2", name="Lò Văn Thử", phone=912345678, attested="x"))),
        ods_file(line(), line("2", name="Lò Văn Thử", phone="912345678", attested="x")),
    ),
    ids=["csv", "xlsx", "ods"],
)
def test_good_rows_become_opinions_with_their_sender_apart(read, take, consultation, clerk, file):
    file.seek(0)
    sheet = take(read(file))

    assert numbers(sheet) == ("done", 2, 0, 0, 2)
    rows = Submission.objects.order_by("pk")
    assert {(row.channel, row.entered_by, row.area.name) for row in rows} == {
        ("import", clerk, "Phúc Hậu")
    }
    assert [(row.text, row.supporters, row.state) for row in Opinion.objects.order_by("pk")] == [
        ("Đường vào thôn lầy lội", 3, "received")
    ] * 2
    sender = Sender.objects.get()
    assert (sender.full_name, sender.phone) == ("Lò Văn Thử", "0912345678")
    assert [row.consent is not None for row in rows] == [False, True]
    assert sheet.rows.count() == 0


def test_imported_row_is_found_by_code_and_secret_like_any_other(read, take):
    from feedback.queries import find_submission

    take(read(csv_file(line())))

    row = Submission.objects.get()
    assert row.secret_hash == ""
    assert find_submission(code=row.code, secret=row.secret) == row
    assert find_submission(code=row.code, secret="") is None


def test_bad_rows_are_named_by_cell_and_the_good_ones_taken(read, take):
    sheet = read(
        csv_file(
            line(),
            line("2", area="thôn Không Có"),
            line("3", text="", supporters="0"),
            line("4", day="32/5/2026"),
            line("5", name="Lò Văn Thử"),
            line("6", text="Mở thêm chợ"),
        )
    )

    assert numbers(sheet) == ("checked", 2, 4, 0, 0)
    assert [cell for cell, _said in problems(sheet)] == ["B3", "C4", "E4", "F5", "6"]
    assert not Opinion.objects.exists()
    assert numbers(take(sheet)) == ("done", 2, 4, 0, 2)
    assert {row.text for row in Opinion.objects.all()} == {"Đường vào thôn lầy lội", "Mở thêm chợ"}


def test_rows_that_were_not_taken_come_back_with_their_reason_and_can_be_sent_again(read, take):
    sheet = take(read(csv_file(line(), line("2", area="=1+1"))))

    made = openpyxl.load_workbook(io.BytesIO(sheets.write_rest(sheet))).active
    rows = [[cell.value for cell in row] for row in made.iter_rows()]
    assert rows[0] == [*HEADINGS, "Lý do"]
    assert rows[1][:2] == ["2", "'=1+1"]
    assert rows[1][-1].startswith("Thôn, xóm, tổ dân phố: Không có trong danh mục.")
    made["B2"] = "Phúc Hậu"
    assert numbers(take(read(xlsx_file(made.parent)))) == ("done", 1, 0, 0, 1)


def test_the_same_file_again_adds_nothing(read, take):
    rows = [line(str(number), text=f"Việc {number}") for number in range(5)]
    take(read(csv_file(*rows)))

    again = read(csv_file(*rows, line("new")))

    assert numbers(again) == ("checked", 1, 0, 5, 0)
    assert numbers(take(again)) == ("done", 1, 0, 5, 1)
    assert Opinion.objects.count() == 6


def test_two_equal_slips_are_asked_about_unless_their_numbers_differ(read):
    sheet = read(csv_file(line(), line(), line("2")))

    assert numbers(sheet) == ("checked", 2, 0, 1, 0)
    assert problems(sheet) == [
        ("", "Giống hệt dòng 2. Nếu là hai phiếu khác nhau, hãy ghi số phiếu khác nhau.")
    ]


def test_worker_killed_while_reading_or_taking_is_followed_without_doubles(
    read, consultation, clerk, monkeypatch
):
    monkeypatch.setattr(sheets, "PORTION", 3)
    monkeypatch.setattr(imports, "PORTION", 3)
    monkeypatch.setattr(taking, "PORTION", 3)
    file = csv_file(*[line(str(number)) for number in range(8)])
    sheet = actions.start_import(
        consultation, check_sheet(file), by=clerk, source=consultation.organisation,
        received_on=timezone.localdate(),
    )  # fmt: skip
    stage, calls = actions.stage_rows, []

    def die_at_second(*args):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return stage(*args)

    with monkeypatch.context() as dying:
        dying.setattr(actions, "stage_rows", die_at_second)
        with pytest.raises(KeyboardInterrupt):
            tasks.work_on_import(sheet.pk)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.good) == ("waiting", 3)
    tasks.sweep_imports()
    sheet.refresh_from_db()
    assert numbers(sheet) == ("checked", 8, 0, 0, 0)
    actions.accept_import(sheet, by=clerk)
    assert actions.take_portion(sheet, timezone.now())
    assert 0 < Opinion.objects.count() < 8
    tasks.sweep_imports()
    sheet.refresh_from_db()
    assert (numbers(sheet), Opinion.objects.count()) == (("done", 8, 0, 0, 8), 8)


def test_code_that_is_taken_is_drawn_again(read, take):
    first = take(read(csv_file(line())))
    code = Submission.objects.get().code
    sheet = read(csv_file(line("2")))
    sheet.rows.update(code=code)

    assert (first.taken, take(sheet).taken) == (1, 1)
    assert Submission.objects.values("code").distinct().count() == 2


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


def test_pages_from_sending_in_to_taking(browse, consultation, clerk):
    page = browse(clerk)
    posted = {"source": consultation.organisation.pk, "received_on": "08/5/2026"}

    answer = page(
        "import_create",
        consultation.pk,
        post={**posted, "file": csv_file(line(), line("2", area="?"))},
    )

    sheet = OpinionImport.objects.get()
    assert (answer.status_code, answer.url) == (302, sheet.get_absolute_url())
    assert "Đang đọc tệp" in page("import_sheet", sheet.pk).text
    tasks.sweep_imports()
    shown = page("import_sheet", sheet.pk).text
    assert ("Nhận 1 dòng đúng" in shown, "B3 · Thôn, xóm, tổ dân phố" in shown) == (True, True)
    page("import_accept", sheet.pk, post={})
    tasks.sweep_imports()
    assert "Đã nhận 1 ý kiến" in page("import_sheet", sheet.pk).text
    assert page("import_accept", sheet.pk, post={}).status_code == 409
    assert page("import_rest", sheet.pk).status_code == 200


def test_dropped_file_leaves_nothing(read, browse, clerk):
    sheet = read(csv_file(line()))

    browse(clerk)("import_drop", sheet.pk, post={})

    sheet.refresh_from_db()
    assert (sheet.state, sheet.file.name, sheet.rows.count()) == ("dropped", "", 0)
    assert browse(clerk)("import_accept", sheet.pk, post={}).status_code == 409


def test_only_the_sender_and_the_office_see_and_take_an_import(read, browse, consultation):
    sheet = read(csv_file(line()))
    collector = member(Role.COLLECTOR, OrganisationFactory(unit=consultation.organisation.unit))

    assert browse(collector)("import_sheet", sheet.pk).status_code == 404
    assert browse(collector)("import_accept", sheet.pk, post={}).status_code == 404
    assert browse(member(Role.CLERK))("import_create", consultation.pk).status_code == 404


def test_old_imports_are_emptied(read):
    sheet = read(csv_file(line(), line("2", area="?")))

    actions.clear_overdue(timezone.now())
    sheet.refresh_from_db()
    assert sheet.rows.count() == 2
    actions.clear_overdue(timezone.now() + datetime.timedelta(days=8))
    sheet.refresh_from_db()
    assert (sheet.rows.count(), sheet.file.name, sheet.bad) == (0, "", 1)
