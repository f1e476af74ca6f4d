"""One clause: adding, writing, saving by itself, moving, joining, cutting, taking out."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.http import once
from core.versions import StaleError
from documents import actions, queries
from documents.actions.readings import accept_reading, readings_of
from documents.forms import ClauseEditor
from documents.models import Clause, Document
from documents.views.workspace import (
    OPEN,
    Place,
    back_to,
    choices_at,
    is_scripted,
    load_clause,
    load_draft,
    number_in,
    place_of,
    save_typed,
    show_form,
    show_outline,
    show_row,
    show_workspace,
    words_of,
)
from organisations.http import UserRequest


@require_http_methods(["GET", "POST"])
@once
def clause_add(request: UserRequest, pk: int) -> HttpResponse:
    document = load_draft(request, pk)
    place = place_of(request, document)
    kind = request.GET.get("kind", "")
    if kind not in place.kinds():
        return _show_choices(request, place)
    clause = Clause(document=document, parent=place.parent, kind=kind)
    adding = {"at_pk": place.at.pk if place.at else None, "address": place.address(kind)}
    if request.method == "GET":
        return show_form(request, ClauseEditor(clause), adding=adding)
    if "read" in request.POST:
        return _show_reading(request, clause, adding=adding)
    editor = ClauseEditor(clause, request.POST)
    if "lines" in request.POST and not editor.is_valid():
        editor = ClauseEditor(clause, words_of(request))
    if not editor.is_valid():
        return show_form(
            request, editor, status=422 if is_scripted(request) else 200, adding=adding
        )
    return _added(request, place, editor)


def _show_choices(request: UserRequest, place: Place) -> HttpResponse:
    """The kinds that can be added here."""
    adding = choices_at(place)
    if is_scripted(request):
        context = {"document": place.document, "adding": adding}
        return JsonResponse(
            {"form": render_to_string("documents/clause_new.html", context, request)}
        )
    return show_workspace(request, place.document, adding=adding, chosen_pk=adding["at_pk"])


def _added(request: UserRequest, place: Place, editor: ClauseEditor) -> HttpResponse:
    """Write the clause, or one for each line of what was pasted; then where it stands."""
    document, values = place.document, editor.values
    is_many = "lines" in request.POST
    texts = [line.strip() for line in values.pop("text").split("\n")] if is_many else [""]
    made = actions.add_clauses(
        document,
        by=request.user,
        kind=editor.clause.kind,
        texts=[text for text in texts if text] or [editor.words.cleaned_data["text"]],
        parent=place.parent,
        after=place.after,
        fact=values["fact"],
    )
    return _where_they_stand(request, document, made)


def _where_they_stand(
    request: UserRequest, document: Document, made: list[Clause]
) -> HttpResponseRedirect:
    """A redirect, as `once` wants it: to the page, or for a script to the part it asks for."""
    if not is_scripted(request):
        return back_to(document, made[-1].pk)
    if len(made) == 1 and OPEN in request.POST:
        part = "clause_row" if "close" in request.POST else "clause_edit"
        return redirect(f"documents:{part}", document.pk, made[0].pk)
    keys = "-".join(str(clause.pk) for clause in made)
    address = reverse("documents:edit", args=[document.pk])
    return HttpResponseRedirect(f"{address}?clause={made[-1].pk}&made={keys}")


@require_http_methods(["GET", "POST"])
@transaction.atomic
def clause_edit(request: UserRequest, pk: int, clause_pk: int) -> HttpResponse:
    is_save = request.method == "POST" and "read" not in request.POST
    clause = load_clause(request, pk, clause_pk, is_held=is_save)
    if request.method == "GET":
        return show_form(request, ClauseEditor(clause))
    if "read" in request.POST:
        return _show_reading(request, clause)
    if request.POST.get("take") == "theirs":
        return _saved(request, clause)
    editor = ClauseEditor(clause, _taken(request))
    if not editor.is_valid():
        return show_form(request, editor, status=422 if is_scripted(request) else 200)
    try:
        how = editor.values | {"version": editor.version, "is_autosave": "autosave" in request.POST}
        actions.edit_clause(clause, by=request.user, **how)
    except StaleError as stale:
        return _show_both(request, editor, stale)
    return _saved(request, clause)


def _taken(request: UserRequest) -> QueryDict:
    """What was posted; of two versions the one that was chosen."""
    posted = request.POST.copy()
    if posted.get("take") in {"mine", "merged"}:
        posted["text"] = posted.get(f"text_{posted['take']}", posted.get("text", ""))
    return posted


def _saved(request: UserRequest, clause: Clause) -> HttpResponse:
    """The page again; for a script the new version and, if it closes the form, the row."""
    if not is_scripted(request):
        return back_to(clause.document, clause.pk)
    more = {"row": show_row(request, clause)} if "close" in request.POST else {}
    return JsonResponse(_kept(clause) | more)


def _kept(clause: Clause) -> dict[str, Any]:
    """What a script has to know of a clause that was saved."""
    return {
        "clause": clause.pk,
        "version": clause.version,
        "text": clause.text,
        "at": f"{timezone.localtime(clause.edited_at):%H:%M}",
    }


def _show_reading(request: UserRequest, clause: Clause, **more: Any) -> HttpResponse:
    """What the words mean: shown beside them (`read=show`) or filled into the form (`read=fill`)."""
    editor = ClauseEditor.read_from(clause, request.POST)
    if request.POST["read"] != "show" or not is_scripted(request):
        return show_form(request, editor, is_filled=True, **more)
    context = {"reading": editor.news, "document": clause.document}
    html = render_to_string("documents/clause_reading.html", context, request)
    return JsonResponse({"reading": html.strip()})


def _show_both(request: UserRequest, editor: ClauseEditor, stale: StaleError) -> HttpResponse:
    """Both versions and their merge, and the form with everything typed, ready to be saved."""
    current = stale.current
    assert isinstance(current, Clause)
    joined = editor.joined_with(current)
    posted = request.POST.copy()
    posted["version"], posted["base"] = str(current.version), current.text
    by = current.edited_by if current.edited_by_id else None
    shown = {
        "rows": editor.differences(current),
        "by": by,
        "at": current.edited_at,
        "mine": editor.words.cleaned_data["text"],
        "theirs": current.text,
        "joined": joined,
    }
    again = ClauseEditor(current, posted)
    return show_form(request, again, status=409, stale=shown)


@require_GET
def clause_row(request: UserRequest, pk: int, clause_pk: int) -> JsonResponse:
    clause = load_clause(request, pk, clause_pk)
    return JsonResponse(_kept(clause) | {"row": show_row(request, clause)})


@require_POST
def clause_move(request: UserRequest, pk: int, clause_pk: int) -> HttpResponse:
    clause = load_clause(request, pk, clause_pk)
    save_typed(request, clause)
    direction = request.POST.get("direction", "")
    if direction == "place":
        named = {
            f"{name}_id": number_in(request.POST.get(name, "")) for name in ("parent", "after")
        }
        actions.place_clause(clause, by=request.user, **named)
    else:
        actions.move_clause(clause, by=request.user, direction=direction)
    return show_outline(request, clause.document, clause.pk)


@require_POST
def clause_merge(request: UserRequest, pk: int, clause_pk: int) -> HttpResponse:
    clause = load_clause(request, pk, clause_pk)
    save_typed(request, clause)
    above = actions.merge_clause(clause, by=request.user)
    return show_outline(request, clause.document, above.pk, _("Đã gộp hai đoạn."))


@require_POST
def clause_split(request: UserRequest, pk: int, clause_pk: int) -> HttpResponse:
    clause = load_clause(request, pk, clause_pk)
    editor = ClauseEditor(clause, words_of(request))
    if not editor.is_valid():
        return show_form(request, editor, status=422 if is_scripted(request) else 200)
    at = number_in(request.POST.get("at", ""))
    text = request.POST["text"].replace("\r\n", "\n") if at is not None else editor.values["text"]
    try:
        made = actions.split_clause(
            clause, by=request.user, version=editor.version, text=text, at=at
        )
    except StaleError as stale:
        return _show_both(request, editor, stale)
    keys = "-".join(str(part.pk) for part in made)
    return show_outline(request, clause.document, made[-1].pk, _("Đã tách đoạn."), made=keys)


@require_http_methods(["GET", "POST"])
def clause_remove(request: UserRequest, pk: int, clause_pk: int) -> HttpResponse:
    clause = load_clause(request, pk, clause_pk)
    if request.method == "GET":
        context = {
            "document": clause.document,
            "clause": clause,
            "below": queries.clauses_below(clause),
        }
        return render(request, "documents/clause_remove.html", context)
    document = clause.document
    near = queries.neighbour_of(clause)
    save_typed(request, clause)
    removed = actions.remove_clause(clause, by=request.user)
    return show_outline(request, document, near, _("Đã xóa %(n)d đoạn.") % {"n": removed})


@require_http_methods(["GET", "POST"])
def readings(request: UserRequest, pk: int) -> HttpResponse:
    document = load_draft(request, pk)
    found = readings_of(document, keys=_keys(request))
    if request.method == "POST":
        for clause, reading in found:
            accept_reading(clause, by=request.user, reading=reading)
        said = _("Đã ghi %(n)d đề xuất vào các đoạn.") % {"n": len(found)}
        return show_outline(request, document, found[-1][0].pk if found else None, said)
    context = {"document": document, "found": found, "keys": request.GET.get("made", "")}
    if is_scripted(request):
        html = render_to_string("documents/readings.html#panel", context, request)
        return JsonResponse({"panel": html if found else ""})
    if not found:
        return redirect("documents:edit", pk=document.pk)
    return render(request, "documents/readings.html", context)


def _keys(request: UserRequest) -> list[int]:
    made = request.POST.get("made", "") or request.GET.get("made", "")
    return [key for key in map(number_in, made.split("-")[:200]) if key is not None]
