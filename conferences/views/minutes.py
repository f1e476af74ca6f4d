"""The minutes and the words an office uses in them again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from conferences import actions, forms, queries, rules
from conferences.models import Passage
from conferences.queries.arriving import attendance
from conferences.queries.minutes import hand_edited, untold
from conferences.views.common import load_conference
from core.access import require
from core.http import once
from organisations.http import UserRequest
from organisations.models import Organisation

NOT_DRAFT = gettext_lazy("Chỉ chuyên viên của cơ quan tổ chức, khi biên bản còn là dự thảo.")


@require_http_methods(["GET", "POST"])
@once
def draft_minutes(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    form = forms.DraftMinutesForm(request.POST or None, conference=conference)
    if request.method == "POST" and form.is_valid():
        document = actions.draft_minutes(
            conference, by=request.user, today=timezone.localdate(), **form.cleaned_data
        )
        return redirect("documents:edit", document.pk)
    require(rules.may_draft_minutes(request.user, conference), actions.NOT_OFFICE)
    context = {
        "conference": conference,
        "form": form,
        "tally": queries.tally(conference),
        "attendance": attendance(conference),
    }
    return render(request, "conferences/minutes.html", context)


@require_http_methods(["GET", "POST"])
@once
def minutes_draft(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    require(rules.may_redraft_minutes(request.user, conference), NOT_DRAFT)
    assert conference.minutes is not None
    form = forms.InsertPassagesForm(request.POST or None, conference=conference)
    if form.is_valid():
        actions.insert_passages(conference, by=request.user, **form.cleaned_data)
        messages.success(request, _("Đã đưa đoạn mẫu vào dự thảo."))
        return redirect("documents:edit", conference.minutes_id)
    context = {
        "conference": conference,
        "form": form,
        "untold": untold(conference),
        "edited": hand_edited(conference.minutes),
    }
    return render(request, "conferences/minutes_draft.html", context)


@require_POST
@once
def redraft_minutes(request: UserRequest, pk: int) -> HttpResponse:
    document = actions.redraft_minutes(load_conference(request, pk), by=request.user)
    messages.success(
        request, _("Đã lập lại dự thảo từ diễn biến. Bấm “Hoàn tác” để lấy lại bản trước.")
    )
    return redirect("documents:edit", document.pk)


@require_http_methods(["GET", "POST"])
@once
def passages(request: UserRequest, organisation_id: int, use: str) -> HttpResponse:
    organisation = get_object_or_404(Organisation, pk=organisation_id)
    require(rules.may_keep_passages(request.user, organisation), actions.NOT_OFFICE)
    rows = Passage.objects.of(organisation, use)
    initial = {"passages": "\n".join(f"{row.title}: {row.text}" for row in rows)}
    form = forms.PassagesForm(request.POST or None, initial=initial)
    if form.is_valid():
        actions.save_passages(organisation, use, form.cleaned_data["passages"], by=request.user)
        messages.success(request, _("Đã lưu đoạn mẫu."))
        return redirect(f"conferences:{use}_passages", organisation_id)
    context = {"form": form, "organisation": organisation, "use": Passage.Use(use)}
    return render(request, "conferences/passages.html", context)
