"""A clause while its paper is read, and the finished tree."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from documents.reading.results import ClauseReading

TEXT_RANK, ROW_RANK = 20, 21
"""Of a paragraph without a marker, of a row of a table: below every marker (markers.py)."""


@dataclass(slots=True, eq=False)
class Node:
    """A clause while the tree is built; `topic` is what its section announces."""

    kind: str
    marker: str
    text: str
    line: int
    rank: int
    topic: str | None = None
    cells: tuple[str, ...] = ()
    is_bold: bool = False
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)

    def add(self, child: "Node") -> "Node":
        """Put a clause last below this one."""
        child.parent = self
        self.children.append(child)
        return child

    def walk(self) -> Iterator["Node"]:
        """Every clause below, in order."""
        for child in self.children:
            yield child
            yield from child.walk()

    def above(self, *kinds: str) -> "Node | None":
        """The nearest clause above of one of these kinds."""
        node = self.parent
        while node and node.kind not in kinds:
            node = node.parent
        return node


def as_clauses(node: Node) -> tuple[ClauseReading, ...]:
    """The finished tree."""
    return tuple(
        ClauseReading(
            kind=child.kind,
            marker=child.marker,
            text=child.text,
            line=child.line,
            cells=child.cells,
            children=as_clauses(child),
            confidence=_confidence(child),
        )
        for child in node.children
    )


def _confidence(node: Node) -> float:
    if node.kind in {"text", "heading"} and not node.marker:
        return 0.6
    return 0.9 if node.marker or node.kind in {"introduction", "closing"} else 0.75
