"""Writing and approving documents."""

import datetime
import hashlib

import pytest
from django.db import IntegrityError, transaction

from core.access import RefusedError
from core.models import HistoryEntry, Message
from core.transitions import IllegalMoveError, history_of
from core.versions import StaleError
from documents import actions, queries
from documents.actions import ClauseDraft, RecipientDraft
from documents.facts import Fact
from documents.models import Clause, ClauseKind, Document, clause_tree
from documents.states import DocumentState
from organisations.models import Role
from tests.factories.documents import TODAY, draft_document, submitted_document
from tests.factories.organisations import OrganisationFactory, member


def shape(document: Document) -> list:
    """The tree as nested (text, children)."""

    def of(level):
        return [(clause.text, of(below)) for clause, below in level]

    return of(clause_tree(queries.clauses_of(document)))


def clause_of(document: Document, kind: str) -> Clause:
    return document.clauses.get(kind=kind)


# --- creating -------------------------------------------------------------------------------------
def test_create_document_fills_header_from_organisation_and_head(db):
    organisation = OrganisationFactory()
    member(Role.HEAD, organisation, full_name="Trần Thị Bình")

    document = draft_document(organisation)

    assert (document.signer_post, document.signer_name) == ("Bí thư", "Trần Thị Bình")
    assert (document.place, document.collective, document.symbol) == (
        "Hưng Chính",
        "Ban Thường vụ",
        "KH/ĐU",
    )
    assert [row.text for row in document.recipients.all()] == ["Lưu Văn phòng Đảng ủy"]


def test_create_document_stores_the_clause_tree_and_gives_the_rows_back(db):
    child = ClauseDraft(ClauseKind.PURPOSE, "Mục đích một")
    heading = ClauseDraft(ClauseKind.HEADING, "Mục đích", [child])

    document = draft_document(clauses=[heading, ClauseDraft(ClauseKind.CLOSING, "Hết")])

    assert shape(document) == [("Mục đích", [("Mục đích một", [])]), ("Hết", [])]
    assert child.clause.parent == heading.clause


def test_create_document_is_for_clerks_of_the_organisation(db):
    organisation = OrganisationFactory()

    with pytest.raises(RefusedError):
        draft_document(organisation, by=member(Role.HEAD, organisation))

    assert not Document.objects.filter(organisation=organisation).exists()


# --- clauses --------------------------------------------------------------------------------------
def test_add_clause_stands_behind_the_given_one(document, clerk):
    basis = clause_of(document, ClauseKind.LEGAL_BASIS)

    actions.add_clause(document, by=clerk, kind=ClauseKind.TEXT, text="Chen vào", after=basis)

    assert [text for text, _below in shape(document)][1] == "Chen vào"


def test_add_clause_refuses_a_kind_that_does_not_belong_there(document, clerk):
    basis = clause_of(document, ClauseKind.LEGAL_BASIS)

    with pytest.raises(RefusedError):
        actions.add_clause(document, by=clerk, kind=ClauseKind.DUTY, text="x", parent=basis)


def test_add_clause_refuses_a_seventh_level(document, clerk):
    parent = None
    for _level in range(6):
        parent = actions.add_clause(
            document, by=clerk, kind=ClauseKind.HEADING, text="Mục", parent=parent
        )

    with pytest.raises(RefusedError):
        actions.add_clause(document, by=clerk, kind=ClauseKind.HEADING, text="x", parent=parent)


def test_edit_clause_saves_words_and_keeps_the_old_ones(document, clerk):
    clause = clause_of(document, ClauseKind.CLOSING)
    before = clause.text

    actions.edit_clause(clause, by=clerk, version=1, text="Câu kết mới")

    clause.refresh_from_db()
    assert (clause.text, clause.version, clause.edited_by) == ("Câu kết mới", 2, clerk)
    assert HistoryEntry.objects.filter(subject_id=clause.pk, note=before).count() == 1


def test_edit_clause_with_an_old_version_saves_nothing(document, clerk):
    clause = clause_of(document, ClauseKind.CLOSING)
    actions.edit_clause(clause, by=clerk, version=1, text="Bản của người khác")

    with pytest.raises(StaleError) as stale:
        actions.edit_clause(clause, by=clerk, version=1, text="Bản của tôi")

    assert stale.value.current.text == "Bản của người khác"
    clause.refresh_from_db()
    assert clause.text == "Bản của người khác"


