"""What a conclusion notice lets go of when an opinion leaves by law or a name is erased."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from conclusions.models import ConclusionNotice, ConclusionPoint, Petition, PetitionItem
from conferences.actions.leaving import conferences_of, told_of
from conferences.models import Conference
from documents.actions.striking import strike_words
from documents.states import FROZEN
from feedback.actions.leaving import Leaving
from organisations.models import User

SAID = ("reason", "deliverable", "report_to")


def leave_notices(leaving: Leaving, by: User) -> list[str]:
    """Draft notices lose it, on their points too; a sentence for each notice that said it."""
    told = told_of(leaving)
    held = conferences_of(leaving)
    notices = ConclusionNotice.objects.filter(
        Q(conference__in=held) | Q(version_of__conference__in=held)
    ).select_related("document__type")
    said = []
    for notice in notices.order_by("pk"):
        said.append(strike_words(notice.document, told.without, by=by))
        if notice.document.state not in FROZEN:
            _strip_points(notice, told)
    said += [_leave_petition(row, told, by) for row in _petitions(held)]
    return [sentence for sentence in said if sentence]


def _petitions(held: Sequence[Conference]) -> QuerySet[Petition]:
    rows = Petition.objects.filter(notice__conference__in=held)
    return rows.select_related("document__type").order_by("pk")


def _leave_petition(petition: Petition, told: Leaving, by: User) -> str:
    """A petition that is not signed loses it from its lines too; one that is says so."""
    if petition.document.state not in FROZEN:
        for item in petition.items.order_by("pk"):
            PetitionItem.objects.filter(pk=item.pk).update(text=told.without(item.text))
    return strike_words(petition.document, told.without, by=by)


def _strip_points(notice: ConclusionNotice, told: Leaving) -> None:
    for point in notice.points.order_by("pk"):
        mended = {name: told.without(getattr(point, name)) for name in SAID}
        ConclusionPoint.objects.filter(pk=point.pk).update(**mended)
