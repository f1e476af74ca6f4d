"""What the papers of a conclusion say, and what its case file holds."""

from conclusions.documents.casefile import Piece, case_pieces
from conclusions.documents.notice import notice_clauses

__all__ = ["Piece", "case_pieces", "notice_clauses"]
