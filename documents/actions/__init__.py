"""What people do with official documents."""

from documents.actions.amending import amend_document, edit_amendment
from documents.actions.approval import (
    issue_document,
    return_document,
    revoke_document,
    submit_document,
)
from documents.actions.citing import (
    add_basis,
    edit_basis,
    replace_basis,
    restore_basis,
    swap_basis,
)
from documents.actions.clauses import (
    add_clause,
    add_clauses,
    edit_clause,
    merge_clause,
    move_clause,
    place_clause,
    remove_clause,
    split_clause,
)
from documents.actions.comments import (
    comment_document,
    mend_comment,
    reopen_comment,
    reply_comment,
)
from documents.actions.drafting import (
    ClauseDraft,
    RecipientDraft,
    add_drafts,
    create_document,
    edit_header,
    set_recipients,
)
from documents.actions.hanging import write_fact
from documents.actions.numbers import record_paper, reserve_number
from documents.actions.relations import (
    relate_documents,
    unrelate_documents,
)
from documents.actions.signing import (
    attach_signed_copy,
)
from documents.actions.steps import redo_step, undo_step
from documents.actions.voiding import void_number

__all__ = [
    "place_clause",
    "write_fact",
    "unrelate_documents",
    "relate_documents",
    "attach_signed_copy",
    "swap_basis",
    "restore_basis",
    "replace_basis",
    "edit_basis",
    "add_basis",
    "ClauseDraft",
    "RecipientDraft",
    "add_clause",
    "add_clauses",
    "add_drafts",
    "amend_document",
    "comment_document",
    "create_document",
    "edit_amendment",
    "edit_clause",
    "edit_header",
    "issue_document",
    "merge_clause",
    "mend_comment",
    "move_clause",
    "record_paper",
    "remove_clause",
    "reopen_comment",
    "reply_comment",
    "reserve_number",
    "return_document",
    "revoke_document",
    "redo_step",
    "set_recipients",
    "split_clause",
    "submit_document",
    "void_number",
    "undo_step",
]
