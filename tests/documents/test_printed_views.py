import io

import pikepdf
import pytest
from django.urls import reverse

from documents.printing.docx import CONTENT_TYPE
from tests.documents.measure import read
from tests.documents.measure_docx import Word

pytestmark = pytest.mark.django_db


def test_draft_is_downloaded_as_a_word_file(browse, clerk, document):
    answer = browse(clerk).get(reverse("documents:docx", args=[document.pk]))

    assert (answer.status_code, answer["Content-Type"]) == (200, CONTENT_TYPE)
    assert answer["Content-Disposition"] == (
        f'attachment; filename="KH-du-thao-{document.pk}.docx"'
    )
    assert "no-store" in answer["Cache-Control"]
    assert document.abstract[:20] in Word(answer.content).text.replace("\n", " ")


def test_word_file_of_an_issued_paper_is_named_by_its_number(paper_in_force, browse):
    answer = browse(paper_in_force.created_by).get(
        reverse("documents:docx", args=[paper_in_force.pk])
    )

    code = paper_in_force.register_code.replace("/", "-")
    assert answer.status_code == 200
    assert f"{paper_in_force.number:02d}" in Word(answer.content).text
    assert "filename*=utf-8''KH-" in answer["Content-Disposition"]
    assert code.startswith(f"{paper_in_force.number:02d}-")


def test_word_file_is_hidden_from_those_who_may_not_see_the_paper(browse, stranger, document):
    answer = browse(stranger).get(reverse("documents:docx", args=[document.pk]))

    assert answer.status_code == 404


def test_issued_pdf_is_the_stored_copy_and_options_print_anew(paper_in_force, browse):
    client = browse(paper_in_force.created_by)
    address = reverse("documents:pdf", args=[paper_in_force.pk])

    stored = b"".join(client.get(address))
    two_sided = client.get(f"{address}?hai-mat=1").content

    with paper_in_force.pdf.open("rb") as kept:
        assert stored == kept.read()
    assert two_sided != stored
    assert read(two_sided).text == read(stored).text


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")  # WeasyPrint's colour profile
def test_archival_pdf_is_downloaded(browse, clerk, document):
    answer = browse(clerk).get(reverse("documents:pdf", args=[document.pk]), {"luu-tru": "1"})

    assert answer["Content-Disposition"].startswith("attachment")
    pdf = pikepdf.open(io.BytesIO(answer.content))
    assert b"pdfaid" in pdf.Root.Metadata.read_bytes()


def test_reading_page_and_editor_link_to_the_word_file(browse, clerk, document):
    client, address = browse(clerk), reverse("documents:docx", args=[document.pk])

    pages = [client.get(reverse(f"documents:{name}", args=[document.pk])) for name in ("detail", "edit")]  # fmt: skip

    assert [address in page.content.decode() for page in pages] == [True, True]
