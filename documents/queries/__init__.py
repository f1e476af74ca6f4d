"""Questions over official documents and everything that hangs on them."""

from documents.queries.bases import (
    bases_listed,
    citing_drafts,
)
from documents.queries.comments import comments_of, open_comment_counts, open_comments, speakers_of
from documents.queries.copies import (
    authoritative_copy,
    signed_copies_of,
)
from documents.queries.differences import Change, Words, changes_of, compare, word_changes
from documents.queries.hanging import fact_of, note_new, note_ties, parts_of, ties_of, with_facts
from documents.queries.papers import (
    amendment_of,
    bases_matching,
    clauses_below,
    clauses_of,
    consequences,
    events_of,
    head_of,
    heads_of,
    issued_files,
    issued_papers,
    neighbour_of,
    receivers_of,
    summaries,
    term_on,
    undoings,
)
from documents.queries.register import (
    book_line,
    book_rows,
    missing_numbers,
    reserved_numbers,
    scope_on,
)
from documents.queries.relations import (
    bundle_of,
    papers_matching,
    relations_of,
)

__all__ = [
    "Words",
    "word_changes",
    "fact_of",
    "note_new",
    "note_ties",
    "parts_of",
    "ties_of",
    "with_facts",
    "undoings",
    "receivers_of",
    "relations_of",
    "papers_matching",
    "bundle_of",
    "signed_copies_of",
    "authoritative_copy",
    "citing_drafts",
    "bases_listed",
    "book_line",
    "book_rows",
    "missing_numbers",
    "reserved_numbers",
    "scope_on",
    "comments_of",
    "open_comment_counts",
    "open_comments",
    "speakers_of",
    "Change",
    "changes_of",
    "compare",
    "amendment_of",
    "bases_matching",
    "clauses_below",
    "clauses_of",
    "consequences",
    "head_of",
    "heads_of",
    "events_of",
    "issued_files",
    "issued_papers",
    "neighbour_of",
    "summaries",
    "term_on",
]
