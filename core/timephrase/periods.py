"""Dates, months, quarters and years as papers write them, each with its first and last day."""

import datetime
import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from core.timephrase.kinds import Kind, PhraseError, Precision

FIRST_YEAR, LAST_YEAR = 1930, 2099

TIME_OF_DAY = r"(?:luc\s+)?\d{1,2}\s*(?:gio|h|g|:)(?:\s*\d{2})?(?:\s*(?:phut|'))?"
_DAY_PART = r"(?:(?:buoi\s+)?(?:sang|trua|chieu|toi)\s*,?\s*)?"
_WEEKDAY = r"(?:(?:thu\s+(?:hai|ba|tu|nam|sau|bay|[2-7])|chu\s+nhat)\s*,?\s*)?"
_BEFORE_DAY = rf"(?:{TIME_OF_DAY}\s*,?\s*)?{_DAY_PART}{_WEEKDAY}{_DAY_PART}(?:(?:ngay|mung)\s*)?"
_YEAR = r"(?:\s*(?:/|-|,)?\s*(?:nam\s*)?(?P<y>\d{4}))?"
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_QUARTER = r"iv|iii|ii|i|[1-4]"
_AND = r"\s*(?:-|,|\+|va|den)\s*"
_PARTS = {
    "dau": (1, 10),
    "thuong tuan": (1, 10),
    "giua": (11, 20),
    "trung tuan": (11, 20),
    "cuoi": (21, 31),
    "ha tuan": (21, 31),
    "nua dau": (1, 15),
    "nua cuoi": (16, 31),
}


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days: what kind of wording named it, and whether its year was a guess."""

    kind: Kind
    precision: Precision
    start: datetime.date
    end: datetime.date
    year_inferred: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """What to assume for parts a phrase leaves out; `inferred` if that is the plan's year."""

    year: int | None = None
    month: int | None = None
    inferred: bool = True


def read_period(folded: str, missing: Missing) -> Period | None:
    """Understand one stretch of days written without accents in lower case, or None."""
    return _read_one(folded, missing) or _read_range(folded, missing)


def _read_one(folded: str, missing: Missing) -> Period | None:
    for pattern, build in _SHAPES:
        found = pattern.fullmatch(folded)
        if found:
            return build(found, missing)
    return None


def make_date(year: int, month: int, day: int) -> datetime.date:
    """The date, or PhraseError saying what is wrong with it."""
    last = last_of_month(year, month).day
    if not 1 <= day <= last:
        sentence = _("Ngày %(day)s/%(month)s/%(year)s không có trong lịch: tháng %(month)s/%(year)s có %(last)s ngày.")  # fmt: skip
        raise PhraseError(
            sentence % {"day": f"{day:02}", "month": f"{month:02}", "year": year, "last": last}
        )
    return datetime.date(year, month, day)


def last_of_month(year: int, month: int) -> datetime.date:
    """The last day of a month, or PhraseError if there is no such month."""
    if not 1 <= month <= 12:
        raise PhraseError(
            _("Không có tháng %(month)s. Hãy ghi tháng từ 1 đến 12.") % {"month": month}
        )
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise PhraseError(_("Năm %(year)s không hợp lệ. Hãy kiểm tra lại.") % {"year": year})
    return datetime.date(year, month, monthrange(year, month)[1])


def months(year: int, first: int, last: int) -> tuple[datetime.date, datetime.date]:
    """The first and last day of some months of one year."""
    if first > last:
        raise PhraseError(_("Tháng bắt đầu ở sau tháng kết thúc. Hãy kiểm tra lại."))
    end = last_of_month(year, last)
    last_of_month(year, first)
    return datetime.date(year, first, 1), end


def _year(found: re.Match[str], missing: Missing) -> tuple[int, bool]:
    written = found["y"]
    if written:
        return int(written) + (2000 if len(written) == 2 else 0), False
    if missing.year is None:
        raise PhraseError(_("Thiếu năm. Hãy ghi thêm năm, ví dụ “05/8/2026” hoặc “quý II/2026”."))
    return missing.year, missing.inferred


def _date(found: re.Match[str], missing: Missing) -> Period:
    year, inferred = _year(found, missing)
    day = make_date(year, int(found["m"]), int(found["d"]))
    return Period(Kind.DATE, Precision.DAY, day, day, inferred)


def _month(found: re.Match[str], missing: Missing) -> Period:
    year, inferred = _year(found, missing)
    month = int(found["m"])
    return Period(Kind.MONTH, Precision.MONTH, *months(year, month, month), inferred)


def _two_months(found: re.Match[str], missing: Missing) -> Period:
    year, inferred = _year(found, missing)
    first, last = int(found["m"]), int(found["m2"])
    return Period(Kind.MONTH_RANGE, Precision.MONTH, *months(year, first, last), inferred)


def _part_of_month(found: re.Match[str], missing: Missing) -> Period:
    whole = _month(found, missing)
    first, last = _PARTS[found["part"]]
    return replace(
        whole,
        kind=Kind.PART_OF_MONTH,
        precision=Precision.PART_OF_MONTH,
        start=whole.start.replace(day=first),
        end=whole.end.replace(day=min(last, whole.end.day)),
    )


