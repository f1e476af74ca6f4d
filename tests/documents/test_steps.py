"""Undo and redo of everything done to the clauses of a draft."""

import pytest

from core.access import RefusedError
from core.versions import StaleError
from documents import actions, queries
from documents.models import Clause, ClauseBasis, ClauseKind, Comment, EditStep
from organisations.models import Role
from tests.factories.documents import LegalBasisFactory
from tests.factories.organisations import OrganisationFactory, member
from tests.factories.plans import draft_plan


def picture(document):
    """The tree without version numbers, which never go back."""
    return sorted(
        (row.pk, row.parent_id, row.position, row.kind, row.text)
        for row in queries.clauses_of(document)
    )


def clause_of(document, kind):
    return document.clauses.get(kind=kind)


def remove(document, clerk):
    actions.remove_clause(clause_of(document, ClauseKind.HEADING), by=clerk)


def move_up(document, clerk):
    actions.move_clause(clause_of(document, ClauseKind.HEADING), by=clerk, direction="up")


def outdent(document, clerk):
    actions.move_clause(clause_of(document, ClauseKind.PURPOSE), by=clerk, direction="outdent")


def merge(document, clerk):
    actions.merge_clause(clause_of(document, ClauseKind.CLOSING), by=clerk)


def split(document, clerk):
    clause = clause_of(document, ClauseKind.HEADING)
    actions.split_clause(clause, by=clerk, version=1, text=clause.text, at=8)


def edit(document, clerk):
    actions.edit_clause(clause_of(document, ClauseKind.CLOSING), by=clerk, version=1, text="Khác")


def add(document, clerk):
    heading = clause_of(document, ClauseKind.HEADING)
    actions.add_clause(document, by=clerk, kind=ClauseKind.TEXT, text="Mới", after=heading)


@pytest.mark.parametrize("act", (remove, move_up, outdent, merge, split, edit, add))
def test_undo_and_redo_bring_back_exactly_what_was(document, clerk, act):
    before = picture(document)
    act(document, clerk)
    after = picture(document)
    assert after != before

    actions.undo_step(document, by=clerk)
    assert picture(document) == before
    actions.redo_step(document, by=clerk)
    assert picture(document) == after
    actions.undo_step(document, by=clerk)
    assert picture(document) == before


def test_a_whole_afternoon_is_undone_step_by_step(document, clerk):
    pictures = [picture(document)]
    for act in (move_up, outdent, edit, add, merge, split):
        act(document, clerk)
        pictures.append(picture(document))

    for expected in reversed(pictures[:-1]):
        actions.undo_step(document, by=clerk)
        assert picture(document) == expected
    assert actions.undo_step(document, by=clerk) is None
    for expected in pictures[1:]:
        actions.redo_step(document, by=clerk)
        assert picture(document) == expected
    assert actions.redo_step(document, by=clerk) is None


def test_a_new_act_forgets_what_was_undone(document, clerk):
    edit(document, clerk)
    actions.undo_step(document, by=clerk)
    add(document, clerk)

    assert actions.redo_step(document, by=clerk) is None
    assert document.edit_steps.count() == 1


def test_the_deleted_subtree_comes_back_with_its_facts_and_comments(document, clerk):
    basis = clause_of(document, ClauseKind.LEGAL_BASIS)
    key = basis.pk
    tie = ClauseBasis.objects.create(clause=basis, basis=LegalBasisFactory())
    comment = Comment.objects.create(document=document, clause=basis, text="Xem lại", by=clerk)

    actions.remove_clause(basis, by=clerk)
    assert not ClauseBasis.objects.exists()
    actions.undo_step(document, by=clerk)

    restored = ClauseBasis.objects.get()
    comment.refresh_from_db()
    assert (restored.pk, restored.clause_id, restored.basis_id) == (tie.pk, key, tie.basis_id)
    assert comment.clause_id == key


def test_undo_of_a_fact_gives_the_fact_before_and_then_none(document, clerk):
    basis = clause_of(document, ClauseKind.LEGAL_BASIS)
    first, second = LegalBasisFactory(), LegalBasisFactory()
    for row in (first, second):
        basis.refresh_from_db()
        actions.edit_clause(
            basis, by=clerk, version=basis.version, text=basis.text, fact={"basis": row}
        )

    actions.undo_step(document, by=clerk)
    assert ClauseBasis.objects.get().basis == first
    actions.undo_step(document, by=clerk)
    assert not ClauseBasis.objects.exists()
    actions.redo_step(document, by=clerk)
    actions.redo_step(document, by=clerk)
    assert ClauseBasis.objects.get().basis == second


def test_undo_refuses_when_somebody_else_has_changed_the_clause_since(document, clerk):
    other = member(Role.CLERK, document.organisation)
    edit(document, clerk)
    clause = clause_of(document, ClauseKind.CLOSING)
    actions.edit_clause(clause, by=other, version=2, text="Của người khác")

    with pytest.raises(RefusedError) as refused:
        actions.undo_step(document, by=clerk)

    assert refused.value.reason == (
        "Không hoàn tác được: đoạn này đã có người khác sửa, chuyển hoặc xóa sau đó."
    )
    assert clause_of(document, ClauseKind.CLOSING).text == "Của người khác"


