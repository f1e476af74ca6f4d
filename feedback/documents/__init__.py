"""Papers made of opinions: the slip people fill in, and what goes to other bodies about them."""

from feedback.documents.slip import slip_of
from feedback.documents.slips import (
    extra_of_letter,
    forwarding_letter,
    reply_letter,
    transfer_slip,
)

__all__ = [
    "extra_of_letter",
    "forwarding_letter",
    "reply_letter",
    "slip_of",
    "transfer_slip",
]
