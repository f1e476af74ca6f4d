"""What a printed paper is made of: paragraphs, tables, appendices, and what others add to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Column:
    """A column of a printed table; width in mm, 0 takes what is left."""

    title: str
    width: int = 0
    align: str = "left"


@dataclass(frozen=True)
class Table:
    """A ruled table; cells may carry the two marks. `row_ids`: the clauses the rows are written in."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    row_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class Extra:
    """What a higher package adds to a paper.

    `tables`: clause id → table printed after it, 0 → at the end of the body. `programme_leads`:
    id of a programme item → who runs it; if there are any the programme prints as a table.
    `appendices` print on pages of their own after the signature.
    """

    tables: Mapping[int, Table] = field(default_factory=dict)
    programme_leads: Mapping[int, str] = field(default_factory=dict)
    fill: Mapping[str, str] = field(default_factory=dict)
    qr_text: str = ""
    qr_caption: str = ""
    appendices: "tuple[Appendix, ...]" = ()


@dataclass(frozen=True)
class Block:
    """One paragraph as it is drawn.

    `role`: section, title, item, bullet, text, basis, table, field, choices, box, caption, centre.
    `level` is 1 for sections, 2 for `1.`, 3 for `1.1.` and `-`, 4 for `+`. `clause_id` lets the
    editor find the paragraph of a clause in its preview; `also_id` is a second clause that stands in
    the same paragraph ("1. Yêu cầu: Việc …").
    """

    role: str
    text: str = ""
    marker: str = ""
    level: int = 1
    is_bold: bool = False
    is_italic: bool = False
    table: Table | None = None
    options: tuple[str, ...] = ()
    lines: int = 0
    clause_id: int = 0
    also_id: int = 0

    @property
    def write_lines(self) -> range:
        """The dotted lines to write on."""
        return range(self.lines)


@dataclass(frozen=True)
class Appendix:
    """A Phụ lục (domain.md §1.3.2): paragraphs and tables on pages numbered by themselves.

    `label` (`Phụ lục I`) and `origin` (`(Kèm theo …)`) are written by `build_paper`; `clause_id` is
    the clause that holds its title.
    """

    title: str
    blocks: tuple[Block, ...] = ()
    is_landscape: bool = False
    label: str = ""
    origin: str = ""
    clause_id: int = 0


@dataclass(frozen=True)
class Articles:
    """Papers that decide are written in `Điều`: their mark, who decides, and the word for it."""

    mark: str
    enacting: str = ""
    issuer: str = ""
