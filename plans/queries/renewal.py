"""Last year's words for another year: which years move, which stay because they cite something."""

import datetime
import re
from dataclasses import dataclass, field

from documents.reading.slips import days_in, plain

# A year is moved only behind words that make it a time; "2021 - 2025", "72/2025/QH15" stay.
YEAR = re.compile(
    r"(?P<lead>\b[Nn]ăm\s+|(?<![\d/])\d{1,2}/\d{1,2}/|(?<![\d/])\d{1,2}\s*/\s*|[Qq]uý\s+[IV\d]+\s*/\s*)"
    r"(?P<year>20\d{2})(?!\d)(?!\s*[-–/]\s*[\dQN])"
)
CITED = re.compile(r"\bsố\s*:?\s*\d[^.;\n]*$")


@dataclass
class Shifted:
    """A text of another year: its words, what was changed, what was left because it cites."""

    text: str
    changed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    impossible: list[str] = field(default_factory=list)


def shift_years(text: str, old: int, new: int) -> Shifted:
    """Move every time of the year `old` (and of its neighbours) to the year `new`."""
    result = Shifted(text)
    shift = new - old

    def moved(found: "re.Match[str]") -> str:
        year = int(found["year"])
        has_day = found["lead"].count("/") == 2
        if abs(year - old) > 1 or (year < old and "/" in found["lead"]):
            return found[0]
        if CITED.search(plain(text[: found.start()])[-120:]):
            result.kept.append(found[0])
            return found[0]
        words = f"{found['lead']}{year + shift}"
        if has_day and not days_in(words):
            result.impossible.append(words)
        result.changed.append(f"{found[0].strip()} → {words.strip()}")
        return words

    if shift:
        result.text = YEAR.sub(moved, text)
    return result


def falls_on(first: datetime.date | None, last: datetime.date | None) -> datetime.date | None:
    """The exact day of a span of one day."""
    return last if last and first == last else None
