"""What people type about tasks and ladders."""

from assignments.forms.ladders import LadderPage
from assignments.forms.letters import LetterNoteForm, OutboxFilterForm
from assignments.forms.parts import (
    HelperForm,
    PartForm,
    PersonForm,
    ShareForm,
    SplitForm,
    SucceedForm,
    TalkForm,
)
from assignments.forms.tasks import (
    AcceptForm,
    AnswerContestForm,
    AskDueForm,
    CommentForm,
    ContestForm,
    DecideDueForm,
    DueForm,
    FilterForm,
    NoteForm,
    ReasonForm,
    ReportForm,
    due_ahead,
    refuse_past,
)

__all__ = [
    "AcceptForm",
    "AnswerContestForm",
    "AskDueForm",
    "CommentForm",
    "ContestForm",
    "DecideDueForm",
    "DueForm",
    "FilterForm",
    "HelperForm",
    "LetterNoteForm",
    "LadderPage",
    "NoteForm",
    "OutboxFilterForm",
    "PartForm",
    "PersonForm",
    "ReasonForm",
    "ReportForm",
    "ShareForm",
    "SplitForm",
    "SucceedForm",
    "TalkForm",
    "due_ahead",
    "refuse_past",
]
