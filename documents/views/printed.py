"""A document on paper: the preview, the PDF, the Word file, and the options of the print."""

from dataclasses import replace

from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from documents import queries
from documents.documents import paper_of
from documents.models import Document
from documents.printing import docx as word
from documents.printing.html import render_html
from documents.printing.paper import Paper
from documents.printing.pdf import render_pdf
from documents.views.reading import load_document
from organisations.http import UserRequest

# What an address may ask for: `?hai-mat=1` the wide margin at the fold of both sides,
# `?luu-tru=1` a PDF/A for the archive, `?ban=toan-van` the whole text of an amendment,
# `?ban=phan-mem` what was printed here at issuing although a signed copy is there.
TWO_SIDED, ARCHIVAL, VERSION = "hai-mat", "luu-tru", "ban"


@require_GET
@never_cache
def preview(request: UserRequest, pk: int) -> HttpResponse:
    document = load_document(request, pk)
    return HttpResponse(render_html(_paper(request, document), for_print=False))


@require_GET
@never_cache
def pdf(request: UserRequest, pk: int) -> FileResponse | HttpResponse:
    document = load_document(request, pk)
    name = file_name(document, "pdf")
    is_asked_anew = any(option in request.GET for option in (TWO_SIDED, ARCHIVAL, VERSION))
    if request.GET.get(VERSION) == "phan-mem" and document.pdf:
        is_asked_anew = False
    elif not is_asked_anew and (copy := queries.authoritative_copy(document)):
        return FileResponse(
            copy.file.file.open("rb"), content_type=copy.file.content_type, filename=name
        )
    if document.pdf and not is_asked_anew:
        return FileResponse(document.pdf.open("rb"), content_type="application/pdf", filename=name)
    is_archival = ARCHIVAL in request.GET
    written = render_pdf(_paper(request, document), is_archival=is_archival)
    return _file(written, "application/pdf", name, is_download=is_archival)


@require_GET
@never_cache
def docx(request: UserRequest, pk: int) -> HttpResponse:
    document = load_document(request, pk)
    written = word.render_docx(_paper(request, document))
    return _file(written, word.CONTENT_TYPE, file_name(document, "docx"), is_download=True)


def _paper(request: UserRequest, document: Document) -> Paper:
    """The paper as the address asks for it."""
    paper = paper_of(document, is_whole=request.GET.get(VERSION) == "toan-van")
    if TWO_SIDED in request.GET:
        paper = replace(paper, profile={**paper.profile, "duplex": True})
    return paper


def file_name(document: Document, ending: str) -> str:
    """`KH-14-KH-ĐU.pdf`; a draft has no number yet."""
    code = document.register_code.replace("/", "-") or f"du-thao-{document.pk}"
    return f"{document.type_id}-{code}.{ending}"


def _file(content: bytes, kind: str, name: str, *, is_download: bool) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    if header := content_disposition_header(is_download, name):
        response["Content-Disposition"] = header
    return response
