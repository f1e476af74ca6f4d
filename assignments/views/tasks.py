"""Pages of tasks: the list, one task, and what people do with it."""

from typing import Any, cast

from django.contrib import messages
from django.forms import Form
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from assignments import actions, forms, queries, rules
from assignments.models import Evidence, Task
from core.access import require
from core.calendar import WorkingCalendar
from core.files import open_for_download
from core.http import once, say_files_are_gone
from core.paging import keyset_page
from organisations.http import UserRequest
from organisations.models import Role, User

WHOLE = (
    "person",
    "monitor",
    "reported_by",
    "parent__parent",
    "clause__document__organisation",
    "clause__document__type",
    "clause__document__skin",
)


def load_task(request: HttpRequest, pk: int, *shown: str) -> tuple[Task, User]:
    """The task with who gave it and who leads it, and what the page shows besides."""
    user = cast("UserRequest", request).user
    visible = Task.objects.visible_to(user).select_related("owner", "lead", *shown)
    return get_object_or_404(visible, pk=pk), user


@require_GET
def list_(request: UserRequest) -> HttpResponse:
    tab = request.GET.get("tab") or _tabs(request.user, "")[0]["name"]
    form = forms.FilterForm(request.GET)
    values = form.cleaned_data if form.is_valid() else {}
    today = timezone.localdate()
    own = queries.tasks_in_tab(request.user, tab)
    found = queries.filtered_tasks(own, values, today).select_related("owner", "lead", "person")
    page = keyset_page(found, request.GET, order=queries.ORDERS[values.get("sort", "")])
    tiers = queries.tiers_of(page.rows, today, WorkingCalendar.load())
    context = {
        "rows": [(task, tiers.get(task.pk, "")) for task in page.rows],
        "tabs": _tabs(request.user, tab),
        "quick": _quick(tab, values.get("due", ""), queries.count_due(own, today)),
        "tab": tab,
        "form": form,
        "is_filtered": any(values.get(name) for name in ("q", "due", "state")),
        "page": page,
        "today": today,
    }
    return render(request, "assignments/list.html", context)


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
    missing = queries.missing_parts(task)
    return show_act(request, task, form, _("Báo cáo kết quả"), submit, notice=missing)


@require_http_methods(["GET", "POST"])
@once
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    task, user = load_task(request, pk)
    require(rules.may_accept_task(user, task), rules.NOT_ACCEPTING)
    initial = {"resolution": task.resolution}
    obstacle = actions.why_not_accepted(task)
    form = forms.AcceptForm(request.POST or None, initial=initial, obstacle=obstacle)
    if form.is_valid():
        actions.accept_task(task, by=user, **form.cleaned_data)
        messages.success(request, _("Đã nghiệm thu."))
        return redirect(task)
    submit = _("Nghiệm thu và báo cho đơn vị chủ trì")
    shown = "" if form.is_bound else obstacle
    return show_act(request, task, form, _("Nghiệm thu"), submit, notice=shown)


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
    form = forms.DueForm(request.POST or None, task=task, today=timezone.localdate())
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


def show_act(
    request: HttpRequest, task: Task, form: Form, title: str, submit: str, notice: str = ""
) -> HttpResponse:
    shown = Evidence.objects.filter(progress__task=task).select_related("file").order_by("pk")
    context: dict[str, Any] = {"task": task, "form": form, "act": title, "submit": submit}
    context |= {"notice": notice, "files": shown if task.resolution else []}
    if form.errors:
        say_files_are_gone(request)
    return render(request, "assignments/act.html", context)


def _quick(tab: str, due: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    """What is late, due today and due this week, one click away."""
    labels = {"late": _("Quá hạn"), "today": _("Hôm nay"), "week": _("Tuần này")}
    whole = {"label": _("Tất cả"), "url": f"?tab={tab}", "is_current": not due}
    return [whole] + [
        {
            "label": label,
            "url": f"?tab={tab}&due={name}",
            "is_current": due == name,
            "number": counts[name],
        }
        for name, label in labels.items()
    ]


def _tabs(user: User, tab: str) -> list[dict[str, Any]]:
    names = [("mine", _("Của đơn vị tôi")), ("me", _("Giao cho tôi"))]
    names.append(("helping", _("Đơn vị tôi phối hợp")))
    if user.organisation_ids(Role.CLERK, Role.HEAD):
        names.append(("given", _("Đơn vị tôi giao")))
    if user.organisation_ids(Role.OVERSEER):
        names.insert(0, ("watched", _("Tôi giám sát")))
    return [
        {"name": name, "label": label, "url": f"?tab={name}", "is_current": name == tab}
        for name, label in names
    ]
