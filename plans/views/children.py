"""The plan a higher plan demands: begun from the demand, so that it stays tied to it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access import require
from core.http import once
from organisations.http import UserRequest
from plans import actions, forms, rules
from plans.models import ChildPlanObligation, Plan


@require_http_methods(["GET", "POST"])
@once
def answer(request: UserRequest, pk: int) -> HttpResponse:
    rows = ChildPlanObligation.objects.filter(
        plan__in=Plan.objects.visible_to(request.user)
    ).select_related("plan__document__organisation", "plan__document__type", "organisation")
    row = get_object_or_404(rows, pk=pk)
    require(rules.may_answer_obligation(request.user, row), actions.NOT_OWING)
    first = {"year": row.plan.year, "counterpart": row.plan.counterpart}
    form = forms.PlanForm(request.POST or None, initial=first)
    if form.is_valid():
        today = timezone.localdate()
        plan = actions.begin_child_plan(row, by=request.user, today=today, **form.cleaned_data)
        messages.success(request, _("Đã lập khung kế hoạch. Hãy soạn tiếp từng phần."))
        return redirect("documents:edit", plan.document_id)
    return render(request, "plans/answer.html", {"form": form, "obligation": row})
