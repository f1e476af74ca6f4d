"""Pages of tasks: the list, one task, and what people do with it."""

from typing import Any, cast

from django.contrib import messages
from django.db.models import Prefetch
from django.forms import Form
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from assignments import actions, forms, queries, rules
from assignments.models import Evidence, Task
from assignments.states import RequestState, TaskState
from core.access import require
from core.calendar import WorkingCalendar
from core.files import open_for_download
from core.http import once
from core.paging import keyset_page
from organisations.http import UserRequest
from organisations.models import Role, User


def load_task(request: HttpRequest, pk: int) -> tuple[Task, User]:
    user = cast("UserRequest", request).user
    visible = Task.objects.visible_to(user).select_related(
        "owner__unit", "lead", "person", "monitor", "clause__document", "reported_by"
    )
    return get_object_or_404(visible, pk=pk), user


@require_GET
def list_(request: UserRequest) -> HttpResponse:
    tabs = _tabs(request.user)
    tab = request.GET.get("tab") or tabs[0]["name"]
    form = forms.FilterForm(request.GET)
    values = form.cleaned_data if form.is_valid() else {}
    today = timezone.localdate()
    rows = queries.filtered_tasks(queries.tasks_in_tab(request.user, tab), values, today)
    page = keyset_page(rows.select_related("owner", "lead"), request.GET, order=("due_on", "id"))
    context = {
        "tabs": [{**one, "is_current": one["name"] == tab} for one in tabs],
        "tab": tab,
        "form": form,
        "is_filtered": any(values.get(name) for name in ("q", "due", "state")),
        "page": page,
        "today": today,
    }
    return render(request, "assignments/list.html", context)


@require_GET
def detail(request: UserRequest, pk: int) -> HttpResponse:
    task, user = load_task(request, pk)
    waiting = queries.waiting_due_request(task)
    notes = task.progress.select_related("by").prefetch_related(
        Prefetch("evidence", Evidence.objects.select_related("file"))
    )
    context = {
        "task": task,
        "today": timezone.localdate(),
        "notes": notes.order_by("-pk"),
        "due_days": task.due_days.select_related("set_by").order_by("-pk"),
        "explanation": _explanation(task),
        "asked": waiting,
        "contest": task.contests.filter(state=RequestState.ASKED).first(),
        "may_decide": waiting is not None and rules.may_decide_due(user, waiting),
        "may_withdraw": waiting is not None and rules.may_withdraw_due(user, waiting),
        "helpers": task.cooperating.order_by("pk"),
        "may": _rights(user, task),
    }
    return render(request, "assignments/detail.html", context)


@require_http_methods(["GET", "POST"])
@once
def note(request: HttpRequest, pk: int) -> HttpResponse:
    task, user = load_task(request, pk)
    require(rules.may_note_progress(user, task), rules.NOT_DOING)
    initial = {"percent": task.percent}
    form = forms.NoteForm(request.POST or None, request.FILES or None, initial=initial)
    if form.is_valid():
        actions.note_progress(task, by=user, **form.cleaned_data)
        messages.success(request, _("Đã ghi tiến độ."))
        return redirect(task)
    return show_act(request, task, form, _("Cập nhật tiến độ"), _("Ghi tiến độ"))


@require_http_methods(["GET", "POST"])
@once
def report(request: HttpRequest, pk: int) -> HttpResponse:
    task, user = load_task(request, pk)
    require(rules.may_report_task(user, task), rules.NOT_LEAD)
    form = forms.ReportForm(
        request.POST or None, request.FILES or None, has_evidence=actions.has_evidence(task)
    )
    if form.is_valid():
        actions.report_task(task, by=user, **form.cleaned_data)
        messages.success(
            request, _("Đã gửi báo cáo tới %(owner)s.") % {"owner": task.owner.short_name}
        )
        return redirect(task)
    submit = _("Gửi báo cáo tới %(owner)s") % {"owner": task.owner.short_name}
    return show_act(request, task, form, _("Báo cáo kết quả"), submit)


@require_http_methods(["GET", "POST"])
@once
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    task, user = load_task(request, pk)
    require(rules.may_accept_task(user, task), rules.NOT_ACCEPTING)
    form = forms.AcceptForm(request.POST or None, initial={"resolution": task.resolution})
    if form.is_valid():
        actions.accept_task(task, by=user, **form.cleaned_data)
        messages.success(request, _("Đã nghiệm thu."))
        return redirect(task)
    return show_act(request, task, form, _("Nghiệm thu"), _("Nghiệm thu và báo cho đơn vị chủ trì"))


