"""Spreadsheets of opinions as people send them, and what was made of them."""

import csv
import io
import zipfile

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from feedback.models import StagedRow

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


def numbers(sheet):
    return sheet.state, sheet.good, sheet.bad, sheet.same, sheet.taken


def problems(sheet):
    rows = sheet.rows.exclude(result=StagedRow.Result.GOOD).order_by("number")
    return [(cell, said) for row in rows for cell, _column, _typed, said in row.told]
