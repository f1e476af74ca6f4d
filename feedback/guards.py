"""What an earlier step must wait for because of a consultation."""

from django.db.models import Q
from django.dispatch import receiver
from django.utils.translation import gettext as _

from core.transitions import IllegalMoveError, before_move
from documents.models import Document
from documents.states import DocumentState
from feedback.models import Consultation


@receiver(before_move, sender=Document)
def an_amendment_keeps_sessions_people_are_asked_about(
    row: Document, to: str, **_kwargs: object
) -> None:
    """What the amendment does not carry on stays behind with the old paper: no consultation may."""
    if to != DocumentState.AMENDED:
        return
    asked_for = Q(session__clause__document=row) | Q(also_for__clause__document=row)
    if Consultation.objects.filter(asked_for).exists():
        raise IllegalMoveError(
            _("Bản sửa đổi bỏ một hội nghị đã lấy ý kiến. Hãy giữ lại đoạn của hội nghị đó.")
        )
