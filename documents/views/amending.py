"""Amending an issued paper: beginning it, choosing how it prints, comparing both texts."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.access import require
from core.http import once
from documents import actions, facts, forms, queries, rules
from documents.actions.drafting import refusal_to_edit
from documents.documents.amendments import change_rows
from documents.queries.differences import SAME
from documents.views.reading import load_document
from organisations.http import UserRequest


@require_http_methods(["GET", "POST"])
@once
def amend(request: UserRequest, pk: int) -> HttpResponse:
    document = load_document(request, pk)
    begun = queries.amendment_of(document, request.user)
    if begun is not None:
        return redirect("documents:edit" if begun.is_editable else begun, pk=begun.pk)
    require(
        rules.may_amend_document(request.user, document),
        _("Chỉ chuyên viên của cơ quan ban hành soạn sửa đổi, và chỉ văn bản đang có hiệu lực."),
    )
    form = forms.AmendmentForm(request.POST or None)
    if form.is_valid():
        today = timezone.localdate()
        draft = actions.amend_document(document, by=request.user, today=today, **form.cleaned_data)
        messages.success(request, _("Đã chép toàn văn. Hãy sửa trực tiếp trên bản này."))
        return redirect("documents:edit", pk=draft.pk)
    context = {"document": document, "form": form, "owner": facts.owner_of(document)}
    return render(request, "documents/amend.html", context)


@require_http_methods(["GET", "POST"])
def amendment(request: UserRequest, pk: int) -> HttpResponse:
    document = load_document(request, pk)
    if document.amends_id is None:
        raise Http404
    require(rules.may_edit_document(request.user, document), refusal_to_edit(document))
    known = {"style": document.amendment_style, "reason": document.amendment_reason}
    form = forms.AmendmentForm(request.POST or None, initial=known)
    if form.is_valid():
        actions.edit_amendment(document, by=request.user, **form.cleaned_data)
        messages.success(request, _("Đã lưu cách ban hành bản sửa đổi."))
        return redirect("documents:edit", pk=document.pk)
    context = {"document": document, "form": form, "is_begun": True}
    context["owner"] = facts.owner_of(document)
    return render(request, "documents/amend.html", context)


@require_GET
def changes(request: UserRequest, pk: int) -> HttpResponse:
    document = load_document(request, pk)
    if document.amends_id is None:
        raise Http404
    rows = change_rows(document)
    is_whole = request.GET.get("xem") == "tat-ca"
    shown = [row for row in rows if is_whole or row.change.kind != SAME]
    context = {
        "document": document,
        "rows": shown,
        "is_whole": is_whole,
        "same": sum(row.change.kind == SAME for row in rows),
        "may_edit": rules.may_edit_document(request.user, document),
        "owner": facts.owner_of(document),
    }
    return render(request, "documents/changes.html", context)
