import hashlib
import io
import zipfile
from pathlib import Path

import pikepdf
import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import FileResponse
from pikepdf import Array, Dictionary, Name
from PIL import Image

from core import files, zips
from core.files import FileError, MultiUploadField, UploadField, check_upload


def upload(content: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def picture(form: str = "JPEG", size: tuple[int, int] = (40, 20), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, form, **options)
    return out.getvalue()


def paper(change=None, **saving: object) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        if change:
            change(pdf)
        pdf.save(out, **saving)
    return out.getvalue()


def office(parts: dict[str, bytes] | None = None, *, main: str = "word/document.xml") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {
            "[Content_Types].xml": b"<Types/>", main: b"<w/>", **(parts or {}),
        }.items():  # fmt: skip
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    (
        (picture("JPEG"), "Ảnh đường hỏng.JPG", "jpeg"),
        (picture("PNG"), "a.png", "png"),
        (picture("WEBP"), "a.webp", "webp"),
        (paper(), "Thông báo.pdf", "pdf"),
        (office(), "a.docx", "docx"),
        (office(main="xl/workbook.xml"), "a.xlsx", "xlsx"),
    ),
)
def test_real_files_are_accepted(content, name, kind) -> None:
    checked = check_upload(upload(content, name))

    assert (checked.name, checked.kind) == (name, kind)
    assert checked.content_type == files.KINDS[kind].content_type
    assert checked.size == len(checked.content) > 0


def test_a_picture_loses_its_hidden_data_and_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x8825] = {1: "N", 2: (20.0, 25.0, 0.0)}
    exif[0x010F] = "Hãng máy ảnh"
    before = picture("JPEG", (40, 20), exif=exif, comment=b"bi mat")

    checked = check_upload(upload(before, "a.jpg"))

    with Image.open(io.BytesIO(checked.content)) as after:
        assert after.size == (20, 40)
        assert dict(after.getexif()) == {}
        assert "comment" not in after.info
    assert b"bi mat" in before
    assert b"bi mat" not in checked.content


def test_a_telephones_double_picture_becomes_one() -> None:
    other = Image.new("RGB", (40, 20), "blue")

    checked = check_upload(upload(picture("MPO", save_all=True, append_images=[other]), "a.jpg"))

    with Image.open(io.BytesIO(checked.content)) as after:
        assert (after.format, after.size) == ("JPEG", (40, 20))


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    (
        (b"", "a.jpg", "Tệp “a.jpg” rỗng."),
        (b"MZ\x90" + b"x" * 200, "a.jpg",
         "Tệp “a.jpg” không phải là ảnh JPG thật: nội dung không đúng với đuôi tệp."),
        (picture("PNG"), "a.jpg",
         "Tệp “a.jpg” không phải là ảnh JPG thật: nội dung không đúng với đuôi tệp."),
        (b"xin chao", "a.pdf",
         "Tệp “a.pdf” không phải là tệp PDF thật: nội dung không đúng với đuôi tệp."),
        (picture()[:300], "a.jpg", "Tệp “a.jpg” không phải là ảnh thật hoặc đã hỏng."),
        (picture() [:20] + b"<script>", "a.jpg",
         "Tệp “a.jpg” không phải là ảnh thật hoặc đã hỏng."),
        (b"%PDF-1.7\nrac", "a.pdf", "Tệp “a.pdf” không mở được như một tệp PDF."),
        (b"PK\x03\x04" + b"rac" * 30, "a.docx", "Tệp “a.docx” đã hỏng, không mở được."),
        (office(), "a.xlsx", "Tệp “a.xlsx” không phải là tệp Word hoặc Excel đúng chuẩn."),
        (paper(encryption=pikepdf.Encryption(owner="a", user="b")), "a.pdf",
         "Tệp “a.pdf” có mật khẩu. Hãy bỏ mật khẩu rồi tải lại."),
        (paper(encryption=pikepdf.Encryption(owner="a", user="")), "a.pdf",
         "Tệp “a.pdf” có mật khẩu. Hãy bỏ mật khẩu rồi tải lại."),
    ),
)  # fmt: skip
def test_wrong_content_is_refused_with_a_sentence(content, name, sentence) -> None:
    with pytest.raises(FileError) as refused:
        check_upload(upload(content, name))

    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    "name", ("a.exe", "a.html", "a.svg", "a.docm", "a.doc", "a", "a.pdf.exe", ".jpg")
)
def test_other_kinds_are_refused_by_name(name) -> None:
    with pytest.raises(FileError) as refused:
        check_upload(upload(picture(), name), kinds=("jpeg", "pdf"))

    assert str(refused.value) == f"Không nhận tệp “{name}”. Chỉ nhận: ảnh JPG, tệp PDF."


