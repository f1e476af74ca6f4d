"""The hall: seats, and what is printed for it."""

from typing import Any, cast

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from conferences import rules
from conferences.actions import NOT_OFFICE
from conferences.actions import hall_prints as prints
from conferences.actions import seating as actions
from conferences.forms.nominating import SeatForm, SeatPlanForm
from conferences.models import Conference, HallPrint, SeatPlan
from conferences.queries.people import coming, hall_of
from conferences.states import PrintState
from conferences.views.common import load_conference, to_correct
from core.access import require
from core.worker import wake
from organisations.http import UserRequest


@require_http_methods(["GET", "POST"])
def seating(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    require(rules.may_see_participants(request.user, conference), NOT_OFFICE)
    plan = SeatPlan.objects.filter(conference=conference).first()
    form = SeatPlanForm(request.POST or None, initial=_initial(plan))
    if request.method == "POST":
        require(rules.may_prepare_conference(request.user, conference), NOT_OFFICE)
        if form.is_valid():
            done = actions.set_hall(conference, by=request.user, **form.cleaned_data)
            _say(request, conference, done)
            return redirect("conferences:seating", pk)
    context = {
        "conference": conference,
        "form": form,
        "plan": plan,
        "hall": hall_of(conference, plan),
        "may_prepare": rules.may_prepare_conference(request.user, conference),
        "may_print": rules.may_print_for_hall(request.user, conference),
    }
    return render(request, "conferences/people/seating.html", context)


def _initial(plan: SeatPlan | None) -> dict[str, object]:
    if plan is None:
        return {"kind": SeatPlan.Kind.ROW}
    return {"kind": plan.kind, "blocks": plan.blocks, "seats_each": plan.seats_each}


def _say(request: UserRequest, conference: Conference, done: actions.Seated) -> None:
    messages.success(request, _("Đã xếp chỗ cho %(count)d đại biểu.") % {"count": done.seated})
    if done.left:
        messages.warning(
            request,
            _(
                "Hội trường có %(seats)d chỗ, còn %(left)d đại biểu chưa có chỗ. Không ai bị bỏ khỏi "
                "danh sách; hãy thêm chỗ hoặc chuyển bớt sang phòng khác."
            )
            % {"seats": conference.seats or 0, "left": done.left},
        )


@require_POST
def seat(request: UserRequest, pk: int, participant_id: int) -> HttpResponse:
    conference = load_conference(request, pk)
    person = get_object_or_404(conference.participants.all(), pk=participant_id)
    person.conference = conference
    form = SeatForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        actions.set_seat(person, by=request.user, typed=values["seat"], swaps=values["swaps"])
        messages.success(
            request,
            _("%(name)s: %(seat)s.")
            % {"name": person.name, "seat": person.seat or _("chưa có chỗ")},
        )
    return redirect("conferences:seating", pk)


@require_GET
def hall_prints(request: UserRequest, pk: int) -> HttpResponse:
    """Badges, signs and the plan of seats: what is printed, what is being printed."""
    conference = load_conference(request, pk)
    require(rules.may_see_participants(request.user, conference), NOT_OFFICE)
    rows = conference.hall_prints.select_related("ordered_by").order_by("pk")
    newest = {row.kind: row for row in rows}
    shown = [(kind, label, newest.get(kind)) for kind, label in HallPrint.Kind.choices]
    context = {
        "conference": conference,
        "prints": shown,
        "to_correct": to_correct(request, conference, coming(conference), newest.values()),
        "is_waiting": any(row and row.state == PrintState.WAITING for *_kind, row in shown),
        "may_print": rules.may_print_for_hall(request.user, conference),
    }
    part = "#prints" if cast("Any", request).htmx else ""
    return render(request, "conferences/people/hall_prints.html" + part, context)


@require_POST
def order_hall_print(request: UserRequest, pk: int, kind: str) -> HttpResponse:
    conference = load_conference(request, pk)
    if kind not in HallPrint.Kind.values:
        raise Http404
    order = prints.order_hall_print(conference, by=request.user, kind=kind)
    if order.state == PrintState.WAITING:
        wake("conferences.tasks.make_hall_print", order.pk)
    return redirect("conferences:hall_prints", pk)


@require_GET
def hall_print_file(request: UserRequest, pk: int, order_id: int) -> FileResponse:
    conference = load_conference(request, pk)
    require(rules.may_see_participants(request.user, conference), NOT_OFFICE)
    done = conference.hall_prints.filter(state=PrintState.DONE)
    order = get_object_or_404(done, pk=order_id)
    name = f"{order.kind}-{pk}.pdf"
    return FileResponse(order.file.open("rb"), content_type="application/pdf", filename=name)
