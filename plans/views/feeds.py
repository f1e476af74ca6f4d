"""Secret addresses for calendar programs, and what they give."""

import hashlib

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_GET, require_POST

from organisations.http import UserRequest
from organisations.models import Organisation
from plans import actions, queries
from plans.models import CalendarKey


@require_GET
def subscribe(request: UserRequest) -> HttpResponse:
    return _page(request)


@never_cache
@require_POST
def make_key(request: UserRequest) -> HttpResponse:
    body = _asked(request)
    secret = actions.make_calendar_key(by=request.user, organisation=body, now=timezone.now())
    address = settings.SITE_URL.rstrip("/") + reverse("plans:feed", args=[secret])
    return _page(request, address=address, body=body)


@require_POST
def revoke_key(request: UserRequest) -> HttpResponse:
    body = _asked(request)
    actions.revoke_calendar_keys(by=request.user, organisation=body, now=timezone.now())
    messages.success(request, _("Địa chỉ lịch đã ngừng hoạt động."))
    return redirect("plans:subscribe")


@login_not_required
@require_GET
@cache_control(private=True, max_age=300)
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    key = queries.key_behind(secret)
    if key is None:
        raise Http404
    body = queries.feed_of(key, timezone.localdate())
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="lich-doi-thoai.ics"'
    response["X-Robots-Tag"] = "noindex"
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


def _page(
    request: UserRequest, address: str = "", body: Organisation | None = None
) -> HttpResponse:
    user = request.user
    keys = {
        key.organisation_id: key for key in CalendarKey.objects.filter(user=user, revoked_at=None)
    }
    own = Organisation.objects.filter(pk__in=user.organisation_ids()).order_by("name")
    calendars = [(None, keys.get(None)), *((row, keys.get(row.pk)) for row in own)]
    context = {"calendars": calendars, "address": address, "body": body}
    return render(request, "plans/subscribe.html", context)


def _asked(request: UserRequest) -> Organisation | None:
    """The organisation named in the form, one of the person's own; none is the own calendar."""
    named = request.POST.get("organisation", "")
    if not named:
        return None
    own = Organisation.objects.filter(pk__in=request.user.organisation_ids())
    body: Organisation = get_object_or_404(own, pk=named if named.isdigit() else 0)
    return body
