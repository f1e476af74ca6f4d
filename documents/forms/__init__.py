"""What people type when they write, check, approve and keep a document."""

from documents.forms.clauses import CLAUSE_LIMIT, ClauseEditor, ClauseForm
from documents.forms.keeping import (
    AmendmentForm,
    BookFilter,
    CommentForm,
    IssueForm,
    OutsideForm,
    ReserveForm,
    VoidForm,
)
from documents.forms.writing import (
    BASIS_KINDS,
    BRACKET,
    PURPOSE_WORDS,
    BasisForm,
    HeaderForm,
    LinesField,
    ReasonForm,
    RecipientsForm,
    RegisterFilter,
    SuggestInput,
    read_recipient,
    write_recipient,
)

__all__ = [
    "BASIS_KINDS",
    "BRACKET",
    "CLAUSE_LIMIT",
    "PURPOSE_WORDS",
    "AmendmentForm",
    "BasisForm",
    "ClauseEditor",
    "BookFilter",
    "CommentForm",
    "IssueForm",
    "OutsideForm",
    "ReserveForm",
    "VoidForm",
    "ClauseForm",
    "HeaderForm",
    "LinesField",
    "ReasonForm",
    "RecipientsForm",
    "RegisterFilter",
    "SuggestInput",
    "read_recipient",
    "write_recipient",
]
