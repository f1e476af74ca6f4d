"""Two people changed one text: what each did, joined word by word over the text both began with."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from merge3 import Merge3

_WORDS = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
MINE, THEIRS, SAME, BOTH = "mine", "theirs", "same", "both"


@dataclass(frozen=True)
class Piece:
    """A stretch of the joined text: who wrote it.

    `by` is same, mine, theirs, or both where the two overlap; then `text` is mine, `other` theirs.
    """

    by: str
    text: str
    other: str = ""


@dataclass(frozen=True)
class Joined:
    """The joined text in pieces."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The joined text; where the two overlap, mine."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def overlaps(self) -> int:
        """In how many places both changed the same words."""
        return sum(piece.by == BOTH for piece in self.pieces)


def join(base: str, mine: str, theirs: str) -> Joined:
    """Take over what either changed; where both changed the same words keep both, marked."""
    words = [_WORDS.findall(text) for text in (base, mine, theirs)]
    return Joined(tuple(_pieces(*words)))


def _pieces(base: list[str], mine: list[str], theirs: list[str]) -> Iterator[Piece]:
    regions = Merge3(base, mine, theirs, is_cherrypick=False).merge_regions()
    for name, *span in regions:
        if name == "conflict":
            _base_from, _base_to, from_, to, other_from, other_to = span
            yield Piece(BOTH, "".join(mine[from_:to]), "".join(theirs[other_from:other_to]))
        elif name == "unchanged":
            yield Piece(SAME, "".join(base[span[0] : span[1]]))
        elif name == "b":
            yield Piece(THEIRS, "".join(theirs[span[0] : span[1]]))
        else:  # "a" is mine alone, "same" is what both wrote
            yield Piece(MINE if name == "a" else SAME, "".join(mine[span[0] : span[1]]))
