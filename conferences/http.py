"""What pages of the hall need of the network: counters per link and per sender's address."""

from core.throttle import count_so_far, count_up
from feedback.http import public_address

__all__ = [
    "is_answering_too_much",
    "is_trying_nominations",
    "is_using_nomination_too_much",
    "public_address",
]
HOUR = 3600
TRIES, POSTS = 60, 240


def is_trying_nominations(address: str) -> bool:
    """Count a link that does not exist; whether one computer tried too many."""
    tried = count_up(f"nomination-tries:{address}", seconds=HOUR)
    return tried is not None and tried > TRIES


def is_using_nomination_too_much(nomination_id: int) -> bool:
    """Whether a link is used more often than people name delegates."""
    used = count_up(f"nomination:{nomination_id}", seconds=HOUR)
    return used is not None and used > POSTS


def is_answering_too_much(address: str, *, is_wrong: bool) -> bool:
    """Whether one computer tried too many links that do not exist; right ones are not counted."""
    if is_wrong:
        tried = count_up(f"answer-tries:{address}", seconds=HOUR)
    else:
        tried = count_so_far(f"answer-tries:{address}")
    return tried is not None and tried > TRIES
