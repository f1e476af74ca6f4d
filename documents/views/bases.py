"""The register of legal bases."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import require
from core.http import once
from core.paging import keyset_page
from core.transitions import history_of
from documents import actions, forms, queries, rules
from documents.models import Clause, LegalBasis
from documents.views.reading import load_document
from organisations.http import UserRequest
from organisations.models import Organisation, Role


@require_GET
def bases(request: UserRequest) -> HttpResponse:
    form = forms.BasesFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    rows = queries.bases_listed(asked.get("q", ""), asked.get("kind", ""))
    context = {
        "page": keyset_page(rows, request.GET, order="-id", size=50),
        "form": form,
        "is_filtered": any(asked.values()),
        "may_keep": rules.may_keep_bases(request.user),
    }
    return render(request, "documents/bases.html", context)


@require_GET
def basis(request: UserRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(LegalBasis.objects.select_related("replaced_by", "added_by"), pk=pk)
    context = {
        "basis": row,
        "papers": queries.citing_drafts(row, request.user)[:50],
        "replaced": row.replaced.all(),
        "may_edit": rules.may_edit_basis(request.user, row),
        "may_keep": rules.may_keep_bases(request.user),
        "history": history_of(row)[:50],
    }
    return render(request, "documents/basis.html", context)


@require_http_methods(["GET", "POST"])
@once
def basis_add(request: UserRequest) -> HttpResponse:
    require(rules.may_keep_bases(request.user), rules.NOT_BASES)
    form = forms.LegalBasisForm(request.POST or None)
    if form.is_valid():
        own = Organisation.objects.filter(pk__in=request.user.organisation_ids(Role.CLERK))
        made = actions.add_basis(
            by=request.user, organisation=own.order_by("pk").first(), **form.cleaned_data
        )
        messages.success(request, _("Đã nhập vào danh mục căn cứ."))
        return redirect("documents:basis", pk=made.pk)
    return render(request, "documents/basis_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
def basis_edit(request: UserRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(LegalBasis, pk=pk)
    require(rules.may_edit_basis(request.user, row), rules.NOT_BASES)
    known = {name: getattr(row, name) for name in forms.LegalBasisForm.base_fields}
    form = forms.LegalBasisForm(request.POST or None, initial=known)
    if form.is_valid():
        actions.edit_basis(row, by=request.user, **form.cleaned_data)
        messages.success(request, _("Đã lưu."))
        return redirect("documents:basis", pk=row.pk)
    return render(request, "documents/basis_form.html", {"form": form, "basis": row})


@require_http_methods(["GET", "POST"])
def basis_replace(request: UserRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(LegalBasis, pk=pk)
    require(rules.may_keep_bases(request.user), rules.NOT_BASES)
    form = forms.ReplaceBasisForm(request.POST or None, basis=row)
    if form.is_valid():
        actions.replace_basis(row, by=request.user, **form.cleaned_data)
        messages.success(request, _("Đã ghi. Dự thảo đang viện dẫn văn bản cũ sẽ được nhắc."))
        return redirect("documents:basis", pk=row.pk)
    return render(request, "documents/basis_replace.html", {"form": form, "basis": row})


@require_POST
def basis_restore(request: UserRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(LegalBasis, pk=pk)
    actions.restore_basis(row, by=request.user)
    messages.success(request, _("Đã bỏ dấu đã thay thế."))
    return redirect("documents:basis", pk=row.pk)


@require_POST
def basis_swap(request: UserRequest, pk: int, clause_pk: int) -> HttpResponse:
    document = load_document(request, pk)
    clause: Clause = get_object_or_404(document.clauses, pk=clause_pk)
    clause.document = document
    newest = actions.swap_basis(clause, by=request.user)
    messages.success(request, _("Đã đổi căn cứ sang %(new)s.") % {"new": newest})
    came_from = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()})
    return redirect(came_from if is_ours else reverse("documents:submit", args=[document.pk]))
