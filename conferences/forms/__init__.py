"""What people may type about a conference."""

from conferences.forms.agenda import AgendaItemForm, OrderForm
from conferences.forms.conference import (
    CancelForm,
    CloseForm,
    ConferenceForm,
    EditConferenceForm,
)
from conferences.forms.minutes import PassagesForm
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
    "EditConferenceForm",
    "EditExchangeForm",
    "ExchangeForm",
    "InvitationForm",
    "MessageForm",
    "OrderForm",
    "ParticipantsForm",
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
