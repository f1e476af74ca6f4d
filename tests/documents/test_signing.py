"""The signed copy: kept by content, its signatures read honestly, downloaded first."""

import datetime
import io

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import NameOID
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.access import RefusedError
from core.files import check_upload
from core.transitions import history_of
from documents import actions
from documents.documents import paper_of
from documents.printing.pdf import render_pdf
from documents.queries.signatures import read_signatures
from tests.factories.documents import issued
from tests.forms import once

ROOM = 4000
MOMENT = "D:20260508093000+07'00'"


def plain_pdf(words="scan"):
    paper = pikepdf.new()
    paper.add_blank_page()
    paper.docinfo["/Title"] = words
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def envelope(name="Nguyễn Văn An"):
    """A detached signature by a certificate in this name."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))
        .not_valid_after(datetime.datetime(2027, 1, 1, tzinfo=datetime.UTC))
        .sign(key, hashes.SHA256())
    )
    builder = pkcs7.PKCS7SignatureBuilder().set_data(b"paper")
    builder = builder.add_signer(certificate, key, hashes.SHA256())
    return builder.sign(Encoding.DER, [pkcs7.PKCS7Options.DetachedSignature])


def signed_pdf(name="Nguyễn Văn An"):
    """A PDF with one signature field that covers all of it."""
    paper = pikepdf.new()
    paper.add_blank_page()
    value = pikepdf.Dictionary(
        Type=pikepdf.Name.Sig,
        Filter=pikepdf.Name("/Adobe.PPKLite"),
        SubFilter=pikepdf.Name("/adbe.pkcs7.detached"),
        M=MOMENT,
        Reason="Ban hành",
        ByteRange=pikepdf.Array([0, 1111111111, 2222222222, 3333333333]),
        Contents=pikepdf.String(envelope(name).ljust(ROOM, b"\0")),
    )
    field = pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="ChuKy1", V=paper.make_indirect(value))
    paper.Root.AcroForm = pikepdf.Dictionary(Fields=[paper.make_indirect(field)], SigFlags=3)
    out = io.BytesIO()
    paper.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    content = out.getvalue()
    start = content.index(b"/Contents <") + len(b"/Contents ")
    end = content.index(b">", start) + 1
    ranges = {b"1111111111": start, b"2222222222": end, b"3333333333": len(content) - end}
    for placeholder, number in ranges.items():
        content = content.replace(placeholder, str(number).ljust(10).encode())
    return content


def upload(content, name="ban-ky.pdf"):
    return check_upload(SimpleUploadedFile(name, content), kinds=("pdf",))


@pytest.fixture
def paper(document):
    return issued(document)


def test_signatures_of_a_signed_pdf_are_read():
    assert read_signatures(signed_pdf()) == [
        {
            "field": "ChuKy1",
            "name": "Nguyễn Văn An",
            "issuer": "Nguyễn Văn An",
            "at": "2026-05-08T09:30:00+07:00",
            "reason": "Ban hành",
            "is_whole": True,
        }
    ]


def test_what_was_added_after_signing_is_said():
    content = signed_pdf() + b"\n% more\n"

    assert [one["is_whole"] for one in read_signatures(content)] == [False]


@pytest.mark.parametrize("content", (plain_pdf(), b"", b"%PDF-1.7 broken", b"\x00" * 50))
def test_files_without_signatures_have_none(content):
    assert read_signatures(content) == []


def test_the_copy_is_kept_with_hash_and_signatures(paper, clerk):
    copy = actions.attach_signed_copy(paper, by=clerk, file=upload(signed_pdf()), note="ký số")

    assert (len(copy.file.sha256), copy.attached_by) == (64, clerk)
    assert copy.signatures[0]["name"] == "Nguyễn Văn An"
    assert copy.file.sha256 in history_of(paper).first().note


def test_only_issued_papers_only_the_own_office_and_only_once(document, clerk, stranger):
    file = upload(plain_pdf())
    with pytest.raises(RefusedError):
        actions.attach_signed_copy(document, by=clerk, file=file)
    issued(document)
    with pytest.raises(RefusedError):
        actions.attach_signed_copy(document, by=stranger, file=file)
    actions.attach_signed_copy(document, by=clerk, file=file)
    with pytest.raises(RefusedError, match="đã được gắn"):
        actions.attach_signed_copy(document, by=clerk, file=file)


def test_the_signed_copy_is_downloaded_first_here_and_in_public(paper, clerk, browse, client):
    content = signed_pdf()
    here = reverse("documents:pdf", args=[paper.pk])
    office = browse(clerk)
    page = once(file=SimpleUploadedFile("k.pdf", content), note="")
    assert office.post(reverse("documents:signed", args=[paper.pk]), page).status_code == 302

    got = {
        "detail": b"".join(office.get(here)),
        "public": b"".join(client.get(reverse("portal:paper", args=[paper.pk]))),
        "printed": b"".join(office.get(here, {"ban": "phan-mem"})),
    }
    with paper.pdf.open("rb") as printed:
        assert got == {"detail": content, "public": content, "printed": printed.read()}
    shown = office.get(paper.get_absolute_url()).content.decode()
    for words in ("Nguyễn Văn An", "Chữ ký bao trùm cả tệp", "chưa kiểm tra chữ ký"):
        assert words in shown


def test_a_file_that_is_no_pdf_is_refused_in_words(paper, clerk, browse):
    page = once(file=SimpleUploadedFile("k.pdf", b"MZ"), note="")
    answer = browse(clerk).post(reverse("documents:signed", args=[paper.pk]), page)

    assert "không phải là tệp PDF thật" in answer.content.decode()
    assert not paper.signed_copies.exists()


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")  # WeasyPrint's colour profile
@pytest.mark.parametrize("variant", ("frozen", "archival"))
def test_the_unsigned_pdf_is_no_signed_copy(document, clerk, variant):
    issued(document)
    document.refresh_from_db()
    with document.pdf.open() as pdf:
        frozen = pdf.read()
    archival = variant == "archival"
    content = render_pdf(paper_of(document), is_archival=True) if archival else frozen
    file = SimpleUploadedFile("ban-ky.pdf", content)

    with pytest.raises(RefusedError, match="chưa ký"):
        actions.attach_signed_copy(document, by=clerk, file=check_upload(file, kinds=("pdf",)))

    assert document.signed_copies.count() == 0
