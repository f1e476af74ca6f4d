"""What a conference and its notice wait for."""

from django.dispatch import receiver
from django.utils.translation import gettext as _

from conclusions.models import ConclusionNotice
from conferences.models import Conference
from conferences.states import ConferenceState
from core.transitions import IllegalMoveError, before_move
from documents.models import Document
from documents.states import DocumentState


@receiver(before_move, sender=Conference)
def a_concluded_conference_stays_closed(row: Conference, to: str, **_kwargs: object) -> None:
    """Once its notice waits for approval or is issued, a conference is not opened again."""
    if to != ConferenceState.RUNNING:
        return
    notices = ConclusionNotice.objects.filter(conference=row)
    if notices.exclude(document__state=DocumentState.DRAFT).exists():
        raise IllegalMoveError(
            _("Thông báo kết luận đã trình ký hoặc ban hành nên hội nghị không mở lại được.")
        )


@receiver(before_move, sender=Document)
def a_notice_waits_until_the_conference_is_over(row: Document, to: str, **_kwargs: object) -> None:
    """A conference that was opened again ends before its notice is submitted."""
    if to not in {DocumentState.SUBMITTED, DocumentState.ISSUED}:
        return
    held = ConclusionNotice.objects.filter(document=row)
    if held.filter(conference__state=ConferenceState.RUNNING).exists():
        raise IllegalMoveError(
            _("Hội nghị đang mở lại. Kết thúc hội nghị rồi mới trình, ban hành thông báo kết luận.")
        )