def test_each_person_undoes_the_own_steps_only(document, clerk):
    other = member(Role.CLERK, document.organisation)
    edit(document, clerk)
    actions.edit_clause(
        clause_of(document, ClauseKind.PURPOSE), by=other, version=1, text="Của người khác"
    )

    actions.undo_step(document, by=clerk)

    assert clause_of(document, ClauseKind.CLOSING).text == "Trên đây là Kế hoạch đối thoại"
    assert clause_of(document, ClauseKind.PURPOSE).text == "Của người khác"


def test_undo_is_for_clerks_and_drafts(document, clerk, head):
    edit(document, clerk)
    with pytest.raises(RefusedError):
        actions.undo_step(document, by=head)
    actions.submit_document(document, by=clerk)
    with pytest.raises(RefusedError):
        actions.undo_step(document, by=clerk)


def test_a_form_opened_before_the_undo_is_stale_afterwards(document, clerk):
    edit(document, clerk)
    actions.undo_step(document, by=clerk)

    with pytest.raises(StaleError):
        actions.edit_clause(
            clause_of(document, ClauseKind.CLOSING), by=clerk, version=2, text="Bản cũ"
        )


def test_autosaves_of_one_clause_are_one_step_and_one_line_of_history(document, clerk):
    clause = clause_of(document, ClauseKind.CLOSING)
    for words in ("K", "Kh", "Khác"):
        actions.edit_clause(clause, by=clerk, version=clause.version, text=words, is_autosave=True)
    actions.edit_clause(clause, by=clerk, version=clause.version, text="Khác hẳn")
    actions.edit_clause(clause, by=clerk, version=clause.version, text="Thứ hai")

    assert document.edit_steps.count() == 2
    actions.undo_step(document, by=clerk)
    assert clause_of(document, ClauseKind.CLOSING).text == "Khác hẳn"
    actions.undo_step(document, by=clerk)
    assert clause_of(document, ClauseKind.CLOSING).text == "Trên đây là Kế hoạch đối thoại"


def test_saving_the_same_words_is_no_step(document, clerk):
    clause = clause_of(document, ClauseKind.CLOSING)

    actions.edit_clause(clause, by=clerk, version=1, text=clause.text)

    assert (clause.version, document.edit_steps.count()) == (1, 0)


def test_about_fifty_steps_are_kept(document, clerk):
    clause = clause_of(document, ClauseKind.CLOSING)
    for number in range(75):
        actions.edit_clause(clause, by=clerk, version=clause.version, text=f"Lần {number}")

    assert 50 <= EditStep.objects.count() <= 60


def test_merge_keeps_the_order_of_what_stands_below(document, clerk):
    heading = clause_of(document, ClauseKind.HEADING)
    second = actions.add_clause(
        document, by=clerk, kind=ClauseKind.HEADING, text="Hai", after=heading
    )
    actions.add_clause(document, by=clerk, kind=ClauseKind.TEXT, text="Dưới hai", parent=second)

    actions.merge_clause(second, by=clerk)

    assert clause_of(document, ClauseKind.HEADING).text == "Mục đích, yêu cầu Hai"
    assert [row.text for row in heading.children.order_by("position")] == [
        "Lắng nghe ý kiến Nhân dân",
        "Dưới hai",
    ]


def test_merge_needs_a_clause_above(document, clerk):
    with pytest.raises(RefusedError):
        actions.merge_clause(clause_of(document, ClauseKind.LEGAL_BASIS), by=clerk)


def test_split_at_the_cursor_and_into_lines(document, clerk):
    closing = clause_of(document, ClauseKind.CLOSING)

    actions.split_clause(closing, by=clerk, version=1, text="Một hai ba", at=4)
    actions.split_clause(closing, by=clerk, version=2, text="Một\n\n ba \nbốn")

    texts = Clause.objects.filter(document=document, kind=ClauseKind.CLOSING)
    assert [row.text for row in texts.order_by("position")] == ["Một", "ba", "bốn", "hai ba"]


@pytest.mark.parametrize("at", (0, 3, None))
def test_split_at_an_edge_is_refused(document, clerk, at):
    with pytest.raises(RefusedError):
        actions.split_clause(
            clause_of(document, ClauseKind.CLOSING), by=clerk, version=1, text="Một", at=at
        )


def test_a_duty_comes_back_with_deadline_co_operators_and_sessions(db):
    plan = draft_plan()
    document, clerk = plan.document, plan.document.created_by
    from plans.actions import write_clause
    from plans.models import DialogueSession, Duty

    session = write_clause(
        document, "session", "Quý II", by=clerk, theme="Đất đai", audience="Nhân dân"
    )
    body = OrganisationFactory()
    assignee = write_clause(document, "assignee", "Văn phòng", by=clerk, organisations=[body])
    duty = write_clause(
        document,
        "duty",
        "Tổng hợp ý kiến",
        by=clerk,
        parent=assignee,
        due="trước ngày 05/8/2026",
        cooperating=[body],
        sessions=[session.session],
    ).duty
    due = duty.due

    actions.remove_clause(session, by=clerk)
    actions.remove_clause(assignee, by=clerk)
    actions.undo_step(document, by=clerk)
    actions.undo_step(document, by=clerk)

    restored = Duty.objects.get()
    assert (restored.pk, restored.due, restored.part) == (duty.pk, due, "lead")
    assert list(restored.cooperating.all()) == [body]
    assert list(restored.sessions.all()) == [DialogueSession.objects.get()]
