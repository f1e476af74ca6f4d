import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.sheets import FileError, check_sheet
from tests.feedback.sheet_files import ODS, line, ods_file


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODS)
        archive.writestr("content.xml", b" " * 40_000_000)
    return SimpleUploadedFile("bom.ods", out.getvalue())


@pytest.mark.parametrize(
    ("file", "sentence"),
    (
        (SimpleUploadedFile("a.xlsm", b"PK"), "Chỉ nhận Excel (.xlsx)"),
        (SimpleUploadedFile("a.xlsx", b""), "rỗng"),
        (SimpleUploadedFile("a.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600), "có mật khẩu"),
        (SimpleUploadedFile("a.xlsx", b"MZ" + b"\0" * 600), "nội dung không đúng với đuôi tệp"),
        (SimpleUploadedFile("a.csv", b"MZ\0\0"), "không phải tệp CSV"),
        (ods_file(line(), more=[("Basic/Standard/m.xml", "x")]), "macro"),
        (ods_file(line(), more=[("META-INF/manifest.xml", "encryption-data")]), "mật khẩu"),
        (bomb(), "nén bất thường"),
    ),
    ids=["xlsm", "nothing", "password", "program", "binary", "macro", "locked", "bomb"],
)
def test_unsafe_file_is_refused_before_it_is_kept(file, sentence):
    file.seek(0)
    with pytest.raises(FileError, match=sentence.replace("(", r"\(").replace(")", r"\)")):
        check_sheet(file)