def _quarter(found: re.Match[str], missing: Missing) -> Period:
    year, inferred = _year(found, missing)
    first = _QUARTERS[found["q"]]
    last = _QUARTERS[found["q2"]] if found["q2"] else first
    span = months(year, first * 3 - 2, last * 3)
    return Period(Kind.QUARTER, Precision.QUARTER, *span, inferred)


def _half_year(found: re.Match[str], missing: Missing) -> Period:
    year, inferred = _year(found, missing)
    count = int(found["count"] or 6)
    first, last = (1, count) if found["half"] == "dau" else (13 - count, 12)
    span = months(year, first, last)
    return Period(Kind.REPORT_PERIOD, Precision.HALF_YEAR, *span, inferred)


def _whole_year(found: re.Match[str], missing: Missing) -> Period:
    year, inferred = _year(found, missing)
    return Period(Kind.REPORT_PERIOD, Precision.YEAR, *months(year, 1, 12), inferred)


def _read_range(folded: str, missing: Missing) -> Period | None:
    """ "20-27/3/2024", "từ tháng 11 đến tháng 02/2027": the first half borrows from the second."""
    found = re.fullmatch(r"(?:tu\s+)?(.+?)\s*(?:-|den het|den)\s*(.+)", folded)
    if not found or "tu" in found[1].split() or re.search(r"\bden\b", found[2]):
        return None
    last = _read_one(found[2], missing)
    if last is None:
        return None
    first = _first_half(found[1], last)
    if first is None:
        return None
    if first.start > last.end:
        raise PhraseError(_("Ngày bắt đầu ở sau ngày kết thúc. Hãy kiểm tra lại."))
    kind = Kind.MONTH_RANGE if last.kind == Kind.MONTH else Kind.DATE_RANGE
    kind = Kind.QUARTER if last.kind == Kind.QUARTER else kind
    inferred = first.year_inferred or last.year_inferred
    return Period(kind, last.precision, first.start, last.end, inferred)


def _first_half(folded: str, last: Period) -> Period | None:
    year = last.end.year
    bare = re.fullmatch(r"(?:ngay\s*)?(\d{1,2})", folded)
    if bare and last.kind == Kind.DATE:
        day = make_date(year, last.end.month, int(bare[1]))
        return Period(Kind.DATE, Precision.DAY, day, day, last.year_inferred)
    written = _read_one(folded, Missing(year, inferred=False))
    earlier = written and written.start > last.end and not re.search(r"\d{4}", folded)
    if earlier:
        return _read_one(folded, Missing(year - 1, inferred=False))
    return written


_SHAPES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Missing], Period]], ...] = tuple(
    (re.compile(pattern), build)
    for pattern, build in (
        (r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})", _date),
        (
            rf"{_BEFORE_DAY}(?P<d>\d{{1,2}})\s*(?P<sep>[/.-])\s*(?P<m>\d{{1,2}})"
            rf"(?:\s*(?P=sep)\s*(?P<y>\d{{4}}|\d{{2}})|\s*,?\s*nam\s*(?P<year>\d{{4}})"
            r"|(?<!-\d)(?<!-\d\d))"
            rf"(?:\s*,?\s*{TIME_OF_DAY})?",
            lambda found, missing: _date(found, _written_year(found, missing)),
        ),
        (rf"{_BEFORE_DAY}(?P<d>\d{{1,2}})\s*[/,-]?\s*thang\s*(?P<m>\d{{1,2}}){_YEAR}", _date),
        (rf"thang\s*(?P<m>\d{{1,2}}){_YEAR}", _month),
        (r"(?P<m>\d{1,2})\s*/\s*(?P<y>\d{4})", _month),
        (rf"(?:cac\s+)?thang\s*(?P<m>\d{{1,2}}){_AND}(?:thang\s*)?(?P<m2>\d{{1,2}}){_YEAR}",
         _two_months),
        (rf"(?P<part>{'|'.join(_PARTS)})\s+thang\s*(?P<m>\d{{1,2}}){_YEAR}", _part_of_month),
        (rf"quy\s*(?P<q>{_QUARTER})(?:{_AND}(?:quy\s*)?(?P<q2>{_QUARTER}))?{_YEAR}", _quarter),
        (r"(?P<count>[369])\s*thang\s*(?P<half>dau|cuoi)\s*nam(?:\s*(?P<y>\d{4}))?", _half_year),
        (r"nua(?P<count>)\s*(?P<half>dau|cuoi)\s*nam(?:\s*(?P<y>\d{4}))?", _half_year),
        (r"(?:ca\s+)?nam\s*(?P<y>\d{4})", _whole_year),
    )
)  # fmt: skip


def _written_year(found: re.Match[str], missing: Missing) -> Missing:
    """ "05/8 năm 2026": the year stands apart from the date."""
    return Missing(int(found["year"]), inferred=False) if found["year"] else missing