def test_a_name_that_turns_its_direction_is_refused() -> None:
    with pytest.raises(FileError, match="Tên tệp có ký tự ẩn"):
        check_upload(upload(picture(), "anh\u202egpj.jpg"))


def test_a_path_in_the_name_is_dropped_and_a_long_name_shortened() -> None:
    name = upload(picture(), "x.jpg")
    name._name = "C:\\Users\\an\\" + "a" * 300 + ".jpg"

    checked = check_upload(name)

    assert checked.name == "a" * 146 + ".jpg"


def test_too_heavy(settings) -> None:
    settings.UPLOAD_MAX_BYTES = 200 * 1024

    with pytest.raises(FileError) as refused:
        check_upload(upload(b"x" * (300 * 1024), "a.jpg"))

    assert str(refused.value) == "Tệp “a.jpg” nặng 300 KB, tối đa 200 KB."


def test_too_many_pixels_are_refused_before_drawing(monkeypatch) -> None:
    monkeypatch.setattr(files, "MAX_PIXELS", 1_000_000)

    with pytest.raises(FileError) as refused:
        check_upload(upload(picture("PNG", (1001, 1000)), "a.png"))

    assert str(refused.value) == "Ảnh “a.png” quá lớn: tối đa 1 triệu điểm ảnh."


def test_a_picture_bomb_is_refused() -> None:
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")

    with pytest.raises(FileError, match="quá lớn: tối đa 40 triệu điểm ảnh"):
        check_upload(upload(out.getvalue(), "a.png"))


def script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def launch(pdf: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.Launch, F="cmd.exe")
    pdf.pages[0].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, A=action)])


def attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["a.exe"] = b"MZ"


def named_script(pdf: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.JavaScript, JS=pikepdf.Stream(pdf, b"app.alert(1)"))
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["x", action])))


@pytest.mark.parametrize("change", (script, launch, attachment, named_script))
@pytest.mark.parametrize(
    "mode", (pikepdf.ObjectStreamMode.disable, pikepdf.ObjectStreamMode.generate)
)
def test_a_pdf_that_does_things_is_refused(change, mode) -> None:
    with pytest.raises(FileError, match="chứa mã chạy được hoặc tệp đính kèm"):
        check_upload(upload(paper(change, object_stream_mode=mode), "a.pdf"))


def test_a_pdf_with_a_plain_link_is_accepted() -> None:
    def link(pdf: pikepdf.Pdf) -> None:
        action = Dictionary(S=Name.URI, URI="https://example.vn")
        pdf.pages[0].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, A=action)])

    assert check_upload(upload(paper(link), "a.pdf")).kind == "pdf"


TEMPLATE = (
    b'<Relationships><Relationship Id="r" Type="http://x/attachedTemplate" '
    b'Target="http://evil/t.dotm" TargetMode="External"/></Relationships>'
)
LINK = (
    b'<Relationships><Relationship Id="r" Type="http://x/hyperlink" '
    b'Target="https://example.vn" TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("parts", "problem"),
    (
        ({"word/vbaProject.bin": b"x"}, "có chứa macro"),
        ({"word/embeddings/oleObject1.bin": b"x"}, "có chứa macro"),
        ({"word/activeX/activeX1.bin": b"x"}, "có chứa macro"),
        ({"word/_rels/settings.xml.rels": TEMPLATE}, "có chứa macro"),
        ({"word/_rels/a.rels": b"<!DOCTYPE a><Relationships/>"}, "có chứa macro"),
        ({"[Content_Types].xml": b'<T ContentType="x.macroEnabled.main+xml"/>'}, "có chứa macro"),
        ({"../../etc/passwd": b"x"}, "không phải là tệp Word"),
        ({"/etc/passwd": b"x"}, "không phải là tệp Word"),
        ({"word/media/bomb": b"\0" * 30_000_000}, "nén bất thường"),
    ),
)
def test_dangerous_office_files_are_refused(parts, problem) -> None:
    with pytest.raises(FileError, match=problem):
        check_upload(upload(office(parts), "a.docx"))


