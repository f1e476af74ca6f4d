"""Pages of conclusion notices and of case files."""

from typing import Any, cast

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from conclusions import actions, queries, rules
from conclusions.models import ConclusionNotice, unsettled_exchanges
from conferences.models import Conference
from conferences.states import PrintState
from core.access import require
from core.http import once
from core.paging import keyset_page
from core.worker import wake
from organisations.http import UserRequest

NOT_OFFICE = gettext_lazy("Chỉ cơ quan tổ chức lập hồ sơ, sau khi hội nghị kết thúc.")


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
        "unsettled": unsettled_exchanges(notice),
        "may_edit": rules.may_edit_notice(request.user, notice),
        "today": timezone.localdate(),
    }
    return render(request, "conclusions/detail.html", context)


@require_POST
def add_points(request: UserRequest, pk: int) -> HttpResponse:
    notices = ConclusionNotice.objects.visible_to(request.user).select_related("document")
    notice = get_object_or_404(notices, pk=pk)
    count = actions.add_points(notice, by=request.user)
    messages.success(request, _("Đã thêm %(count)s điểm vào dự thảo.") % {"count": count})
    return redirect("documents:edit", notice.document_id)


@require_POST
@once
def draft(request: UserRequest, conference_id: int) -> HttpResponse:
    conferences = Conference.objects.visible_to(request.user)
    conference = get_object_or_404(conferences, pk=conference_id)
    notice = actions.draft_notice(conference, by=request.user, today=timezone.localdate())
    return redirect("documents:edit", notice.document_id)


@require_http_methods(["GET", "POST"])
def case_file(request: UserRequest, conference_id: int) -> HttpResponse:
    conference = _conference(request, conference_id)
    if request.method == "POST":
        order = actions.order_case_file(conference, by=request.user)
        transaction.on_commit(lambda: wake("conclusions.tasks.make_case_file", order.pk))
        return redirect("conclusions:case_file", conference_id)
    require(rules.may_keep_case_file(request.user, conference), NOT_OFFICE)
    orders = conference.case_files.select_related("ordered_by").order_by("-pk")[:20]
    missing = queries.papers_missing(conference)
    context = {"conference": conference, "orders": orders, "missing": missing}
    part = "#orders" if cast("Any", request).htmx else ""
    return render(request, "conclusions/case_file.html" + part, context)


@require_GET
def case_file_taken(request: UserRequest, conference_id: int, pk: int) -> FileResponse:
    conference = _conference(request, conference_id)
    require(rules.may_keep_case_file(request.user, conference), NOT_OFFICE)
    order = get_object_or_404(conference.case_files.filter(state=PrintState.DONE), pk=pk)
    response = FileResponse(
        order.file.open("rb"), as_attachment=True, filename=f"ho-so-{conference_id}-{pk}.zip"
    )
    response["Cache-Control"] = "private, no-store"
    return response


def _conference(request: UserRequest, pk: int) -> Conference:
    visible = Conference.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("organisation", "invitation", "minutes"), pk=pk)
