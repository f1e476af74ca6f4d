"""How a rule's no reaches the person: `require` and the error every page understands."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class RefusedError(Exception):
    """The person may see the row but may not do this; the reason is a Vietnamese sentence."""

    def __init__(self, reason: str) -> None:
        """Keep the sentence that is shown to the person."""
        super().__init__(reason)
        self.reason = reason


def require(allowed: bool, reason: "str | _StrPromise") -> None:
    """Raise RefusedError (403 with `reason`) unless `allowed`, the answer of a `rules.may_…`."""
    if not allowed:
        raise RefusedError(str(reason))
