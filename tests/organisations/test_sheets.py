import csv
import datetime
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.models import HistoryEntry
from organisations.models import AdministrativeUnit, Organisation, Role
from organisations.resources import sheets
from organisations.resources.units import COLUMNS
from tests.factories.organisations import OrganisationFactory, UnitFactory, UserFactory, member

pytestmark = pytest.mark.django_db
TOKEN = "2b1c1d9e-7f1e-4e57-9f0c-0d5f6c1a2b3c"
HEADER = [str(label) for label in COLUMNS.values()]
PROVINCE = ["Tỉnh, thành phố", "tỉnh", "Nghệ An", *[""] * 9, "", ""]
COMMUNE = ["Xã, phường, đặc khu", "xã", "Hưng Chính", "tỉnh Nghệ An", *[""] * 8, "01/7/2025", ""]
PARTY = [
    *COMMUNE[:4], "Đảng ủy xã Hưng Chính", "Đảng ủy", "ĐU", "Đảng", "Cấp ủy", "", "Hưng Chính",
    "Ban Thường vụ", "01/7/2025", "",
]  # fmt: skip
OFFICE = [
    *COMMUNE[:4], "Văn phòng Đảng ủy", "Văn phòng", "VP", "Đảng", "Văn phòng",
    "Đảng ủy xã Hưng Chính", "Hưng Chính", "", "", "",
]  # fmt: skip


@pytest.fixture
def admin(client):
    """An administrator who belongs to no body, so that nothing stands at first."""
    person = UserFactory(is_superuser=True)
    client.force_login(person)
    return person


def csv_file(*rows, header=HEADER, name="don-vi.csv"):
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    return SimpleUploadedFile(name, out.getvalue().encode("utf-8-sig"))


