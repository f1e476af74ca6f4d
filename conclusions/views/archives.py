"""The page of case files."""

from typing import Any, cast

from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from conclusions import actions, queries, rules
from conferences.models import Conference
from conferences.states import PrintState
from core.access import require
from core.worker import wake
from organisations.http import UserRequest

NOT_OFFICE = gettext_lazy("Chỉ cơ quan tổ chức lập hồ sơ, sau khi hội nghị kết thúc.")


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
