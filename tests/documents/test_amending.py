"""An issued paper is amended: the copy, the comparison, the paper that says what changed."""

import datetime

import pytest
from django.urls import reverse

from core.access import RefusedError
from documents import actions, queries
from documents.actions import ClauseDraft
from documents.documents import paper_of
from documents.models import Clause, ClauseBasis, Document
from documents.printing.places import places_of
from documents.queries.differences import word_changes
from documents.states import DocumentState
from organisations.models import Role
from tests.factories.documents import LegalBasisFactory, draft_document, head_of, issued
from tests.factories.organisations import member
from tests.stage import standing

LATER = datetime.date(2026, 6, 1)


def made_paper():
    """In force, with a basis of the register."""
    paper = draft_document(
        clauses=[
            ClauseDraft("legal_basis", "Quyết định số 217-QĐ/TW", fact={"basis": LegalBasisFactory()}),
            ClauseDraft("heading", "Mục đích", [
                ClauseDraft("purpose", "Lắng nghe ý kiến Nhân dân"),
                ClauseDraft("purpose", "Giải quyết kiến nghị"),
            ]),
            ClauseDraft("heading", "Nội dung", [
                ClauseDraft("topic", "Đất đai"), ClauseDraft("topic", "Môi trường"),
            ]),
            ClauseDraft("closing", "Trên đây là Kế hoạch"),
        ]
    )  # fmt: skip
    return issued(paper).pk


_standing = standing(made_paper)


@pytest.fixture
def old(_standing, db):
    rows = Document.objects.select_related("type", "skin", "organisation__unit", "created_by")
    return rows.get(pk=_standing)


def amend(old, style="points", **more):
    return actions.amend_document(old, by=old.created_by, today=LATER, style=style, **more)


def clause(document, text):
    return document.clauses.get(text__startswith=text)


def edit(document, text, to):
    row = clause(document, text)
    actions.edit_clause(row, by=document.created_by, version=row.version, text=to)


def printed(document, **more):
    return [block.text.replace("*", "") for block in paper_of(document, **more).blocks]


def kinds(amendment):
    return [
        (row.kind, row.clause.text) for row in queries.changes_of(amendment) if row.kind != "same"
    ]


def test_the_copy_has_header_clauses_and_citations(old):
    draft = amend(old)

    def texts(paper):
        return list(paper.clauses.order_by("pk").values_list("kind", "text"))

    assert texts(draft) == texts(old)
    assert ClauseBasis.objects.filter(clause__document=draft).count() == 1
    assert list(draft.recipients.values_list("text")) == list(old.recipients.values_list("text"))
    assert (draft.state, draft.number, draft.amends) == (DocumentState.DRAFT, None, old)


def test_only_the_clerk_amends_and_only_what_is_in_force(old):
    with pytest.raises(RefusedError):
        actions.amend_document(old, by=head_of(old), today=LATER, style="points")
    with pytest.raises(RefusedError):
        actions.amend_document(old, by=member(Role.CLERK), today=LATER, style="points")
    with pytest.raises(RefusedError):
        amend(draft_document())


def test_a_paper_has_one_amendment_at_a_time(old):
    amend(old)

    with pytest.raises(RefusedError, match="đang có bản sửa đổi"):
        amend(old)


def test_changes_are_told_clause_by_clause(old):
    draft = amend(old)
    edit(draft, "Lắng nghe", "Lắng nghe đầy đủ ý kiến Nhân dân")
    actions.remove_clause(clause(draft, "Giải quyết"), by=draft.created_by)
    actions.move_clause(clause(draft, "Môi trường"), by=draft.created_by, direction="up")
    parent = clause(draft, "Nội dung")
    actions.add_clause(draft, by=draft.created_by, kind="topic", text="Hộ tịch", parent=parent)

    assert kinds(draft) == [
        ("changed", "Lắng nghe đầy đủ ý kiến Nhân dân"),
        ("removed", "Giải quyết kiến nghị"),
        ("moved", "Đất đai"),
        ("added", "Hộ tịch"),
    ]


def test_comparing_costs_the_same_whatever_the_length(old, django_assert_num_queries):
    draft = amend(old)
    with django_assert_num_queries(4):  # two texts, the facts of two kinds of summary
        queries.changes_of(draft)


