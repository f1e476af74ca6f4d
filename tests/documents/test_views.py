"""The pages of documents."""

import unicodedata

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import HistoryEntry
from documents import actions
from documents.actions import ClauseDraft
from documents.facts import Fact
from documents.models import Clause, ClauseKind
from tests.documents.pages import header_values, url
from tests.factories.documents import (
    DocumentFactory,
    draft_document,
    issued,
)
from tests.forms import once


# --- reading --------------------------------------------------------------------------------------
def test_register_lists_searches_and_filters(document, clerk, browse):
    other = draft_document(document.organisation, abstract="Ngân sách", by=clerk, type_code="TB")
    page = browse(clerk)

    def shown(**query):
        answer = page.get(reverse("documents:register"), query)
        return {row.pk for row in answer.context["page"].rows}

    assert shown() == {document.pk, other.pk}
    assert shown(q="doi thoai") == {document.pk}
    assert shown(type="TB") == {other.pk}
    assert shown(state="issued") == set()
    assert shown(year="2020") == set()


def test_register_costs_the_same_for_one_and_thirty_rows(document, clerk, browse):
    page = browse(clerk)

    def cost():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page.get(reverse("documents:register"))
        return len(asked)

    cost()
    one = cost()
    DocumentFactory.create_batch(29, organisation=document.organisation, created_by=clerk)

    assert cost() == one
    assert one <= 15


def test_detail_tells_a_step_back_as_a_return(clerk, document, browse):
    for pair in (("draft", "submitted"), ("submitted", "draft")):
        HistoryEntry.objects.create(subject=document, from_state=pair[0], to_state=pair[1])

    answer = browse(clerk).get(url("detail", document))

    words = [event.label for event in answer.context["history"]]
    assert words == ["Trả lại để sửa", "", ""]


def test_detail_shows_what_happened(clerk, document, browse):
    answer = browse(clerk).get(url("detail", document))

    assert answer.status_code == 200
    assert [entry.note for entry in answer.context["history"]] == ["Bắt đầu soạn"]


@pytest.mark.parametrize("name", ("detail", "edit", "header", "preview", "pdf", "submit", "issue"))
def test_strangers_do_not_learn_that_a_draft_exists(document, stranger, browse, name):
    assert browse(stranger).get(url(name, document)).status_code == 404


def test_preview_and_draft_pdf(document, clerk, browse):
    preview = browse(clerk).get(url("preview", document))
    pdf = browse(clerk).get(url("pdf", document))

    assert "KẾ HOẠCH" in preview.content.decode()
    assert (pdf["Content-Type"], pdf.content[:4]) == ("application/pdf", b"%PDF")


def test_issued_pdf_is_the_frozen_file(db, browse):
    document = issued()

    answer = browse(document.created_by).get(url("pdf", document))
    content = b"".join(answer.streaming_content)

    with document.pdf.open("rb") as stored:
        assert stored.read() == content


def test_skin_css_is_cached_for_ever_under_its_version(document, clerk, browse):
    preview = browse(clerk).get(url("preview", document)).content.decode()
    address = preview.split('href="')[1].split('"')[0]

    answer = browse(clerk).get(address)
    old = browse(clerk).get(reverse("documents:skin_css", args=[document.skin_id, "old"]))

    assert answer["Content-Type"] == "text/css"
    assert "immutable" in answer["Cache-Control"]
    assert "immutable" not in old["Cache-Control"]


# --- writing --------------------------------------------------------------------------------------
def test_editor_costs_the_same_for_three_and_thirty_clauses(document, clerk, browse):
    page = browse(clerk)

    def cost():
        with CaptureQueriesContext(connection) as asked:
            assert page.get(url("edit", document)).status_code == 200
        return len(asked)

    cost()
    few = cost()
    actions.add_drafts(
        document, by=clerk, drafts=[ClauseDraft(ClauseKind.TEXT, f"Đoạn {n}") for n in range(30)]
    )

    assert cost() == few
    assert few <= 15


