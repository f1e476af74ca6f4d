"""The agenda before and during the conference."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from conferences import actions, forms, rules
from conferences.views.common import load_conference, load_item
from core.access import require
from core.http import once
from organisations.http import UserRequest


@require_http_methods(["GET", "POST"])
@once
def agenda_add(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    require(rules.may_run_conference(request.user, conference), actions.NOT_OFFICE)
    form = forms.AgendaItemForm(request.POST or None)
    if form.is_valid():
        actions.add_agenda_item(conference, by=request.user, **form.cleaned_data)
        return redirect("conferences:detail", pk)
    return render(request, "conferences/agenda_item.html", {"form": form, "conference": conference})


@require_http_methods(["GET", "POST"])
def agenda_edit(request: UserRequest, pk: int, item_id: int) -> HttpResponse:
    item = load_item(request, pk, item_id)
    require(rules.may_run_conference(request.user, item.conference), actions.NOT_OFFICE)
    initial = {
        "text": item.text,
        "conductor": item.conductor,
        "minutes": item.minutes,
        "note": item.note,
    }
    form = forms.AgendaItemForm(request.POST or None, initial=initial)
    if form.is_valid():
        actions.edit_agenda_item(item, by=request.user, **form.cleaned_data)
        return redirect("conferences:detail", pk)
    context = {"form": form, "conference": item.conference, "item": item}
    return render(request, "conferences/agenda_item.html", context)


@require_POST
def agenda_move(request: UserRequest, pk: int, item_id: int) -> HttpResponse:
    up = request.POST.get("direction") == "up"
    actions.move_agenda_item(load_item(request, pk, item_id), by=request.user, up=up)
    return redirect("conferences:detail", pk)


@require_POST
def agenda_remove(request: UserRequest, pk: int, item_id: int) -> HttpResponse:
    actions.remove_agenda_item(load_item(request, pk, item_id), by=request.user)
    return redirect("conferences:detail", pk)
