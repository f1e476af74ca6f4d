"""A spreadsheet of opinions: the template, sending it in, what was found in it, taking it."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import require
from core.http import once
from core.paging import keyset_page
from core.sheets import XLSX
from core.worker import wake
from feedback import actions, rules
from feedback.actions.imports import NOT_YOURS
from feedback.forms.imports import ImportForm
from feedback.models import OpinionImport, StagedRow
from feedback.resources import sheets
from feedback.views.collect import NOT_COLLECTOR, sources_of
from feedback.views.common import load_consultation
from organisations.http import UserRequest


def _load(request: UserRequest, pk: int) -> OpinionImport:
    visible = OpinionImport.objects.visible_to(request.user).select_related(
        "consultation__organisation__unit", "source", "by"
    )
    return get_object_or_404(visible, pk=pk)


def _file(content: bytes, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=XLSX, headers=headers)


@require_GET
def import_template(request: UserRequest, consultation_pk: int) -> HttpResponse:
    consultation = load_consultation(request, consultation_pk)
    require(rules.may_collect(request.user, consultation), NOT_COLLECTOR)
    return _file(sheets.write_template(consultation), f"mau-y-kien-{consultation.pk}.xlsx")


@require_http_methods(["GET", "POST"])
@once
def import_create(request: UserRequest, consultation_pk: int) -> HttpResponse:
    consultation = load_consultation(request, consultation_pk)
    require(rules.may_collect(request.user, consultation), NOT_COLLECTOR)
    form = ImportForm(
        request.POST or None,
        request.FILES or None,
        **sources_of(request.user, timezone.localdate()),
    )
    if form.is_valid():
        values = form.cleaned_data
        sheet = actions.start_import(consultation, values.pop("file"), by=request.user, **values)
        wake_later(sheet)
        return redirect(sheet)
    earlier = OpinionImport.objects.visible_to(request.user).filter(consultation=consultation)
    context = {"form": form, "consultation": consultation, "earlier": earlier.order_by("-pk")[:20]}
    return render(request, "feedback/import_create.html", context)


@require_GET
def import_sheet(request: UserRequest, pk: int) -> HttpResponse:
    sheet = _load(request, pk)
    wrong = sheet.rows.exclude(result=StagedRow.Result.GOOD)
    context = {
        "sheet": sheet,
        "consultation": sheet.consultation,
        "page": keyset_page(wrong, request.GET, order=("number",)),
        "first": sheet.rows.filter(result=StagedRow.Result.GOOD)
        .select_related("area", "field")
        .order_by("number")[:5],
        "may_run": rules.may_run_import(request.user, sheet),
    }
    part = "#progress" if request.headers.get("HX-Request") and sheet.is_under_way else ""
    response = render(request, "feedback/import_sheet.html" + part, context)
    if request.headers.get("HX-Request") and not sheet.is_under_way:
        response["HX-Refresh"] = "true"
    return response


@require_POST
def import_accept(request: UserRequest, pk: int) -> HttpResponse:
    sheet = _load(request, pk)
    actions.accept_import(sheet, by=request.user)
    wake_later(sheet)
    return redirect(sheet)


@require_POST
def import_drop(request: UserRequest, pk: int) -> HttpResponse:
    sheet = _load(request, pk)
    actions.drop_import(sheet, by=request.user)
    messages.success(request, _("Đã bỏ tệp. Không có ý kiến nào được nhận."))
    return redirect("feedback:import_create", sheet.consultation_id)


@require_GET
def import_rest(request: UserRequest, pk: int) -> HttpResponse:
    sheet = _load(request, pk)
    require(rules.may_run_import(request.user, sheet), str(NOT_YOURS))
    if not sheet.file:
        raise Http404
    return _file(sheets.write_rest(sheet), f"can-sua-{sheet.pk}.xlsx")


def wake_later(sheet: OpinionImport) -> None:
    """Wake a worker once the row is certain; the sweep does it otherwise."""
    transaction.on_commit(lambda: wake("feedback.tasks.work_on_import", sheet.pk), robust=True)
