"""The minutes and the words an office uses in them again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from conferences import actions, forms, queries, rules
from conferences.models import Passage
from conferences.queries.arriving import attendance
from conferences.views.common import load_conference
from core.access import require
from core.http import once
from organisations.http import UserRequest
from organisations.models import Organisation


@require_http_methods(["GET", "POST"])
@once
def draft_minutes(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    passages = Passage.objects.of(conference.organisation, Passage.Use.MINUTES)
    if request.method == "POST":
        chosen = [row for row in passages if str(row.pk) in request.POST.getlist("passages")]
        document = actions.draft_minutes(
            conference, by=request.user, today=timezone.localdate(), passages=chosen
        )
        return redirect("documents:edit", document.pk)
    require(rules.may_draft_minutes(request.user, conference), actions.NOT_OFFICE)
    context = {
        "conference": conference,
        "passages": passages,
        "tally": queries.tally(conference),
        "attendance": attendance(conference),
    }
    return render(request, "conferences/minutes.html", context)


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
