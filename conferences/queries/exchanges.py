"""What was raised, and what is still to be raised."""

from dataclasses import dataclass

from django.db.models import Count, Q

from conferences.models import Conference, Exchange
from feedback.models import Consultation, IssueGroup


def open_groups(conference: Conference) -> list[IssueGroup]:
    """The issue groups of the session's consultations that no exchange has dealt with yet."""
    return list(
        IssueGroup.objects.filter(
            consultation__in=Consultation.objects.for_session(conference.session_id)
        )
        .exclude(exchanges__conference=conference)
        .select_related("field", "lead", "answer")
        .annotate(people=Count("opinions"))
        .order_by("field__position", "id")
    )


@dataclass(frozen=True)
class Tally:
    """The numbers the minutes state."""

    exchanges: int
    answered: int
    written: int
    assigned: int
    petition: int

    @property
    def share_answered(self) -> int:
        """Per cent answered on the spot (0 when nothing was raised)."""
        return round(100 * self.answered / self.exchanges) if self.exchanges else 0


def tally(conference: Conference) -> Tally:
    """Count the exchanges by outcome, in one query."""
    outcome = Exchange.Outcome
    return Tally(
        **conference.exchanges.aggregate(
            exchanges=Count("pk"),
            answered=Count("pk", filter=Q(outcome=outcome.ANSWERED)),
            written=Count("pk", filter=Q(outcome=outcome.WRITTEN)),
            assigned=Count("pk", filter=Q(outcome=outcome.ASSIGNED)),
            petition=Count("pk", filter=Q(outcome=outcome.PETITION)),
        )
    )
