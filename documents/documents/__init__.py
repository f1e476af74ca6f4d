"""A document as paper and as outline: its clauses with the numbers the skin gives them."""

from documents.documents.papers import OutlineRow, outline_of, paper_of

__all__ = ["OutlineRow", "outline_of", "paper_of"]
