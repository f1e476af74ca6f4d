"""Pages about a deadline: asking for a later day or a pause, deciding, letting the clock go on."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assignments import actions, forms, rules
from assignments.models import DueRequest, Task
from assignments.views.tasks import load_task, show_act
from core.access import require
from core.http import once
from organisations.http import UserRequest
from organisations.models import User


def _asked(request: HttpRequest, pk: int) -> tuple[DueRequest, User]:
    user = cast("UserRequest", request).user
    rows = DueRequest.objects.filter(task__in=Task.objects.visible_to(user))
    return get_object_or_404(
        rows.select_related("task__owner", "task__lead", "asked_by"), pk=pk
    ), user


@require_http_methods(["GET", "POST"])
@once
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    task, user = load_task(request, pk)
    require(rules.may_ask_due(user, task), rules.NOT_ASKING_DUE)
    today = timezone.localdate()
    obstacle = actions.why_not_asked(task, today)
    form = forms.AskDueForm(request.POST or None, task=task, obstacle=obstacle)
    if form.is_valid():
        actions.ask_due(task, by=user, today=today, **form.cleaned_data)
        messages.success(request, _("Đã gửi đề nghị tới %(owner)s.") % {"owner": task.owner})
        return redirect(task)
    if obstacle and not form.is_bound:
        messages.warning(request, obstacle)
        return redirect(task)
    return show_act(request, task, form, _("Đề nghị về thời hạn"), _("Gửi đề nghị"))


@require_http_methods(["GET", "POST"])
@once
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    asked, user = _asked(request, pk)
    require(rules.may_decide_due(user, asked), rules.NOT_DECIDING_DUE)
    if request.method == "GET" and asked.decided_at:
        messages.info(request, _("Đề nghị này đã được quyết định."))
        return redirect(asked.task)
    form = forms.DecideDueForm(request.POST or None, asked=asked)
    if form.is_valid():
        if "refuse" in request.POST:
            actions.refuse_due(asked, by=user, decision=form.cleaned_data["decision"])
            messages.success(request, _("Đã trả lời không đồng ý; thời hạn giữ nguyên."))
        else:
            actions.accept_due(asked, by=user, **form.cleaned_data)
            messages.success(request, _("Đã đồng ý; đơn vị chủ trì được báo ngay."))
        return redirect(asked.task)
    return render(
        request, "assignments/decide.html", {"asked": asked, "task": asked.task, "form": form}
    )


@require_POST
@once
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    asked, user = _asked(request, pk)
    actions.withdraw_due(asked, by=user)
    messages.success(request, _("Đã rút đề nghị."))
    return redirect(asked.task)


@require_POST
@once
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    task, user = load_task(request, pk)
    actions.resume_task(task, by=user, today=timezone.localdate())
    messages.success(request, _("Thời hạn lại được tính; ngày mới hiện ở mục Thời hạn."))
    return redirect(task)