def test_words_that_went_and_came():
    runs = word_changes("trước ngày 05/8/2026", "trước ngày 15/8/2026")

    assert [(run.kind, run.text) for run in runs] == [
        ("same", "trước ngày "), ("removed", "05"), ("added", "15"), ("same", "/8/2026"),
    ]  # fmt: skip


def test_the_paper_in_points_says_what_changed(old):
    draft = amend(old, reason="Để phù hợp với tình hình thực tế")
    edit(draft, "Lắng nghe", "Lắng nghe đầy đủ ý kiến Nhân dân")
    actions.remove_clause(clause(draft, "Đất đai"), by=draft.created_by)
    parent = clause(draft, "Nội dung")
    actions.add_clause(draft, by=draft.created_by, kind="topic", text="Hộ tịch", parent=parent)

    assert printed(draft)[1:] == [
        "Để phù hợp với tình hình thực tế, Ban Thường vụ sửa đổi, bổ sung một số nội dung của "
        "Kế hoạch số 01-KH/ĐU, ngày 08 tháng 5 năm 2026 như sau:",
        "Sửa đổi gạch đầu dòng thứ 1, mục I như sau:",
        "“Lắng nghe đầy đủ ý kiến Nhân dân”.",
        "Bãi bỏ mục II.1 (“Đất đai”).",
        "Bổ sung mục II.2 như sau:",
        "“Hộ tịch”.",
        "Các nội dung khác của Kế hoạch số 01-KH/ĐU, ngày 08 tháng 5 năm 2026 không thay đổi "
        "và tiếp tục có hiệu lực thi hành./.",
    ]
    assert "Lắng nghe đầy đủ ý kiến Nhân dân" in printed(draft, is_whole=True)


def test_the_whole_text_is_printed_on_request_of_the_clerk(old):
    draft = amend(old)
    actions.edit_amendment(draft, by=draft.created_by, style="whole", reason="")

    draft = Document.objects.get(pk=draft.pk)
    assert printed(draft) == printed(draft, is_whole=True)


def test_issuing_the_amendment_amends_the_old_paper(old):
    draft = amend(old)
    edit(draft, "Đất đai", "Đất đai, nhà ở")
    issued(draft, today=LATER)

    old.refresh_from_db()
    assert (old.state, old.number, bool(old.pdf)) == (DocumentState.AMENDED, 1, True)
    assert (draft.state, draft.register_code) == (DocumentState.ISSUED, "02-KH/ĐU")
    with pytest.raises(RefusedError):
        amend(old)
    assert amend(draft).amends == draft


def test_an_amendment_that_changes_nothing_is_not_issued(old):
    draft = amend(old)
    actions.submit_document(draft, by=draft.created_by)

    with pytest.raises(RefusedError, match="không khác"):
        actions.issue_document(draft, by=head_of(old), today=LATER)


def test_places_as_papers_cite_them(old):
    rows = list(Clause.objects.filter(document=old))
    places = places_of(old, rows)

    assert [places[clause(old, text).pk] for text in ("Nội dung", "Môi", "Giải", "Trên")] == [
        "mục II", "mục II.2", "gạch đầu dòng thứ 2, mục I", "câu kết",
    ]  # fmt: skip


def test_the_pages_from_the_old_paper_to_the_comparison(old, browse):
    office = browse(old.created_by)
    answer = office.post(
        reverse("documents:amend", args=[old.pk]),
        {"_once": "6a1f5f7c-98a5-4e55-9f52-9f6a6cc34a11", "style": "points", "reason": ""},
    )
    draft = Document.objects.get(amends=old)
    edit(draft, "Đất đai", "Đất đai, nhà ở")

    page = office.get(reverse("documents:changes", args=[draft.pk])).content.decode()
    assert answer.url == reverse("documents:edit", args=[draft.pk])
    assert "<ins>, nhà ở</ins>" in page
    assert "Đang soạn bản sửa đổi" in office.get(old.get_absolute_url()).content.decode()
    assert browse(member(Role.CLERK)).get(answer.url).status_code == 404
