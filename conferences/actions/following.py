"""A conference holds on to the version of its papers that is in force."""

from django.dispatch import receiver

from conferences.models import Conference
from core.transitions import before_move
from documents.models import Document
from documents.states import DocumentState

PAPERS = ("invitation", "minutes")


@receiver(before_move, sender=Document)
def papers_follow_their_amendments(row: Document, to: str, **_kwargs: object) -> None:
    """An issued amendment takes the place of the paper; a revoked one gives it back."""
    if row.amends_id is None:
        return
    if to == DocumentState.ISSUED:
        _replace(row.amends_id, row.pk)
    elif to == DocumentState.REVOKED:
        _replace(row.pk, row.amends_id)


def _replace(old: int, new: int) -> None:
    for name in PAPERS:
        Conference.objects.filter(**{name: old}).update(**{name: new})
