"""The year's board and the demands it measures against."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.access import require
from organisations.http import UserRequest
from plans import actions, forms, queries, rules
from plans.models import Obligation


@require_GET
def calendar(request: UserRequest) -> HttpResponse:
    today = timezone.localdate()
    sight = queries.Sight(request.user)
    shown = {"year": str(today.year), **request.GET.dict()}
    form = forms.BoardFilter(shown, units=sight.governed(today.year))
    asked = form.cleaned_data if form.is_valid() else {}
    year, unit = asked.get("year") or today.year, asked.get("unit")
    board = queries.year_board(request.user, year, today, sight=sight, unit=unit)
    context = {
        "year": year,
        "unit": unit,
        "board": board,
        "form": form,
        "today": today,
        "may_edit_obligation": rules.may_edit_obligation(request.user),
    }
    return render(request, "plans/calendar.html", context)


@require_GET
def obligations(request: UserRequest) -> HttpResponse:
    context = {
        "obligations": Obligation.objects.order_by("kind", "level", "valid_from"),
        "may_edit_obligation": rules.may_edit_obligation(request.user),
    }
    return render(request, "plans/obligations.html", context)


@require_http_methods(["GET", "POST"])
def edit_obligation(request: UserRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Obligation, pk=pk)
    require(rules.may_edit_obligation(request.user), actions.ONLY_ADMIN)
    names = ("amount", "source", "valid_from", "valid_to")
    initial = {name: getattr(row, name) for name in names}
    form = forms.ObligationForm(request.POST or None, initial=initial)
    if form.is_valid():
        actions.edit_obligation(row, by=request.user, **form.cleaned_data)
        messages.success(request, _("Đã lưu quy định."))
        return redirect("plans:obligations")
    return render(request, "plans/edit_obligation.html", {"form": form, "obligation": row})
