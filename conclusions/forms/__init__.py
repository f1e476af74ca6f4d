"""What people type about conclusions."""

from conclusions.forms.petitions import (
    AnswerForm,
    DrafterForm,
    GiveForm,
    LeaveOutForm,
    LineForm,
    PetitionForm,
    ReasonForm,
    ResultForm,
)
from conclusions.forms.points import ConclusionPointForm

__all__ = [
    "AnswerForm",
    "ConclusionPointForm",
    "DrafterForm",
    "GiveForm",
    "LeaveOutForm",
    "LineForm",
    "PetitionForm",
    "ReasonForm",
    "ResultForm",
]
