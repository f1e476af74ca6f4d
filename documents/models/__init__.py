"""Official documents: header, clause tree, register number (domain.md §1)."""

from documents.models.bases import ClauseBasis, LegalBasis
from documents.models.checks import CheckSetting, Waiver
from documents.models.clauses import Clause, ClauseKind, clause_tree
from documents.models.document import (
    IN_FORCE_ONCE,
    Addressee,
    Attachment,
    Document,
    DocumentQuerySet,
    Recipient,
)
from documents.models.editing import EditStep
from documents.models.keeping import (
    Comment,
    CommentReply,
    DocumentRelation,
    SignedCopy,
)
from documents.models.layout import DocumentType, Skin
from documents.models.register import NumberSequence, RegisterNumber

__all__ = [
    "IN_FORCE_ONCE",
    "Addressee",
    "Attachment",
    "CheckSetting",
    "Clause",
    "ClauseBasis",
    "ClauseKind",
    "Comment",
    "CommentReply",
    "Document",
    "DocumentQuerySet",
    "DocumentRelation",
    "DocumentType",
    "EditStep",
    "LegalBasis",
    "NumberSequence",
    "Recipient",
    "RegisterNumber",
    "SignedCopy",
    "Skin",
    "Waiver",
    "clause_tree",
]
