"""Official documents: header, clause tree, register number (domain.md §1)."""

from documents.models.bases import ClauseBasis, LegalBasis
from documents.models.clauses import Clause, ClauseKind, clause_tree
from documents.models.document import Addressee, Attachment, Document, DocumentQuerySet, Recipient
from documents.models.layout import DocumentType, Skin
from documents.models.register import NumberSequence

__all__ = [
    "Addressee",
    "Attachment",
    "Clause",
    "ClauseBasis",
    "ClauseKind",
    "Document",
    "DocumentQuerySet",
    "DocumentType",
    "LegalBasis",
    "NumberSequence",
    "Recipient",
    "Skin",
    "clause_tree",
]
