"""Consultations, what people sent, how it was sorted, grouped and answered."""

from feedback.models.answers import Answer, RestrictedMatter
from feedback.models.asking import Question, QuestionAnswer
from feedback.models.consultations import Competence, ConsentText, Consultation, Field, load_fields
from feedback.models.filters import SavedFilter
from feedback.models.forwarding import ForwardedItem, Forwarding
from feedback.models.imports import OpinionImport, StagedRow
from feedback.models.opinions import GroupMerge, IssueGroup, Opinion, Support
from feedback.models.releases import Notice, Release
from feedback.models.reopenings import Reopening
from feedback.models.requests import (
    AnswerLink,
    AnswerPart,
    AnswerRequest,
    AnswerTemplate,
    Remark,
)
from feedback.models.retention import RetentionRule, load_periods
from feedback.models.sorting import (
    Claim,
    Mandate,
    ReceivingBody,
    ReplyLetter,
    ReplyTemplate,
    SortingStep,
    load_habits,
)
from feedback.models.submissions import (
    CollectiveSheet,
    PendingFile,
    Sender,
    Submission,
    SubmissionFile,
)
from feedback.models.tables import TableOrder
from feedback.models.voices import Addition, DataRequest, Verdict, WatchList

__all__ = [
    "Addition",
    "Answer",
    "AnswerLink",
    "AnswerPart",
    "AnswerRequest",
    "AnswerTemplate",
    "Claim",
    "CollectiveSheet",
    "Competence",
    "ConsentText",
    "Consultation",
    "DataRequest",
    "Field",
    "ForwardedItem",
    "Forwarding",
    "GroupMerge",
    "IssueGroup",
    "Notice",
    "Mandate",
    "Opinion",
    "OpinionImport",
    "PendingFile",
    "Question",
    "QuestionAnswer",
    "ReceivingBody",
    "Reopening",
    "ReplyLetter",
    "ReplyTemplate",
    "Release",
    "Remark",
    "RestrictedMatter",
    "RetentionRule",
    "SavedFilter",
    "Sender",
    "SortingStep",
    "StagedRow",
    "Submission",
    "SubmissionFile",
    "Support",
    "TableOrder",
    "Verdict",
    "WatchList",
    "load_fields",
    "load_habits",
    "load_periods",
]
