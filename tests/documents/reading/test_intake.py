"""What a Word file says, line by line, and every file that is not read."""

import time

import pytest

from documents.reading import intake, pdf
from documents.reading.intake import IntakeError, read_content, read_pasted, read_path
from tests.documents.reading import files
from tests.documents.reading.files import counted, p, r, table, word
from tests.documents.reading.test_encodings import TEXT, in_tcvn3, in_vni

OUTLINE = (("upperRoman", "%1-"), ("decimal", "%2."), ("decimal", "%2.%3."), ("lowerLetter", "%4)"), ("bullet", "\uf0b7"), ("bullet", "o"))  # fmt: skip
DELETED = '<w:del w:id="1"><w:r><w:delText>bỏ đi</w:delText></w:r></w:del>'
INSERTED = f'<w:ins w:id="2">{r("thêm vào")}</w:ins>'
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE \\@ "yyyy"</w:instrText></w:r>'
    f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("2026")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
BOX = (
    "<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>{0}</w:txbxContent></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
).format(p("Trong khung"))
HEADING = (
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Muc"><w:name w:val="Mục"/><w:basedOn w:val="H1"/></w:style>'
)


def lines_of(*body, **parts):
    content = word(*body, parts={f"word/{name}.xml": part for name, part in parts.items()})
    return [line for line in read_content(content).lines if line.strip()]


@pytest.mark.parametrize(
    ("body", "lines"),
    (
        (p("Một ", "dòng"), ["Một dòng"]),
        (p(r("ĐẬM", "<w:b/>")), ["**ĐẬM**"]),
        (p(r("đậm", "<w:b/>"), " nhạt"), ["đậm nhạt"]),
        (p(r("nhạt", '<w:b w:val="0"/>')), ["nhạt"]),
        (p(r("ubnd xã", "<w:caps/>")), ["UBND XÃ"]),
        (p(r("ẩn", "<w:vanish/>"), "hiện"), ["hiện"]),
        (p(r("trên"), "<w:r><w:br/></w:r>", r("dưới")), ["trên  ", "dưới"]),
        (p("05", "<w:r><w:noBreakHyphen/></w:r>", "KH/ĐU"), ["05-KH/ĐU"]),
        (p("1.", "<w:r><w:tab/></w:r>", "Mục đích"), ["1. Mục đích"]),
        (p("Giữ ", DELETED, INSERTED), ["Giữ thêm vào"]),
        (p("Năm ", FIELD), ["Năm 2026"]),
        (p("Trước", BOX) + p("Sau"), ["Trước", "Trong khung", "Sau"]),
        (f"<w:sdt><w:sdtContent>{p('Trong ô')}</w:sdtContent></w:sdt>", ["Trong ô"]),
        (p(f"<w:hyperlink>{r('liên kết')}</w:hyperlink>"), ["liên kết"]),
        (table(("TT", "Nội dung"), ("1", "Khai mạc")), ["TT\tNội dung", "1\tKhai mạc"]),
        (table((p("Nơi nhận:") + p("- Như trên"), p("BÍ THƯ"))), ["Nơi nhận:", "- Như trên", "BÍ THƯ"]),
    ),
)  # fmt: skip
def test_a_word_file_reads_as_one_would_type_it(body, lines):
    assert lines_of(body) == lines


def test_headings_of_styles():
    level = '<w:pStyle w:val="Muc"/>'

    assert lines_of(p("Mục đích", properties=level), styles=files.styles(HEADING)) == [
        "# **Mục đích**"
    ]


def test_automatic_numbers_and_dashes_come_out():
    body = [
        p("Mục đích", properties=counted(0)),
        p("Yêu cầu", properties=counted(1)),
        p("Nhỏ", properties=counted(2)),
        p("Nhỏ nữa", properties=counted(2)),
        p("chữ cái", properties=counted(3)),
        p("gạch", properties=counted(4)),
        p("cộng", properties=counted(5)),
        p("Nội dung", properties=counted(0)),
        p("Từ một", properties=counted(1)),
        p("ngoài", properties=counted(0, 0)),
        p("Làm lại", properties=counted(0, 3)),
        p("Đếm tiếp", properties=counted(0)),
    ]

    assert lines_of(*body, numbering=files.lists(*OUTLINE, restarts={3: 1})) == [
        "I- Mục đích",
        "1. Yêu cầu",
        "1.1. Nhỏ",
        "1.2. Nhỏ nữa",
        "a) chữ cái",
        "- gạch",
        "+ cộng",
        "II- Nội dung",
        "1. Từ một",
        "ngoài",
        "I- Làm lại",
        "II- Đếm tiếp",
    ]


