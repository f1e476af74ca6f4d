"""Matters whose senders say they are not settled: the list, and the decision."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.http import once
from core.paging import keyset_page
from feedback import rules
from feedback.actions import reopening as actions
from feedback.forms.reopenings import AGAIN, ReopeningForm
from feedback.models import Reopening
from feedback.queries.reopenings import bodies_to_ask, decider_of, lead_for, person_gone
from feedback.views.common import tabs
from organisations.http import UserRequest


@require_GET
def reopenings(request: UserRequest) -> HttpResponse:
    rows = Reopening.objects.visible_to(request.user).select_related(
        "opinion__submission", "opinion__group", "support__submission", "task__lead"
    )
    if request.GET.get("tat-ca") != "1":
        rows = rows.waiting()
    context = {
        "page": keyset_page(rows, request.GET),
        "tabs": tabs(request, "feedback:reopenings"),
        "shows_all": request.GET.get("tat-ca") == "1",
    }
    return render(request, "feedback/reopenings.html", context)


@require_http_methods(["GET", "POST"])
@once
def reopening(request: UserRequest, pk: int) -> HttpResponse:
    row, today = _load(request, pk), timezone.localdate()
    lead = lead_for(row, today)
    may_decide = row.is_waiting and rules.may_decide_reopening(request.user, row, today)
    bodies, initial = bodies_to_ask(lead.body, today), {"lead": lead.body}
    form = ReopeningForm(request.POST or None, bodies=bodies, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        _decide(request, row, form)
        return redirect(row)
    context = {
        "row": row,
        "form": form if may_decide else None,
        "lead": lead,
        "person_gone": person_gone(row, today),
        "decider": decider_of(row, today),
        "today": today,
    }
    return render(request, "feedback/reopening.html", context)


def _decide(request: UserRequest, row: Reopening, form: ReopeningForm) -> None:
    typed, today = form.cleaned_data, timezone.localdate()
    words = {"by": request.user, "decision": typed["decision"], "today": today}
    if typed["choice"] == AGAIN:
        task = actions.uphold_reopening(row, due=typed["due"], lead=typed["lead"], **words)
        messages.success(
            request, _("Đã giao %(body)s xem lại; người gửi đọc được.") % {"body": task.lead.name}
        )
        return
    actions.refuse_reopening(row, **words)
    messages.success(request, _("Đã trả lời người gửi: kết quả giữ nguyên."))


def _load(request: UserRequest, pk: int) -> Reopening:
    visible = Reopening.objects.visible_to(request.user).select_related(
        "opinion__submission__consultation__organisation",
        "opinion__group__lead",
        "support__submission",
        "task__lead",
        "task__owner",
        "task__monitor",
        "task__person",
        "given__lead",
        "decided_by",
    )
    return get_object_or_404(visible, pk=pk)
