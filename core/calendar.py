"""Which days an office works: public holidays, swapped and make-up days, and who vouched for them."""

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import holidays
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import worker
from core.models import CalendarYear, HistoryEntry, WorkingDay

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

_SHIPPED = Path(__file__).parent / "data" / "working_days.json"
_DAY = datetime.timedelta(days=1)
_reckoners: list[str] = []
FIRST_YEAR, LAST_YEAR = 1995, 2099
"""The years whose lunar holidays are known."""


class DayRule(NamedTuple):
    """What is known about one date: WorkingDay.Kind, the name people know it by, the source."""

    kind: str
    name: str
    source: str = ""


class WorkingCalendar:
    """Working days of Vietnamese offices (domain.md §2.8).

    Monday to Friday without public holidays, by the `holidays` library, corrected by the data file
    of this product and then by the office's own WorkingDay rows. Makes no queries once loaded.
    """

    def __init__(
        self,
        overrides: Mapping[datetime.date, DayRule] | None = None,
        signed_off: Set[int] = frozenset(),
    ) -> None:
        """Take the office's own rules and the years somebody has checked."""
        self._overrides = {**shipped_days(), **(overrides or {})}
        self._signed_off = frozenset(signed_off)

    @classmethod
    def load(cls, *years: int) -> "WorkingCalendar":
        """Read the office's rules for these years and their neighbours (no years: all), 2 queries."""
        rows = WorkingDay.objects.all()
        if years:
            rows = rows.filter(
                date__gte=datetime.date(min(years) - 1, 1, 1),
                date__lte=datetime.date(max(years) + 1, 12, 31),
            )
        overrides = {row.date: DayRule(row.kind, row.name, row.source) for row in rows}
        return cls(overrides, set(CalendarYear.objects.values_list("year", flat=True)))

    def is_working(self, day: datetime.date) -> bool:
        """Whether offices work on `day`."""
        rule = self.rule(day)
        return rule.kind == WorkingDay.Kind.WORKING if rule else day.weekday() < 5

    def rule(self, day: datetime.date) -> DayRule | None:
        """What makes `day` differ from an ordinary day of the week, if anything does."""
        return self._overrides.get(day) or _library(day.year).get(day)

    def why_off(self, day: datetime.date) -> str:
        """Why nobody works on `day`: the holiday's name or the day of the week; "" if they do."""
        if self.is_working(day):
            return ""
        rule = self.rule(day)
        if rule:
            return rule.name
        return _("Thứ Bảy") if day.weekday() == 5 else _("Chủ nhật")

    def add_working_days(self, day: datetime.date, n: int) -> datetime.date:
        """The n-th working day after `day` (before it, if n is negative); `day` is not counted."""
        for step in self.walk(day, n):
            day = step
        return day

    def walk(self, day: datetime.date, n: int) -> Iterator[datetime.date]:
        """Every day, working or not, from the one next to `day` to the n-th working day."""
        step = _DAY if n > 0 else -_DAY
        left = abs(n)
        while left:
            day += step
            left -= self.is_working(day)
            yield day

    def next_working_day(self, day: datetime.date) -> datetime.date:
        """`day` itself if offices work, else the first working day after it."""
        return day if self.is_working(day) else self.add_working_days(day, 1)

    def last_working_day(self, day: datetime.date) -> datetime.date:
        """`day` itself if offices work, else the last working day before it."""
        return day if self.is_working(day) else self.add_working_days(day, -1)

    def working_days_between(self, first: datetime.date, last: datetime.date) -> int:
        """Working days after `first` up to and with `last`; negative if `last` is earlier."""
        if last < first:
            return -self.working_days_between(last, first)
        days = ((first + _DAY * step) for step in range(1, (last - first).days + 1))
        return sum(self.is_working(day) for day in days)

    def is_signed_off(self, year: int) -> bool:
        """Whether somebody has checked this year's days off against the official notices."""
        return year in self._signed_off

    def unsigned_years(self, first: datetime.date, last: datetime.date) -> tuple[int, ...]:
        """The years between two dates that nobody has signed off yet."""
        low, high = sorted((first.year, last.year))
        return tuple(year for year in range(low, high + 1) if not self.is_signed_off(year))

    def special_days(self, year: int) -> dict[datetime.date, DayRule]:
        """Every date of `year` with a rule of its own, in order: what is checked before sign-off."""
        own = {day: rule for day, rule in self._overrides.items() if day.year == year}
        return dict(sorted({**_library(year), **own}.items()))


