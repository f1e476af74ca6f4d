"""Pages of contests: an overseer asks to look again, the owner answers."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assignments import actions, forms, rules
from assignments.models import Contest, Task
from assignments.views.tasks import load_task, show_act
from core.access import require
from core.http import once
from organisations.http import UserRequest


@require_http_methods(["GET", "POST"])
@once
def contest(request: HttpRequest, pk: int) -> HttpResponse:
    task, user = load_task(request, pk)
    require(rules.may_contest_task(user, task), rules.NOT_CONTESTING)
    form = forms.ContestForm(request.POST or None)
    if form.is_valid():
        actions.contest_task(task, by=user, **form.cleaned_data)
        messages.success(request, _("Đã gửi đề nghị; đơn vị giao việc phải trả lời."))
        return redirect(task)
    return show_act(request, task, form, _("Đề nghị xem xét lại kết quả"), _("Gửi đề nghị"))


@require_http_methods(["GET", "POST"])
@once
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    user = cast("UserRequest", request).user
    rows = Contest.objects.filter(task__in=Task.objects.visible_to(user))
    found = get_object_or_404(rows.select_related("task__owner", "task__lead", "asked_by"), pk=pk)
    require(rules.may_answer_contest(user, found), rules.NOT_ACCEPTING)
    if request.method == "GET" and found.decided_at:
        messages.info(request, _("Đề nghị này đã được trả lời."))
        return redirect(found.task)
    form = forms.AnswerContestForm(request.POST or None)
    if form.is_valid():
        act = actions.uphold_contest if "uphold" in request.POST else actions.dismiss_contest
        act(found, by=user, **form.cleaned_data)
        messages.success(request, _("Đã trả lời; cơ quan giám sát được báo ngay."))
        return redirect(found.task)
    context = {"contest": found, "task": found.task, "form": form}
    return render(request, "assignments/contest.html", context)