def test_move_clause_in_every_direction(document, clerk):
    def move(kind, direction):
        actions.move_clause(clause_of(document, kind), by=clerk, direction=direction)

    basis = "Quyết định số 217-QĐ/TW của Bộ Chính trị"
    heading = "Mục đích, yêu cầu"
    purpose = ("Lắng nghe ý kiến Nhân dân", [])
    closing = ("Trên đây là Kế hoạch đối thoại", [])

    move(ClauseKind.HEADING, "up")
    assert shape(document) == [(heading, [purpose]), (basis, []), closing]
    move(ClauseKind.HEADING, "down")
    move(ClauseKind.PURPOSE, "outdent")
    assert shape(document) == [(basis, []), (heading, []), purpose, closing]
    move(ClauseKind.PURPOSE, "indent")
    assert shape(document) == [(basis, []), (heading, [purpose]), closing]
    move(ClauseKind.LEGAL_BASIS, "up")
    move(ClauseKind.LEGAL_BASIS, "outdent")
    assert shape(document) == [(basis, []), (heading, [purpose]), closing]


def test_remove_clause_takes_what_is_below_and_remembers_the_words(document, clerk):
    heading = clause_of(document, ClauseKind.HEADING)

    actions.remove_clause(heading, by=clerk)

    assert [text for text, _below in shape(document)] == [
        "Quyết định số 217-QĐ/TW của Bộ Chính trị",
        "Trên đây là Kế hoạch đối thoại",
    ]
    assert history_of(document)[0].note == "Xóa đoạn “Mục: Mục đích, yêu cầu”"


# --- the path -------------------------------------------------------------------------------------
def test_submit_tells_the_head(document, clerk, head):
    actions.submit_document(document, by=clerk)

    assert document.state == DocumentState.SUBMITTED
    told = Message.objects.filter(link=document.get_absolute_url())
    assert list(told.values_list("recipient", flat=True)) == [head.pk]


def test_submit_is_for_clerks(document, head):
    with pytest.raises(RefusedError):
        actions.submit_document(document, by=head)


def test_submit_twice_is_no_longer_legal(document, clerk):
    actions.submit_document(document, by=clerk)

    with pytest.raises(IllegalMoveError):
        actions.submit_document(document, by=clerk)


def test_return_gives_the_reason_to_the_clerk(db):
    document = submitted_document()
    head = document.organisation.memberships.get(role=Role.HEAD).user

    actions.return_document(document, by=head, reason="Thiếu căn cứ")

    assert (document.state, document.return_reason) == (DocumentState.DRAFT, "Thiếu căn cứ")
    assert Message.objects.filter(recipient=document.created_by, body="Thiếu căn cứ").count() == 1


@pytest.mark.parametrize("reason", ("", "  \n "))
def test_return_needs_a_reason(db, reason):
    document = submitted_document()
    head = document.organisation.memberships.get(role=Role.HEAD).user

    with pytest.raises(RefusedError):
        actions.return_document(document, by=head, reason=reason)

    document.refresh_from_db()
    assert document.state == DocumentState.SUBMITTED


def test_return_is_for_heads(db):
    document = submitted_document()

    with pytest.raises(RefusedError):
        actions.return_document(document, by=document.created_by, reason="Vì sao")


def test_issue_takes_number_date_and_frozen_pdf(paper_in_force):
    assert (paper_in_force.state, paper_in_force.register_code, paper_in_force.dated_on) == (
        DocumentState.ISSUED,
        "01-KH/ĐU",
        TODAY,
    )
    with paper_in_force.pdf.open("rb") as stored:
        content = stored.read()
    assert content.startswith(b"%PDF")
    assert hashlib.sha256(content).hexdigest() == paper_in_force.pdf_sha256


def test_issue_is_for_heads_and_not_for_drafts(document, clerk, head):
    with pytest.raises(IllegalMoveError):
        actions.issue_document(document, by=head, today=TODAY)
    actions.submit_document(document, by=clerk)
    with pytest.raises(RefusedError):
        actions.issue_document(document, by=clerk, today=TODAY)


def test_issue_names_what_is_missing(db):
    document = draft_document(signer_name="", recipients=[RecipientDraft("Ban Dân vận")])
    head = document.organisation.memberships.get(role=Role.HEAD).user
    document.clauses.filter(kind=ClauseKind.LEGAL_BASIS).delete()
    actions.submit_document(document, by=document.created_by)

    with pytest.raises(RefusedError) as refused:
        actions.issue_document(document, by=head, today=TODAY)

    assert refused.value.reason == (
        "Chưa ban hành được vì còn thiếu: Chưa có tên người ký. Nơi nhận chưa có dòng lưu. "
        "Kế hoạch chưa nêu căn cứ nào."
    )


def test_issue_runs_every_fact_with_the_number_known(db, own_fact):
    document = submitted_document()
    head = document.organisation.memberships.get(role=Role.HEAD).user
    seen = []
    own_fact(
        ClauseKind.TOPIC,
        Fact(on_issue=lambda paper, by: seen.append((paper.register_code, paper.state, by))),
    )

    actions.issue_document(document, by=head, today=TODAY)

    assert seen == [("01-KH/ĐU", DocumentState.ISSUED, head)]


