"""Who acts, and through which page or task: the audit writes it beside every change (decision 0024).

django-pghistory hands it to the server at the head of each statement that writes, within its
transaction only: pooled connections keep nothing of it, and reading costs nothing.
"""

from typing import TYPE_CHECKING

import pghistory

if TYPE_CHECKING:
    from contextlib import AbstractContextManager


def acting(**context: object) -> "AbstractContextManager[object]":
    """Who and what stands behind every change inside: `user` (a key), `act`."""
    return pghistory.context(**context)


def also(**context: object) -> None:
    """Add to the context that is open, if one is."""
    pghistory.context(**context)
