"""Comments on a draft: on clauses and on the whole, answered, mended, listed before submitting."""

import pytest
from django.urls import reverse

from core.access import RefusedError
from core.models import Message
from documents import actions, checks, queries
from documents.documents import outline_of
from documents.models import Comment
from documents.states import CommentState
from organisations.models import Role
from tests.factories.documents import TODAY, head_of, issued
from tests.factories.organisations import member
from tests.forms import once


def purpose(document):
    return document.clauses.get(kind="purpose")


def test_the_path_submit_comment_return_mend_submit_issue(document, clerk, head):
    actions.submit_document(document, by=clerk)
    comment = actions.comment_document(
        document, by=head, clause=purpose(document), text="Nêu rõ đối tượng"
    )
    actions.return_document(document, by=head, reason="Xem góp ý")
    row = purpose(document)
    actions.edit_clause(row, by=clerk, version=row.version, text="Lắng nghe ý kiến nông dân")
    actions.reply_comment(comment, by=clerk, text="Đã ghi nông dân")
    actions.mend_comment(comment, by=clerk)
    actions.submit_document(document, by=clerk)
    actions.issue_document(document, by=head, today=TODAY)

    assert (comment.state, comment.quote) == (CommentState.MENDED, "Lắng nghe ý kiến Nhân dân")
    assert document.number == 1
    with pytest.raises(RefusedError):
        actions.comment_document(document, by=head, text="Muộn")


def test_strangers_and_officers_do_not_comment(document, stranger):
    officer = member(Role.OFFICER, document.organisation)
    for person in (stranger, officer):
        with pytest.raises(RefusedError):
            actions.comment_document(document, by=person, text="…")


def test_the_writer_is_told_and_whoever_has_spoken(document, clerk, head):
    comment = actions.comment_document(document, by=head, text="Ngắn lại")
    actions.reply_comment(comment, by=clerk, text="Đã ngắn")

    told = Message.objects.order_by("id").values_list("recipient", "body")
    assert list(told) == [(clerk.pk, f"{head}: Ngắn lại"), (head.pk, f"{clerk}: Đã ngắn")]


def test_open_comments_warn_before_submitting_and_do_not_block(document, clerk, head):
    row = purpose(document)
    actions.comment_document(document, by=head, clause=row, text="Nêu rõ")

    found = [one for one in checks.findings(document, today=TODAY) if one.rule == "comment-open"]
    assert [(one.severity, one.clause_id) for one in found] == [("warning", row.pk)]
    assert issued(document).number == 1


def test_the_outline_counts_open_comments_with_one_question(
    document, head, django_assert_num_queries
):
    for clause in document.clauses.all():
        actions.comment_document(document, by=head, clause=clause, text="?")
    clauses = queries.clauses_of(document)

    with django_assert_num_queries(2):  # comments, and the citations' summaries
        rows = outline_of(clauses)
    assert [row.comments for row in rows] == [1] * len(clauses)


def test_a_comment_outlives_its_clause(document, clerk, head):
    row = purpose(document)
    comment = actions.comment_document(document, by=head, clause=row, text="Bỏ đoạn này")

    actions.remove_clause(row, by=clerk)

    comment.refresh_from_db()
    assert (comment.clause, comment.quote) == (None, "Lắng nghe ý kiến Nhân dân")


def test_the_page_takes_comments_answers_and_marks(document, clerk, head, browse):
    desk, office = browse(head), browse(clerk)
    row = purpose(document)
    here = reverse("documents:comments", args=[document.pk])

    desk.post(f"{here}?clause={row.pk}", once(text="Nêu rõ đối tượng"))
    comment = Comment.objects.get()
    one = [document.pk, comment.pk]
    office.post(reverse("documents:comment_reply", args=one), once(text="Đã ghi"))
    office.post(reverse("documents:comment_mend", args=one))

    page = desk.get(here).content.decode()
    assert [words in page for words in ("Nêu rõ đối tượng", "Đã ghi", "Đã sửa")] == [True] * 3
    office.post(reverse("documents:comment_mend", args=one), {"again": "1"})
    assert "Còn 1 góp ý" in office.get(document.get_absolute_url()).content.decode()
    assert (
        f"#doan-{row.pk}"
        in office.get(reverse("documents:edit", args=[document.pk])).content.decode()
    )
    assert desk.post(here, once(text=" ")).status_code == 200


def test_people_outside_do_not_read_comments(document, clerk, head, stranger, browse):
    actions.comment_document(document, by=head, text="Nội bộ")
    issued(document)
    here = reverse("documents:comments", args=[document.pk])

    assert (browse(stranger).get(here).status_code, browse(clerk).get(here).status_code) == (
        403,
        200,
    )
    assert "góp ý" not in browse(stranger).get(document.get_absolute_url()).content.decode()


def test_the_page_costs_the_same_for_many_comments(
    document, head, browse, django_assert_max_num_queries
):
    for clause in document.clauses.all():
        actions.comment_document(document, by=head, clause=clause, text="?")
    client = browse(head_of(document))
    with django_assert_max_num_queries(12):
        client.get(reverse("documents:comments", args=[document.pk]))


def test_the_outline_counts_what_waits_and_the_hash_is_shown_short(document, clerk, head, browse):
    actions.comment_document(document, by=head, clause=purpose(document), text="Nêu rõ")
    actions.comment_document(document, by=head, clause=purpose(document), text="Ngắn lại")
    page = browse(clerk).get(reverse("documents:edit", args=[document.pk])).text
    issued(document)
    shown = browse(clerk).get(document.get_absolute_url()).text

    document.refresh_from_db()
    whole = document.pdf_sha256
    assert f"#doan-{purpose(document).pk}" in page
    assert "2 góp ý chưa xử lý" in page
    assert f'title="{whole}">{whole[:8]}…{whole[-8:]}</span>' in shown
