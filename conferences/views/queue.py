"""The queue of speakers, and who of the registered is called."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from conferences import actions, forms, queries, rules
from conferences.models import SpeakingTurn
from conferences.views.common import load_conference, seen_of
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
    return redirect(f"{reverse('conferences:run', args=[pk])}?moi=phat-bieu")


def _turn(request: UserRequest, pk: int, turn_id: int) -> SpeakingTurn:
    turns = SpeakingTurn.objects.filter(conference=load_conference(request, pk))
    return get_object_or_404(turns.select_related("conference"), pk=turn_id)


def _do(
    request: UserRequest, pk: int, turn_id: int, action: Callable[..., Any], **how: Any
) -> HttpResponse:
    action(_turn(request, pk, turn_id), by=request.user, **how)
    return redirect("conferences:run", pk)


@require_POST
def turn_start(request: UserRequest, pk: int, turn_id: int) -> HttpResponse:
    return _do(request, pk, turn_id, actions.start_turn, now=timezone.now())


@require_POST
def turn_end(request: UserRequest, pk: int, turn_id: int) -> HttpResponse:
    return _do(request, pk, turn_id, actions.end_turn, now=timezone.now())


@require_POST
def turn_pause(request: UserRequest, pk: int, turn_id: int) -> HttpResponse:
    return _do(request, pk, turn_id, actions.pause_turn, now=timezone.now())


@require_POST
def turn_resume(request: UserRequest, pk: int, turn_id: int) -> HttpResponse:
    return _do(request, pk, turn_id, actions.resume_turn, now=timezone.now())


@require_POST
def turn_return(request: UserRequest, pk: int, turn_id: int) -> HttpResponse:
    return _do(request, pk, turn_id, actions.return_turn)


@require_POST
def turn_move(request: UserRequest, pk: int, turn_id: int) -> HttpResponse:
    up = request.POST.get("direction") == "up"
    return _do(request, pk, turn_id, actions.move_turn, up=up)


@require_POST
def turn_writing(request: UserRequest, pk: int, turn_id: int) -> HttpResponse:
    in_writing = request.POST.get("in_writing") != "no"
    return _do(request, pk, turn_id, actions.answer_in_writing, in_writing=in_writing)


@require_POST
def turn_remove(request: UserRequest, pk: int, turn_id: int) -> HttpResponse:
    turn = _turn(request, pk, turn_id)
    if not actions.remove_turn(turn, by=request.user, now=timezone.now()):
        messages.warning(
            request,
            _("%(name)s đang phát biểu nên đã dừng lượt; thời gian đã nói vẫn được ghi.")
            % {"name": turn.name},
        )
    return redirect("conferences:run", pk)


@require_POST
def turn_next(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    moved = actions.next_turn(
        conference, by=request.user, now=timezone.now(), seen=seen_of(request)
    )
    if not moved:
        messages.warning(
            request, _("Có người vừa bấm trước, hoặc danh sách đã hết; không ai bị gọi hai lần.")
        )
    return redirect("conferences:run", pk)


@require_POST
def queue_close(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    closed = request.POST.get("closed") != "no"
    actions.close_queue(conference, by=request.user, now=timezone.now(), closed=closed)
    return redirect("conferences:run", pk)


@require_POST
def speech_minutes(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    require(rules.may_run_conference(request.user, conference), actions.NOT_OFFICE)
    form = forms.SpeechMinutesForm(request.POST)
    if form.is_valid():
        actions.set_speech_minutes(conference, by=request.user, **form.cleaned_data)
    else:
        messages.error(request, _("Số phút mỗi lượt là số từ 1 đến 60."))
    return redirect("conferences:run", pk)


@require_http_methods(["GET", "POST"])
def speakers(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    require(rules.may_run_conference(request.user, conference), actions.NOT_OFFICE)
    groups = queries.wishes_to_speak(conference)
    wishes = {wish.opinion.pk: wish for one in groups for wish in one.wishes}
    form = forms.WishForm(request.POST or None, opinions=wishes)
    if form.is_valid():
        values = form.cleaned_data
        chosen = [_registered(wishes[opinion]) for opinion in values.pop("opinions")]
        count = actions.add_registered(conference, chosen, by=request.user, **values)
        messages.success(request, _("Đã đưa %(n)s người vào danh sách.") % {"n": count})
        return redirect("conferences:speakers", pk)
    context = {"conference": conference, "groups": groups, "form": form, "wishes": wishes}
    context["queue"] = queries.queue_of(conference, timezone.now())
    return render(request, "conferences/queue_speakers.html", context)


def _registered(wish: queries.Wish) -> actions.Registered:
    return actions.Registered(
        name=wish.called, body=wish.body, opinion=wish.opinion, group=wish.opinion.group
    )


@require_GET
def reading(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    require(rules.may_see_console(request.user, conference), actions.NOT_OFFICE)
    queue = queries.queue_of(conference, timezone.now())
    return render(
        request, "conferences/queue_reading.html", {"conference": conference, "queue": queue}
    )
