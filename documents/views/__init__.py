"""The pages of official documents: reading, writing, approving."""

from documents.views.approval import issue, return_, revoke, submit
from documents.views.editor import (
    clause_add,
    clause_edit,
    clause_move,
    clause_remove,
    edit,
    header,
)
from documents.views.reading import attachment, detail, pdf, preview, register, skin_css

__all__ = [
    "attachment",
    "clause_add",
    "clause_edit",
    "clause_move",
    "clause_remove",
    "detail",
    "edit",
    "header",
    "issue",
    "pdf",
    "preview",
    "register",
    "return_",
    "revoke",
    "skin_css",
    "submit",
]
