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
    edit_clause,
    move_clause,
    remove_clause,
)
from documents.actions.drafting import (
    ClauseDraft,
    RecipientDraft,
    add_drafts,
    create_document,
    edit_header,
    set_recipients,
)

__all__ = [
    "ClauseDraft",
    "RecipientDraft",
    "add_clause",
    "add_drafts",
    "amend_document",
    "create_document",
    "edit_amendment",
    "edit_clause",
    "edit_header",
    "issue_document",
    "move_clause",
    "remove_clause",
    "return_document",
    "revoke_document",
    "set_recipients",
    "submit_document",
]
