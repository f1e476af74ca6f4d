"""Questions over official documents and everything that hangs on them."""

from documents.queries.papers import (
    ERROR,
    WARNING,
    bases_matching,
    clauses_below,
    clauses_of,
    consequences,
    findings,
    head_of,
    heads_of,
    history_of,
    summaries,
    term_on,
)

__all__ = [
    "ERROR",
    "WARNING",
    "bases_matching",
    "clauses_below",
    "clauses_of",
    "consequences",
    "findings",
    "head_of",
    "heads_of",
    "history_of",
    "summaries",
    "term_on",
]
