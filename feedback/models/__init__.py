"""Consultations, what people sent, how it was sorted, grouped and answered."""

from feedback.models.answers import Answer, RestrictedMatter
from feedback.models.asking import Question, QuestionAnswer
from feedback.models.consultations import Competence, ConsentText, Consultation, Field, load_fields
from feedback.models.filters import SavedFilter
from feedback.models.imports import OpinionImport, StagedRow
from feedback.models.opinions import GroupMerge, IssueGroup, Opinion, Support
from feedback.models.submissions import (
    CollectiveSheet,
    PendingFile,
    Sender,
    Submission,
    SubmissionFile,
)
from feedback.models.voices import Addition, DataRequest, Verdict, WatchList

__all__ = [
    "Addition",
    "Answer",
    "CollectiveSheet",
    "Competence",
    "ConsentText",
    "Consultation",
    "DataRequest",
    "Field",
    "GroupMerge",
    "IssueGroup",
    "Opinion",
    "OpinionImport",
    "PendingFile",
    "Question",
    "QuestionAnswer",
    "RestrictedMatter",
    "SavedFilter",
    "Sender",
    "StagedRow",
    "Submission",
    "SubmissionFile",
    "Support",
    "Verdict",
    "WatchList",
    "load_fields",
]
