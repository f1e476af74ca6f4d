"""Reads `site.txt`, the table of who opens which page."""

from dataclasses import dataclass, field
from pathlib import Path

from tests.world import ROLES

TABLE = Path(__file__).with_name("site.txt")
# Where one logged-in person stands for all, the table has two columns.
ANYBODY = ("anonymous", "clerk")


@dataclass
class Page:
    """One page of one row, and by method what each role gets there."""

    name: str
    of: str
    methods: dict[str, dict[str, int]] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.name if self.of == "-" else f"{self.name} of {self.of}"


def read_table() -> list[Page]:
    """The pages of the table in its order."""
    pages: dict[tuple[str, str], Page] = {}
    for text in TABLE.read_text(encoding="utf-8").splitlines():
        words = text.partition("#")[0].split()
        if words:
            name, of, method, *statuses = words
            roles = ANYBODY if len(statuses) == len(ANYBODY) else tuple(ROLES)
            page = pages.setdefault((name, of), Page(name, of))
            page.methods[method] = dict(zip(roles, map(int, statuses), strict=True))
    return list(pages.values())


WHO_MAY_OPEN = read_table()
