"""What the papers of a conclusion say, and what its case file holds."""

from conclusions.documents.casefile import Piece, case_pieces
from conclusions.documents.notice import SECTIONS, PointDraft, notice_clauses, point_of

__all__ = ["SECTIONS", "Piece", "PointDraft", "case_pieces", "notice_clauses", "point_of"]
