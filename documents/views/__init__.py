"""The pages of official documents: reading, writing, approving."""

from documents.views.amending import amend, amendment, changes
from documents.views.approval import issue, return_, revoke, submit
from documents.views.bases import (
    bases,
    basis,
    basis_add,
    basis_edit,
    basis_replace,
    basis_restore,
    basis_swap,
)
from documents.views.book import (
    book,
    book_pdf,
    book_xlsx,
    number,
    outside,
    reserve,
    void,
)
from documents.views.clauses import (
    clause_add,
    clause_edit,
    clause_merge,
    clause_move,
    clause_remove,
    clause_row,
    clause_split,
    readings,
)
from documents.views.comments import comment_mend, comment_reply, comments
from documents.views.editor import edit, header, presence, recipients, redo, undo
from documents.views.printed import docx, pdf, preview
from documents.views.reading import attachment, detail, register, skin_css
from documents.views.relations import (
    bundle_pdf,
    relate,
    unrelate,
)
from documents.views.signing import (
    signed,
    signed_file,
)

__all__ = [
    "unrelate",
    "relate",
    "bundle_pdf",
    "signed_file",
    "signed",
    "basis_swap",
    "basis_restore",
    "basis_replace",
    "basis_edit",
    "basis_add",
    "basis",
    "bases",
    "amend",
    "amendment",
    "attachment",
    "book",
    "book_pdf",
    "book_xlsx",
    "changes",
    "clause_add",
    "clause_edit",
    "clause_merge",
    "clause_move",
    "clause_remove",
    "clause_row",
    "clause_split",
    "comment_mend",
    "comment_reply",
    "comments",
    "detail",
    "docx",
    "edit",
    "header",
    "issue",
    "number",
    "outside",
    "pdf",
    "presence",
    "preview",
    "readings",
    "recipients",
    "redo",
    "register",
    "reserve",
    "return_",
    "revoke",
    "skin_css",
    "submit",
    "void",
    "undo",
]