def test_lists_and_fonts_may_come_from_a_style():
    shape = (
        f'<w:style w:type="paragraph" w:styleId="S" w:default="1"><w:name w:val="S"/><w:pPr>{counted(1)}</w:pPr>'
        '<w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr></w:style>'
    )
    content = word(p("KÕ ho¹ch"), parts={"word/styles.xml": files.styles(shape), "word/numbering.xml": files.lists(*OUTLINE)})  # fmt: skip

    found = read_content(content)

    assert found.lines[0] == "1. Kế hoạch"
    assert found.notices == (intake.converted("TCVN3"),)


def test_runs_in_old_fonts_are_converted_and_said_so():
    old, capital, vni = (
        f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>'
        for font in (".VnTime", ".VnTimeH", "VNI-Times")
    )
    content = word(
        p(r("§¶ng ñy", old), " – Đảng ủy – ", r("kÕ ho¹ch", capital), r(" Keá hoaïch", vni))
    )

    found = read_content(content)

    assert found.lines[0] == "Đảng ủy – Đảng ủy – KẾ HOẠCH Kế hoạch"
    assert found.notices == (intake.converted("TCVN3"), intake.converted("VNI"))
    assert "tệp dùng bảng mã cũ tcvn3, đã chuyển sang unicode" in found.notices[0].lower()


@pytest.mark.parametrize(("write", "name"), ((in_tcvn3, "TCVN3"), (in_vni, "VNI")))
def test_old_encodings_in_text_files_and_pasted(write, name):
    assert read_content(write(TEXT).encode("latin-1")).text == TEXT
    pasted = read_pasted(write(TEXT))

    assert (pasted.text, pasted.notices) == (TEXT, (intake.converted(name),))


def test_a_text_keeps_its_lines():
    assert read_content("\r\nmột  \r\nhai\r\n\r\n\r\nba\r\n".encode()).lines == (
        "",
        "một  ",
        "hai",
        "",
        "",
        "ba",
    )


MACRO = files.TYPES.replace("document.main", "document.macroEnabled.main")
ENTITY = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb">]><w:document xmlns:w="w">&b;</w:document>'
)
BAD = {
    "empty": (b"", "Tệp rỗng"),
    "zeros": (b"\0" * 2000, "Tệp rỗng"),
    "password": (files.compound("EncryptionInfo", "EncryptedPackage"), "Tệp Word có mật khẩu"),
    "old word": (files.compound("WordDocument", "1Table"), "Đây là tệp Word đời cũ (.doc)"),
    "other compound": (files.compound("Workbook"), "Tệp này không phải tệp Word"),
    "broken": (word(p("a"))[:200], "Tệp Word đã hỏng"),
    "broken text": (files.zipped({"[Content_Types].xml": files.TYPES, "word/document.xml": "<w:document"}), "Tệp Word đã hỏng"),
    "docm": (word(p("a"), types=MACRO), "Tệp Word có macro"),
    "macro inside": (word(p("a"), parts={"word/vbaProject.bin": b"x"}), "Tệp Word có macro"),
    "long pdf": (files.paper(pages=61), "Tệp PDF dài 61 trang"),
    "pdf with password": (files.paper(pages=1, password="x"), "Tệp PDF có mật khẩu"),
    "broken pdf": (b"%PDF-1.7 nothing", "Tệp PDF đã hỏng"),
    "scan": (files.paper(pages=3), "Đây là bản quét 3 trang"),
    "scan in Word": (word(p(""), parts={"word/media/image1.png": files.picture()}), "Tệp chỉ có ảnh quét"),
    "no words": (word(p("")), "Tệp Word không có chữ nào"),
    "png": (files.picture(), "Đây là tệp ảnh"),
    "jpeg": (files.picture("JPEG"), "Đây là tệp ảnh"),
    "excel": (files.zipped({"xl/workbook.xml": "<a/>"}), "Đây là tệp Excel"),
    "slides": (files.zipped({"ppt/presentation.xml": "<a/>"}), "Đây là tệp PowerPoint"),
    "libre office": (files.zipped({"mimetype": "x", "content.xml": "<a/>"}), "Đây là tệp của LibreOffice"),
    "zip in a zip": (files.zipped({"a.zip": files.zipped({"b.zip": b"c"})}), "Đây là tệp nén"),
    "entities": (files.zipped({"[Content_Types].xml": files.TYPES, "word/document.xml": ENTITY}), "Tệp Word này chứa khai báo lạ"),
    "entities of styles": (word(p("a"), parts={"word/styles.xml": ENTITY}), "Tệp Word này chứa khai báo lạ"),
    "rtf": (b"{\\rtf1 abc}", "Đây là tệp RTF"),
    "html": (b"<html><body>a</body></html>", "Đây là tệp trang mạng"),
    "program": (b"\x7fELF" + bytes(range(256)) * 20, "Tệp này không phải văn bản"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "sentence"), BAD.values(), ids=BAD)
