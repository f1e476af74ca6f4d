"""The programme: its items in order and who conducts each (domain.md §3.4)."""

import re

from documents.reading import topics
from documents.reading.letters import one_line
from documents.reading.nodes import Node
from documents.reading.results import ProgrammeItemReading
from documents.reading.tables import rows_in

_POSITION = re.compile(r"\s*(\d{1,3})\s*[.)]?\s*")


def programme_in(root: Node) -> tuple[ProgrammeItemReading, ...]:
    """Rows of a table TT | Nội dung | Điều hành, or the items of a list; positions count from 1."""
    rows = [
        row
        for row in rows_in(root)
        if row.node.topic not in {topics.ASSIGN, topics.STAGE}
        and row.node.kind not in {"session", "duty"}
        and "text" in row.words
        and ("conductor" in row.words or row.node.kind == "programme_item")
    ]
    for row in rows:
        row.node.kind = "programme_item"
    if rows:
        return tuple(
            ProgrammeItemReading(
                position=_number(row.words.get("position", "")) or place,
                text=row.words["text"],
                conductor=row.words.get("conductor"),
                line=row.node.line,
                confidence=0.95,
            )
            for place, row in enumerate(rows, start=1)
        )
    items = (node for node in root.walk() if node.kind == "programme_item" and not _is_part(node))
    return tuple(
        ProgrammeItemReading(
            position=place, text=one_line(node.text), line=node.line, confidence=0.85
        )
        for place, node in enumerate(items, start=1)
    )


def _is_part(node: Node) -> bool:
    return node.parent is not None and node.parent.kind == "programme_item"


def _number(text: str) -> int | None:
    found = _POSITION.fullmatch(text)
    return int(found[1]) if found else None
