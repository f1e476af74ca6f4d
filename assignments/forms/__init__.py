"""What people type about tasks and ladders."""

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
    OutboxFilterForm,
    ReasonForm,
    ReportForm,
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
    "NoteForm",
    "OutboxFilterForm",
    "ReasonForm",
    "ReportForm",
]