def reckons_with(task: str) -> None:
    """Wake this task of a worker whenever the calendar changes (its sweep would do it anyway)."""
    _reckoners.append(task)


def set_working_day(
    date: datetime.date, kind: str, name: str, source: str, by: "AbstractBaseUser"
) -> WorkingDay:
    """Say what one date is, over the public-holiday data. A signed-off year must be signed again.

    Who may do this is decided by the caller's rule.
    """
    with transaction.atomic():
        row, _created = WorkingDay.objects.update_or_create(
            date=date, defaults={"kind": kind, "name": name, "source": source}
        )
        note = f"{date:%d/%m/%Y}: {row.get_kind_display()} – {name} ({source})"
        _remember(row, to=kind, by=by, note=note)
        _withdraw_sign_off(date.year, by=by, note=note)
        transaction.on_commit(_wake_reckoners, robust=True)
    return row


def remove_working_day(row: WorkingDay, by: "AbstractBaseUser") -> None:
    """Take back the office's word about a date; the public-holiday data apply again."""
    with transaction.atomic():
        note = f"{row.date:%d/%m/%Y}: {row.get_kind_display()} – {row.name} ({row.source})"
        _remember(row, to="removed", by=by, note=note)
        _withdraw_sign_off(row.date.year, by=by, note=note)
        row.delete()
        transaction.on_commit(_wake_reckoners, robust=True)


def _wake_reckoners() -> None:
    for task in _reckoners:
        worker.wake(task)


def sign_off_year(year: int, source: str, by: "AbstractBaseUser") -> CalendarYear:
    """Vouch that the days off and make-up days of `year` agree with the official notices."""
    with transaction.atomic():
        row, _created = CalendarYear.objects.update_or_create(
            year=year,
            defaults={
                "source": source,
                "signed_off_by_id": by.pk,
                "signed_off_at": timezone.now(),
            },
        )
        _remember(row, to="signed_off", by=by, note=source)
    return row


@cache
def shipped_days() -> Mapping[datetime.date, DayRule]:
    """The corrections of the library that come with this product, each with its source."""
    rows: list[dict[str, str]] = json.loads(_SHIPPED.read_text(encoding="utf-8"))["days"]
    return {
        datetime.date.fromisoformat(row["date"]): DayRule(row["kind"], row["name"], row["source"])
        for row in rows
    }


@cache
def _library(year: int) -> Mapping[datetime.date, DayRule]:
    """Public holidays and make-up Saturdays of one year as the library knows them.

    Outside the years with lunar data only weekends count; nobody can have signed those off.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return {}
    found = holidays.country_holidays("VN", years=year, language="vi", expand=False)
    source = _("thư viện ngày lễ holidays %(version)s, cần đối chiếu") % {
        "version": version("holidays")
    }
    days = {
        day: DayRule(WorkingDay.Kind.DAY_OFF, name, source)
        for day, name in _of_year(found.items(), year)
    }
    for day in found.weekend_workdays:
        if day.year == year:
            days[day] = DayRule(WorkingDay.Kind.WORKING, _("Làm bù ngày nghỉ hoán đổi"), source)
    return days


def _of_year(
    items: Iterable[tuple[datetime.date, str]], year: int
) -> Iterator[tuple[datetime.date, str]]:
    return ((day, name) for day, name in items if day.year == year)


def _withdraw_sign_off(year: int, *, by: "AbstractBaseUser", note: str) -> None:
    row = CalendarYear.objects.filter(year=year).first()
    if row:
        _remember(row, to="changed", by=by, note=note)
        row.delete()


def _remember(
    row: WorkingDay | CalendarYear, *, to: str, by: "AbstractBaseUser", note: str
) -> None:
    HistoryEntry.objects.create(
        subject_type=ContentType.objects.get_for_model(row),
        subject_id=row.pk,
        to_state=to,
        by_id=by.pk,
        note=note,
    )
