"""How a paper stands to others, and the bundle it goes out with."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import require
from core.http import once
from documents import actions, facts, forms, queries, rules
from documents.documents import paper_of
from documents.models import Document
from documents.printing.bundle import join_pdfs
from documents.printing.pdf import render_pdf
from documents.views.reading import load_document
from organisations.http import UserRequest


@require_http_methods(["GET", "POST"])
@once
def relate(request: UserRequest, pk: int) -> HttpResponse:
    document = load_document(request, pk)
    require(rules.may_relate_document(request.user, document), rules.NOT_RELATING)
    words = request.GET.get("q", "")[:200]
    found = queries.papers_matching(document, request.user, words)
    form = forms.RelationForm(request.POST or None, papers=found)
    if form.is_valid():
        actions.relate_documents(document, by=request.user, **form.cleaned_data)
        messages.success(request, _("Đã ghi quan hệ giữa hai văn bản."))
        return redirect(document)
    context = {"document": document, "form": form, "words": words, "found": found}
    context["owner"] = facts.owner_of(document)
    return render(request, "documents/relate.html", context)


@require_POST
def unrelate(request: UserRequest, pk: int, relation_pk: int) -> HttpResponse:
    document = load_document(request, pk)
    relation = get_object_or_404(document.relations.select_related("target__type"), pk=relation_pk)
    relation.source = document
    actions.unrelate_documents(relation, by=request.user)
    messages.success(request, _("Đã bỏ quan hệ giữa hai văn bản."))
    return redirect(document)


@require_GET
def bundle_pdf(request: UserRequest, pk: int) -> HttpResponse:
    document = load_document(request, pk)
    papers = queries.bundle_of(document, request.user)
    whole = join_pdfs([_pdf_of(paper) for paper in papers], title=str(document))
    answer = HttpResponse(whole, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="bo-van-ban-{pk}.pdf"'
    return answer


def _pdf_of(paper: Document) -> bytes:
    """The signed copy, else what was frozen, else the draft as it stands."""
    copy = queries.authoritative_copy(paper)
    file = copy.file.file if copy else paper.pdf
    if not file:
        return render_pdf(paper_of(paper))
    with file.open("rb") as opened:
        return bytes(opened.read())
