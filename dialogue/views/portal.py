"""What everybody may see without an account; no personal data, nothing embargoed."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from conclusions.models import ConclusionNotice
from conclusions.queries import points_with_progress
from conferences.models import Conference
from conferences.queries import agenda_lines
from conferences.states import ConferenceState
from dialogue import public
from documents.models import IN_FORCE_ONCE, Document
from documents.queries import authoritative_copy
from feedback.models import Consultation
from plans.models import Plan


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated and "cong-khai" not in request.GET:
        return redirect("home")
    return render(request, "portal/home.html", public.front_page(timezone.now()))


@login_not_required
@require_safe
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    plans = Plan.objects.issued().select_related("document__organisation", "document__type")
    found = get_object_or_404(plans, pk=pk)
    context = {"plan": found, "sessions": public.sessions_of(found)}
    return render(request, "portal/plan.html", context)


@login_not_required
@require_safe
def conference(request: HttpRequest, pk: int) -> HttpResponse:
    announced = Conference.objects.exclude(state=ConferenceState.CANCELLED)
    found = get_object_or_404(announced.select_related("organisation", "session"), pk=pk)
    now = timezone.now()
    asked = Consultation.objects.for_session(found.session_id).exclude(open_to="invited")
    notice = ConclusionNotice.objects.issued().filter(conference=found).first()
    context = {
        "conference": found,
        "lines": [line for line in agenda_lines(found, now) if not line.item.is_internal],
        "consultation": asked.answerable(now).order_by("closes_at").first(),
        "notice": notice,
    }
    return render(request, "portal/conference.html", context)


@login_not_required
@require_safe
def conclusion(request: HttpRequest, pk: int) -> HttpResponse:
    issued = ConclusionNotice.objects.issued()
    notice = get_object_or_404(
        issued.select_related("document__organisation", "document__type", "conference"), pk=pk
    )
    context = {
        "notice": notice,
        "document": notice.document,
        "points": points_with_progress(notice),
        "today": timezone.localdate(),
    }
    return render(request, "portal/conclusion.html", context)


@login_not_required
@require_safe
def paper(_request: HttpRequest, pk: int) -> FileResponse:
    public_papers = Document.objects.filter(state__in=IN_FORCE_ONCE, type_id__in=["KH", "TB"])
    document = get_object_or_404(public_papers, pk=pk)
    copy = authoritative_copy(document)
    file = copy.file.file if copy else document.pdf
    return FileResponse(
        file.open("rb"), content_type="application/pdf", filename=f"van-ban-{pk}.pdf"
    )
