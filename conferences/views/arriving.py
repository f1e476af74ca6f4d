"""The door: phones that let people in, the numbers, the list to sign, the page behind a code."""

import hashlib
import json
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from conferences import actions, rules
from conferences.actions.arriving import Told, receive_acts
from conferences.documents.attendance import attendance_pdf
from conferences.forms.arriving import read_delivery
from conferences.models import Conference, Participant
from conferences.queries.arriving import attendance, door_list
from conferences.views.common import load_conference
from conferences.views.door_words import DOOR_WORDS
from core.access import require
from core.codes import is_well_copied, plain_code
from core.http import client_address
from core.throttle import HOUR, count_so_far, count_up
from organisations.http import UserRequest
from organisations.models import User


def _load(request: UserRequest, pk: int) -> Conference:
    conference = load_conference(request, pk)
    require(rules.may_receive_people(request.user, conference), actions.NOT_OFFICE)
    return conference


@never_cache
@require_GET
def door(request: UserRequest, pk: int) -> HttpResponse:
    conference = _load(request, pk)
    context = {
        "conference": conference,
        "numbers": attendance(conference),
        "words": DOOR_WORDS,
        "ends": int(conference.ends_at.timestamp() * 1000),
    }
    return render(request, "conferences/door/door.html", context)


@never_cache
@require_GET
def door_people(request: UserRequest, pk: int) -> HttpResponse:
    conference = _load(request, pk)
    known = json.dumps({**door_list(conference), "state": conference.state}, sort_keys=True)
    etag = f'"{hashlib.sha256(known.encode()).hexdigest()[:20]}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified()
    answer = {**json.loads(known), "now": _now(), "csrf": get_token(request)}
    return JsonResponse(answer, headers={"ETag": etag})


def _now() -> int:
    return int(timezone.now().timestamp() * 1000)


@require_POST
def door_send(request: UserRequest, pk: int) -> HttpResponse:
    conference = _load(request, pk)
    delivery = read_delivery(request.body, timezone.now())
    if delivery is None:
        return JsonResponse({"now": _now(), "told": []}, status=400)
    told = receive_acts(conference, delivery.acts, by=request.user, clock=delivery.clock)
    said = [_said(one) for one in (*told, *delivery.unreadable)]
    return JsonResponse({"now": _now(), "told": said})


def _said(told: Told) -> dict[str, Any]:
    return {"key": str(told.key), "outcome": told.outcome, "sentence": told.sentence}


@never_cache
@require_GET
def door_numbers(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    context = {"conference": conference, "numbers": attendance(conference)}
    return render(request, "conferences/door/numbers.html", context)


@never_cache
@require_GET
def door_worker(_request: UserRequest) -> HttpResponse:
    """The service worker; from here it may also answer for the addresses in QR codes."""
    script = settings.BASE_DIR / "static" / "js" / "door-worker.js"
    headers = {"Service-Worker-Allowed": "/"}
    return HttpResponse(script.read_bytes(), content_type="text/javascript", headers=headers)


@require_GET
def attendance_list(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    require(rules.may_print_attendance(request.user, conference), actions.NOT_OFFICE)
    written = attendance_pdf(conference, today=timezone.localdate())
    headers = {"Content-Disposition": f'inline; filename="danh-sach-ky-nhan-{pk}.pdf"'}
    return HttpResponse(written, content_type="application/pdf", headers=headers)


@login_not_required
@never_cache
@require_GET
def code_page(request: HttpRequest, code: str) -> HttpResponse:
    """Whoever stands at the door lets the person in; anybody else reads where to show the code."""
    plain, address = plain_code(code)[:12], client_address(request)
    tried = count_so_far(f"door-code:{address}") or 0
    if tried >= settings.TRACKING_TRIES_PER_HOUR:
        return render(request, "conferences/door/code.html", {"is_throttled": True}, status=429)
    people = Participant.objects.select_related("conference__organisation")
    person = people.filter(code=plain).first() if is_well_copied(plain) else None
    if person is None:
        count_up(f"door-code:{address}", seconds=HOUR)
        return render(request, "conferences/door/code.html", {}, status=404)
    user, conference = request.user, person.conference
    if isinstance(user, User) and rules.may_receive_people(user, conference):
        return redirect(f"{reverse('conferences:door', args=[conference.pk])}?ma={plain}")
    context = {"conference": conference, "code": person.code}
    return render(request, "conferences/door/code.html", context)
