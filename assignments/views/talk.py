"""Pages of what is said under a task."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assignments import actions, forms, rules
from assignments.models import Progress, Task
from assignments.views.tasks import load_task, show_act
from core.access import require
from core.http import once
from organisations.http import UserRequest


@require_http_methods(["GET", "POST"])
@once
def discuss(request: HttpRequest, pk: int) -> HttpResponse:
    task, user = load_task(request, pk)
    require(rules.may_discuss_task(user, task), rules.NOT_TALKING)
    form = forms.TalkForm(request.POST or None)
    if form.is_valid():
        actions.discuss_task(task, by=user, **form.cleaned_data)
        messages.success(request, _("Đã gửi; đơn vị chủ trì và đơn vị giao việc được báo."))
        return redirect(task.get_absolute_url() + "#talk")
    return show_act(request, task, form, _("Trao đổi"), _("Gửi"))


@require_http_methods(["GET", "POST"])
@once
def answer_note(request: HttpRequest, pk: int) -> HttpResponse:
    user = cast("UserRequest", request).user
    rows = Progress.objects.filter(task__in=Task.objects.visible_to(user))
    note = get_object_or_404(rows.select_related("task__owner", "task__lead", "by"), pk=pk)
    if request.method == "GET" and note.replies.exists():
        messages.info(request, _("Ý kiến này đã được trả lời."))
        return redirect(note.task.get_absolute_url() + "#talk")
    if not note.replies.exists():
        require(rules.may_answer_note(user, note), rules.NOT_REPLYING)
    form = forms.TalkForm(request.POST or None)
    if form.is_valid():
        actions.answer_note(note, by=user, **form.cleaned_data)
        messages.success(request, _("Đã trả lời; cơ quan giám sát được báo ngay."))
        return redirect(note.task.get_absolute_url() + "#talk")
    asked = _("%(who)s: %(text)s") % {"who": note.by, "text": note.text}
    return show_act(request, note.task, form, _("Trả lời ý kiến"), _("Trả lời"), notice=asked)