def test_issue_that_fails_in_a_fact_leaves_nothing_behind(db, own_fact, monkeypatch):
    first, second = submitted_document(), None
    second = submitted_document(first.organisation)
    head = first.organisation.memberships.get(role=Role.HEAD).user

    def fail(paper, by):
        raise RuntimeError("no tasks")

    own_fact(ClauseKind.TOPIC, Fact(on_issue=fail))
    with pytest.raises(RuntimeError):
        actions.issue_document(first, by=head, today=TODAY)
    own_fact(ClauseKind.TOPIC, Fact())
    actions.issue_document(second, by=head, today=TODAY)

    first.refresh_from_db()
    assert (first.state, first.number, second.number) == (DocumentState.SUBMITTED, None, 1)


def test_revoke_keeps_the_number_and_needs_a_reason(paper_in_force):
    head = paper_in_force.organisation.memberships.get(role=Role.HEAD).user

    with pytest.raises(RefusedError):
        actions.revoke_document(paper_in_force, by=head, reason=" ")
    actions.revoke_document(paper_in_force, by=head, reason="Ban hành nhầm")

    assert (paper_in_force.state, paper_in_force.number) == (DocumentState.REVOKED, 1)


def test_an_issued_document_refuses_every_edit(paper_in_force):
    clerk = paper_in_force.created_by
    clause = clause_of(paper_in_force, ClauseKind.CLOSING)

    for act in (
        lambda: actions.edit_clause(clause, by=clerk, version=1, text="x"),
        lambda: actions.move_clause(clause, by=clerk, direction="up"),
        lambda: actions.remove_clause(clause, by=clerk),
        lambda: actions.add_clause(paper_in_force, by=clerk, kind=ClauseKind.TEXT, text="x"),
        lambda: actions.edit_header(paper_in_force, by=clerk, version=1, abstract="x"),
        lambda: actions.set_recipients(paper_in_force, by=clerk, recipients=[]),
    ):
        with pytest.raises(RefusedError):
            act()

    assert shape(paper_in_force)[-1][0] == "Trên đây là Kế hoạch đối thoại"


@pytest.mark.parametrize("field", ("number", "dated_on", "issued_at"))
def test_the_database_refuses_an_issued_document_without(paper_in_force, field):
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=paper_in_force.pk).update(**{field: None})


@pytest.mark.parametrize("field", ("pdf", "pdf_sha256"))
def test_the_database_refuses_an_issued_document_without_its_print(paper_in_force, field):
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=paper_in_force.pk).update(**{field: ""})


def test_edit_header_is_stale_when_somebody_was_faster(document, clerk):
    actions.edit_header(document, by=clerk, version=1, abstract="Bản của người khác")

    with pytest.raises(StaleError):
        actions.edit_header(document, by=clerk, version=1, abstract="Bản của tôi")

    document.refresh_from_db()
    assert document.abstract == "Bản của người khác"


def test_a_name_every_commune_has_means_the_body_of_the_own_place(document, clerk):
    name, unit = "Phòng Kinh tế", document.organisation.unit
    before, own, after = (
        OrganisationFactory(name=name, **place) for place in ({}, {"unit": unit}, {})
    )
    elsewhere = [OrganisationFactory(name="Công an xã") for _n in range(2)]

    actions.set_recipients(
        document, by=clerk, recipients=[RecipientDraft(name), RecipientDraft("Công an xã")]
    )

    found = list(document.recipients.order_by("position"))
    assert [row.organisation for row in found] == [own, None]
    assert len({before.unit_id, own.unit_id, after.unit_id} | {b.unit_id for b in elsewhere}) == 5


def test_recipients_find_their_organisation_by_name(document, clerk):
    body = OrganisationFactory(name="Ủy ban Mặt trận Tổ quốc xã")

    actions.set_recipients(
        document, by=clerk, recipients=[RecipientDraft("Uỷ ban Mặt trận Tổ quốc xã")]
    )

    assert document.recipients.get().organisation == body


def test_search_finds_without_accents(document):
    ours = Document.objects.filter(organisation=document.organisation)
    assert list(ours.matching("doi thoai NGUOI dung dau")) == [document]
    assert list(Document.objects.matching("ngân sách")) == []


def test_a_party_without_a_term_is_told_so(db):
    organisation = OrganisationFactory()
    document = submitted_document(organisation)
    organisation.terms.update(ends_on=datetime.date(2025, 1, 1))
    head = organisation.memberships.get(role=Role.HEAD).user

    with pytest.raises(RefusedError) as refused:
        actions.issue_document(document, by=head, today=TODAY)

    assert refused.value.reason == (
        f"Chưa khai báo nhiệm kỳ của {organisation.name} cho ngày 08/05/2026 nên chưa cấp được số."
    )
