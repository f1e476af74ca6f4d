"""Consultations, what people sent, how it was sorted, grouped and answered."""

from feedback.models.answers import Answer, RestrictedMatter
from feedback.models.consultations import Competence, ConsentText, Consultation, Field, load_fields
from feedback.models.filters import SavedFilter
from feedback.models.opinions import GroupMerge, IssueGroup, Opinion, Support
from feedback.models.submissions import (
    CollectiveSheet,
    PendingFile,
    Sender,
    Submission,
    SubmissionFile,
)

__all__ = [
    "Answer",
    "CollectiveSheet",
    "Competence",
    "ConsentText",
    "Consultation",
    "Field",
    "GroupMerge",
    "IssueGroup",
    "Opinion",
    "PendingFile",
    "RestrictedMatter",
    "SavedFilter",
    "Sender",
    "Submission",
    "SubmissionFile",
    "Support",
    "load_fields",
]
