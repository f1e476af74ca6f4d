"""What people may type about a conference."""

from conferences.forms.agenda import AgendaItemForm, OrderForm
from conferences.forms.conference import (
    CancelForm,
    CloseForm,
    ConferenceForm,
    EditConferenceForm,
)
from conferences.forms.minutes import DraftMinutesForm, InsertPassagesForm, PassagesForm
from conferences.forms.papers import InvitationForm
from conferences.forms.people import ParticipantsForm
from conferences.forms.running import (
    EditExchangeForm,
    ExchangeForm,
    MessageForm,
    ReopenForm,
    RestrictedForm,
    SeenForm,
    SpeechMinutesForm,
    TurnForm,
    WishForm,
    exchange_initial,
    picked_group,
)

__all__ = [
    "AgendaItemForm",
    "CancelForm",
    "CloseForm",
    "ConferenceForm",
    "DraftMinutesForm",
    "EditConferenceForm",
    "EditExchangeForm",
    "ExchangeForm",
    "InvitationForm",
    "MessageForm",
    "OrderForm",
    "ParticipantsForm",
    "InsertPassagesForm",
    "PassagesForm",
    "ReopenForm",
    "RestrictedForm",
    "SeenForm",
    "SpeechMinutesForm",
    "TurnForm",
    "WishForm",
    "exchange_initial",
    "picked_group",
]
