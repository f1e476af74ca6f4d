"""The value object: what was written, and what we understand by it."""

import dataclasses
import datetime
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from core.calendar import WorkingCalendar
from core.timephrase import reckoning
from core.timephrase.kinds import NOT_A_DEADLINE, RELATIVE, Bound, Kind, Precision, Stage, Unit


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TimePhrase:
    """One time phrase (domain.md §4.1.1); `start` and `end` are the first and the last good day.

    "trước ngày D" ends on D − 1. Relative kinds have no end of their own: `anchor` names the event
    in the words of the paper, `start` is its date where the paper gives it, `offset` is negative
    when counted backwards.
    """

    literal: str
    kind: Kind
    start: datetime.date | None = None
    end: datetime.date | None = None
    bound: Bound = Bound.NONE
    precision: Precision = Precision.NONE
    tentative: bool = False
    anchor: str = ""
    offset: int | None = None
    unit: Unit | None = None
    year_inferred: bool = False
    stages: tuple[Stage, ...] = ()
    moment: datetime.datetime | None = None

    def __str__(self) -> str:
        """The wording, as it is printed."""
        return self.literal

    @property
    def is_relative(self) -> bool:
        """Whether the last good day depends on when something else happens."""
        return self.kind in RELATIVE or (
            self.kind == Kind.STAGE and len(self.stages) == 1 and self.stages[0] != Stage.AFTER
        )

    @property
    def is_deadline(self) -> bool:
        """Whether a last good day can ever follow from it (if not, ask for a date)."""
        return self.kind not in NOT_A_DEADLINE and (self.end is not None or self.is_relative)

    def resolve(
        self,
        anchor_date: datetime.date | None = None,
        calendar: WorkingCalendar | None = None,
        *,
        before_is_inclusive: bool = False,
    ) -> datetime.date | None:
        """The last good day; None if the phrase sets none or its event has no date yet."""
        explanation = self.explain(anchor_date, calendar, before_is_inclusive=before_is_inclusive)
        return explanation.last_day

    def explain(
        self,
        anchor_date: datetime.date | None = None,
        calendar: WorkingCalendar | None = None,
        *,
        before_is_inclusive: bool = False,
    ) -> reckoning.Explanation:
        """The last good day with the reasons: sentences, and the days counted and skipped."""
        return reckoning.explain(
            self, anchor_date, calendar or WorkingCalendar(), before_is_inclusive
        )

    def in_full(self, last: datetime.date | None) -> str:
        """The words, then the last good day unless they name it themselves.

        "trước ngày 19/11/2026, tức chậm nhất hết thứ Tư, 18/11/2026"; "chậm nhất ngày 18/11/2026".
        """
        is_named = self.precision == Precision.DAY and self.end == last
        if last is None or (is_named and self.bound != Bound.BEFORE):
            return self.literal
        return _("%(words)s, tức chậm nhất hết %(day)s") % {
            "words": self.literal.rstrip(" .;,"),
            "day": reckoning.written_weekday(last),
        }

    def to_json(self) -> dict[str, Any]:
        """A plain dictionary for storing."""
        return {
            "literal": self.literal,
            "kind": self.kind.value,
            "start": self.start and self.start.isoformat(),
            "end": self.end and self.end.isoformat(),
            "bound": self.bound.value,
            "precision": self.precision.value,
            "tentative": self.tentative,
            "anchor": self.anchor,
            "offset": self.offset,
            "unit": self.unit and self.unit.value,
            "year_inferred": self.year_inferred,
            "stages": [stage.value for stage in self.stages],
            "moment": self.moment and self.moment.isoformat(),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "TimePhrase":
        """The phrase that `to_json` wrote."""
        day, moment = datetime.date.fromisoformat, datetime.datetime.fromisoformat
        return cls(
            literal=stored["literal"],
            kind=Kind(stored["kind"]),
            start=day(stored["start"]) if stored["start"] else None,
            end=day(stored["end"]) if stored["end"] else None,
            bound=Bound(stored["bound"]),
            precision=Precision(stored["precision"]),
            tentative=stored["tentative"],
            anchor=stored["anchor"],
            offset=stored["offset"],
            unit=Unit(stored["unit"]) if stored["unit"] else None,
            year_inferred=stored["year_inferred"],
            stages=tuple(Stage(stage) for stage in stored["stages"]),
            moment=moment(stored["moment"]) if stored["moment"] else None,
        )
