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


@receiver(before_move, sender=Document)
def an_amendment_keeps_sessions_with_conferences(row: Document, to: str, **_kwargs: object) -> None:
    """What the amendment does not carry on stays behind with the old paper: no conference may."""
    if to != DocumentState.AMENDED:
        return
    left = Conference.objects.filter(session__clause__document=row).exclude(
        state=ConferenceState.CANCELLED
    )
    if left.exists():
        raise IllegalMoveError(
            _("Bản sửa đổi bỏ một hội nghị đã lập. Giữ lại đoạn đó hoặc hủy hội nghị trước.")
        )


@receiver(before_move, sender=Document)
def minutes_wait_until_the_conference_is_over(row: Document, to: str, **_kwargs: object) -> None:
    """A conference that was opened again ends before its minutes are submitted."""
    if to not in {DocumentState.SUBMITTED, DocumentState.ISSUED}:
        return
    if Conference.objects.filter(minutes=row, state=ConferenceState.RUNNING).exists():
        raise IllegalMoveError(
            _("Hội nghị đang mở lại. Kết thúc hội nghị rồi mới trình, ban hành biên bản.")
        )
