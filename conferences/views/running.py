"""The live console: what is on, what comes next, the end of the conference and its reopening."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from conferences import actions, forms, queries, rules
from conferences.models import Conference
from conferences.queries.arriving import attendance
from conferences.queries.questions import PUBLIC, live_question
from conferences.views.common import load_conference, load_item, seen_of
from core.access import require
from organisations.http import UserRequest


@require_GET
def run(request: UserRequest, pk: int) -> HttpResponse:
    """For htmx the parts that change, with the form that was used (`?moi=`) fresh."""
    conference = load_conference(request, pk)
    require(rules.may_record_exchange(request.user, conference), actions.NOT_OFFICE)
    return live(request, conference, exchange_form(request, conference))


def exchange_form(request: UserRequest, conference: Conference) -> forms.ExchangeForm:
    """A new exchange with what is known: who speaks, and what was picked.

    `?group=` is a matter that was sent before, `?cau-hoi=` a written question the hall may read.
    """
    groups = queries.groups_of(conference)
    picked, asked = (request.GET.get(name, "") for name in ("group", "cau-hoi"))
    group = groups.filter(pk=picked).first() if picked.isdecimal() else None
    turn = conference.turns.speaking().select_related("group__lead", "group__answer").first()
    public = conference.questions.filter(state__in=PUBLIC)
    question = public.filter(pk=asked).first() if asked.isdecimal() else None
    if group is None and question is None and turn is not None:
        group = turn.group
    initial = forms.exchange_initial(turn, group, request.GET, question)
    return forms.ExchangeForm(groups=groups, initial=initial)


def live(request: UserRequest, conference: Conference, form: forms.ExchangeForm) -> HttpResponse:
    context = {**board(request, conference), **exchange_context(conference, form)}
    if cast("Any", request).htmx:
        context["fresh"] = "trao-doi" if form.is_bound else request.GET.get("moi", "")
        return render(request, "conferences/run_live.html", context)
    return render(request, "conferences/run.html", context)


def exchange_context(conference: Conference, form: forms.ExchangeForm) -> dict[str, Any]:
    """The form, the answer that was prepared for what is picked in it, what guides out."""
    group = forms.picked_group(form)
    return {
        "form": form,
        "picked": group,
        "prepared": getattr(group, "answer", None),
        "guidance": queries.guidance(conference),
    }


def board(request: UserRequest, conference: Conference) -> dict[str, Any]:
    now = timezone.now()
    lines = queries.agenda_lines(conference, now)
    return {
        "conference": conference,
        "lines": lines,
        "current": next((line for line in lines if line.is_running), None),
        "upcoming": next((line for line in lines if line.item.is_waiting), None),
        "length": queries.length_of(lines, conference),
        "queue": queries.queue_of(conference, now),
        "exchanges": conference.exchanges.select_related("group", "field").order_by("-id"),
        "open_groups": queries.open_groups(conference),
        "tally": queries.tally(conference),
        "question": live_question(conference),
        "turn_form": forms.TurnForm(prefix="turn"),
        "may_reopen": rules.may_reopen_conference(request.user, conference, now),
        "may_run": rules.may_run_conference(request.user, conference),
    }


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
def item_next(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    moved = actions.next_item(
        conference, by=request.user, now=timezone.now(), seen=seen_of(request)
    )
    return _after(request, conference, moved)


@require_POST
def item_back(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    moved = actions.back_item(
        conference, by=request.user, now=timezone.now(), seen=seen_of(request)
    )
    return _after(request, conference, moved)


@require_POST
def item_skip(request: UserRequest, pk: int, item_id: int) -> HttpResponse:
    item = load_item(request, pk, item_id)
    moved = actions.skip_item(item, by=request.user, now=timezone.now())
    return _after(request, item.conference, moved)


def _after(request: UserRequest, conference: Conference, moved: bool) -> HttpResponse:
    if not moved:
        item = conference.agenda.running().first()
        now = item.text if item else _("chưa có mục nào")
        messages.warning(
            request,
            _("Có người vừa bấm trước; chương trình chỉ chuyển một lần. Đang diễn ra: %(item)s.")
            % {"item": now},
        )
    return redirect("conferences:run", conference.pk)


@require_POST
def message(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    require(rules.may_run_conference(request.user, conference), actions.NOT_OFFICE)
    form = forms.MessageForm(request.POST)
    if form.is_valid():
        actions.set_message(conference, by=request.user, **form.cleaned_data)
    else:
        messages.error(request, _("Lời nhắn dài tối đa 200 ký tự, viết trên một dòng."))
    return redirect("conferences:run", pk)


@require_http_methods(["GET", "POST"])
def close(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    require(rules.may_run_conference(request.user, conference), actions.NOT_OFFICE)
    counted = attendance(conference)
    known = {"invited": counted.invited or None, "present": counted.present or None}
    form = forms.CloseForm(request.POST or None, initial=known)
    if form.is_valid():
        task = actions.close_conference(
            conference, by=request.user, now=timezone.now(), **form.cleaned_data
        )
        messages.success(
            request, _("Đã kết thúc hội nghị. Đã giao việc: %(task)s.") % {"task": task}
        )
        return redirect(conference)
    ending = queries.ending_with(conference, timezone.now())
    context = {"form": form, "conference": conference, "counted": counted, "ending": ending}
    return render(request, "conferences/close.html", context)


@require_http_methods(["GET", "POST"])
def reopen(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    now = timezone.now()
    require(rules.may_reopen_conference(request.user, conference, now), actions.TOO_LATE_TO_REOPEN)
    form = forms.ReopenForm(request.POST or None)
    if form.is_valid():
        actions.reopen_conference(conference, by=request.user, now=now, **form.cleaned_data)
        messages.success(request, _("Hội nghị tiếp tục; việc đã giao khi kết thúc được hủy."))
        return redirect("conferences:run", pk)
    return render(request, "conferences/reopen.html", {"form": form, "conference": conference})