def test_an_office_file_with_a_link_and_a_picture_is_accepted() -> None:
    content = office({"word/_rels/document.xml.rels": LINK, "word/media/a.png": picture("PNG")})

    assert check_upload(upload(content, "a.docx")).content == content


@pytest.mark.parametrize(("limit", "value"), (("MAX_ZIP_ENTRIES", 10), ("MAX_ZIP_BYTES", 1000)))
def test_an_office_file_that_unpacks_too_large_is_refused(monkeypatch, limit, value) -> None:
    monkeypatch.setattr(zips, limit, value)
    content = office({f"word/{number}.xml": b"x" * 100 for number in range(20)})

    with pytest.raises(FileError, match="quá lớn khi mở ra"):
        check_upload(upload(content, "a.docx"))


@pytest.mark.parametrize(
    ("count", "shown"),
    ((10, "1 KB"), (350 * 1024, "350 KB"), (10 * 1024**2, "10 MB"), (1536 * 1024, "1,5 MB")),
)
def test_sizes_are_shown_for_people(count, shown) -> None:
    assert files.print_size(count) == shown


class SheetForm(forms.Form):
    sheet = UploadField(kinds=("pdf",), label="Bản quét", required=False)


class ProofForm(forms.Form):
    proofs = MultiUploadField(kinds=files.IMAGES, label="Ảnh", max_files=2)


def test_the_upload_field_gives_a_checked_file() -> None:
    form = SheetForm({}, {"sheet": upload(paper(), "a.pdf")})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["sheet"].kind == "pdf"
    assert SheetForm({}, {}).is_valid()
    assert 'accept=".pdf"' in str(form["sheet"])
    assert form.fields["sheet"].help_text == "Nhận tệp PDF; mỗi tệp tối đa 10 MB."


def test_the_upload_field_shows_the_sentence() -> None:
    form = SheetForm({}, {"sheet": upload(picture(), "a.jpg")})

    assert form.errors == {"sheet": ["Không nhận tệp “a.jpg”. Chỉ nhận: tệp PDF."]}


def several(*chosen: SimpleUploadedFile) -> ProofForm:
    from django.utils.datastructures import MultiValueDict

    return ProofForm({}, MultiValueDict({"proofs": list(chosen)}))


def test_several_files_are_checked_each() -> None:
    form = several(upload(picture(), "a.jpg"), upload(picture("PNG"), "b.png"))

    assert form.is_valid(), form.errors
    assert [one.name for one in form.cleaned_data["proofs"]] == ["a.jpg", "b.png"]
    assert "multiple" in str(form["proofs"])


def test_several_files_name_every_problem() -> None:
    assert several(upload(b"x", "a.exe"), upload(b"", "b.png")).errors == {
        "proofs": [
            "Không nhận tệp “a.exe”. Chỉ nhận: ảnh JPG, ảnh PNG, ảnh WebP.",
            "Tệp “b.png” rỗng.",
        ]
    }
    assert several(*[upload(picture(), "a.jpg")] * 3).errors == {
        "proofs": ["Đã chọn 3 tệp, tối đa 2 tệp."]
    }
    assert several().errors == {"proofs": ["Hãy chọn tệp."]}


@pytest.mark.django_db
def test_store_keeps_the_file_under_a_name_nobody_can_guess(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    checked = check_upload(upload(picture(), "Ảnh của tôi.jpg"))

    row = files.store(checked, by=None)

    assert (row.name, row.content_type, row.size) == ("Ảnh của tôi.jpg", "image/jpeg", checked.size)
    assert row.sha256 == hashlib.sha256(checked.content).hexdigest()
    path = Path(row.file.name)
    assert (len(path.stem), path.suffix) == (36, ".jpg")
    assert Path(row.file.path).read_bytes() == checked.content


@pytest.mark.django_db
def test_a_download_is_saved_never_shown(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    row = files.store(check_upload(upload(paper(), "Thông báo.pdf")), by=None)

    response = FileResponse(**files.open_for_download(row))

    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''Th%C3%B4ng")
    assert (response["Content-Type"], response["Cache-Control"]) == (
        "application/pdf", "private, no-store",
    )  # fmt: skip
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    response.close()
