"""The live page: what is on, and the end of the conference."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from conferences import actions, forms, queries, rules
from conferences.models import Conference, Exchange
from conferences.views.common import load_conference, load_item
from core.access import require
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
    form = forms.ExchangeForm(groups=groups_of(conference), initial=initial)
    return live(request, conference, form)


def groups_of(conference: Conference) -> Any:
    return IssueGroup.objects.filter(
        consultation__in=Consultation.objects.for_session(conference.session_id)
    ).select_related("field")


def live(request: UserRequest, conference: Conference, form: forms.ExchangeForm) -> HttpResponse:
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
