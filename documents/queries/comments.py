"""Who has remarked what on a draft, and where."""

from django.db.models import Prefetch

from documents.models import Comment, CommentReply, Document
from documents.queries.papers import heads_of
from documents.states import DocumentState
from organisations.models import User


def comments_of(document: Document) -> list[Comment]:
    """All comments of a paper with their answers, oldest first; two questions."""
    replies = CommentReply.objects.select_related("by").order_by("id")
    rows = Comment.objects.filter(document=document).select_related("by")
    return list(rows.prefetch_related(Prefetch("replies", replies)).order_by("id"))


def open_comment_counts(document_id: int) -> dict[int | None, int]:
    """How many open comments stand at each clause (None: at the whole); one question."""
    counts: dict[int | None, int] = {}
    rows = Comment.objects.open().filter(document=document_id)
    for clause_id in rows.values_list("clause", flat=True):
        counts[clause_id] = counts.get(clause_id, 0) + 1
    return counts


def open_comments(document: Document, user: User) -> int:
    """How many remarks wait, for those who may read them."""
    return Comment.objects.open().visible_to(user).filter(document=document).count()


def speakers_of(comment: Comment) -> set[int]:
    """Who is told of a word in a comment: the writer of the paper, who spoke, heads while it is theirs."""
    people = {comment.document.created_by_id, comment.by_id}
    people |= set(comment.replies.values_list("by", flat=True))
    if comment.document.state == DocumentState.SUBMITTED:
        people |= {head.pk for head in heads_of(comment.document)}
    return people
