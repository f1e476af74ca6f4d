"""The periods offices report in: their first and last day, their names, the ones before them."""

import datetime
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db.models import F, Q
from django.utils.translation import gettext as _

from core.calendar import WorkingCalendar
from core.timephrase import parse
from dialogue.models import ReportPeriod
from organisations.models import Organisation

Kind = ReportPeriod.Kind
MONTHS = {Kind.MONTH: 1, Kind.QUARTER: 3, Kind.HALF: 6, Kind.NINE: 9, Kind.YEAR: 12}
LETTERS = {Kind.MONTH: "t", Kind.QUARTER: "q", Kind.HALF: "h", Kind.NINE: "n", Kind.YEAR: "y"}
FIRST_YEAR, LAST_YEAR = 2000, 2100
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """A period of one year: its kind, which of them it is, and the day its figures close."""

    kind: str
    year: int
    number: int = 1
    closes_on: int = 0

    @property
    def code(self) -> str:
        """What stands for it in an address: 2026-q4."""
        return f"{self.year}-{LETTERS[Kind(self.kind)]}{self.number}"

    @property
    def first_on(self) -> datetime.date:
        """The day after the figures of what lies before closed."""
        return (
            _closing_day(self.year, self._last_month - MONTHS[Kind(self.kind)], self.closes_on)
            + DAY
        )

    @property
    def last_on(self) -> datetime.date:
        """The day its figures close."""
        return _closing_day(self.year, self._last_month, self.closes_on)

    @property
    def name(self) -> str:
        """What offices call it."""
        words = {"number": self.number, "year": self.year}
        if self.kind == Kind.MONTH:
            return _("tháng %(number)s/%(year)s") % words
        if self.kind == Kind.QUARTER:
            roman = ("I", "II", "III", "IV")[self.number - 1]
            return _("quý %(number)s/%(year)s") % {**words, "number": roman}
        if self.kind == Kind.YEAR:
            return _("năm %(year)s") % words
        months = {Kind.HALF: _("6 tháng đầu năm %(year)s"), Kind.NINE: _("9 tháng năm %(year)s")}
        return months[Kind(self.kind)] % words

    @property
    def before(self) -> "Period":
        """The one before; of what is counted from January, that of the year before."""
        if self.number > 1:
            return replace(self, number=self.number - 1)
        return replace(self, year=self.year - 1, number=_how_many(self.kind))

    @property
    def year_before(self) -> "Period":
        """The same of the year before."""
        return replace(self, year=self.year - 1)

    @property
    def _last_month(self) -> int:
        return self.number * MONTHS[Kind(self.kind)]


def _how_many(kind: str) -> int:
    """How many periods of the kind a year has: those of 6 and 9 months begin in January."""
    return 12 // MONTHS[Kind(kind)] if kind in {Kind.MONTH, Kind.QUARTER} else 1


def _closing_day(year: int, month: int, closes_on: int) -> datetime.date:
    """The closing day of a month; month 0 is December of the year before."""
    year, month = (year, month) if month > 0 else (year - 1, month + 12)
    return datetime.date(year, month, closes_on or monthrange(year, month)[1])


def rules_of(organisation: Organisation | None) -> dict[str, ReportPeriod]:
    """Each kind with the office's rule, or the one for everybody; one query."""
    rows = ReportPeriod.objects.filter(
        Q(organisation=organisation) | Q(organisation=None)
    ).order_by(F("organisation").asc(nulls_first=True))
    found = {row.kind: row for row in rows}
    return {kind: found[kind] for kind in Kind.values if kind in found}


def read_code(code: str, rules: dict[str, ReportPeriod]) -> Period | None:
    """The period a code stands for; None if there is no such period."""
    year, _dash, rest = code.partition("-")
    kind = next((kind for kind, letter in LETTERS.items() if rest[:1] == letter), None)
    number = rest[1:]
    if not (kind and len(year) == 4 and (year + number).isascii() and (year + number).isdigit()):
        return None
    if not (FIRST_YEAR <= int(year) <= LAST_YEAR and number and len(number) < 3):
        return None
    if not 1 <= int(number) <= _how_many(kind):
        return None
    return Period(kind, int(year), int(number), closes_on_of(kind, rules))


def closes_on_of(kind: str, rules: dict[str, ReportPeriod]) -> int:
    """The day of the month on which the figures of a kind close."""
    rule = rules.get(kind)
    return rule.closes_on if rule else 0


def periods_of(year: int, rules: dict[str, ReportPeriod]) -> Iterator[Period]:
    """Every period of a year, the shortest first."""
    for kind in Kind.values:
        for number in range(1, _how_many(kind) + 1):
            yield Period(kind, year, number, closes_on_of(kind, rules))


def period_with(kind: str, today: datetime.date, rules: dict[str, ReportPeriod]) -> Period:
    """The period of a kind that runs on `today`; of those counted from January, that of the year."""
    running = [
        one
        for year in (today.year, today.year + 1)
        for one in periods_of(year, rules)
        if one.kind == kind and one.first_on <= today <= one.last_on
    ]
    return running[0] if running else Period(kind, today.year, 1, closes_on_of(kind, rules))


@dataclass(frozen=True)
class Owed:
    """A report an office owes: the period that closed, and the last good day to send it."""

    period: Period
    due_on: datetime.date | None
    send_to: str


def owed_on(
    today: datetime.date,
    rules: dict[str, ReportPeriod],
    calendar: WorkingCalendar,
    *,
    is_before_inclusive: bool = False,
) -> list[Owed]:
    """Of each kind the newest period whose figures have closed, with the day its report is due."""
    found = []
    for kind, rule in rules.items():
        years = (one for year in (today.year, today.year - 1) for one in periods_of(year, rules))
        closed = [one for one in years if one.kind == kind and one.last_on < today]
        newest = max(closed, key=lambda one: one.last_on)
        due_on = parse(rule.due).resolve(
            newest.last_on, calendar, before_is_inclusive=is_before_inclusive
        )
        found.append(Owed(newest, due_on, rule.send_to))
    return found
