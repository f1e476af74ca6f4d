"""From a phrase to its last good day, with every day counted on the way (domain.md §2.8)."""

import datetime
from calendar import monthrange
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.calendar import WorkingCalendar
from core.dates import written_day
from core.timephrase.kinds import NOT_A_DEADLINE, Bound, Kind, Stage, Unit

if TYPE_CHECKING:
    from core.timephrase.phrase import TimePhrase

_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day looked at: its number if it was counted, the reason if it was skipped."""

    day: datetime.date
    number: int | None
    reason: str

    @property
    def is_counted(self) -> bool:
        """Whether the day counts towards the term."""
        return self.number is not None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why the last good day is that day; `unsigned_years` need a person's check."""

    last_day: datetime.date | None
    sentences: tuple[str, ...]
    days: tuple[CountedDay, ...] = ()
    unsigned_years: tuple[int, ...] = ()


def written_weekday(day: datetime.date) -> str:
    """A date with its weekday: "thứ Sáu, 08/5/2026"."""
    names = (_("thứ Hai"), _("thứ Ba"), _("thứ Tư"), _("thứ Năm"), _("thứ Sáu"), _("thứ Bảy"),
             _("Chủ nhật"))  # fmt: skip
    return f"{names[day.weekday()]}, {written_day(day)}"


def explain(
    phrase: "TimePhrase",
    anchor_date: datetime.date | None,
    calendar: WorkingCalendar,
    before_is_inclusive: bool,
) -> Explanation:
    """Reckon the last good day of `phrase`."""
    if phrase.kind in NOT_A_DEADLINE:
        return Explanation(None, (_no_deadline(phrase),))
    if not phrase.is_relative:
        return _fixed(phrase, before_is_inclusive)
    anchor = anchor_date or phrase.start
    if anchor is None:
        return Explanation(None, (_no_anchor(phrase),))
    if phrase.kind == Kind.STAGE:
        return _stage(phrase, anchor, calendar)
    if phrase.kind == Kind.RELATIVE_DAYS:
        return _calendar_days(phrase, anchor, calendar)
    return _working_days(phrase, anchor, calendar)


def _no_deadline(phrase: "TimePhrase") -> str:
    sentences = {
        Kind.CONDITIONAL: _("Làm khi có việc phát sinh, không có ngày hết hạn."),
        Kind.REPORT_PERIOD: _("Đây là kỳ số liệu của báo cáo, không phải thời hạn."),
        Kind.PARTIAL_DATE: _("Ngày còn để trống."),
        Kind.TERM: _("Đây là nhiệm kỳ hoặc giai đoạn, không phải thời hạn."),
        Kind.UNSPECIFIED: _("Chưa có ngày cụ thể; hãy ghi một ngày để theo dõi được."),
        Kind.TIMESTAMP: _("Đây là thời điểm ký, không phải thời hạn."),
    }
    return sentences[phrase.kind]


def _no_anchor(phrase: "TimePhrase") -> str:
    if not phrase.anchor:
        return _("Chưa tính được ngày: chưa biết tính từ ngày nào.")
    return _("Chưa tính được ngày: “%(event)s” chưa có ngày.") % {"event": phrase.anchor}


def _fixed(phrase: "TimePhrase", before_is_inclusive: bool) -> Explanation:
    last = phrase.end
    if last is None:
        return Explanation(None, (_("Cụm từ này chỉ giai đoạn, không cho ngày hết hạn."),))
    sentences = []
    if phrase.bound == Bound.BEFORE:
        named = last + _DAY
        if before_is_inclusive:
            last = named
            sentences.append(
                _("“Trước ngày %(day)s” được đơn vị tính cả ngày đó.") % {"day": written_day(named)}
            )
        else:
            sentences.append(
                _("“Trước ngày %(day)s” không tính ngày đó.") % {"day": written_day(named)}
            )
    sentences.append(_("Ngày cuối cùng là %(day)s.") % {"day": written_weekday(last)})
    if phrase.year_inferred:
        sentences.append(_("Năm %(year)s được hiểu theo năm của kế hoạch.") % {"year": last.year})
    if phrase.tentative:
        sentences.append(_("Đây là thời gian dự kiến."))
    return Explanation(last, tuple(sentences))


