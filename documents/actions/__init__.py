"""What people do with official documents."""

from documents.actions.amending import amend_document, edit_amendment
from documents.actions.approval import (
    issue_document,
    return_document,
    revoke_document,
    submit_document,
)
from documents.actions.clauses import (
    add_clause,
    add_clauses,
    edit_clause,
    merge_clause,
    move_clause,
    remove_clause,
    split_clause,
)
from documents.actions.drafting import (
    ClauseDraft,
    RecipientDraft,
    add_drafts,
    create_document,
    edit_header,
    set_recipients,
)
from documents.actions.steps import redo_step, undo_step

__all__ = [
    "ClauseDraft",
    "RecipientDraft",
    "add_clause",
    "add_clauses",
    "add_drafts",
    "amend_document",
    "create_document",
    "edit_amendment",
    "edit_clause",
    "edit_header",
    "issue_document",
    "merge_clause",
    "move_clause",
    "remove_clause",
    "return_document",
    "revoke_document",
    "redo_step",
    "set_recipients",
    "split_clause",
    "submit_document",
    "undo_step",
]
