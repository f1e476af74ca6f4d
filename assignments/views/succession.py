"""The page on which the tasks of a body that has ended go to the body that takes over."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assignments import actions, forms, queries, rules
from assignments.actions.succeeding import MOST
from core.access import require
from core.http import once
from organisations.http import UserRequest
from organisations.models import Organisation
from organisations.queries import heirs_of


@require_http_methods(["GET", "POST"])
@once
def succession(request: UserRequest, pk: int) -> HttpResponse:
    body = get_object_or_404(Organisation.objects.select_related("unit"), pk=pk)
    require(rules.may_hand_over(request.user), rules.NOT_HANDING_OVER)
    today = timezone.localdate()
    tasks = list(queries.left_behind(body, request.user)[:MOST])
    form = forms.SucceedForm(request.POST or None, heirs=heirs_of(body, today), tasks=tasks)
    if form.is_valid():
        moved = actions.hand_over(body, by=request.user, today=today, **form.cleaned_data)
        values = {"n": moved, "to": form.cleaned_data["to"]}
        messages.success(request, _("Đã chuyển %(n)d nhiệm vụ cho %(to)s.") % values)
        return redirect("assignments:succession", pk)
    chosen = {str(one) for one in form["tasks"].value() or []}
    context = {
        "body": body,
        "form": form,
        "obstacle": actions.why_not_succeeded(body, today),
        "rows": [(task, not form.is_bound or str(task.pk) in chosen) for task in tasks],
        "today": today,
    }
    return render(request, "assignments/succession.html", context)
