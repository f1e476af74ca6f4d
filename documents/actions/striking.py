"""Words that must go by law: out of a draft with all that remembers them; an issued paper stays."""

from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from core.audit import forget_record, forgetting
from core.models import HistoryEntry
from core.transitions import IllegalMoveError, record
from documents.models import Clause, ClauseKind, Comment, CommentReply, Document, EditStep
from documents.states import FROZEN, DocumentState
from organisations.models import User

Mend = Callable[[str], str]


@forgetting()
def strike_words(document: Document, mend: Mend, *, by: User) -> str:
    """Rewrite every clause of a paper that `mend` changes; a sentence for whoever asked, or "".

    A draft forgets its undo steps, and its history, comments and replies are rewritten too. Raises
    IllegalMoveError if the paper lies before its signer.
    """
    locked = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    # Place, time and the people who hold the meeting are nobody's words.
    clauses = document.clauses.exclude(kind=ClauseKind.FACT_LINE)
    found = [clause for clause in clauses if mend(clause.text) != clause.text]
    names = {"paper": str(document), "code": document.register_code}
    if found and locked.state == DocumentState.SUBMITTED:
        raise IllegalMoveError(
            _("%(paper)s đang trình ký và còn nhắc việc này. Hãy xin trả lại dự thảo rồi làm lại.")
            % names
        )
    if locked.state in FROZEN:
        kept = _("%(paper)s (số %(code)s) đã ban hành nên giữ nguyên, còn nhắc việc này.")
        return kept % names if found else ""
    _rewrite(document, found, mend)
    if not found:
        return ""
    record(document, by=by, note=_("Bỏ nội dung phải đưa ra khỏi văn bản theo luật"))
    return _("Đã bỏ việc này khỏi dự thảo %(paper)s; hãy đọc lại dự thảo.") % names


def _rewrite(document: Document, found: list[Clause], mend: Mend) -> None:
    known = _known_clauses(document)
    forget_record(document)
    for clause in found:
        Clause.objects.filter(pk=clause.pk).update(text=mend(clause.text), version=F("version") + 1)
    kind = ContentType.objects.get_for_model(Clause)
    _mend_rows(HistoryEntry.objects.filter(subject_type=kind, subject_id__in=known), mend, "note")
    _mend_rows(Comment.objects.filter(document=document), mend, "quote", "text")
    _mend_rows(CommentReply.objects.filter(comment__document=document), mend, "text")
    EditStep.objects.filter(document=document).delete()


def _known_clauses(document: Document) -> set[int]:
    """Clauses that stand, and those that were deleted while somebody can still undo it."""
    known = set(document.clauses.values_list("pk", flat=True))
    for changed in EditStep.objects.filter(document=document).values_list("clauses", flat=True):
        known |= {int(pk) for pk in changed}
    return known


def _mend_rows(rows: "QuerySet[Any]", mend: Mend, *names: str) -> None:
    for row in rows:
        mended = {name: mend(getattr(row, name)) for name in names}
        if any(getattr(row, name) != text for name, text in mended.items()):
            rows.filter(pk=row.pk).update(**mended)
