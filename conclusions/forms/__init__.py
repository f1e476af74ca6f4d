"""What people type about conclusions."""

from conclusions.forms.petitions import (
    DrafterForm,
    GiveForm,
    LeaveOutForm,
    LineForm,
    PetitionForm,
    ResultForm,
)
from conclusions.forms.points import ConclusionPointForm

__all__ = [
    "ConclusionPointForm",
    "DrafterForm",
    "GiveForm",
    "LeaveOutForm",
    "LineForm",
    "PetitionForm",
    "ResultForm",
]
