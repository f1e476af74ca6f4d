"""A conference holds on to the version of its papers that is in force."""

from django.dispatch import receiver

from conferences.models import Conference
from core.transitions import before_move
from documents.models import Document
from documents.states import DocumentState

PAPERS = ("invitation", "minutes")


@receiver(before_move, sender=Document)
def papers_follow_their_amendments(row: Document, to: str, **_kwargs: object) -> None:
    """An issued amendment takes the place of the paper; a revoked one gives it back.

    A revoked paper that amends none leaves its place free for the one written instead.
    """
    if to == DocumentState.REVOKED:
        _replace(row.pk, row.amends_id)
    elif to == DocumentState.ISSUED and row.amends_id is not None:
        _replace(row.amends_id, row.pk)


def _replace(old: int, new: int | None) -> None:
    for name in PAPERS:
        Conference.objects.filter(**{name: old}).update(**{name: new})