def xlsx_file(*rows, header=HEADER):
    book = openpyxl.Workbook()
    for row in (header, *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("don-vi.xlsx", out.getvalue())


def upload(client, file):
    return client.post(reverse("organisations:import_"), {"file": file})


def confirm(client, preview, token=TOKEN):
    form = {"_once": token, "rows": preview.context["confirm"].initial["rows"]}
    return client.post(reverse("organisations:confirm_import"), form)


def export(client, kind):
    return client.get(reverse("organisations:export", args=[kind]))


def table(answer):
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def problems(answer):
    return [(one.number, one.column, one.sentence) for one in answer.context["report"].problems]


def counts():
    return AdministrativeUnit.objects.count(), Organisation.objects.count()


@pytest.mark.parametrize("make", (csv_file, xlsx_file))
def test_a_file_is_shown_then_imported_and_adds_nothing_again(client, admin, make):
    rows = [OFFICE, PARTY, COMMUNE, PROVINCE]
    preview = upload(client, make(*rows))
    report = preview.context["report"]
    assert (len(report.added), report.problems, counts()) == (4, [], (0, 0))

    assert confirm(client, preview).url == reverse("organisations:list")
    assert counts() == (2, 2)
    office = Organisation.objects.get(name="Văn phòng Đảng ủy")
    assert (office.parent.symbol, office.unit.parent.name) == ("ĐU", "Nghệ An")
    assert office.unit.valid_from == datetime.date(2025, 7, 1)
    assert set(HistoryEntry.objects.values_list("by", flat=True)) == {admin.pk}

    again = upload(client, make(*rows))
    report = again.context["report"]
    assert (report.added, report.changed, len(report.same)) == ([], [], 4)
    assert 'name="rows"' not in again.content.decode()


def test_the_same_confirmation_twice_imports_once(client, admin):
    preview = upload(client, csv_file(PROVINCE))
    answers = [confirm(client, preview).status_code for _ in range(2)]
    assert (answers, counts()) == ([302, 302], (1, 0))


@pytest.mark.parametrize("kind", ("xlsx", "csv"))
def test_what_is_exported_comes_back_unchanged(client, admin, kind):
    province = UnitFactory(level="province", kind="tỉnh", name="Nghệ An")
    old = {"name": "Hưng Chính", "parent": province, "valid_to": datetime.date(2025, 6, 30)}
    new = {"name": "Hưng Chính", "parent": province, "valid_from": datetime.date(2025, 7, 1)}
    for dates in (old, new):
        body = OrganisationFactory(
            unit=UnitFactory(**dates),
            name="Đảng ủy xã Hưng Chính",
            valid_from=dates.get("valid_from"),
            valid_to=dates.get("valid_to"),
        )
    OrganisationFactory(name="=1+1", short_name="-x", symbol="@a", place_name="+1", parent=body)
    answer = export(client, kind)
    report = upload(client, SimpleUploadedFile(f"x.{kind}", answer.content)).context["report"]
    assert (report.problems, report.added, report.changed, len(report.same)) == ([], [], [], 7)


def test_an_empty_installation_takes_the_export_of_another(client, admin):
    confirm(client, upload(client, csv_file(PROVINCE, COMMUNE, PARTY, OFFICE)))
    content = export(client, "xlsx").content
    Organisation.objects.update(parent=None)
    Organisation.objects.all().delete()
    AdministrativeUnit.objects.update(parent=None)
    AdministrativeUnit.objects.all().delete()
    preview = upload(client, SimpleUploadedFile("x.xlsx", content))
    confirm(client, preview, TOKEN.replace("2b", "3b"))
    assert (counts(), export(client, "xlsx").status_code) == ((2, 2), 200)
    assert Organisation.objects.get(name="Văn phòng Đảng ủy").parent.name == PARTY[4]


@pytest.mark.parametrize("start", ("=1+1", "+1", "-1", "@SUM(A1)"))
def test_a_name_never_becomes_a_formula(client, admin, start):
    OrganisationFactory(name=start)
    place = HEADER.index("Tên cơ quan")
    assert table(export(client, "csv"))[-1][place] == f"'{start}"
    sheet = openpyxl.load_workbook(io.BytesIO(export(client, "xlsx").content)).active
    cell = sheet.cell(row=3, column=place + 1)
    assert (cell.value, cell.data_type) == (f"'{start}", "s")


def test_an_export_holds_exactly_what_stands(client, admin):
    confirm(client, upload(client, csv_file(PROVINCE, COMMUNE, PARTY)))
    answer = export(client, "csv")
    dates = {"01/7/2025": "01/07/2025"}
    rows = [[dates.get(cell, cell) for cell in row] for row in (PROVINCE, COMMUNE, PARTY)]
    assert table(answer) == [HEADER, *rows]
    assert answer["Content-Disposition"].startswith('attachment; filename="don-vi-')
    assert answer["Content-Type"] == "text/csv"


def test_a_changed_row_is_changed_and_the_others_are_left(client, admin):
    confirm(client, upload(client, csv_file(PROVINCE, COMMUNE, PARTY)))
    ended = [*PARTY[:6], "ĐUX", *PARTY[7:13], "31/12/2026"]
    preview = upload(client, csv_file(PROVINCE, COMMUNE, ended))
    assert len(preview.context["report"].changed) == 1
    confirm(client, preview, TOKEN.replace("2b", "3b"))
    body = Organisation.objects.get()
    assert (body.symbol, body.valid_to) == ("ĐUX", datetime.date(2026, 12, 31))


def test_every_wrong_cell_is_named_and_nothing_is_imported(client, admin):
    wrong = [*PARTY[:5], "", "Đ" * 21, "đảng", "nấu ăn", "Huyện ủy", "", "", "31/02/2025", ""]
    preview = upload(client, csv_file(PROVINCE, COMMUNE, wrong))
    found = problems(preview)
    assert [(number, column) for number, column, _ in found] == [
        ("4", "Từ ngày"), ("4", "Tên ngắn"), ("4", "Ký hiệu"), ("4", "Chức năng"),
    ]  # fmt: skip
    assert found[2][2] == "Tối đa 20 ký tự."
    page = preview.content.decode()
    assert "Chưa có dòng nào được nạp" in page
    assert 'name="rows"' not in page
    assert counts() == (0, 0)


def test_a_place_that_does_not_exist_and_what_the_action_refuses_are_said_beside_the_row(
    client, admin
):
    nowhere = [*COMMUNE[:3], "tỉnh Không Có", *COMMUNE[4:]]
    backwards = [*PROVINCE[:12], "01/7/2025", "30/6/2025"]
    assert problems(upload(client, csv_file(nowhere, backwards))) == [
        ("2", "Đơn vị cấp trên", "Chưa có “tỉnh Không Có”. Hãy thêm dòng của nơi này vào tệp."),
        ("3", "", "Đến ngày phải sau từ ngày."),
    ]


def test_two_places_of_one_name_must_be_told_apart(client, admin):
    for province in ("Nghệ An", "Hà Tĩnh"):
        above = UnitFactory(level="province", kind="tỉnh", name=province)
        UnitFactory(name="Hưng Chính", parent=above)
    hamlet = ["Thôn, tổ dân phố", "xóm", "1", "xã Hưng Chính", *[""] * 10]
    ((number, column, sentence),) = problems(upload(client, csv_file(hamlet)))
    assert (number, column) == ("2", "Đơn vị cấp trên")
    assert "xã Hưng Chính — tỉnh Hà Tĩnh" in sentence
    hamlet[3] = "xã Hưng Chính — tỉnh Hà Tĩnh"
    assert problems(upload(client, csv_file(hamlet))) == []


@pytest.mark.parametrize(
    ("file", "sentence"),
    (
        (lambda: csv_file(PROVINCE, header=HEADER[1:]), "thiếu cột: Cấp."),
        (lambda: csv_file(), "chưa có dòng nào"),
        (lambda: csv_file(*[PROVINCE] * 1001), "Bảng dài hơn 1000 dòng"),
        (lambda: SimpleUploadedFile("a.csv", "Cấp".encode("utf-16-le")), "không phải tệp CSV"),
        (lambda: SimpleUploadedFile("a.csv", b"\xc2\xe1p"), "không phải mã UTF-8"),
        (lambda: SimpleUploadedFile("a.csv", b""), "rỗng hoặc quá lớn"),
        (lambda: SimpleUploadedFile("a.xlsx", b"PK\x03\x04 not a book"), "Tệp “a.xlsx”"),
        (lambda: SimpleUploadedFile("a.exe", b"MZ"), "Không nhận tệp “a.exe”"),
        (lambda: csv_file(["Tỉnh\u202e"] + PROVINCE[1:]), "ký tự ẩn"),
    ),
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(client, admin, file, sentence):
    answer = upload(client, file())
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert 'name="rows"' not in answer.content.decode()
    assert counts() == (0, 0)


def test_rows_nobody_was_shown_are_not_imported(client, admin):
    preview = upload(client, csv_file(PROVINCE))
    client.force_login(UserFactory(is_superuser=True))
    assert confirm(client, preview).url == reverse("organisations:import_")
    assert counts() == (0, 0)


def test_what_changed_since_the_preview_is_said_instead_of_imported(client, admin):
    preview = upload(client, csv_file(COMMUNE[:3] + ["tỉnh Nghệ An"] + COMMUNE[4:], PROVINCE))
    UnitFactory(level="province", kind="tỉnh", name="Nghệ An", parent=UnitFactory(level="central"))
    UnitFactory(level="province", kind="tỉnh", name="Nghệ An", parent=UnitFactory(level="central"))
    answer = confirm(client, preview)
    assert (answer.status_code, counts()) == (200, (4, 0))


@pytest.mark.parametrize("name", ("import_", "export"))
def test_only_an_administrator_exchanges_files(client, name):
    client.force_login(member(Role.HEAD))
    args = ["xlsx"] if name == "export" else []
    assert client.get(reverse(f"organisations:{name}", args=args)).status_code == 403
    form = {"_once": TOKEN, "rows": "x"}
    assert client.post(reverse("organisations:confirm_import"), form).status_code == 403


def test_another_kind_of_file_is_not_found(client, admin):
    assert export(client, "ods").status_code == 404


def test_an_export_asks_as_often_for_one_body_as_for_thirty(
    client, admin, django_assert_num_queries, django_assert_max_num_queries
):
    OrganisationFactory()
    with django_assert_max_num_queries(10) as few:
        export(client, "csv")
    for _ in range(29):
        OrganisationFactory()
    with django_assert_num_queries(len(few)):
        export(client, "csv")


def test_a_row_that_stands_costs_nothing_but_its_savepoints(admin, django_assert_max_num_queries):
    for number in range(100):
        OrganisationFactory(unit=UnitFactory(name=f"A{number}"))
    content = sheets.write_file("csv")[0].decode("utf-8-sig")
    rows = [[str(n), *row] for n, row in enumerate(csv.reader(io.StringIO(content)), start=1)][1:]
    with django_assert_max_num_queries(10 + 2 * len(rows)):
        report = sheets.import_rows(rows, by=admin, is_trial=True)
    assert len(report.same) == 200
