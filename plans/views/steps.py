"""Forms and buttons on the steps of a session's preparation."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.access import require
from core.http import once
from documents.forms import ReasonForm
from organisations.http import UserRequest
from plans import actions, forms, rules
from plans.models import PreparationStep
from plans.states import StepState
from plans.views.sessions import load_session


def load_step(request: UserRequest, pk: int) -> PreparationStep:
    rows = PreparationStep.objects.visible_to(request.user).select_related(
        "organisation", "session__clause", "session__plan__document__organisation"
    )
    return get_object_or_404(rows, pk=pk)


@require_POST
def lay_chain(request: UserRequest, pk: int) -> HttpResponse:
    session = load_session(request, pk)
    made = actions.lay_chain(session, by=request.user)
    messages.success(request, _("Đã lập %(n)d bước chuẩn bị.") % {"n": len(made)})
    return redirect(session)


@require_http_methods(["GET", "POST"])
@once
def add_step(request: UserRequest, pk: int) -> HttpResponse:
    session = load_session(request, pk)
    require(rules.may_prepare_session(request.user, session), actions.NOT_PREPARING)
    unit_id = session.plan.document.organisation.unit_id
    form = forms.StepForm(request.POST or None, today=timezone.localdate(), unit_id=unit_id)
    if form.is_valid():
        return redirect(actions.add_step(session, by=request.user, **form.cleaned_data))
    return render(request, "plans/add_step.html", {"form": form, "session": session})


@require_http_methods(["GET", "POST"])
def edit_step(request: UserRequest, pk: int) -> HttpResponse:
    step = load_step(request, pk)
    require(rules.may_prepare_session(request.user, step.session), actions.NOT_PREPARING)
    names = ("name", "phrase", "organisation", "deliverable")
    form = forms.StepForm(
        request.POST or None,
        initial={name: getattr(step, name) for name in names},
        today=timezone.localdate(),
        unit_id=step.session.plan.document.organisation.unit_id,
    )
    if form.is_valid():
        actions.edit_step(step, by=request.user, **form.cleaned_data)
        return redirect(step)
    return render(request, "plans/edit_step.html", {"form": form, "step": step})


@require_http_methods(["GET", "POST"])
@once
def hand_step(request: UserRequest, pk: int) -> HttpResponse:
    step = load_step(request, pk)
    require(rules.may_hand_step(request.user, step), actions.NOT_PREPARING)
    today = timezone.localdate()
    unit_id = step.session.plan.document.organisation.unit_id
    first = {"organisation": step.organisation_id}
    form = forms.HandForm(request.POST or None, initial=first, today=today, unit_id=unit_id)
    if form.is_valid():
        actions.hand_step(step, by=request.user, today=today, **form.cleaned_data)
        messages.success(request, _("Đã giao thành nhiệm vụ và báo cho cơ quan nhận."))
        return redirect(step)
    return render(request, "plans/hand_step.html", {"form": form, "step": step})


@require_POST
def tick_step(request: UserRequest, pk: int) -> HttpResponse:
    step = load_step(request, pk)
    actions.tick_step(step, by=request.user, today=timezone.localdate())
    return redirect(step)


@require_POST
def reopen_step(request: UserRequest, pk: int) -> HttpResponse:
    return _moved(request, pk, actions.reopen_step)


@require_POST
def drop_step(request: UserRequest, pk: int) -> HttpResponse:
    step = load_step(request, pk)
    require(rules.may_hand_step(request.user, step), actions.NOT_PREPARING)
    form = ReasonForm(request.POST)
    if form.is_valid() or step.state != StepState.WAITING:
        reason = form.cleaned_data.get("reason") or _("Bỏ qua")
        actions.drop_step(step, by=request.user, reason=reason)
    else:
        messages.error(request, _("Hãy ghi lý do bỏ qua bước này."))
    return redirect(step)


def _moved(request: UserRequest, pk: int, act: Callable[..., None]) -> HttpResponse:
    step = load_step(request, pk)
    act(step, by=request.user)
    return redirect(step)
