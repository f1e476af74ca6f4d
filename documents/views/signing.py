"""The signed copy of an issued paper."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.access import require
from core.files import open_for_download
from core.http import once
from documents import actions, facts, forms, rules
from documents.views.reading import load_document
from organisations.http import UserRequest


@require_http_methods(["GET", "POST"])
@once
def signed(request: UserRequest, pk: int) -> HttpResponse:
    document = load_document(request, pk)
    require(rules.may_attach_signed_copy(request.user, document), rules.NOT_SIGNED)
    form = forms.SignedCopyForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        actions.attach_signed_copy(document, by=request.user, **form.cleaned_data)
        messages.success(request, _("Đã gắn bản có chữ ký; từ nay mọi người tải bản này trước."))
        return redirect(document)
    context = {"document": document, "form": form, "owner": facts.owner_of(document)}
    return render(request, "documents/signed.html", context)


@require_GET
def signed_file(request: UserRequest, pk: int, copy_pk: int) -> FileResponse:
    document = load_document(request, pk)
    copy = get_object_or_404(document.signed_copies.select_related("file"), pk=copy_pk)
    return FileResponse(**open_for_download(copy.file))
