"""Whether the words of a session still say when it is held, and the words that would."""

import datetime
import re

from django.utils.translation import gettext as _

from core.dates import written_day
from core.text import fold
from core.timephrase import Precision, TimePhrase, parse
from documents.reading.phrases import FoundPhrase, times_in
from plans.facts import ROMAN, quarter_of

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def true_time(time: TimePhrase | None, fixed_on: datetime.date | None) -> TimePhrase | None:
    """When a session is held: the phrase, or the fixed day where that lies outside the phrase."""
    if fixed_on is None or (time and _holds(time, fixed_on, fixed_on)):
        return time
    return parse(_("ngày %s") % written_day(fixed_on))


def untrue_times(text: str, time: TimePhrase | None, year: int) -> list[FoundPhrase]:
    """The times among a session's words that it cannot be held at."""
    if time is None or time.end is None:
        return []
    first, last = time.start or time.end, time.end
    return [found for found in _own_times(text, year) if not _holds(found.phrase, first, last)]


def true_words(text: str, time: TimePhrase | None, year: int) -> str:
    """The words with every time that no longer holds replaced by the one that does.

    A quarter that heads the words beside an exacter time stays a quarter.
    """
    assert time is None or time.end is not None or not untrue_times(text, time, year)
    is_alone = len(_own_times(text, year)) == 1
    for found in reversed(untrue_times(text, time, year)):
        assert time is not None
        words = _instead(found, text[found.start : found.end], time, is_alone=is_alone)
        text = text[: found.start] + words + text[found.end :]
    return text


def _holds(said: TimePhrase, first: datetime.date, last: datetime.date) -> bool:
    """Whether every day from first to last lies in what was said."""
    return bool(said.start and said.end and said.start <= first and last <= said.end)


def _own_times(text: str, year: int) -> list[FoundPhrase]:
    """The times in the title and on the line "Thời gian"; without such, the only one there is."""
    found, own, at = times_in(text, year=year), [], 0
    for place, line in enumerate(text.split("\n")):
        if place == 0 or fold(line).startswith("thoi gian"):
            own += [one for one in found if at <= one.start < at + len(line)]
        at += len(line) + 1
    return own or (found if len(found) == 1 else [])


def _instead(found: FoundPhrase, said: str, time: TimePhrase, *, is_alone: bool) -> str:
    """The true time in the shape of the words it replaces."""
    words = time.literal
    if found.phrase.precision == Precision.QUARTER and not is_alone and time.end:
        name = f"{_('Quý')} {ROMAN[quarter_of(time.end.month)]}"
        words = f"{name}/{time.end.year}" if re.search(r"\d{4}", said) else name
    has_weekday = fold(said).startswith(("thu ", "chu nhat"))
    if has_weekday and time.start == time.end and time.end:
        words = f"{WEEKDAYS[time.end.weekday()]}, {words[:1].lower()}{words[1:]}"
    return (words[:1].upper() if said[:1].isupper() else words[:1].lower()) + words[1:]
