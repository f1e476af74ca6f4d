"""Where the opinions on a session go in, for the announcements of the plan."""

import datetime

from django.utils import timezone

from feedback.http import public_address
from feedback.models import Consultation
from feedback.states import ConsultationState
from plans.models import DialogueSession
from plans.queries.calls import Way


def way_of_session(session: DialogueSession, now: datetime.datetime) -> Way | None:
    """The public form of the session's open consultation, if it is open now or will be."""
    rows = Consultation.objects.for_session(session.pk).filter(state=ConsultationState.OPEN)
    rows = rows.exclude(open_to=Consultation.OpenTo.INVITED)
    row = rows.filter(closes_at__gte=now).order_by("closes_at").first()
    if row is None:
        return None
    closes_on = timezone.localtime(row.closes_at).date()
    return Way(public_address("feedback:public_form", row.slug), closes_on)
