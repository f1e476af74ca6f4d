"""What people type when they write, check, approve and keep a document."""

from documents.forms.writing import (
    BASIS_KINDS,
    BRACKET,
    CLAUSE_LIMIT,
    PURPOSE_WORDS,
    BasisForm,
    ClauseEditor,
    ClauseForm,
    HeaderForm,
    LinesField,
    ReasonForm,
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
    "BasisForm",
    "ClauseEditor",
    "ClauseForm",
    "HeaderForm",
    "LinesField",
    "ReasonForm",
    "RegisterFilter",
    "SuggestInput",
    "read_recipient",
    "write_recipient",
]
