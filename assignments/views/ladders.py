"""Pages of the reminder ladder: whose holds where, editing one, and the letter it makes."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assignments import actions, forms, queries, rules
from assignments.models import Ladder
from assignments.views.tasks import load_task
from core.access import require
from core.calendar import WorkingCalendar
from core.http import once
from core.versions import StaleError
from organisations.http import UserRequest
from organisations.models import Organisation


@require_GET
def list_(request: UserRequest) -> HttpResponse:
    context = {
        "rows": queries.ladders_seen_by(request.user),
        "may_edit_common": rules.may_edit_ladder(request.user, None),
    }
    return render(request, "assignments/ladders.html", context)


@require_http_methods(["GET", "POST"])
def edit_common(request: HttpRequest) -> HttpResponse:
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit(request, get_object_or_404(Organisation, pk=pk))


@require_POST
def drop(request: UserRequest, pk: int) -> HttpResponse:
    ladder = get_object_or_404(Ladder.objects.select_related("organisation"), organisation=pk)
    actions.drop_ladder(ladder, by=request.user)
    messages.success(request, _("Từ nay nhắc theo thang chung."))
    return redirect("assignments:ladders")


@require_POST
@once
def draft_explanation(request: HttpRequest, pk: int) -> HttpResponse:
    task, user = load_task(request, pk)
    document = actions.draft_explanation(task, by=user, today=timezone.localdate())
    messages.success(request, _("Đã soạn sẵn công văn; hãy kiểm tra rồi trình lãnh đạo ký."))
    return redirect("documents:edit", pk=document.pk)


def _edit(request: HttpRequest, organisation: Organisation | None) -> HttpResponse:
    user = cast("UserRequest", request).user
    require(
        rules.may_edit_ladder(user, organisation.pk if organisation else None),
        rules.NOT_EDITING_LADDER,
    )
    ladder, is_own = queries.ladder_of(organisation)
    page = forms.LadderPage(request.POST or None, ladder=ladder, is_own=is_own)
    context: dict[str, Any] = {"page": page, "body": organisation, "is_own": is_own}
    is_valid = page.is_valid() if request.method == "POST" else False
    if is_valid and "preview" not in request.POST:
        try:
            actions.edit_ladder(organisation, by=user, today=timezone.localdate(), **page.values())
        except StaleError:
            context["is_stale"] = True
        else:
            messages.success(request, _("Đã lưu thang nhắc việc."))
            return redirect("assignments:ladders")
    context |= _letter(request, page, ladder, is_valid=is_valid)
    return render(request, "assignments/edit_ladder.html", context)


def _letter(
    request: HttpRequest, page: forms.LadderPage, ladder: Ladder, *, is_valid: bool
) -> dict[str, Any]:
    """The letter as it would come: of what was typed, or of what holds."""
    shown, rungs = page.draft() if is_valid else (ladder, list(ladder.rungs.all()))
    subject, text = actions.sample_letter(
        shown,
        rungs,
        cast("UserRequest", request).user,
        today=timezone.localdate(),
        calendar=WorkingCalendar.load(),
    )
    return {"letter_subject": subject, "letter_text": text, "is_typed": is_valid}
