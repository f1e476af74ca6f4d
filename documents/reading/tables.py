"""Rows of tables: what each column is called and what stands in it (domain.md §3.4, §3.7)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from documents.reading.letters import fold_in_place, one_line
from documents.reading.nodes import Node

_COLUMNS = (
    ("position", r"(?:tt|stt|so tt|so thu tu|tt\.?)"),
    (
        "conductor",
        r"(?:nguoi |don vi |co quan )?(?:dieu hanh|thuc hien|phu trach|chu tri dieu hanh|nguoi trinh bay|dan chuong trinh)",
    ),
    ("lead", r".*chu tri.*"),
    ("cooperating", r".*phoi hop.*"),
    ("time", r"(?:du kien )?(?:thoi gian|thoi han|ngay|han|tien do|quy|thoi diem).*"),
    ("place", r"dia diem.*"),
    ("audience", r"(?:doi tuong|thanh phan).*"),
    ("deliverable", r"(?:san pham|ket qua).*"),
    ("units", r"(?:dia ban|don vi|xa|phuong|thon).*"),
    ("text", r"(?:noi dung|nhiem vu|cong viec|chuong trinh|chu de|chuyen de|viec).*"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row below a heading row: the words of each known column; `node` is its clause."""

    node: Node
    words: dict[str, str]


def rows_in(root: Node) -> Iterator[Row]:
    """Every row of a table whose first row names its columns."""
    names: list[str | None] = []
    parent: Node | None = None
    for node in root.walk():
        if not node.cells:
            continue
        if node.parent is not parent:
            parent, names = node.parent, []
        heading = _heading(node.cells)
        if heading:
            node.kind, names = "fact_line", heading
        elif names:
            pairs = zip(names, node.cells, strict=False)
            row = Row(node, {name: one_line(cell) for name, cell in pairs if name and cell})
            node.marker = row.words.get("position", "")
            if node.kind == "programme_item" and "text" in row.words:
                node.text = row.words["text"]
            else:
                node.text = one_line(node.text.removeprefix(node.marker))
            yield row


def _heading(cells: tuple[str, ...]) -> list[str | None]:
    """The columns' names if this row names at least two of them, else []."""
    names = [_name(cell) for cell in cells]
    return (
        names
        if sum(name is not None for name in names) > 1
        and "text" in names + ["text"] * ("time" in names)
        else []
    )


def _name(cell: str) -> str | None:
    folded = one_line(fold_in_place(cell)).strip(" .:")
    if not folded or len(folded) > 45:
        return None
    return next((name for name, shape in _COLUMNS if re.fullmatch(shape, folded)), None)
