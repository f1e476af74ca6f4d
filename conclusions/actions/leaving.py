"""What a conclusion notice lets go of when an opinion leaves by law or a name is erased."""

from django.db.models import Q

from conclusions.models import ConclusionNotice, ConclusionPoint
from conferences.actions.leaving import conferences_of, told_of
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
    return [sentence for sentence in said if sentence]


def _strip_points(notice: ConclusionNotice, told: Leaving) -> None:
    for point in notice.points.order_by("pk"):
        mended = {name: told.without(getattr(point, name)) for name in SAID}
        ConclusionPoint.objects.filter(pk=point.pk).update(**mended)
