"""Consultations, what people sent, how it was sorted, grouped and answered."""

from feedback.models.answers import Answer, RestrictedMatter
from feedback.models.consultations import Competence, ConsentText, Consultation, Field, load_fields
from feedback.models.opinions import IssueGroup, Opinion
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
    "IssueGroup",
    "Opinion",
    "PendingFile",
    "RestrictedMatter",
    "Sender",
    "Submission",
    "SubmissionFile",
    "load_fields",
]
