"""What an earlier step must wait for because of a conference."""

from django.dispatch import receiver
from django.utils.translation import gettext as _

from conferences.models import Conference
from conferences.states import ConferenceState
from core.transitions import IllegalMoveError, before_move
from documents.models import Document
from documents.states import DocumentState


@receiver(before_move, sender=Document)
def a_plan_with_conferences_cannot_be_revoked(row: Document, to: str, **_kwargs: object) -> None:
    """Cancel the conferences first."""
    if to != DocumentState.REVOKED:
        return
    held = Conference.objects.filter(session__plan__document=row).exclude(
        state=ConferenceState.CANCELLED
    )
    if held.exists():
        raise IllegalMoveError(
            _("Kế hoạch đã có hội nghị. Hủy các hội nghị đó trước khi thu hồi kế hoạch.")
        )