def test_saving_a_clause_costs_at_most_ten_questions(document, clerk, browse):
    clause = document.clauses.get(kind=ClauseKind.CLOSING)
    page = browse(clerk)
    page.get(url("edit", document))

    with CaptureQueriesContext(connection) as asked:
        answer = page.post(
            url("clause_edit", document, clause.pk), {"version": 1, "text": "Câu kết mới"}
        )

    assert answer.status_code == 302
    statements = [row["sql"] for row in asked if "SAVEPOINT" not in row["sql"]]
    assert len(statements) <= 10


def test_clause_edit_saves(document, clerk, browse):
    clause = document.clauses.get(kind=ClauseKind.CLOSING)

    answer = browse(clerk).post(
        url("clause_edit", document, clause.pk), {"version": 1, "text": "Câu kết mới"}
    )

    clause.refresh_from_db()
    assert answer.url == f"{url('edit', document)}?clause={clause.pk}#clause-{clause.pk}"
    assert clause.text == "Câu kết mới"


def test_stale_clause_shows_both_versions_and_can_be_saved_over(document, clerk, browse):
    clause = document.clauses.get(kind=ClauseKind.CLOSING)
    actions.edit_clause(clause, by=clerk, version=1, text="Bản của người khác")
    page = browse(clerk)
    address = url("clause_edit", document, clause.pk)

    answer = page.post(address, {"version": 1, "text": "Bản của tôi"})

    assert answer.status_code == 409
    assert answer.context["stale"]["rows"] == [
        {"label": "Nội dung", "mine": "Bản của tôi", "theirs": "Bản của người khác"}
    ]
    again = answer.context["editor"].words
    assert (again["text"].value(), again["version"].value()) == ("Bản của tôi", "2")
    assert page.post(address, {"version": 2, "text": "Bản của tôi"}).status_code == 302


def test_stale_header_shows_both_versions(document, clerk, browse):
    actions.edit_header(document, by=clerk, version=1, abstract="Bản của người khác")

    answer = browse(clerk).post(
        url("header", document), header_values(document, version=1, abstract="Bản của tôi")
    )

    assert answer.status_code == 409
    first = answer.context["stale"]["rows"][0]
    assert (first["mine"], first["theirs"]) == ("Bản của tôi", "Bản của người khác")
    assert answer.context["form"]["abstract"].value() == "Bản của tôi"


def test_header_reads_recipients_with_their_purpose(document, clerk, browse):
    answer = browse(clerk).post(url("header", document), header_values(document))

    assert answer.status_code == 302
    assert list(document.recipients.values_list("text", "purpose")) == [
        ("Ban Dân vận", "report"),
        ("Lưu Văn phòng", "archive"),
    ]


def test_double_click_on_add_adds_once(document, clerk, browse):
    page = browse(clerk)
    address = f"{url('clause_add', document)}?kind=text"
    values = once(text="Đoạn mới")

    first, second = page.post(address, values), page.post(address, values)

    assert first.url == second.url
    assert document.clauses.filter(text="Đoạn mới").count() == 1


def test_add_offers_the_kinds_that_make_sense(document, clerk, browse):
    heading = document.clauses.get(kind=ClauseKind.HEADING)
    basis = document.clauses.get(kind=ClauseKind.LEGAL_BASIS)
    page = browse(clerk)

    def inside(clause):
        answer = page.get(url("clause_add", document), {"at": clause.pk})
        return [choice["label"] for choice in answer.context["adding"]["inside"]]

    assert inside(basis) == []
    assert "Mục đích" in inside(heading)
    assert "Điểm kết luận" not in inside(heading)


@pytest.mark.parametrize("at", ("0", "999999999", "x", "²", "-1", "9" * 40))
def test_add_at_a_foreign_place_is_404(document, clerk, browse, at):
    assert browse(clerk).get(url("clause_add", document), {"at": at}).status_code == 404


