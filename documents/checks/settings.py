"""The lists and limits the rules work with: what is shipped, under what the office has changed."""

from collections.abc import Mapping, Sequence
from typing import Any

from documents.models import CheckSetting
from documents.reading.slips import Spelling, read_spelling, shipped


def load_settings(model: Any = CheckSetting) -> None:
    """Bring the shipped rows; what an office has changed stays."""
    model.objects.bulk_create([model(**row) for row in shipped()], ignore_conflicts=True)


class Settings:
    """The values by code; a missing row means the shipped value."""

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        """`values` are the office's own, by code."""
        self._values = {row["code"]: row["value"] for row in shipped()} | dict(values or {})

    @classmethod
    def load(cls) -> "Settings":
        """What the office works with now; one question."""
        return cls(dict(CheckSetting.objects.values_list("code", "value")))

    def number(self, code: str) -> int:
        """A limit; the shipped one if what stands there is no number."""
        value = self._values[code].strip()
        return int(value) if value.isdecimal() else Settings().number(code)

    def lines(self, code: str) -> Sequence[str]:
        """A list of words."""
        return tuple(line.strip() for line in self._values[code].splitlines() if line.strip())

    def spellings(self, code: str) -> Sequence[Spelling]:
        """A list of wrong and right spellings; lines without an arrow are passed over."""
        entries = (read_spelling(line) for line in self.lines(code))
        return tuple(entry for entry in entries if entry)
