"""Pages of conclusion notices."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from conclusions import actions, queries, rules
from conclusions.models import ConclusionNotice
from conferences.models import Conference
from core.http import once
from core.paging import keyset_page
from organisations.http import UserRequest


@require_GET
def list_(request: UserRequest) -> HttpResponse:
    notices = ConclusionNotice.objects.visible_to(request.user).select_related(
        "document__type", "document__organisation", "conference"
    )
    waiting = Conference.objects.visible_to(request.user).filter(
        state="closed", conclusion_notice=None
    )
    context = {
        "page": keyset_page(notices, request.GET, order=("-id",)),
        "waiting": [row for row in waiting[:50] if rules.may_draft_notice(request.user, row)],
    }
    return render(request, "conclusions/list.html", context)


@require_GET
def detail(request: UserRequest, pk: int) -> HttpResponse:
    notices = ConclusionNotice.objects.visible_to(request.user).select_related(
        "document__type", "document__organisation", "conference__session"
    )
    notice = get_object_or_404(notices, pk=pk)
    context = {
        "notice": notice,
        "document": notice.document,
        "points": queries.points_with_progress(notice),
        "unsettled": queries.unsettled_exchanges(notice),
        "may_edit": rules.may_edit_notice(request.user, notice),
        "today": timezone.localdate(),
    }
    return render(request, "conclusions/detail.html", context)


@require_POST
@once
def draft(request: UserRequest, conference_id: int) -> HttpResponse:
    conferences = Conference.objects.visible_to(request.user)
    conference = get_object_or_404(conferences, pk=conference_id)
    notice = actions.draft_notice(conference, by=request.user, today=timezone.localdate())
    return redirect("documents:edit", notice.document_id)
