"""The conference as it is prepared and as it happened."""

from conferences.models.agenda import AgendaItem, AgendaPattern
from conferences.models.arriving import Arrival
from conferences.models.conference import Conference
from conferences.models.exchanges import Exchange
from conferences.models.hall_prints import HallPrint
from conferences.models.nominations import Nomination, ParticipantChange
from conferences.models.passages import Passage, load_passages
from conferences.models.people import Participant
from conferences.models.prints import InvitationPrint
from conferences.models.questions import HallQuestion
from conferences.models.seating import SeatPlan
from conferences.models.speaking import SpeakingTurn

__all__ = [
    "AgendaItem",
    "AgendaPattern",
    "Arrival",
    "Conference",
    "Exchange",
    "HallQuestion",
    "HallPrint",
    "InvitationPrint",
    "Nomination",
    "Participant",
    "ParticipantChange",
    "Passage",
    "SeatPlan",
    "SpeakingTurn",
    "load_passages",
]
