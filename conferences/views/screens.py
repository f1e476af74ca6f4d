"""The second screen of the hall, and the chair's tablet."""

from typing import Any, cast

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from conferences import actions, queries, rules
from conferences.models import Conference
from conferences.queries.questions import live_question
from conferences.views.common import load_conference
from core.access import require
from core.codes import plain_code
from organisations.http import UserRequest

CHAIR = ("bay-gio", "tiep", "phat-bieu", "ghi-chu")


@login_not_required
@require_GET
def screen(request: HttpRequest, code: str) -> HttpResponse:
    conference = get_object_or_404(Conference, hall_code=plain_code(code))
    shown = queries.screen_of(conference, timezone.now())
    return render(request, "conferences/screen.html", {"screen": shown, "conference": conference})


@login_not_required
@require_GET
def pulse(request: HttpRequest, code: str) -> HttpResponse:
    """Asked by every screen each second: 204 while nothing has changed, else what to show."""
    newest = queries.newest_pulse(code)
    if newest is None:
        raise Http404
    if request.GET.get("da-co") == str(newest):
        return HttpResponse(status=204, headers={"Cache-Control": "no-store"})
    drawn = queries.drawn_screen(code, newest)
    if drawn is None:
        conference = get_object_or_404(Conference, hall_code=code)
        newest = conference.pulse
        shown = queries.screen_of(conference, timezone.now())
        context = {"screen": shown, "conference": conference}
        drawn = render(request, "conferences/screen.html#shown", context).content
        queries.keep_drawn_screen(code, newest, drawn)
    return HttpResponse(drawn, headers={"Pulse": str(newest), "Cache-Control": "no-store"})


@require_GET
def chair(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    require(rules.may_see_console(request.user, conference), actions.NOT_OFFICE)
    now = timezone.now()
    lines = queries.agenda_lines(conference, now)
    queue = queries.queue_of(conference, now)
    view = request.GET.get("xem", "")
    current = next((line for line in lines if line.is_running), None)
    context = {
        "conference": conference,
        "lines": lines,
        "current": current,
        "upcoming": next((line for line in lines if line.item.is_waiting), None),
        "queue": queue,
        "view": view if view in CHAIR else CHAIR[0],
        "question": live_question(conference),
        "matter": queue.current.turn.group if queue.current else None,
    }
    part = "#live" if cast("Any", request).htmx else ""
    return render(request, f"conferences/chair.html{part}", context)
