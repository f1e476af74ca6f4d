"""Words and small marks every page shares: days, moments, deadlines, states, form tokens."""

import datetime
import functools
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import segno
from django import template
from django.conf import settings
from django.forms import BaseForm
from django.template import Context
from django.template.defaultfilters import stringfilter
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from lucide.templatetags.lucide import lucide

from core.calendar import WorkingCalendar
from core.dates import written_day
from core.text import cut
from core.timephrase import TimePhrase

register = template.Library()
# A page shows some twenty icons, each time the same: they are drawn once.
register.simple_tag(functools.cache(lucide), name="lucide")

SOON_WORKING_DAYS = 3
WEEKDAYS = (
    gettext_lazy("thứ Hai"),
    gettext_lazy("thứ Ba"),
    gettext_lazy("thứ Tư"),
    gettext_lazy("thứ Năm"),
    gettext_lazy("thứ Sáu"),
    gettext_lazy("thứ Bảy"),
    gettext_lazy("Chủ nhật"),
)
# What a state means for the eye, whichever package it belongs to; a state not named here is plain.
TONES = {
    "draft": "plain",
    "planned": "plain",
    "new": "info",
    "open": "info",
    "received": "info",
    "classified": "info",
    "asked": "soon",
    "submitted": "soon",
    "reported": "soon",
    "waiting": "soon",
    "running": "gold",
    "live": "gold",
    "returned": "late",
    "overdue": "late",
    "failed": "late",
    "rejected": "late",
    "approved": "done",
    "issued": "done",
    "published": "done",
    "released": "done",
    "accepted": "done",
    "answered": "done",
    "resolved": "done",
    "done": "done",
    "sent": "done",
    "held": "done",
    "cancelled": "quiet",
    "routed": "quiet",
    "declined": "quiet",
    "revoked": "quiet",
    "closed": "quiet",
    "paused": "quiet",
    "amended": "quiet",
}


def as_day(value: object) -> datetime.date | None:
    """The local day of a date or a moment; None for anything else."""
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value if isinstance(value, datetime.date) else None


@register.simple_tag
def once_field() -> SafeString:
    """The hidden token that lets `core.http.once` recognise a second click."""
    return format_html('<input type="hidden" name="_once" value="{}">', uuid.uuid4())


@register.filter
def short_day(value: object) -> str:
    """08/5/2026: a zero before days under 10 and before January and February (domain.md §1)."""
    day = as_day(value)
    return "" if day is None else written_day(day)


@register.filter(name="day")
def long_day(value: object) -> str:
    """thứ Sáu, 08/5/2026."""
    day = as_day(value)
    return "" if day is None else f"{WEEKDAYS[day.weekday()]}, {short_day(day)}"


@register.filter
def clock(value: object) -> str:
    """14:05 in local time; also for a plain time of day."""
    if isinstance(value, datetime.datetime):
        value = (timezone.localtime(value) if timezone.is_aware(value) else value).time()
    return f"{value:%H:%M}" if isinstance(value, datetime.time) else ""


@register.filter
def moment(value: object) -> str:
    """14:05 ngày 08/5/2026, in local time."""
    if not isinstance(value, datetime.datetime):
        return short_day(value)
    return _("%(clock)s ngày %(day)s") % {"clock": clock(value), "day": short_day(value)}


@register.filter
@stringfilter
def shortened(words: str, room: int) -> str:
    """At most `room` characters, ended at a word, where Django's own filter cuts one in two."""
    return cut(words, room)


@register.filter
def tone(state: object) -> str:
    """Which colour goes with the word of a state: plain, info, soon, gold, late, done or quiet."""
    return TONES.get(str(state), "plain")


@dataclass(frozen=True)
class Due:
    """A deadline in words, how urgent it looks, and its day."""

    left: str
    tone: str
    day: str = ""

    def __str__(self) -> str:
        return f"{self.left} · {self.day}" if self.day else self.left


def due_words(due_on: datetime.date, today: datetime.date, calendar: WorkingCalendar) -> Due:
    """How far `due_on` is from `today`, counted in working days."""
    day = long_day(due_on)
    if due_on == today:
        return Due(_("hạn hôm nay"), "soon", day)
    days = abs(calendar.working_days_between(due_on, today))
    if due_on < today:
        words = _("quá %(days)d ngày làm việc") if days else _("vừa quá hạn")
        return Due(words % {"days": days}, "late", day)
    if days == 0:
        return Due(_("không còn ngày làm việc nào"), "soon", day)
    near = days <= SOON_WORKING_DAYS
    return Due(_("còn %(days)d ngày làm việc") % {"days": days}, "soon" if near else "plain", day)


