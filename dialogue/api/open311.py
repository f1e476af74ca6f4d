"""Public requests in the shape of Open311 GeoReport v2, to be read only (wiki.open311.org)."""

import datetime
import io
import json
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
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
SINGULAR = {"service_requests": "request"}
SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
CHANGED = "2026-11-21T00:00:00+07:00"
Row = dict[str, object]


class GeoReportError(Exception):
    """What the standard answers with: a code and a sentence."""

    def __init__(self, code: int, description: str) -> None:
        """Keep both."""
        super().__init__(description)
        self.code, self.description = code, description


def spoken(
    view: Callable[..., tuple[str, object]],
) -> Callable[..., HttpResponse]:
    """Make a view answer in the format its address ends with, errors too."""

    @wraps(view)
    def wrapper(request: HttpRequest, kind: str, **named: Any) -> HttpResponse:
        if kind not in TYPES:
            raise Http404
        try:
            name, told = view(request, **named)
        except GeoReportError as error:
            row = {"code": error.code, "description": error.description}
            return _written(kind, "errors", [row], status=error.code)
        return _written(kind, name, told)

    return login_not_required(require_safe(cache_control(public=True, max_age=300)(wrapper)))


@spoken
def discovery(_request: HttpRequest) -> tuple[str, object]:
    """Where the service is, as the standard wants it told."""
    root = reverse("open311:services", args=["json"]).removesuffix("/services.json")
    endpoint = {
        "specification": SPECIFICATION,
        "url": f"{settings.SITE_URL.rstrip('/')}{root}",
        "changeset": CHANGED,
        "type": "production" if settings.IS_PRODUCTION else "test",
        "formats": list(TYPES.values()),
    }
    return "discovery", {
        "changeset": CHANGED,
        "contact": settings.SITE_CONTACT,
        "key_service": "",
        "endpoints": [endpoint],
    }


@spoken
def services(_request: HttpRequest) -> tuple[str, object]:
    """The fields of government people write about."""
    return "services", [_service(row) for row in Field.objects.order_by("position", "code")]


@spoken
def service(_request: HttpRequest, code: str) -> tuple[str, object]:
    """A field has no questions of its own: the standard's definition is empty."""
    row = Field.objects.filter(code=code).first()
    if row is None:
        raise GeoReportError(404, _("Không có lĩnh vực này."))
    return "service_definition", {"service_code": row.code, "attributes": []}


@spoken
def requests(request: HttpRequest) -> tuple[str, object]:
    """The matters everybody may read, the newest first, a page at a time."""
    asked, today = request.GET, timezone.localdate()
    size = _number(asked.get("page_size", ""), PAGE, LONGEST_PAGE)
    start = (_number(asked.get("page", ""), 1, LAST_PAGE) - 1) * size
    return "service_requests", _told(
        requests_for(_wanted(asked), today)[start : start + size], today
    )


@spoken
def request_(_request: HttpRequest, pk: int) -> tuple[str, object]:
    """One matter; what is not public is not there."""
    today = timezone.localdate()
    rows = _told(requests_for(Wanted(numbers=(min(pk, MOST),)), today), today)
    if not rows:
        raise GeoReportError(404, _("Không có nội dung này, hoặc chưa được công khai."))
    return "service_requests", rows


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
    notes += [f"{point.clause.plain_text} ({Stage(point.stage).label})" for point in points]
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
        fields=tuple(filter(None, asked.get("service_code", "").replace("\0", "?").split(","))),
        status=status[0] if len(status) == 1 else "",
        since=_day(asked.get("start_date", ""), "start_date"),
        until=_day(asked.get("end_date", ""), "end_date"),
    )


def _number(text: str, usual: int, most: int) -> int:
    if not text:
        return usual
    if not text.isdecimal() or len(text) > 6 or not 1 <= int(text) <= most:
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


def _written(kind: str, name: str, told: object, *, status: int = 200) -> HttpResponse:
    content = _as_xml(name, told) if kind == "xml" else json.dumps(told, ensure_ascii=False)
    return HttpResponse(content, status=status, content_type=f"{TYPES[kind]}; charset=utf-8")


def _as_xml(name: str, told: object) -> str:
    """A value nobody knows is an empty element."""
    out = io.StringIO()
    xml = SimplerXMLGenerator(out, "utf-8")
    xml.startDocument()
    _write(xml, name, told)
    xml.endDocument()
    return out.getvalue()


def _write(xml: SimplerXMLGenerator, name: str, told: object) -> None:
    """An element of any depth; the children of a list are named by its singular."""
    if not isinstance(told, (list, dict)):
        text = "" if told is None else str(told)
        xml.addQuickElement(name, text.lower() if isinstance(told, bool) else text)
        return
    xml.startElement(name, AttributesImpl({}))
    child = SINGULAR.get(name, name.removesuffix("s"))
    for key, value in told.items() if isinstance(told, dict) else ((child, one) for one in told):
        _write(xml, key, value)
    xml.endElement(name)
