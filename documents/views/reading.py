"""Reading documents: the register, one document, its files."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from core.files import open_for_download
from core.paging import keyset_page
from documents import facts, forms, queries, rules
from documents.models import Document, DocumentQuerySet, Skin
from documents.printing.html import skin_css as css_of
from documents.printing.html import skin_version
from documents.states import DocumentState
from organisations.http import UserRequest

RELATED = ("type", "organisation", "skin")


def load_document(request: UserRequest, pk: int) -> Document:
    """The document with all its header needs, or 404 for people who may not see it."""
    return get_object_or_404(
        Document.objects.visible_to(request.user).select_related(*RELATED), pk=pk
    )


def abilities(request: UserRequest, document: Document) -> dict[str, bool]:
    """What the person may do with the document now, for the buttons of its pages."""
    user = request.user
    return {
        "amend": rules.may_amend_document(user, document),
        "comment": rules.may_comment_document(user, document),
        "edit": rules.may_edit_document(user, document),
        "submit": rules.may_submit_document(user, document),
        "return": rules.may_return_document(user, document),
        "issue": rules.may_issue_document(user, document),
        "revoke": rules.may_revoke_document(user, document),
        "relate": rules.may_relate_document(user, document),
        "sign": rules.may_attach_signed_copy(user, document),
    }


@require_GET
def register(request: UserRequest) -> HttpResponse:
    form = forms.RegisterFilter(request.GET)
    rows = Document.objects.visible_to(request.user)
    if form.is_valid():
        rows = _filtered(rows, form.cleaned_data)
    shown = rows.select_related("type", "organisation")
    page = keyset_page(shown, request.GET, order="-id", size=50)
    is_filtered = any(request.GET.get(name) for name in form.fields)
    return render(
        request,
        "documents/register.html",
        {
            "page": page,
            "form": form,
            "is_filtered": is_filtered,
            "may_read": rules.may_read_papers(request.user),
        },
    )


def _filtered(rows: DocumentQuerySet, asked: dict[str, Any]) -> DocumentQuerySet:
    rows = rows.matching(asked["q"])
    if asked["type"]:
        rows = rows.filter(type=asked["type"])
    if asked["state"]:
        rows = rows.filter(state=asked["state"])
    if asked["year"]:
        is_of_year = Q(dated_on__year=asked["year"])
        rows = rows.filter(is_of_year | Q(dated_on=None, created_at__year=asked["year"]))
    return rows


@require_GET
def detail(request: UserRequest, pk: int) -> HttpResponse:
    document = load_document(request, pk)
    context = {
        "document": document,
        "may": abilities(request, document),
        "owner": facts.owner_of(document),
        "recipients": document.recipients.all(),
        "attachments": document.attachments.select_related("file"),
        "history": queries.events_of(document),
        "labels": dict(DocumentState.choices),
        **_around(request, document),
    }
    return render(request, "documents/detail.html", context)


def _around(request: UserRequest, document: Document) -> dict[str, Any]:
    """What has gathered around the paper: relations, amendment, signed copies, comments."""
    relations = queries.relations_of(document, request.user)
    return {
        "relations": relations,
        "has_bundle": any(line.is_bundle for line in relations),
        "amendment": queries.amendment_of(document, request.user),
        "copies": queries.signed_copies_of(document),
        "open_comments": queries.open_comments(document, request.user),
    }


@require_GET
@login_not_required
@cache_control(public=True, max_age=3600)
def skin_css(request: HttpRequest, code: str, version: str) -> HttpResponse:
    skin = get_object_or_404(Skin, code=code)
    response = HttpResponse(css_of(skin.profile, screen=True), content_type="text/css")
    if version == skin_version(skin.profile):
        patch_cache_control(response, max_age=31_536_000, immutable=True)
    return response


@require_GET
def attachment(request: UserRequest, pk: int, attachment_pk: int) -> FileResponse:
    document = load_document(request, pk)
    row = get_object_or_404(document.attachments.select_related("file"), pk=attachment_pk)
    return FileResponse(**open_for_download(row.file))
