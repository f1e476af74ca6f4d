"""Submitting, returning, issuing and revoking a document."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access import require
from core.http import once
from documents import actions, checks, facts, forms, queries, rules
from documents.actions.drafting import refusal_to_edit
from documents.models import Document
from documents.views.reading import load_document
from organisations.http import UserRequest


def _checked(document: Document) -> dict[str, object]:
    """What a page of approval shows: the document, what the checks say, what will follow."""
    report = checks.report(document, today=timezone.localdate())
    return {
        "document": document,
        "report": report,
        "errors": report.errors,
        "consequences": queries.consequences(document),
        "owner": facts.owner_of(document),
    }


@require_http_methods(["GET", "POST"])
@once
def submit(request: UserRequest, pk: int) -> HttpResponse:
    document = load_document(request, pk)
    if request.method == "POST":
        actions.submit_document(document, by=request.user)
        messages.success(request, _("Đã trình ký. Lãnh đạo sẽ thấy văn bản trong “Việc của tôi”."))
        return redirect(document)
    require(rules.may_submit_document(request.user, document), refusal_to_edit(document))
    return render(request, "documents/submit.html", _checked(document))


@require_http_methods(["GET", "POST"])
@once
def return_(request: UserRequest, pk: int) -> HttpResponse:
    document = load_document(request, pk)
    form = forms.ReasonForm(request.POST or None)
    if form.is_valid():
        actions.return_document(document, by=request.user, **form.cleaned_data)
        messages.success(request, _("Đã trả lại chuyên viên kèm lý do."))
        return redirect(document)
    require(
        rules.may_return_document(request.user, document),
        _("Chỉ lãnh đạo của cơ quan ban hành được trả lại, và chỉ khi văn bản đang trình ký."),
    )
    context = {"document": document, "form": form, "owner": facts.owner_of(document)}
    return render(request, "documents/return.html", context)


@require_http_methods(["GET", "POST"])
@once
def issue(request: UserRequest, pk: int) -> HttpResponse:
    document, today = load_document(request, pk), timezone.localdate()
    form = forms.IssueForm(request.POST or None, document=document, today=today)
    if form.is_valid():
        actions.issue_document(document, by=request.user, today=today, **form.cleaned_data)
        messages.success(
            request, _("Đã ban hành: số %(number)s.") % {"number": document.register_code}
        )
        return redirect(document)
    require(
        rules.may_issue_document(request.user, document),
        _("Chỉ lãnh đạo của cơ quan ban hành được ký, và chỉ khi văn bản đang trình ký."),
    )
    context = {**_checked(document), "today": today, "form": form}
    return render(request, "documents/issue.html", context)


@require_http_methods(["GET", "POST"])
@once
def revoke(request: UserRequest, pk: int) -> HttpResponse:
    document = load_document(request, pk)
    form = forms.ReasonForm(request.POST or None)
    if form.is_valid():
        actions.revoke_document(document, by=request.user, **form.cleaned_data)
        messages.success(request, _("Đã thu hồi văn bản. Số đã cấp được giữ lại, không cấp lại."))
        return redirect(document)
    require(
        rules.may_revoke_document(request.user, document),
        _("Chỉ lãnh đạo của cơ quan ban hành được thu hồi văn bản đã ban hành."),
    )
    context = {"document": document, "form": form, "owner": facts.owner_of(document)}
    # What an amendment has taken over goes back instead of ending.
    context["undoings"] = [] if document.amends_id else queries.undoings(document)
    return render(request, "documents/revoke.html", context)
