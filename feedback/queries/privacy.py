"""Who agreed to which words, and what waits to be done about people's data."""

from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from feedback.models import ConsentText, DataRequest, Submission
from organisations.models import Role

if TYPE_CHECKING:
    from organisations.models import User


def consents_of(user: "User") -> QuerySet[ConsentText]:
    """Every version of the notice of one's offices, with how many agreed and took it back."""
    offices = user.organisation_ids(Role.CLERK, Role.HEAD)
    withdrawn = Count("submission", filter=Q(submission__consent_withdrawn_at__isnull=False))
    return (
        ConsentText.objects.filter(organisation__in=offices)
        .select_related("organisation")
        .annotate(agreed=Count("submission"), withdrawn=withdrawn)
        .order_by("organisation__name", "-version")
    )


def requests_for(user: "User") -> QuerySet[DataRequest]:
    """What senders asked about their data, to be listed; those that wait first."""
    rows = DataRequest.objects.visible_to(user)
    return rows.select_related("submission__consultation", "task")


def forms_with_all(rows: "QuerySet[Submission]") -> QuerySet[Submission]:
    """Forms with what the page of a sender shows."""
    return rows.select_related("consultation__organisation", "area", "consent", "sender")
