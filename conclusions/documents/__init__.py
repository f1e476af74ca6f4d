"""What the papers of a conclusion say, and what its case file holds."""

from conclusions.documents.casefile import Piece, case_pieces
from conclusions.documents.notice import (
    ASSESSMENT,
    SECTIONS,
    PointDraft,
    notice_clauses,
    point_of,
    table_of_tasks,
    unraised,
)
from conclusions.documents.petition import TYPES, extra_of_petition, petition_letter

__all__ = [
    "ASSESSMENT",
    "SECTIONS",
    "TYPES",
    "Piece",
    "PointDraft",
    "case_pieces",
    "extra_of_petition",
    "notice_clauses",
    "petition_letter",
    "point_of",
    "table_of_tasks",
    "unraised",
]