def page_calendar(context: Context) -> WorkingCalendar:
    """The working calendar, loaded once per request."""
    request: Any = getattr(context, "request", None)
    known: WorkingCalendar | None = getattr(request, "_page_calendar", None)
    if known is None:
        known = WorkingCalendar.load()
        if request is not None:
            request._page_calendar = known
    return known


@register.simple_tag(takes_context=True)
def due(
    context: Context,
    due_on: object,
    today: object = None,
    is_open: object = True,
) -> Due:
    """`còn 3 ngày làm việc · thứ Sáu, 08/5/2026`; what is closed (False) shows its day only.

    A component hands on what it was not given as "", which counts as open.
    """
    day = as_day(due_on)
    if day is None:
        return Due(_("chưa có hạn"), "quiet")
    if is_open is False:
        return Due(_("hạn: hết ngày %(day)s") % {"day": short_day(day)}, "quiet")
    return due_words(day, as_day(today) or timezone.localdate(), page_calendar(context))


@register.filter
def in_full(phrase: TimePhrase, last: datetime.date | None) -> str:
    """A time phrase with the last good day it comes to, said once."""
    return phrase.in_full(last)


@register.simple_tag
def site_address(path: str) -> str:
    """The whole address of a page, as outsiders need it."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"


@register.simple_tag
@lru_cache(maxsize=256)
def qr_address(address: str) -> str:
    """A QR code of `address` as a data URI for an <img>."""
    return str(segno.make(address, error="m").svg_data_uri(border=2))


@register.simple_tag
def error_links(form: BaseForm) -> list[dict[str, str]]:
    """Every error of a form with the id of the field it belongs to (empty: the whole form)."""
    found = [{"target": "", "label": "", "text": str(text)} for text in form.non_field_errors()]
    for field in form:
        target = field.id_for_label or field.auto_id
        found.extend(
            {"target": str(target), "label": str(field.label), "text": str(text)}
            for text in field.errors
        )
    return found


@register.simple_tag
def bars(rows: Sequence[Any], width: int = 320) -> list[dict[str, object]]:
    """Rows with `label` and `value` as horizontal bars; `length` is in SVG units up to `width`."""
    pairs = [(_of(row, "label"), float(_of(row, "value") or 0), _of(row, "url")) for row in rows]
    largest = max((value for _label, value, _url in pairs), default=0) or 1
    return [
        {
            "label": label,
            "value": int(value) if value.is_integer() else value,
            "url": url,
            "length": round(width * value / largest),
        }
        for label, value, url in pairs
    ]


@register.simple_tag
def polylines(lines: Sequence[Any], width: int = 640, height: int = 180) -> list[dict[str, object]]:
    """Lines with `label` and `values` as polylines of one scale, in SVG units; zero lies at `height`."""
    highest = max((value for line in lines for value in _of(line, "values")), default=0) or 1
    return [
        {
            "label": _of(line, "label"),
            "dots": [
                (
                    round(width * (place + 0.5) / len(values)),
                    round(height - height * value / highest),
                )
                for place, value in enumerate(values)
            ],
        }
        for line in lines
        if (values := list(_of(line, "values")))
    ]


def _of(row: Any, name: str) -> Any:
    return row.get(name) if isinstance(row, dict) else getattr(row, name, None)


@register.filter
def percent_of(part: object, whole: object) -> int:
    """Whole per cent of `part` in `whole`, 0 when there is nothing to divide by."""
    try:
        return max(0, min(100, round(100 * float(str(part)) / float(str(whole)))))
    except (ValueError, ZeroDivisionError):
        return 0


@register.filter
def capped(count: int, cap: int = 99) -> str:
    """99+ instead of any larger number."""
    return f"{cap}+" if count > cap else str(count)


@register.filter
def join_names(rows: Iterable[object]) -> str:
    """Names in one line: `A, B và C`."""
    names = [str(row) for row in rows]
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s và %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


@register.simple_tag
def history_label(entry: Any, labels: dict[str, object] | None = None) -> str:
    """What a history entry says: its own label, the word of the state it led to, or its note."""
    label = _of(entry, "label")
    if label:
        return str(label)
    state = str(_of(entry, "to_state") or "")
    word = str((labels or {}).get(state, ""))
    return word or str(_of(entry, "note") or "") or _("Đã ghi nhận")


@register.simple_tag(takes_context=True)
def back_address(context: Context) -> str:
    """Where the person came from if that lies on this site, else the front page."""
    request: Any = getattr(context, "request", None)
    address = request.headers.get("Referer", "") if request else ""
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()} if request else set())
    return address if is_ours else "/"
