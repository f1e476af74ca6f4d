"""The queue of speakers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conferences import actions, forms, rules
from conferences.models import SpeakingTurn
from conferences.views.common import load_conference
from core.access import require
from core.http import once
from organisations.http import UserRequest


@require_POST
@once
def turn_add(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    form = forms.TurnForm(request.POST, prefix="turn")
    if form.is_valid():
        actions.add_turn(conference, by=request.user, **form.cleaned_data)
    else:
        require(rules.may_run_conference(request.user, conference), actions.NOT_OFFICE)
        messages.error(request, _("Hãy ghi tên người phát biểu, tối đa 120 ký tự."))
    return redirect("conferences:run", pk)


def _turn(request: UserRequest, pk: int, turn_id: int) -> SpeakingTurn:
    turns = SpeakingTurn.objects.filter(conference=load_conference(request, pk))
    return get_object_or_404(turns.select_related("conference"), pk=turn_id)


@require_POST
def turn_start(request: UserRequest, pk: int, turn_id: int) -> HttpResponse:
    actions.start_turn(_turn(request, pk, turn_id), by=request.user, now=timezone.now())
    return redirect("conferences:run", pk)


@require_POST
def turn_end(request: UserRequest, pk: int, turn_id: int) -> HttpResponse:
    actions.end_turn(_turn(request, pk, turn_id), by=request.user, now=timezone.now())
    return redirect("conferences:run", pk)


@require_POST
def turn_remove(request: UserRequest, pk: int, turn_id: int) -> HttpResponse:
    actions.remove_turn(_turn(request, pk, turn_id), by=request.user)
    return redirect("conferences:run", pk)
