"""Papers made of opinions: the slip people fill in, and what goes to other bodies about them."""

from feedback.documents.slip import slip_of

__all__ = ["slip_of"]
