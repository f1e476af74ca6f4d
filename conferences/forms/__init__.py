"""What people may type about a conference."""

from conferences.forms.agenda import AgendaItemForm
from conferences.forms.conference import (
    CancelForm,
    CloseForm,
    ConferenceForm,
    EditConferenceForm,
)
from conferences.forms.papers import InvitationForm
from conferences.forms.people import ParticipantsForm
from conferences.forms.running import EditExchangeForm, ExchangeForm, TurnForm

__all__ = [
    "AgendaItemForm",
    "CancelForm",
    "CloseForm",
    "ConferenceForm",
    "EditConferenceForm",
    "EditExchangeForm",
    "ExchangeForm",
    "InvitationForm",
    "ParticipantsForm",
    "TurnForm",
]
