"""The editor of a document as a whole: its page, header, recipients, undo, who else is here."""

from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.versions import StaleError
from documents import actions, facts
from documents.forms import HeaderForm, RecipientsForm, write_recipient
from documents.models import Document, EditStep
from documents.views.workspace import (
    back_to,
    is_scripted,
    load_draft,
    number_in,
    show_outline,
    show_workspace,
)
from organisations.http import UserRequest

# How long somebody counts as being in a clause after the last sign of life.
PRESENT_SECONDS = 45


@require_GET
def edit(request: UserRequest, pk: int) -> HttpResponse:
    document = load_draft(request, pk)
    chosen_pk = number_in(request.GET.get("clause", ""))
    if is_scripted(request):
        return show_outline(request, document, chosen_pk, made=request.GET.get("made", ""))
    return show_workspace(request, document, chosen_pk=chosen_pk)


@require_http_methods(["GET", "POST"])
def header(request: UserRequest, pk: int) -> HttpResponse:
    document = load_draft(request, pk)
    form = HeaderForm(
        request.POST or None, document=document, initial=HeaderForm.initial_of(document)
    )
    owner = facts.owner_of(document)
    context: dict[str, Any] = {"document": document, "form": form, "owner": owner}
    if form.is_valid():
        try:
            actions.edit_header(document, by=request.user, **form.cleaned_data)
        except StaleError as stale:
            context |= _stale_header(request, form, stale)
        else:
            messages.success(request, _("Đã lưu phần đầu, nơi nhận và người ký."))
            return back_to(document)
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
def recipients(request: UserRequest, pk: int) -> HttpResponse:
    document = load_draft(request, pk)
    lines = "\n".join(write_recipient(row) for row in document.recipients.all())
    form = RecipientsForm(
        request.POST or None, initial={"version": document.version, "recipients": lines}
    )
    if form.is_valid():
        try:
            actions.edit_header(document, by=request.user, **form.cleaned_data)
        except StaleError as stale:
            posted, current = request.POST.copy(), stale.current
            assert isinstance(current, Document)
            posted["version"] = str(current.version)
            row = {"label": _("Nơi nhận"), "mine": posted["recipients"], "theirs": lines}
            context = {"recipients_form": RecipientsForm(posted), "stale_recipients": [row]}
            return show_workspace(request, document, status=409, **context)
        messages.success(request, _("Đã lưu nơi nhận."))
        return back_to(document)
    return show_workspace(request, document, recipients_form=form)


@require_POST
def undo(request: UserRequest, pk: int) -> HttpResponse:
    document = load_draft(request, pk)
    step = actions.undo_step(document, by=request.user)
    said = _("Đã hoàn tác: %(words)s.") if step else _("Không còn việc nào để hoàn tác.")
    return _turned(request, document, step, said)


@require_POST
def redo(request: UserRequest, pk: int) -> HttpResponse:
    document = load_draft(request, pk)
    step = actions.redo_step(document, by=request.user)
    said = _("Đã làm lại: %(words)s.") if step else _("Không còn việc nào để làm lại.")
    return _turned(request, document, step, said)


def _turned(
    request: UserRequest, document: Document, step: EditStep | None, said: str
) -> HttpResponse:
    touched = [int(pk) for pk in step.clauses] if step else []
    chosen = document.clauses.filter(pk__in=touched).order_by("position").first()
    words = said % {"words": step.words} if step else said
    return show_outline(request, document, chosen.pk if chosen else None, words)


@require_POST
def presence(request: UserRequest, pk: int) -> JsonResponse:
    document = load_draft(request, pk)
    now = timezone.now().timestamp()
    key = f"editing:{document.pk}"
    here = {
        person: entry
        for person, entry in (cache.get(key) or {}).items()
        if now - entry["at"] < PRESENT_SECONDS and person != request.user.pk
    }
    clause_pk = number_in(request.POST.get("clause", ""))
    mine = {"clause": clause_pk, "name": request.user.full_name, "at": now}
    cache.set(key, {**here, request.user.pk: mine} if clause_pk else here, PRESENT_SECONDS)
    others = [{"clause": entry["clause"], "name": entry["name"]} for entry in here.values()]
    return JsonResponse({"others": others})