def test_a_file_that_is_not_read_gets_its_sentence(content, sentence):
    with pytest.raises(IntakeError) as refused:
        read_content(content)

    said = str(refused.value)
    assert said.startswith(sentence)
    assert any(word in said for word in ("Hãy",))


@pytest.mark.parametrize(
    ("limit", "value", "content"),
    (
        ("READING_MAX_ENTRIES", 20, word(p("a"), parts={f"word/{n}.xml": "" for n in range(30)})),
        ("READING_MAX_UNPACKED_BYTES", 50_000, word(p("a" * 100_000))),
        ("READING_MAX_PART_BYTES", 50_000, word(p("a" * 100_000))),
        ("READING_RATIO_FROM_BYTES", 50_000, word(p("a" * 500_000))),
    ),
)
def test_a_zip_bomb_is_not_unpacked(settings, limit, value, content):
    setattr(settings, limit, value)

    with pytest.raises(IntakeError, match="phình quá lớn"):
        read_content(content)


def test_a_directory_that_lies_is_found_out(settings):
    settings.READING_MAX_PART_BYTES = 50_000
    honest = word(p("a" * 100_000))
    true = len(f'<w:r><w:rPr></w:rPr><w:t xml:space="preserve">{"a" * 100_000}</w:t></w:r>')
    at = honest.rfind(b"word/document.xml") - 46
    size = int.from_bytes(honest[at + 24 : at + 28], "little")
    lying = honest[: at + 24] + (900).to_bytes(4, "little") + honest[at + 28 :]

    assert size > true
    with pytest.raises(IntakeError):
        read_content(lying)


def test_size_is_judged_before_anything_is_read(settings, tmp_path):
    big = tmp_path / "big.docx"
    big.write_bytes(b"PK\x03\x04" + b"\0" * (50 * 1024 * 1024))

    begun = time.perf_counter()
    with pytest.raises(IntakeError, match="Tệp nặng 50 MB, chỉ nhận tệp không quá 10 MB"):
        read_path(big)

    assert time.perf_counter() - begun < 0.5


@pytest.mark.parametrize(
    "text", ("Một đoạn dài. " * 80_000, "a\n" * 4_001), ids=("a megabyte", "many lines")
)
def test_too_much_text_is_said(text):
    with pytest.raises(IntakeError, match="mỗi lần chỉ đọc được"):
        read_pasted(text)


STOPPED = {
    "endless": "while True: pass",
    "killed while it speaks": "import os; os.write(1, b'{\"words\": [[1'); os.kill(os.getpid(), 9)",
    "out of memory": "import resource; resource.setrlimit(resource.RLIMIT_AS, (1 << 28,) * 2); bytearray(1 << 29)",
}


@pytest.mark.parametrize("said", STOPPED.values(), ids=STOPPED)
def test_a_pdf_that_exhausts_its_process_gets_its_sentence(monkeypatch, tmp_path, said):
    child = tmp_path / "child.py"
    child.write_text(said)
    monkeypatch.setattr(pdf, "CHILD", child)
    monkeypatch.setattr(pdf, "SECONDS", 0.5)

    with pytest.raises(IntakeError, match="Tệp PDF này quá nặng khi mở ra nên đã dừng lại"):
        read_content(files.paper(pages=1))


def test_a_huge_page_is_stopped_by_the_limits_of_the_process(monkeypatch, tmp_path):
    child = tmp_path / "child.py"
    child.write_text(pdf.CHILD.read_text().replace("768 *", "160 *"))
    monkeypatch.setattr(pdf, "CHILD", child)

    with pytest.raises(IntakeError, match="quá nặng khi mở ra"):
        read_content(files.heavy_paper())


def test_nothing_pasted_is_said():
    with pytest.raises(IntakeError, match="Chưa có nội dung"):
        read_pasted(" \n ")
