"""The live page: what is on, who speaks, what is said, and the end of the conference."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from conferences import actions, forms, queries, rules
from conferences.models import Conference, Exchange, SpeakingTurn
from conferences.views.common import both_versions, load_conference, load_item, over_newer
from core.access import require
from core.http import once
from core.versions import StaleError
from feedback.models import Consultation, IssueGroup
from organisations.http import UserRequest


@require_GET
def run(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    require(rules.may_record_exchange(request.user, conference), actions.NOT_OFFICE)
    speaker = conference.turns.filter(started_at__isnull=False, ended_at=None).first()
    initial = {
        "outcome": Exchange.Outcome.ANSWERED,
        "raised_by": speaker.name if speaker else "",
        "raised_body": speaker.body if speaker else "",
    }
    form = forms.ExchangeForm(groups=_groups(conference), initial=initial)
    return _live(request, conference, form)


def _groups(conference: Conference) -> Any:
    return IssueGroup.objects.filter(
        consultation__in=Consultation.objects.for_session(conference.session_id)
    ).select_related("field")


def _live(request: UserRequest, conference: Conference, form: forms.ExchangeForm) -> HttpResponse:
    lines = queries.agenda_lines(conference, timezone.now())
    context = {
        "conference": conference,
        "lines": lines,
        "current": next((line for line in lines if line.is_running), None),
        "upcoming": next((line for line in lines if line.item.started_at is None), None),
        "predicted_end": queries.predicted_end(lines, conference),
        "turns": conference.turns.order_by("position"),
        "exchanges": conference.exchanges.select_related("group").order_by("-id"),
        "open_groups": queries.open_groups(conference),
        "tally": queries.tally(conference),
        "form": form,
        "turn_form": forms.TurnForm(prefix="turn"),
        "may_run": rules.may_run_conference(request.user, conference),
    }
    template = "conferences/run.html"
    part = "#now" if cast("Any", request).htmx and request.method == "GET" else ""
    return render(request, template + part, context)


@require_POST
def start(request: UserRequest, pk: int) -> HttpResponse:
    actions.start_conference(load_conference(request, pk), by=request.user, now=timezone.now())
    return redirect("conferences:run", pk)


@require_POST
def item_start(request: UserRequest, pk: int, item_id: int) -> HttpResponse:
    actions.start_item(load_item(request, pk, item_id), by=request.user, now=timezone.now())
    return redirect("conferences:run", pk)


@require_POST
def item_end(request: UserRequest, pk: int, item_id: int) -> HttpResponse:
    actions.end_item(load_item(request, pk, item_id), by=request.user, now=timezone.now())
    return redirect("conferences:run", pk)


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


@require_POST
@once
def exchange_add(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    require(rules.may_record_exchange(request.user, conference), actions.NOT_OFFICE)
    form = forms.ExchangeForm(request.POST, groups=_groups(conference))
    if not form.is_valid():
        return _live(request, conference, form)
    actions.record_exchange(conference, by=request.user, now=timezone.now(), **form.cleaned_data)
    return redirect("conferences:run", pk)


@require_http_methods(["GET", "POST"])
def exchange_edit(request: UserRequest, pk: int, exchange_id: int) -> HttpResponse:
    conference = load_conference(request, pk)
    exchange = get_object_or_404(conference.exchanges.all(), pk=exchange_id)
    require(rules.may_record_exchange(request.user, conference), actions.NOT_OFFICE)
    exchange.conference = conference
    groups = _groups(conference)
    form = forms.EditExchangeForm(
        request.POST or None, groups=groups, initial=_exchange_initial(exchange)
    )
    rows: list[dict[str, object]] = []
    if form.is_valid():
        try:
            actions.edit_exchange(exchange, by=request.user, **form.cleaned_data)
        except StaleError as stale:
            rows = both_versions(form, _exchange_initial(cast("Exchange", stale.current)))
            form = forms.EditExchangeForm(over_newer(request, stale), groups=groups)
        else:
            return redirect("conferences:run", pk)
    context = {"form": form, "conference": conference, "stale_rows": rows}
    return render(request, "conferences/exchange.html", context, status=409 if rows else 200)


def _exchange_initial(exchange: Exchange) -> dict[str, object]:
    names = ("raised_by", "raised_body", "question", "answered_by", "answer", "outcome", "version")
    return {"group": exchange.group, **{name: getattr(exchange, name) for name in names}}


@require_http_methods(["GET", "POST"])
def close(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    require(rules.may_run_conference(request.user, conference), actions.NOT_OFFICE)
    invited = conference.participants.count()
    form = forms.CloseForm(request.POST or None, initial={"invited": invited or None})
    if form.is_valid():
        task = actions.close_conference(
            conference, by=request.user, now=timezone.now(), **form.cleaned_data
        )
        messages.success(
            request, _("Đã kết thúc hội nghị. Đã giao việc: %(task)s.") % {"task": task}
        )
        return redirect(conference)
    return render(request, "conferences/close.html", {"form": form, "conference": conference})
