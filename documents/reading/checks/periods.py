"""Time: years, order of steps, days off, slack, periods of reports (domain.md §4.3: E2, E4–E6, E18, E20, E26)."""

import datetime
import re
from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext as _

from core.calendar import WorkingCalendar
from core.dates import written_day
from core.timephrase import Precision
from documents.reading.checks.walk import Dated, clauses_of, dated, finding
from documents.reading.letters import one_line
from documents.reading.results import DocumentReading, ReadingFinding, SessionReading

_MONTH = datetime.timedelta(days=31)
_LONG, _APART, _SLACK = 180, 180, 2
_CHAIN = re.compile(r"ý kiến|kiến nghị|trả lời|nội dung")
_TWO_YEARS = re.compile(r"(\d{4})\s*[-–]\s*(\d{4})")
_AFTERWARDS = re.compile(
    r"[Đđ]ôn đốc|[Tt]heo dõi|[Kk]ết quả|[Kk]ết luận|[Rr]út kinh nghiệm|[Tt]ổng kết|[Gg]iải quyết (?:các )?kiến nghị"
)
_ANNEX = re.compile(r"(?:[Tt]hời gian|[Ll]ịch|[Đđ]ịa điểm)[^.;]{0,80}(?:[Pp]hụ lục|[Bb]iểu kèm)")
_REPORT = re.compile(
    r"[Bb]áo cáo[^.;:]{0,120}?(?P<about>kinh tế)[^.;:]{0,100}?(?P<period>đến tháng \d{1,2}(?: năm |/)\d{4}|[369] tháng (?:đầu|cuối) năm(?: \d{4})?|(?<!đầu )(?<!cuối )năm \d{4})"
)


def check(document: DocumentReading) -> Iterator[ReadingFinding]:
    """Every rule of time over one paper."""
    days = dated(document)
    yield from _year(document, days)
    yield from _far(document, days)
    yield from _order(document, days)
    yield from _days_off(days)
    yield from _slack(document, days)
    yield from _undecided(document)
    yield from _report_periods(document)


def _year(document: DocumentReading, days: list[Dated]) -> Iterator[ReadingFinding]:
    """E4: every day lies in the plan's year, give or take a month."""
    if document.year is None or document.type not in {"KH", "CTr"}:
        return
    first = datetime.date(document.year, 1, 1) - _MONTH
    is_school_year = _TWO_YEARS.search(document.abstract or "")
    last = datetime.date(document.year + bool(is_school_year), 12, 31) + _MONTH
    for one in days:
        if one.phrase.end and not first <= one.phrase.end <= last:
            message = _("Thời gian “%(phrase)s” không thuộc năm %(year)s của kế hoạch.")
            shown = {"phrase": one.phrase.literal, "year": document.year}
            yield finding("E4", "error", message % shown, one.line)


def _far(document: DocumentReading, days: list[Dated]) -> Iterator[ReadingFinding]:
    """E2: a deadline more than half a year after the paper's date, or before it."""
    for one in days:
        if document.date and one.duty and one.phrase.end:
            distance = (one.phrase.end - document.date).days
            is_season = (
                one.phrase.precision == Precision.QUARTER and document.year == one.phrase.end.year
            )
            if distance < 0 or (distance > _LONG and not is_season):
                message = _(
                    "Thời hạn “%(phrase)s” cách ngày văn bản %(days)s ngày; hãy kiểm tra năm."
                )
                yield finding(
                    "E2",
                    "warning",
                    message % {"phrase": one.phrase.literal, "days": distance},
                    one.line,
                )


def _session(document: DocumentReading) -> SessionReading | None:
    """The plan's only conference with a time."""
    timed = [session for session in document.sessions if session.start and session.end]
    return timed[0] if len(timed) == 1 and len(document.sessions) == 1 else None


