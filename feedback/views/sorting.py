"""Small acts of the office on groups, and a person's own filters: one form, one action, back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.access import require
from core.http import once
from feedback import actions, rules
from feedback.forms.sorting import EarlierForm, MergeForm, SaveFilterForm
from feedback.models import SavedFilter
from feedback.views.common import OFFICE_ONLY, load_group
from organisations.http import UserRequest


@require_POST
@once
def group_merge(request: UserRequest, pk: int) -> HttpResponse:
    row = load_group(request, pk)
    require(rules.may_run_group(request.user, row), OFFICE_ONLY)
    form = MergeForm(request.POST, group=row)
    if not form.is_valid():
        messages.error(request, _("Hãy chọn vấn đề nhận."))
        return redirect(row)
    into = form.cleaned_data["into"]
    actions.merge_group(row, by=request.user, into=into)
    messages.success(request, _("Đã nhập. Mở vấn đề cũ để tách ra lại như trước."))
    return redirect(into)


@require_POST
@once
def group_unmerge(request: UserRequest, pk: int) -> HttpResponse:
    row = load_group(request, pk)
    actions.undo_merge(row, by=request.user)
    messages.success(request, _("Đã tách ra như trước khi nhập."))
    return redirect(row)


@require_POST
@once
def group_publish(request: UserRequest, pk: int) -> HttpResponse:
    row = load_group(request, pk)
    is_public = request.POST.get("is_public") == "1"
    actions.show_to_public(row, by=request.user, is_public=is_public)
    shown = _("Người gửi ý kiến giống thế này đọc được tên vấn đề và có thể ghi “cùng ý kiến”.")
    messages.success(request, shown if is_public else _("Tên vấn đề không còn hiện ra ngoài."))
    return redirect(row)


@require_POST
@once
def group_remember(request: UserRequest, pk: int) -> HttpResponse:
    row = load_group(request, pk)
    require(rules.may_run_group(request.user, row), OFFICE_ONLY)
    form = EarlierForm(request.POST, group=row)
    if form.is_valid():
        actions.remember_earlier(row, by=request.user, earlier=form.cleaned_data["earlier"])
        messages.success(request, _("Đã ghi nhớ: việc này từng được nêu."))
    return redirect(row)


@require_POST
@once
def group_forget(request: UserRequest, pk: int) -> HttpResponse:
    row = load_group(request, pk)
    require(rules.may_run_group(request.user, row), OFFICE_ONLY)
    form = EarlierForm(request.POST, group=row)
    if form.is_valid():
        actions.forget_earlier(row, by=request.user, earlier=form.cleaned_data["earlier"])
        messages.success(request, _("Đã bỏ nối."))
    return redirect(row)


@require_POST
@once
def filter_save(request: UserRequest) -> HttpResponse:
    form = SaveFilterForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Hãy đặt tên cho bộ lọc (tối đa 80 ký tự)."))
        return redirect("feedback:list")
    saved = actions.save_filter(by=request.user, **form.cleaned_data)
    messages.success(request, _("Đã lưu bộ lọc “%(name)s”.") % {"name": saved})
    return redirect(saved)


@require_POST
@once
def filter_forget(request: UserRequest, pk: int) -> HttpResponse:
    saved = get_object_or_404(SavedFilter, pk=pk, user=request.user)
    actions.forget_filter(saved, by=request.user)
    messages.success(request, _("Đã xóa bộ lọc."))
    return redirect(reverse("feedback:list"))
