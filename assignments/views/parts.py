"""Pages of parts: a task that is split, and what co-operating bodies do."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assignments import actions, forms, rules
from assignments.models import Cooperation, Task
from assignments.views.tasks import load_task, show_act
from core.access import require
from core.http import once
from organisations.http import UserRequest


@require_http_methods(["GET", "POST"])
@once
def split(request: HttpRequest, pk: int) -> HttpResponse:
    task, user = load_task(request, pk)
    require(rules.may_split_task(user, task), rules.NOT_SPLITTING)
    today = timezone.localdate()
    form = forms.SplitForm(
        request.POST or None, task=task, today=today, obstacle=actions.why_not_split(task)
    )
    if form.is_valid():
        part = actions.split_task(task, by=user, today=today, **form.cleaned_data)
        messages.success(request, _("Đã giao phần việc cho %(lead)s.") % {"lead": part.lead})
        return redirect(task.get_absolute_url() + "#parts")
    return show_act(request, task, form, _("Chia việc"), _("Giao phần việc này"))


@require_http_methods(["GET", "POST"])
@once
def share_out(request: HttpRequest, pk: int) -> HttpResponse:
    task, user = load_task(request, pk)
    require(rules.may_share_out(user, task), rules.NOT_SHARING_OUT)
    helpers = Cooperation.objects.filter(task=task).select_related("organisation").order_by("pk")
    form = forms.ShareForm(request.POST or None, helpers=helpers)
    if form.is_valid():
        actions.share_out(task, by=user, parts=form.parts)
        messages.success(request, _("Đã phân phần việc; các đơn vị phối hợp được báo."))
        return redirect(task.get_absolute_url() + "#helpers")
    return show_act(request, task, form, _("Phần việc phối hợp"), _("Lưu và báo các đơn vị"))


@require_http_methods(["GET", "POST"])
@once
def add_helper(request: HttpRequest, pk: int) -> HttpResponse:
    task, user = load_task(request, pk)
    require(rules.may_add_helper(user, task), rules.NOT_ADDING_HELPER)
    form = forms.HelperForm(request.POST or None, task=task, today=timezone.localdate())
    if form.is_valid():
        row = actions.add_helper(task, by=user, **form.cleaned_data)
        told = _("Đã thêm %(body)s; đơn vị này và đơn vị chủ trì được báo.")
        messages.success(request, told % {"body": row.organisation})
        return redirect(task.get_absolute_url() + "#helpers")
    return show_act(request, task, form, _("Thêm đơn vị phối hợp"), _("Thêm và báo đơn vị này"))


@require_http_methods(["GET", "POST"])
@once
def report_part(request: HttpRequest, pk: int) -> HttpResponse:
    user = cast("UserRequest", request).user
    rows = Cooperation.objects.filter(task__in=Task.objects.visible_to(user))
    found = get_object_or_404(
        rows.select_related("task__owner", "task__lead", "organisation"), pk=pk
    )
    require(rules.may_report_part(user, found), rules.NOT_HELPING)
    initial = {"result": found.result}
    form = forms.PartForm(request.POST or None, request.FILES or None, initial=initial)
    if form.is_valid():
        actions.report_part(found, by=user, **form.cleaned_data)
        messages.success(request, _("Đã báo cáo phần phối hợp tới đơn vị chủ trì."))
        return redirect(found.task.get_absolute_url() + "#helpers")
    submit = _("Gửi tới %(lead)s") % {"lead": found.task.lead.short_name}
    return show_act(
        request, found.task, form, _("Báo cáo phần phối hợp"), submit, notice=found.part
    )


@require_http_methods(["GET", "POST"])
@once
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    task, user = load_task(request, pk)
    require(rules.may_assign_person(user, task), rules.NOT_NAMING)
    initial = {"person": task.person_id}
    form = forms.PersonForm(
        request.POST or None, task=task, today=timezone.localdate(), initial=initial
    )
    if form.is_valid():
        actions.assign_person(task, by=user, **form.cleaned_data)
        messages.success(request, _("Đã phân công."))
        return redirect(task)
    return show_act(request, task, form, _("Phân công người làm"), _("Phân công"))
