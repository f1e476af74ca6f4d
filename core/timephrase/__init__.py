"""Time as offices write it: the wording, what it means, the last good day, and why that day."""

from core.timephrase.fields import TimePhraseField, TimePhraseFormField
from core.timephrase.kinds import Bound, Kind, PhraseError, Precision, Stage, Unit
from core.timephrase.parsing import parse
from core.timephrase.phrase import TimePhrase
from core.timephrase.reckoning import CountedDay, Explanation

__all__ = [
    "Bound",
    "CountedDay",
    "Explanation",
    "Kind",
    "PhraseError",
    "Precision",
    "Stage",
    "TimePhrase",
    "TimePhraseField",
    "TimePhraseFormField",
    "Unit",
    "parse",
]
