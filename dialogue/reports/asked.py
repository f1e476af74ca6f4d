"""What figures are asked for: whose, when, which; all of it stands in the address."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from dialogue.reports.periods import Period

ALL = "all"
NONE = "none"


@dataclass(frozen=True)
class Asked:
    """Whose figures (`bodies`), of what (a period or a conference), and the filters of a list.

    `body` is what was chosen: the number of an organisation or "all". Things are told as they
    stand `today`, or stood on the day `at`; a period that is over is counted as of its last day.
    """

    bodies: tuple[int, ...]
    today: datetime.date
    body: str = ""
    period: Period | None = None
    at: datetime.date | None = None
    conference: int = 0
    field: str = ""
    competence: str = ""
    status: str = ""
    source: str = ""
    lead: int = 0
    work: str = ""
    kind: str = ""

    @property
    def as_of(self) -> datetime.date:
        """The day whose state of things is told."""
        told = min(self.at or self.today, self.today)
        return min(told, self.period.last_on) if self.period else told

    @property
    def query(self) -> str:
        """The same in an address."""
        return self.narrowed()

    @property
    def whole(self) -> str:
        """The address of the figures a list belongs to: without the filters of the list."""
        names = ("field", "competence", "status", "source", "lead", "work", "kind")
        return self.narrowed(**dict.fromkeys(names, ""))

    @property
    def of_office(self) -> str:
        """The address of the same without a conference: what other views are asked."""
        return self.narrowed(conference="", period=self.period.code if self.period else "")

    def narrowed(self, **more: object) -> str:
        """The address of the list behind a figure: the same, and some more filters."""
        values = {
            "body": self.body,
            "period": self.period.code if self.period else ALL,
            "at": self.at.isoformat() if self.at else "",
            "conference": self.conference,
            "field": self.field,
            "competence": self.competence,
            "status": self.status,
            "source": self.source,
            "lead": self.lead,
            "work": self.work,
            "kind": self.kind,
        }
        return urlencode({name: value for name, value in (values | more).items() if value})

    def of_period(self, period: Period | None) -> "Asked":
        """The same of another period, as it stood when that was over."""
        return replace(self, period=period, at=None)

    def of_body(self, pk: int) -> "Asked":
        """The same of one body."""
        return replace(self, bodies=(pk,), body=str(pk))


def statuses_of(text: str, known: Sequence[str]) -> list[str]:
    """The statuses an address names: several are joined by dots; unknown ones are left out."""
    return [one for one in text.split(".") if one in known]