def _order(document: DocumentReading, days: list[Dated]) -> Iterator[ReadingFinding]:
    """E5: what prepares the conference is done before it, and not half a year apart."""
    session = _session(document)
    if session is None or session.start is None or session.end is None:
        return
    for one in days:
        if (
            one.duty is None
            or one.duty.stage == "after"
            and one.duty.is_continued
            or one.phrase.end is None
            or _AFTERWARDS.search(one.duty.text)
            and one.phrase.end > session.end
        ):
            continue
        shown = {"phrase": one.phrase.literal, "session": session.literal}
        if (session.start - one.phrase.end).days > _APART:
            message = _(
                "“%(phrase)s” sớm hơn hội nghị (%(session)s) quá nửa năm; thứ tự các bước không hợp lý."
            )
            yield finding("E5", "error", message % shown, one.line)
        elif one.phrase.end > session.end and "after" not in one.duty.stages:
            message = _("“%(phrase)s” sau khi hội nghị đã xong (%(session)s).")
            yield finding("E5", "error", message % shown, one.line)
        elif one.phrase.end >= session.start and "after" not in one.duty.stages:
            message = _(
                "“%(phrase)s” có thể sau ngày hội nghị (%(session)s); hãy ghi rõ ngày hội nghị."
            )
            yield finding("E5", "warning", message % shown, one.line)


def _days_off(days: list[Dated]) -> Iterator[ReadingFinding]:
    """E6: the day named is a day off."""
    calendar = WorkingCalendar()
    for one in days:
        named = one.named_day
        why = calendar.why_off(named) if named and 1995 <= named.year <= 2099 else ""
        if named and why:
            message = _("“%(phrase)s”: ngày %(day)s là ngày nghỉ (%(why)s).")
            shown = {"phrase": one.phrase.literal, "day": written_day(named), "why": why}
            yield finding("E6", "info", message % shown, one.line)


def _slack(document: DocumentReading, days: list[Dated]) -> Iterator[ReadingFinding]:
    """E20: less than two working days between one step and the next."""
    steps = {
        one.named_day: one
        for one in days
        if one.named_day and (one.duty or one.line in _session_lines(document))
    }
    calendar = WorkingCalendar()
    for first, second in pairwise(sorted(steps)):
        if not (_is_chained(steps[first]) and _is_chained(steps[second])):
            continue
        if not (1995 <= first.year <= second.year <= 2099) or (second - first).days > 7:
            continue
        between = calendar.working_days_between(first, second)
        if between < _SLACK:
            message = _("Từ “%(first)s” đến “%(second)s” chỉ có %(count)s ngày làm việc.")
            shown = {
                "first": steps[first].phrase.literal,
                "second": steps[second].phrase.literal,
                "count": between,
            }
            yield finding("E20", "warning", message % shown, steps[second].line)


def _is_chained(step: Dated) -> bool:
    """Steps about opinions and answers wait for each other, and the conference for all."""
    return step.duty is None or bool(_CHAIN.search(step.duty.text))


def _session_lines(document: DocumentReading) -> set[int]:
    return {session.line for session in document.sessions}


def _undecided(document: DocumentReading) -> Iterator[ReadingFinding]:
    """E18: a plan names time and place of each conference."""
    if document.type != "KH":
        return
    if not document.sessions and not _is_in_annex(document):
        yield finding(
            "E18",
            "warning",
            _("Chưa thấy thời gian, địa điểm của hội nghị đối thoại."),
            document.line,
        )
    for session in document.sessions:
        lacks = [
            name
            for name, value in ((_("thời gian"), session.start), (_("địa điểm"), session.place))
            if not value
        ]
        if lacks:
            message = _("Hội nghị “%(session)s” chưa có %(lacks)s.")
            shown = {"session": session.literal or session.theme or "?", "lacks": ", ".join(lacks)}
            yield finding("E18", "warning", message % shown, session.line)
        elif session.time and session.time.precision == Precision.QUARTER:
            message = _("Hội nghị “%(session)s” mới có quý, chưa có ngày.")
            yield finding("E18", "warning", message % {"session": session.literal}, session.line)


def _is_in_annex(document: DocumentReading) -> bool:
    """ "Thời gian, địa điểm theo Phụ lục": the annex is another paper of the file."""
    return any(_ANNEX.search(clause.text) for clause in clauses_of(document))


def _report_periods(document: DocumentReading) -> Iterator[ReadingFinding]:
    """E26: the same report covers one period throughout."""
    seen: dict[str, tuple[str, int]] = {}
    for clause in clauses_of(document):
        for found in _REPORT.finditer(clause.text[:3000]):
            period = one_line(found["period"])
            first = seen.setdefault(found["about"], (period, clause.line))
            if first[0] != period:
                message = _(
                    "Báo cáo kinh tế - xã hội ghi “%(second)s”, ở dòng %(line)s ghi “%(first)s”; nên thống nhất một kỳ."
                )
                yield finding(
                    "E26",
                    "info",
                    message % {"second": period, "first": first[0], "line": first[1]},
                    clause.line,
                )
                return
