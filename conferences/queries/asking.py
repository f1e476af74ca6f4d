"""Which consultations have nothing left to ask for once a conference is over."""

import datetime

from django.db.models import Q

from conferences.models import Conference
from conferences.states import ConferenceState
from feedback.models import Consultation
from feedback.models.consultations import ConsultationQuerySet
from feedback.states import ConsultationState
from plans.models import DialogueSession

OVER = (ConferenceState.CLOSED, ConferenceState.CANCELLED)


def ending_with(conference: Conference, now: datetime.datetime) -> ConsultationQuerySet:
    """Those people may still answer for its session, unless another session to come shares them."""
    coming = DialogueSession.objects.on_calendar().exclude(conference__state__in=OVER)
    coming = coming.exclude(pk=conference.session_id)
    waiting = Consultation.objects.filter(Q(session__in=coming) | Q(also_for__in=coming))
    own = Consultation.objects.for_session(conference.session_id)
    return own.filter(state=ConsultationState.OPEN, closes_at__gt=now).exclude(
        pk__in=waiting.values("pk")
    )
