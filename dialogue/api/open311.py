"""Public requests in the shape of Open311 GeoReport v2, to be read only (wiki.open311.org)."""

import datetime
import io
import json
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from dialogue.public.promises import Stage
from dialogue.public.requests import (
    CLOSED,
    OPEN,
    Wanted,
    points_behind,
    requests_for,
)
from feedback.models import Field
from feedback.states import AnswerState

PAGE, LONGEST_PAGE, LAST_PAGE = 50, 200, 1_000
TYPES = {"json": "application/json", "xml": "text/xml"}
MOST = 9_999_999_999
Row = Mapping[str, object]


class GeoReportError(Exception):
    """What the standard answers with: a code and a sentence."""

    def __init__(self, code: int, description: str) -> None:
        """Keep both."""
        super().__init__(description)
        self.code, self.description = code, description


def spoken(
    view: Callable[..., tuple[str, Sequence[Row]]],
) -> Callable[..., HttpResponse]:
    """Make a view of rows answer in the format its address ends with, errors too."""

    @wraps(view)
    def wrapper(request: HttpRequest, kind: str, **named: Any) -> HttpResponse:
        if kind not in TYPES:
            raise Http404
        try:
            name, rows = view(request, **named)
        except GeoReportError as error:
            row = {"code": error.code, "description": error.description}
            return _written(kind, "error", [row], status=error.code)
        return _written(kind, name, rows)

    return login_not_required(require_safe(cache_control(public=True, max_age=300)(wrapper)))


@spoken
def services(_request: HttpRequest) -> tuple[str, Sequence[Row]]:
    """The fields of government people write about."""
    return "service", [_service(row) for row in Field.objects.order_by("position", "code")]


@spoken
def service(_request: HttpRequest, code: str) -> tuple[str, Sequence[Row]]:
    """A field has no questions of its own: the standard's definition is empty."""
    row = Field.objects.filter(code=code).first()
    if row is None:
        raise GeoReportError(404, _("Không có lĩnh vực này."))
    return "service_definition", [{"service_code": row.code, "attributes": ""}]


@spoken
def requests(request: HttpRequest) -> tuple[str, Sequence[Row]]:
    """The matters everybody may read, the newest first, a page at a time."""
    asked, today = request.GET, timezone.localdate()
    size = _number(asked.get("page_size", ""), PAGE, LONGEST_PAGE)
    start = (_number(asked.get("page", ""), 1, LAST_PAGE) - 1) * size
    return "request", _told(requests_for(_wanted(asked), today)[start : start + size], today)


@spoken
def request_(_request: HttpRequest, pk: int) -> tuple[str, Sequence[Row]]:
    """One matter; what is not public is not there."""
    today = timezone.localdate()
    rows = _told(requests_for(Wanted(numbers=(min(pk, MOST),)), today), today)
    if not rows:
        raise GeoReportError(404, _("Không có nội dung này, hoặc chưa được công khai."))
    return "request", rows


def _service(row: Field) -> Row:
    return {
        "service_code": row.code,
        "service_name": row.name,
        "description": _("Ý kiến gửi tới đối thoại về lĩnh vực này"),
        "metadata": False,
        "type": "batch",
        "keywords": "",
        "group": "",
    }


def _told(found: Any, today: datetime.date) -> list[Row]:
    rows = list(found)
    points = points_behind(rows, today)
    return [_request(row, points[row.pk]) for row in rows]


def _request(row: Any, points: Sequence[Any]) -> Row:
    """Only what public pages say: the office's title, the released answer, what was concluded."""
    answer = getattr(row, "answer", None)
    released = answer if answer and answer.state == AnswerState.RELEASED else None
    notes = [released.text] if released else []
    notes += [f"{point.clause.text} ({Stage(point.stage).label})" for point in points]
    office = row.consultation.organisation
    changed = released.released_at if released else None
    return {
        "service_request_id": str(row.pk),
        "status": row.status,
        "status_notes": "\n\n".join(notes) or None,
        "service_name": row.field.name,
        "service_code": row.field_id,
        "description": row.title,
        "agency_responsible": row.lead.name if released and row.lead else office.name,
        "service_notice": None,
        "requested_datetime": _moment(row.created_at),
        "updated_datetime": _moment(changed or row.created_at),
        "expected_datetime": None,
        "address": str(office.unit),
        "address_id": None,
        "zipcode": None,
        "lat": None,
        "long": None,
        "media_url": None,
    }


def _wanted(asked: Mapping[str, str]) -> Wanted:
    status = tuple(filter(None, asked.get("status", "").split(",")))
    if not set(status) <= {OPEN, CLOSED}:
        raise GeoReportError(400, _("status là open hoặc closed."))
    numbers = tuple(filter(None, asked.get("service_request_id", "").split(",")))
    if not all(one.isdecimal() and int(one) <= MOST for one in numbers):
        raise GeoReportError(400, _("service_request_id là các số, cách nhau bằng dấu phẩy."))
    return Wanted(
        numbers=tuple(map(int, numbers)),
        fields=tuple(filter(None, asked.get("service_code", "").split(","))),
        status=status[0] if len(status) == 1 else "",
        since=_day(asked.get("start_date", ""), "start_date"),
        until=_day(asked.get("end_date", ""), "end_date"),
    )


def _number(text: str, usual: int, most: int) -> int:
    if not text:
        return usual
    if not text.isdecimal() or not 1 <= int(text[:6]) <= most:
        raise GeoReportError(400, _("page, page_size là số từ 1 đến %(most)s.") % {"most": most})
    return int(text)


def _day(text: str, name: str) -> datetime.datetime | None:
    """A moment of the W3C's format; without a zone it is Vietnam's, without a time its midnight."""
    if not text:
        return None
    try:
        # A plus sign that was not escaped arrives as a space.
        found = parse_datetime(text.replace(" ", "+"))
        day = None if found else parse_date(text)
    except ValueError:
        found = day = None
    if day is not None:
        found = datetime.datetime.combine(day, datetime.time.min)
    if found is None:
        said = _("%(name)s viết như 2026-05-08T00:00:00+07:00.") % {"name": name}
        raise GeoReportError(400, said)
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def _moment(at: datetime.datetime) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds")


def _written(kind: str, name: str, rows: Sequence[Row], *, status: int = 200) -> HttpResponse:
    write = _as_xml if kind == "xml" else _as_json
    return HttpResponse(
        write(name, rows), status=status, content_type=f"{TYPES[kind]}; charset=utf-8"
    )


def _as_json(name: str, rows: Sequence[Row]) -> str:
    if name == "service_definition":
        return json.dumps({**rows[0], "attributes": []}, ensure_ascii=False)
    return json.dumps(list(rows), ensure_ascii=False)


def _as_xml(name: str, rows: Sequence[Row]) -> str:
    """<requests><request>…; a value nobody knows is an empty element."""
    out = io.StringIO()
    xml = SimplerXMLGenerator(out, "utf-8")
    xml.startDocument()
    whole = "" if name == "service_definition" else f"{name}s"
    if whole:
        xml.startElement(whole, {})
    for row in rows:
        xml.startElement(name, {})
        for key, value in row.items():
            xml.addQuickElement(key, _text(value))
        xml.endElement(name)
    if whole:
        xml.endElement(whole)
    xml.endDocument()
    return out.getvalue()


def _text(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
