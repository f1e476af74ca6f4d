"""Asking for news, saying yes to the letter, having enough. Opening a link changes nothing.

No page here needs a cookie, so none asks for a CSRF token: the proof stands in the address, and who
types an address can do no more than have one letter sent there, once.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from conferences.models import Conference
from conferences.states import ConferenceState
from core.http import client_address
from core.throttle import HOUR, is_beyond
from dialogue.following import actions, links
from dialogue.following.forms import FollowForm

MOST_PER_HOUR = 20


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    announced = Conference.objects.exclude(state=ConferenceState.CANCELLED)
    conference = get_object_or_404(announced, pk=pk)
    form = FollowForm(request.POST or None)
    context = {"conference": conference, "form": form}
    if request.method == "GET" or not form.is_valid():
        status = 200 if request.method == "GET" else 422
        return render(request, "following/follow.html", context, status=status)
    if is_beyond(f"follow:{client_address(request)}", MOST_PER_HOUR, seconds=HOUR):
        return render(
            request, "following/follow.html", {**context, "is_too_many": True}, status=429
        )
    actions.ask_to_follow(conference, address=form.cleaned_data["address"], now=timezone.now())
    return render(request, "following/asked.html", context)


@login_not_required
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, proof: str) -> HttpResponse:
    follower = links.follower_of(links.CONFIRM, proof)
    context: dict[str, object] = {"follower": follower}
    if follower is None:
        return _quiet(render(request, "following/confirm.html", context, status=404))
    waiting = actions.waiting_with(follower)
    if request.method == "POST" and "refuse" in request.POST:
        actions.refuse(follower)
        context["is_refused"] = True
    elif request.method == "POST" and follower.confirmed_at is None:
        chosen = {int(one) for one in request.POST.getlist("chosen") if one.isdecimal()}
        actions.confirm(follower, chosen=chosen or {follower.pk}, now=timezone.now())
        context["is_done"] = True
    context |= {"waiting": waiting, "is_done": context.get("is_done") or not waiting}
    return _quiet(render(request, "following/confirm.html", context))


@login_not_required
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, proof: str) -> HttpResponse:
    """A page for people; a POST from a mail program's own button does the same (RFC 8058)."""
    if links.read_number(links.STOP, proof) is None:
        return _quiet(render(request, "following/stop.html", {"is_unknown": True}, status=404))
    follower = links.follower_of(links.STOP, proof)
    if request.method == "POST" and follower is not None:
        actions.stop(follower, everything="everything" in request.POST)
    is_done = follower is None or request.method == "POST"
    context = {"follower": follower, "is_done": is_done}
    return _quiet(render(request, "following/stop.html", context))


def _quiet(response: HttpResponse) -> HttpResponse:
    """The address is a secret: no engine keeps it, no other page learns it."""
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
