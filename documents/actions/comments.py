"""Comments on a draft: written by its office, answered, marked as dealt with."""

from django.db import transaction
from django.utils.translation import gettext as _

from core import outbox
from core.access import require
from core.models import Message
from core.transitions import move
from documents import queries, rules
from documents.models import Clause, Comment, CommentReply, Document
from documents.states import CommentState
from organisations.models import User


@transaction.atomic
def comment_document(
    document: Document, *, by: User, text: str, clause: Clause | None = None
) -> Comment:
    """Remark on a clause of a draft, or on the whole; its writer and the heads are told."""
    require(rules.may_comment_document(by, document), rules.NOT_COMMENTING)
    comment = Comment.objects.create(
        document=document,
        clause=clause,
        quote=clause.text if clause else "",
        text=text,
        by=by,
    )
    _tell(comment, by, words=text, key=f"comment-{comment.pk}")
    return comment


@transaction.atomic
def reply_comment(comment: Comment, *, by: User, text: str) -> CommentReply:
    """Answer a comment; everybody who has spoken in it is told."""
    require(rules.may_comment_document(by, comment.document), rules.NOT_COMMENTING)
    reply = CommentReply.objects.create(comment=comment, text=text, by=by)
    _tell(comment, by, words=text, key=f"comment-reply-{reply.pk}")
    return reply


def mend_comment(comment: Comment, *, by: User) -> None:
    """Mark a comment as dealt with."""
    require(rules.may_comment_document(by, comment.document), rules.NOT_COMMENTING)
    move(comment, CommentState.MENDED, by=by)


def reopen_comment(comment: Comment, *, by: User) -> None:
    """Say that a comment is not dealt with after all."""
    require(rules.may_comment_document(by, comment.document), rules.NOT_COMMENTING)
    move(comment, CommentState.OPEN, by=by)


def _tell(comment: Comment, by: User, *, words: str, key: str) -> None:
    document = comment.document
    spoken = User.objects.filter(is_active=True, pk__in=queries.speakers_of(comment))
    people = {person.pk: person for person in spoken}
    people.pop(by.pk, None)
    outbox.write_all(
        outbox.letter(
            key=f"{key}-{person.pk}",
            channel=Message.Channel.IN_APP,
            recipient=person,
            subject=(_("Góp ý: %(paper)s") % {"paper": document})[:250],
            body=f"{by}: {words}",
            reason=_("Ông/Bà soạn, ký hoặc góp ý văn bản này"),
            link=f"{document.comments_url}#gop-y-{comment.pk}",
            about=document,
        )
        for person in people.values()
    )
