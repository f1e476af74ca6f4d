"""Home, search, trace and health: pages that look at several packages at once."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from dialogue.dossier import trace as trace_of
from dialogue.health import late_sweeps
from dialogue.home import sections_for
from dialogue.search import find
from dialogue.tracing import asked_first, session_behind
from organisations.http import UserRequest


@require_GET
def home(request: UserRequest) -> HttpResponse:
    today = timezone.localdate()
    sections = sections_for(request.user, today, timezone.now())
    return render(request, "dialogue/home.html", {"sections": sections, "today": today})


@require_GET
def search(request: UserRequest) -> HttpResponse:
    query = request.GET.get("q", "")[:200]
    context = {"query": query, "groups": find(query, request.user), "today": timezone.localdate()}
    return render(request, "dialogue/search.html", context)


@require_GET
def trace(request: UserRequest, kind: str, pk: int) -> HttpResponse:
    session = session_behind(kind, pk, request.user)
    if session is None:
        raise Http404
    context = {
        "session": session,
        "matters": asked_first(trace_of(session, request.user), kind, pk),
        "today": timezone.localdate(),
    }
    return render(request, "dialogue/trace.html", context)


@require_GET
def inbox(_request: UserRequest) -> HttpResponse:
    return redirect("assignments:inbox")


@never_cache
@login_not_required
@require_GET
def healthz(_request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    late = late_sweeps(timezone.now())
    if late:
        return HttpResponse(f"late: {', '.join(late)}\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")