@require_http_methods(["GET", "POST"])
@once
def return_(request: HttpRequest, pk: int) -> HttpResponse:
    task, user = load_task(request, pk)
    require(rules.may_return_task(user, task), rules.NOT_ACCEPTING)
    form = forms.ReasonForm(request.POST or None)
    if form.is_valid():
        actions.return_task(task, by=user, **form.cleaned_data)
        messages.success(request, _("Đã trả lại để làm tiếp."))
        return redirect(task)
    return show_act(request, task, form, _("Trả lại để làm tiếp"), _("Trả lại, nêu rõ lý do"))


@require_http_methods(["GET", "POST"])
@once
def change_due(request: HttpRequest, pk: int) -> HttpResponse:
    task, user = load_task(request, pk)
    require(rules.may_change_due(user, task), rules.NOT_DUE_SETTER)
    form = forms.DueForm(request.POST or None, task=task)
    if form.is_valid():
        actions.change_due(task, by=user, **form.cleaned_data)
        messages.success(request, _("Đã đổi thời hạn; thời hạn cũ vẫn được lưu."))
        return redirect(task)
    return show_act(request, task, form, _("Đổi thời hạn"), _("Đổi thời hạn và báo đơn vị chủ trì"))


@require_http_methods(["GET", "POST"])
@once
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    task, user = load_task(request, pk)
    require(rules.may_comment_task(user, task), rules.NOT_OVERSEER)
    form = forms.CommentForm(request.POST or None)
    if form.is_valid():
        actions.comment_task(task, by=user, **form.cleaned_data)
        messages.success(request, _("Đã gửi ý kiến giám sát."))
        return redirect(task)
    return show_act(request, task, form, _("Ý kiến giám sát"), _("Gửi ý kiến tới đơn vị giao việc"))


@require_http_methods(["GET", "POST"])
@once
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    task, user = load_task(request, pk)
    require(rules.may_cancel_task(user, task), rules.NOT_OWNER)
    form = forms.ReasonForm(request.POST or None)
    if form.is_valid():
        actions.cancel_task(task, by=user, **form.cleaned_data)
        messages.success(request, _("Đã hủy nhiệm vụ."))
        return redirect(task)
    return show_act(request, task, form, _("Hủy nhiệm vụ"), _("Hủy và báo đơn vị chủ trì"))


@require_GET
def evidence(request: UserRequest, pk: int) -> FileResponse:
    visible = Evidence.objects.filter(progress__task__in=Task.objects.visible_to(request.user))
    row = get_object_or_404(visible.select_related("file"), pk=pk)
    return FileResponse(**open_for_download(row.file))


def show_act(request: HttpRequest, task: Task, form: Form, title: str, submit: str) -> HttpResponse:
    context = {"task": task, "form": form, "act": title, "submit": submit}
    return render(request, "assignments/act.html", context)


def _tabs(user: User) -> list[dict[str, Any]]:
    names = [("mine", _("Của đơn vị tôi"))]
    names.append(("helping", _("Đơn vị tôi phối hợp")))
    if user.organisation_ids(Role.CLERK, Role.HEAD):
        names.append(("given", _("Đơn vị tôi giao")))
    if user.organisation_ids(Role.OVERSEER):
        names.insert(0, ("watched", _("Tôi giám sát")))
    return [{"name": name, "label": label, "url": f"?tab={name}"} for name, label in names]


def _explanation(task: Task) -> Any:
    if task.due_phrase is None:
        return None
    return task.due_phrase.explain(
        task.anchor_on,
        WorkingCalendar.load(),
        before_is_inclusive=task.owner.is_before_inclusive,
    )


def _rights(user: User, task: Task) -> dict[str, bool]:
    reported = task.state == TaskState.REPORTED
    return {
        "note": rules.may_note_progress(user, task),
        "report": task.is_open and rules.may_report_task(user, task),
        "accept": reported and rules.may_accept_task(user, task),
        "return_": reported and rules.may_return_task(user, task),
        "reopen": task.state == TaskState.ACCEPTED and rules.may_return_task(user, task),
        "change_due": rules.may_change_due(user, task),
        "ask_due": rules.may_ask_due(user, task),
        "resume": rules.may_resume_task(user, task),
        "comment": rules.may_comment_task(user, task),
        "contest": rules.may_contest_task(user, task),
        "cancel": task.is_open and rules.may_cancel_task(user, task),
    }
