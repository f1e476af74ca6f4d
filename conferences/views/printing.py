"""The programme and the running script to take along, and what is still missing."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from conferences import actions, queries, rules
from conferences.documents.programme import programme_paper, script_paper
from conferences.models import Conference, Passage
from conferences.views.common import load_conference
from core.access import require
from documents.printing import docx as word
from documents.printing.paper import Paper
from documents.printing.pdf import render_pdf
from organisations.http import UserRequest

PDF = "application/pdf"
RENDER: dict[str, tuple[str, Callable[[Paper], bytes]]] = {
    "pdf": (PDF, render_pdf),
    "docx": (word.CONTENT_TYPE, word.render_docx),
}


@require_GET
def programme(request: UserRequest, pk: int, kind: str) -> HttpResponse:
    conference = load_conference(request, pk)
    lines = queries.agenda_lines(conference, timezone.now())
    paper = programme_paper(conference, lines, today=timezone.localdate())
    return _file(conference, paper, "chuong-trinh", kind)


@require_GET
def script(request: UserRequest, pk: int, kind: str) -> HttpResponse:
    conference = load_conference(request, pk)
    require(rules.may_read_script(request.user, conference), actions.NOT_OFFICE)
    lines = queries.agenda_lines(conference, timezone.now())
    passages = list(Passage.objects.of(conference.organisation, Passage.Use.SCRIPT))
    paper = script_paper(conference, lines, passages, today=timezone.localdate())
    return _file(conference, paper, "kich-ban", kind)


def _file(conference: Conference, paper: Paper, name: str, kind: str) -> HttpResponse:
    if kind not in RENDER:
        raise Http404
    content_type, draw = RENDER[kind]
    place = "inline" if kind == "pdf" else "attachment"
    headers = {
        "Content-Disposition": f'{place}; filename="{name}-{conference.pk}.{kind}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(draw(paper), content_type=content_type, headers=headers)


@require_GET
def readiness(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    require(rules.may_see_participants(request.user, conference), actions.NOT_OFFICE)
    needs = queries.needs_of(conference)
    context = {
        "conference": conference,
        "needs": needs,
        "missing": sum(1 for need in needs if not need.is_met),
        "today": timezone.localdate(),
    }
    return render(request, "conferences/readiness.html", context)
