"""The conference as it is prepared and as it happened."""

from conferences.models.agenda import AgendaItem
from conferences.models.arriving import Arrival
from conferences.models.conference import Conference
from conferences.models.exchanges import Exchange
from conferences.models.people import Participant
from conferences.models.prints import InvitationPrint
from conferences.models.questions import HallQuestion
from conferences.models.speaking import SpeakingTurn

__all__ = [
    "AgendaItem",
    "Arrival",
    "Conference",
    "Exchange",
    "HallQuestion",
    "InvitationPrint",
    "Participant",
    "SpeakingTurn",
]
