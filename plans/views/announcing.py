"""Making a session known: letters, the notice, the loudspeaker's text, the poster."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from core.http import once
from documents.printing.poster import SIZES, render_poster
from organisations.http import UserRequest
from plans import rules
from plans.actions.announcing import announce_session
from plans.documents import spoken_sentences
from plans.documents.board import poster_of
from plans.models import Announcement
from plans.queries.calls import call_of
from plans.views.sessions import load_session


@require_GET
def announcements(request: UserRequest, pk: int) -> HttpResponse:
    session = load_session(request, pk)
    rows = session.announcements.select_related("document__type").order_by("id")
    made = {row.kind: row.document for row in rows if row.document.state != "revoked"}
    context = {
        "session": session,
        "document": session.plan.document,
        "kinds": [(kind, kind.label, made.get(kind)) for kind in Announcement.Kind],
        "call": call_of(session, timezone.now()),
        "may_announce": rules.may_announce_session(request.user, session),
    }
    return render(request, "plans/announcements.html", context)


@require_POST
@once
def announce(request: UserRequest, pk: int, kind: str) -> HttpResponse:
    if kind not in Announcement.Kind.values:
        raise Http404
    document = announce_session(
        load_session(request, pk),
        by=request.user,
        kind=kind,
        now=timezone.now(),
        today=timezone.localdate(),
    )
    return redirect("documents:edit", pk=document.pk)


@require_GET
def loudspeaker(request: UserRequest, pk: int) -> HttpResponse:
    session = load_session(request, pk)
    sentences = spoken_sentences(call_of(session, timezone.now()))
    return render(request, "plans/loudspeaker.html", {"session": session, "sentences": sentences})


@require_GET
def poster(request: UserRequest, pk: int, size: str) -> HttpResponse:
    if size not in SIZES:
        raise Http404
    session = load_session(request, pk)
    printed = render_poster(poster_of(call_of(session, timezone.now())), size=size)
    headers = {"Content-Disposition": f'inline; filename="ap-phich-{size}.pdf"'}
    return HttpResponse(printed, content_type="application/pdf", headers=headers)