def _stage(phrase: "TimePhrase", anchor: datetime.date, calendar: WorkingCalendar) -> Explanation:
    if phrase.stages != (Stage.BEFORE,):
        sentence = _("Làm trong ngày %(anchor)s, nên ngày cuối cùng là %(day)s.")
        shown = {"anchor": written_day(anchor), "day": written_weekday(anchor)}
        return Explanation(anchor, (sentence % shown,))
    named = anchor - _DAY
    last = calendar.last_working_day(named)
    sentence = _("Phải xong trước %(anchor)s, nên ngày cuối cùng là %(day)s.")
    sentences = [sentence % {"anchor": written_day(anchor), "day": written_weekday(named)}]
    if last != named:
        sentence = _("Ngày đó là ngày nghỉ, nên lùi về ngày làm việc trước đó: %(day)s.")
        sentences.append(sentence % {"day": written_weekday(last)})
    days = _days_off(named, last, calendar)
    return _with_mark(anchor, last, tuple(sentences), days, calendar)


def _working_days(
    phrase: "TimePhrase", anchor: datetime.date, calendar: WorkingCalendar
) -> Explanation:
    offset = 1 if phrase.kind == Kind.RELATIVE_IMMEDIATE else phrase.offset or 0
    days, number = [], 0
    for day in calendar.walk(anchor, offset):
        reason = calendar.why_off(day)
        number += not reason
        days.append(CountedDay(day, None if reason else number, reason or _made_up(calendar, day)))
    last = days[-1].day if days else anchor
    sentences = []
    if phrase.kind == Kind.RELATIVE_IMMEDIATE:
        sentences.append(_("“Ngay sau khi” được tính là ngày làm việc kế tiếp."))
    sentences.append(
        _("%(count)s ngày làm việc, tính từ %(anchor)s (không tính ngày này) là %(day)s.")
        % {"count": abs(offset), "anchor": written_weekday(anchor), "day": written_weekday(last)}
    )
    return _with_mark(anchor, last, tuple(sentences), tuple(days), calendar)


def _calendar_days(
    phrase: "TimePhrase", anchor: datetime.date, calendar: WorkingCalendar
) -> Explanation:
    offset = phrase.offset or 0
    named = _shift(anchor, offset, phrase.unit)
    last = calendar.last_working_day(named) if offset < 0 else calendar.next_working_day(named)
    units = {Unit.WEEK: _("tuần"), Unit.MONTH: _("tháng")}
    sentences = [
        _("%(count)s %(unit)s, tính từ %(anchor)s (không tính ngày này) là %(day)s.")
        % {
            "count": abs(offset),
            "unit": units.get(phrase.unit or Unit.DAY, _("ngày")),
            "anchor": written_weekday(anchor),
            "day": written_weekday(named),
        }
    ]
    if last != named:
        sentence = (
            _("Ngày đó là ngày nghỉ, nên lùi về ngày làm việc trước đó: %(day)s.")
            if offset < 0
            else _("Ngày đó là ngày nghỉ, nên chuyển sang ngày làm việc tiếp theo: %(day)s.")
        )
        sentences.append(sentence % {"day": written_weekday(last)})
    days = _days_off(named, last, calendar)
    return _with_mark(anchor, last, tuple(sentences), days, calendar)


def _days_off(
    named: datetime.date, last: datetime.date, calendar: WorkingCalendar
) -> tuple[CountedDay, ...]:
    """The days off between the day a phrase names and the working day it comes to."""
    step = _DAY if last > named else -_DAY
    count = abs((last - named).days)
    days = (named + step * number for number in range(count))
    return tuple(CountedDay(day, None, calendar.why_off(day)) for day in days)


def _made_up(calendar: WorkingCalendar, day: datetime.date) -> str:
    rule = calendar.rule(day)
    return rule.name if rule else ""


def _shift(day: datetime.date, offset: int, unit: Unit | None) -> datetime.date:
    if unit == Unit.MONTH:
        years, month = divmod(day.year * 12 + day.month - 1 + offset, 12)
        return datetime.date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))
    return day + _DAY * offset * (7 if unit == Unit.WEEK else 1)


def _with_mark(
    first: datetime.date,
    last: datetime.date,
    sentences: tuple[str, ...],
    days: tuple[CountedDay, ...],
    calendar: WorkingCalendar,
) -> Explanation:
    unsigned = calendar.unsigned_years(first, last)
    if unsigned:
        years = ", ".join(str(year) for year in unsigned)
        warning = _("Lịch nghỉ năm %(years)s chưa được ký xác nhận, ngày này có thể thay đổi.")
        sentences = (*sentences, warning % {"years": years})
    return Explanation(last, sentences, days, unsigned)
