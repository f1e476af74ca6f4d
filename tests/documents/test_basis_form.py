"""A legal basis is picked or entered beside its clause."""

import pytest

from documents.forms.writing import CodeField
from documents.models import ClauseBasis, LegalBasis
from documents.reading.bases import basis_of
from tests.documents.test_views import once, url
from tests.factories.documents import LegalBasisFactory


def test_legal_basis_is_picked_without_accents_and_words_are_proposed(document, clerk, browse):
    basis = LegalBasisFactory(number="217-QĐ/TW")

    browse(clerk).post(
        f"{url('clause_add', document)}?kind=legal_basis",
        once(**{"text": "", "fact-choice": "217 giam sat va phan bien"}),
    )

    clause = ClauseBasis.objects.get(basis=basis).clause
    assert clause.text == (
        "Quyết định số 217-QĐ/TW ngày 12/12/2013 của Bộ Chính trị "
        "về việc ban hành Quy chế giám sát và phản biện xã hội"
    )


def test_new_legal_basis_enters_the_register_once(document, clerk, browse):
    page = browse(clerk)
    values = {
        "text": "",
        "fact-kind": "Quy định",
        "fact-number": "11-QĐi/TW",
        "fact-date": "18/02/2019",
        "fact-body": "Bộ Chính trị",
        "fact-title": "Quy định về trách nhiệm của người đứng đầu",
    }
    address = f"{url('clause_add', document)}?kind=legal_basis"

    for _time in range(2):
        assert page.post(address, once(**values)).status_code == 302

    assert LegalBasis.objects.count() == 1
    assert LegalBasis.objects.get().added_by == document.organisation


@pytest.mark.parametrize(
    ("field", "typed"),
    (("fact-choice", "không có văn bản này"), ("fact-date", "31/02/2020"), ("text", "")),
)
def test_legal_basis_says_what_it_does_not_understand(document, clerk, browse, field, typed):
    answer = browse(clerk).post(
        f"{url('clause_add', document)}?kind=legal_basis", once(**{"text": "", field: typed})
    )

    editor = answer.context["editor"]
    name = field.removeprefix("fact-")
    form = editor.fact_form if field.startswith("fact-") else editor.words
    assert answer.status_code == 200
    assert len(form.errors[name]) == 1


@pytest.mark.parametrize(
    ("typed", "code", "number", "symbol"),
    (
        ("59/2023/NĐ-CP", "59/2023/NĐ-CP", "59/2023", "NĐ-CP"),
        ("số 59 / 2023/ NĐ–CP", "59/2023/NĐ-CP", "59/2023", "NĐ-CP"),
        ("72/2025/QH15", "72/2025/QH15", "72/2025", "QH15"),
        ("5 -KH/ĐU", "05-KH/ĐU", 5, "KH/ĐU"),
        ("135 /UBND-VP", "135/UBND-VP", 135, "UBND-VP"),
    ),
)
def test_number_and_symbol_are_told_apart_typed_or_read(typed, code, number, symbol):
    read = basis_of(f"Nghị định {typed} ngày 14/8/2023 của Chính phủ", line=1)

    assert CodeField(60).clean(typed) == code
    assert (read.number, read.symbol, read.register_code) == (number, symbol, code)


def test_what_is_no_code_stays_as_typed():
    assert CodeField(60).clean("không số") == "không số"
