"""The dossier for the one who chairs: on the page and to take along."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from core.access import require
from feedback import rules
from feedback.queries.dossier import dossier_of
from feedback.resources.dossier import TYPES, dossier_file
from organisations.http import UserRequest
from plans.models import DialogueSession

NOT_OFFICE = gettext_lazy("Tài liệu này chỉ dành cho người chủ trì và văn phòng chuẩn bị hội nghị.")


def _load(request: UserRequest, pk: int) -> DialogueSession:
    visible = DialogueSession.objects.visible_to(request.user).select_related(
        "plan__document__organisation__unit"
    )
    session = get_object_or_404(visible, pk=pk)
    require(rules.may_read_dossier(request.user, session), NOT_OFFICE)
    return session


@require_GET
def dossier(request: UserRequest, session_id: int) -> HttpResponse:
    session = _load(request, session_id)
    told = dossier_of(session, user=request.user, today=timezone.localdate())
    return render(request, "feedback/dossier.html", {"session": session, "dossier": told})


@require_GET
def dossier_taken(request: UserRequest, session_id: int, kind: str) -> HttpResponse:
    session = _load(request, session_id)
    if kind not in TYPES:
        raise Http404
    content = dossier_file(session, kind, user=request.user, today=timezone.localdate())
    place = "inline" if kind == "pdf" else "attachment"
    headers = {
        "Content-Disposition": f'{place}; filename="tai-lieu-chu-tri-{session.pk}.{kind}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=TYPES[kind], headers=headers)
