"""Writing a document: outline and forms on the left, the paper itself on the right."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import require
from core.http import once
from core.versions import StaleError
from documents import actions, facts, queries, rules
from documents.actions.drafting import refusal_to_edit
from documents.documents import outline_of
from documents.forms import ClauseEditor, HeaderForm
from documents.models import Clause, ClauseKind, Document
from documents.views.reading import load_document
from organisations.http import UserRequest


@dataclass
class Place:
    """Where a clause is to be added: behind or inside `at`, or at the end of the document."""

    document: Document
    at: Clause | None
    is_inside: bool

    @property
    def parent(self) -> Clause | None:
        """The clause it will stand under."""
        if self.at is None:
            return None
        return self.at if self.is_inside else self.at.parent

    def kinds(self) -> list[ClauseKind]:
        """What makes sense here."""
        return rules.kinds_inside(self.document, self.parent.kind if self.parent else None)

    def address(self, kind: str = "") -> str:
        """The page of this place, with a kind chosen or not."""
        query = (
            {"at": self.at.pk, "where": "inside" if self.is_inside else "after"} if self.at else {}
        )
        address = reverse("documents:clause_add", args=[self.document.pk])
        return f"{address}?{urlencode({**query, 'kind': kind} if kind else query)}"

    def choices(self) -> list[dict[str, str]]:
        """One link per kind, one more of the same first."""
        same = self.at.kind if self.at else ""
        kinds = sorted(self.kinds(), key=lambda kind: kind != same)
        return [{"label": str(kind.label), "url": self.address(kind)} for kind in kinds]


def _load_draft(request: UserRequest, pk: int) -> Document:
    document = load_document(request, pk)
    require(rules.may_edit_document(request.user, document), refusal_to_edit(document))
    return document


def _workspace(
    request: UserRequest, document: Document, *, is_saved: bool = False, **more: Any
) -> HttpResponse:
    """The editor, or only its left side when htmx asks; `is_saved` also renews the paper."""
    is_part = bool(request.headers.get("HX-Request"))
    context = {
        "document": document,
        "rows": outline_of(queries.clauses_of(document)),
        "owner": None if is_part else facts.owner_of(document),
        "is_paper": request.GET.get("xem") == "ban-in",
        "renews_paper": is_part and is_saved,
        **more,
    }
    template = "documents/edit.html#workspace" if is_part else "documents/edit.html"
    # htmx shows only successful answers, a stale form is one of them.
    status = 409 if "stale" in more and not is_part else 200
    return render(request, template, context, status=status)


def _back_to(document: Document, clause_pk: int | None = None) -> HttpResponseRedirect:
    address = reverse("documents:edit", args=[document.pk])
    if clause_pk:
        address = f"{address}?clause={clause_pk}#clause-{clause_pk}"
    return HttpResponseRedirect(address)


@require_GET
def edit(request: UserRequest, pk: int) -> HttpResponse:
    document = _load_draft(request, pk)
    chosen = request.GET.get("clause", "")
    chosen_pk = int(chosen) if chosen.isascii() and chosen.isdigit() else None
    return _workspace(request, document, is_saved=True, chosen_pk=chosen_pk)


@require_http_methods(["GET", "POST"])
def header(request: UserRequest, pk: int) -> HttpResponse:
    document = _load_draft(request, pk)
    form = HeaderForm(
        request.POST or None, document=document, initial=HeaderForm.initial_of(document)
    )
    context: dict[str, Any] = {"document": document, "form": form}
    if form.is_valid():
        try:
            actions.edit_header(document, by=request.user, **form.cleaned_data)
        except StaleError as stale:
            context |= _stale_header(request, form, stale)
        else:
            messages.success(request, _("Đã lưu phần đầu, nơi nhận và người ký."))
            return _back_to(document)
    return render(
        request, "documents/header.html", context, status=409 if "stale" in context else 200
    )


def _stale_header(request: UserRequest, form: HeaderForm, stale: StaleError) -> dict[str, Any]:
    """Both versions, and the form with everything typed, ready to be saved over the newer one."""
    current = stale.current
    assert isinstance(current, Document)
    posted = request.POST.copy()
    posted["version"] = str(current.version)
    theirs = HeaderForm.initial_of(current)
    rows = [
        {"label": field.label, "mine": field.value(), "theirs": theirs[field.name]}
        for field in form.visible_fields()
    ]
    return {"stale": {"rows": rows}, "form": HeaderForm(posted, document=current)}


@require_http_methods(["GET", "POST"])
@once
def clause_add(request: UserRequest, pk: int) -> HttpResponse:
    document = _load_draft(request, pk)
    place = _place(request, document)
    kind = request.GET.get("kind", "")
    if kind not in place.kinds():
        return _workspace(request, document, adding=_choices(place))
    clause = Clause(document=document, parent=place.parent, kind=kind)
    editor = ClauseEditor(clause, request.POST if request.method == "POST" else None)
    if request.method == "POST" and editor.is_valid():
        made = actions.add_clause(
            document,
            by=request.user,
            kind=kind,
            parent=place.parent,
            after=None if place.is_inside else place.at,
            **editor.values,
        )
        return _back_to(document, made.pk)
    adding = {"at_pk": place.at.pk if place.at else None, "address": place.address(kind)}
    return _workspace(request, document, adding=adding, editor=editor)


def _place(request: UserRequest, document: Document) -> Place:
    at = request.GET.get("at", "")
    if not at:
        return Place(document, None, is_inside=False)
    if not (at.isascii() and at.isdigit()):
        raise Http404
    clause = get_object_or_404(document.clauses.select_related("parent"), pk=at)
    return Place(document, clause, is_inside=request.GET.get("where") == "inside")


def _choices(place: Place) -> dict[str, Any]:
    """The kinds on offer: inside the clause, behind it; at the end of the document."""
    if place.at is None:
        return {"at_pk": None, "behind": place.choices()}
    return {
        "at_pk": place.at.pk,
        "inside": Place(place.document, place.at, is_inside=True).choices(),
        "behind": Place(place.document, place.at, is_inside=False).choices(),
    }


def _load_clause(document: Document, clause_pk: int) -> Clause:
    clause: Clause = get_object_or_404(document.clauses.select_related("parent"), pk=clause_pk)
    clause.document = document
    return clause


@require_http_methods(["GET", "POST"])
def clause_edit(request: UserRequest, pk: int, clause_pk: int) -> HttpResponse:
    document = _load_draft(request, pk)
    clause = _load_clause(document, clause_pk)
    editor = ClauseEditor(clause, request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"chosen_pk": clause.pk, "editor": editor}
    if request.method == "POST" and editor.is_valid():
        try:
            actions.edit_clause(clause, by=request.user, version=editor.version, **editor.values)
        except StaleError as stale:
            context |= _stale_clause(request, editor, stale)
        else:
            return _back_to(document, clause.pk)
    return _workspace(request, document, **context)


def _stale_clause(request: UserRequest, editor: ClauseEditor, stale: StaleError) -> dict[str, Any]:
    """Both versions, and the form with everything typed, ready to be saved over the newer one."""
    current = stale.current
    assert isinstance(current, Clause)
    posted = request.POST.copy()
    posted["version"] = str(current.version)
    rows = editor.differences(current)
    return {
        "stale": {"rows": rows, "by": current.edited_by, "at": current.edited_at},
        "editor": ClauseEditor(current, posted),
    }


@require_POST
def clause_move(request: UserRequest, pk: int, clause_pk: int) -> HttpResponse:
    document = _load_draft(request, pk)
    clause = _load_clause(document, clause_pk)
    actions.move_clause(clause, by=request.user, direction=request.POST.get("direction", ""))
    return _back_to(document, clause.pk)


@require_http_methods(["GET", "POST"])
def clause_remove(request: UserRequest, pk: int, clause_pk: int) -> HttpResponse:
    document = _load_draft(request, pk)
    clause = _load_clause(document, clause_pk)
    if request.method == "POST":
        actions.remove_clause(clause, by=request.user)
        messages.success(request, _("Đã xóa. Câu chữ đã xóa vẫn còn trong lịch sử văn bản."))
        return redirect("documents:edit", pk=document.pk)
    below = queries.clauses_below(clause)
    context = {"document": document, "clause": clause, "below": below}
    return render(request, "documents/clause_remove.html", context)
