"""Template answers: a body's own short list."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import require
from core.http import once
from core.versions import StaleError
from feedback import rules
from feedback.actions import templates as actions
from feedback.forms.answers import TemplateForm
from feedback.models import AnswerTemplate
from feedback.views.common import Act, show_act
from organisations.http import UserRequest
from organisations.models import Organisation


@require_GET
def answer_templates(request: UserRequest) -> HttpResponse:
    rows = AnswerTemplate.objects.visible_to(request.user).select_related("organisation")
    context = {"templates": rows.order_by("organisation__name", "title")[:200]}
    return render(request, "feedback/answer_templates.html", context)


@require_http_methods(["GET", "POST"])
@once
def answer_template_create(request: UserRequest) -> HttpResponse:
    bodies = Organisation.objects.filter(pk__in=request.user.organisation_ids(*rules.WRITERS))
    require(bodies.exists(), rules.NOT_OF_BODY)
    form = TemplateForm(request.POST or None, bodies=bodies.order_by("name"), row=None)
    if form.is_valid():
        typed = form.cleaned_data
        body, title, text = typed["organisation"], typed["title"], typed["text"]
        actions.add_template(body, by=request.user, title=title, text=text)
        messages.success(request, _("Đã lưu mẫu."))
        return redirect("feedback:answer_templates")
    return show_act(request, _act(_("Câu trả lời mẫu mới")), form)


@require_http_methods(["GET", "POST"])
@once
def answer_template_edit(request: UserRequest, pk: int) -> HttpResponse:
    row = _load(request, pk)
    initial = {"title": row.title, "text": row.text, "version": row.version}
    bodies = Organisation.objects.filter(pk=row.organisation_id)
    form = TemplateForm(request.POST or None, initial=initial, bodies=bodies, row=row)
    if form.is_valid():
        try:
            actions.edit_template(row, by=request.user, **form.cleaned_data)
        except StaleError as stale:
            return _show_stale(request, form, stale)
        messages.success(request, _("Đã lưu mẫu."))
        return redirect("feedback:answer_templates")
    return show_act(request, _act(_("Sửa câu trả lời mẫu")), form)


def _show_stale(request: UserRequest, form: TemplateForm, stale: StaleError) -> HttpResponse:
    current = stale.current
    assert isinstance(current, AnswerTemplate)
    rows = [
        {"label": form[name].label, "mine": form[name].value(), "theirs": getattr(current, name)}
        for name in ("title", "text")
    ]
    posted = request.POST.copy()
    posted["version"] = str(current.version)
    bodies = Organisation.objects.filter(pk=current.organisation_id)
    fresh = TemplateForm(posted, bodies=bodies, row=current)
    return show_act(request, _act(_("Sửa câu trả lời mẫu")), fresh, status=409, stale=rows)


@require_POST
@once
def answer_template_remove(request: UserRequest, pk: int) -> HttpResponse:
    actions.remove_template(_load(request, pk), by=request.user)
    messages.success(request, _("Đã xóa mẫu; câu trả lời đã soạn không đổi."))
    return redirect("feedback:answer_templates")


def _load(request: UserRequest, pk: int) -> AnswerTemplate:
    rows = AnswerTemplate.objects.visible_to(request.user).select_related("organisation")
    return get_object_or_404(rows, pk=pk)


def _act(title: str) -> Act:
    return Act(
        title=title,
        button=_("Lưu mẫu"),
        back_url=reverse("feedback:answer_templates"),
        back_label=_("Câu trả lời mẫu"),
    )