def test_foreign_clause_is_404(document, clerk, browse):
    foreign = draft_document().clauses.first()

    for name in ("clause_edit", "clause_remove"):
        assert browse(clerk).get(url(name, document, foreign.pk)).status_code == 404
    assert browse(clerk).post(url("clause_move", document, foreign.pk)).status_code == 404


def test_remove_names_what_goes_with_it(document, clerk, browse):
    heading = document.clauses.get(kind=ClauseKind.HEADING)
    page = browse(clerk)

    shown = page.get(url("clause_remove", document, heading.pk))
    answer = page.post(url("clause_remove", document, heading.pk))

    assert [row.text for row in shown.context["below"]] == ["Lắng nghe ý kiến Nhân dân"]
    assert answer.status_code == 302
    assert document.clauses.count() == 2


def test_a_script_gets_only_the_outline(document, clerk, browse):
    answer = browse(clerk).get(url("edit", document), headers={"Accept": "application/json"})

    assert "<html" not in answer.json()["outline"]
    assert answer.json()["outline"].count('class="outline-row"') == 4


# --- bad input ------------------------------------------------------------------------------------
def test_text_is_kept_composed(document, clerk, browse):
    clause = document.clauses.get(kind=ClauseKind.CLOSING)
    text = unicodedata.normalize("NFD", "Kính gửi Ủy ban, cảm ơn 🙂")

    browse(clerk).post(url("clause_edit", document, clause.pk), {"version": 1, "text": text})

    clause.refresh_from_db()
    assert clause.text == "Kính gửi Ủy ban, cảm ơn 🙂"


def test_ten_thousand_characters_fit_in_a_clause_not_in_a_name(document, clerk, browse):
    clause = document.clauses.get(kind=ClauseKind.CLOSING)
    long = "đ" * 10_000
    page = browse(clerk)

    saved = page.post(url("clause_edit", document, clause.pk), {"version": 1, "text": long})
    refused = page.post(url("header", document), header_values(document, signer_name=long))

    assert saved.status_code == 302
    assert refused.status_code == 200
    assert refused.context["form"].errors["signer_name"] == [
        "Nội dung dài 10000 ký tự, tối đa 120 ký tự. Hãy rút ngắn lại."
    ]
    assert long in refused.content.decode()


@pytest.mark.parametrize("sign", ("\x00", "\x07", "\u202e"))
def test_hidden_characters_are_refused_with_a_sentence(document, clerk, browse, sign):
    clause = document.clauses.get(kind=ClauseKind.CLOSING)

    answer = browse(clerk).post(
        url("clause_edit", document, clause.pk), {"version": 1, "text": f"Xin chào{sign}bạn"}
    )

    assert answer.status_code == 200
    assert answer.context["editor"].words.errors["text"][0].startswith("Có ký tự ẩn")


def test_html_in_a_clause_is_only_text(document, clerk, browse):
    clause = document.clauses.get(kind=ClauseKind.CLOSING)
    page = browse(clerk)
    page.post(
        url("clause_edit", document, clause.pk),
        {"version": 1, "text": "<script>alert(1)</script><b>x</b>"},
    )

    for name in ("edit", "preview"):
        shown = page.get(url(name, document)).content.decode()
        assert "<script>alert" not in shown
        assert "&lt;script&gt;" in shown


# --- legal bases ----------------------------------------------------------------------------------
def test_a_fact_is_saved_with_its_clause(document, clerk, browse, own_fact):
    from django import forms

    class Mood(forms.Form):
        mood = forms.CharField()

        def __init__(self, *args, clause, **kwargs):
            super().__init__(*args, **kwargs)
            self.clause = clause

    saved = []
    own_fact(
        ClauseKind.TEXT,
        Fact(form=Mood, save=lambda clause, cleaned, by: saved.append((clause.pk, cleaned))),
    )

    browse(clerk).post(
        f"{url('clause_add', document)}?kind=text", once(**{"text": "x", "fact-mood": "vui"})
    )

    assert saved == [(Clause.objects.latest("pk").pk, {"mood": "vui"})]


# --- the path -------------------------------------------------------------------------------------
