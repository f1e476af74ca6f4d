"""Pages of conclusion notices."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from conclusions import actions, queries, rules
from conclusions.forms import DrafterForm, LeaveOutForm
from conclusions.models import ConclusionNotice, open_matters
from conclusions.views.common import WHOLE, load_notice, tabs
from conferences.models import Conference
from conferences.rules import may_conclude
from core.access import require
from core.http import once
from core.paging import keyset_page
from documents.actions import handing as papers
from documents.rules import is_drafter_of, may_hand_drafting
from organisations.http import UserRequest


@require_GET
def list_(request: UserRequest) -> HttpResponse:
    notices = ConclusionNotice.objects.visible_to(request.user).select_related(
        "document__type", "document__organisation", "conference"
    )
    waiting = Conference.objects.visible_to(request.user).filter(
        queries.without_notice(), state="closed"
    )
    context = {
        "page": keyset_page(notices, request.GET, order=("-id",)),
        "tabs": tabs("conclusions:list"),
        "waiting": [
            row
            for row in waiting.select_related("conclusion_notice__document")[:50]
            if may_conclude(request.user, row)
        ],
    }
    return render(request, "conclusions/list.html", context)


@require_GET
def detail(request: UserRequest, pk: int) -> HttpResponse:
    notice, today = load_notice(request, pk, *WHOLE), timezone.localdate()
    lines = queries.points_with_progress(notice)
    context = {
        "notice": notice,
        "document": notice.document,
        "points": lines,
        "unsettled": open_matters(notice) if notice.document.is_editable else [],
        "left_out": notice.left_out.select_related("exchange", "group", "by").order_by("pk"),
        "leave_form": LeaveOutForm(),
        "may_edit": rules.may_edit_notice(request.user, notice),
        "petitions": notice.petitions.select_related("document").order_by("pk"),
        "today": today,
        "drafter_form": DrafterForm(office=notice.document.organisation, today=today)
        if may_hand_drafting(request.user, notice.document)
        else None,
        "is_drafter": is_drafter_of(request.user, notice.document),
        **_left_to_do(request, notice, lines),
    }
    return render(request, "conclusions/detail.html", context)


def _left_to_do(
    request: UserRequest, notice: ConclusionNotice, lines: list[queries.PointProgress]
) -> dict[str, object]:
    """Points nobody has petitioned about, and those whose people were not told."""
    may_petition = rules.may_petition(request.user, notice)
    may_tell = rules.may_tell_points(request.user, notice)
    return {
        "free": queries.free_points(notice) if may_petition else [],
        "untold": [line for line in lines if may_tell and queries.may_be_told(line)],
    }


@require_POST
def add_points(request: UserRequest, pk: int) -> HttpResponse:
    notice = load_notice(request, pk)
    keys = request.POST.getlist("matter") or None
    count = actions.add_points(notice, by=request.user, keys=keys)
    messages.success(request, _("Đã thêm %(count)s điểm vào dự thảo.") % {"count": count})
    return redirect("documents:edit", notice.document_id)


@require_POST
@once
def leave_out(request: UserRequest, pk: int) -> HttpResponse:
    notice = load_notice(request, pk)
    require(rules.may_edit_notice(request.user, notice), actions.NOT_EDITING)
    keys, form = request.POST.getlist("matter"), LeaveOutForm(request.POST)
    if not form.is_valid() or not keys:
        messages.error(request, _("Hãy chọn nội dung và ghi lý do không kết luận."))
        return redirect(notice)
    rows = actions.leave_out(notice, by=request.user, keys=keys, **form.cleaned_data)
    messages.success(request, _("Đã ghi lý do cho %(n)s nội dung.") % {"n": len(rows)})
    return redirect(notice)


@require_POST
def take_back_in(request: UserRequest, pk: int, left_pk: int) -> HttpResponse:
    notice = load_notice(request, pk)
    left = get_object_or_404(notice.left_out.select_related("exchange", "group"), pk=left_pk)
    actions.take_back_in(left, by=request.user)
    return redirect(notice)


@require_POST
@once
def hand_drafting(request: UserRequest, pk: int) -> HttpResponse:
    notice = load_notice(request, pk)
    document, today = notice.document, timezone.localdate()
    require(may_hand_drafting(request.user, document), actions.NOT_EDITING)
    form = DrafterForm(request.POST, office=document.organisation, today=today)
    if form.is_valid():
        papers.hand_drafting(document, by=request.user, **form.cleaned_data)
        messages.success(request, _("Đã giao soạn thảo; văn phòng vẫn trình ký."))
    return redirect(notice)


@require_POST
@once
def finish_drafting(request: UserRequest, pk: int) -> HttpResponse:
    notice = load_notice(request, pk)
    papers.finish_drafting(notice.document, by=request.user)
    messages.success(request, _("Đã gửi dự thảo về văn phòng."))
    return redirect("home")


@require_POST
@once
def draft(request: UserRequest, conference_id: int) -> HttpResponse:
    conferences = Conference.objects.visible_to(request.user)
    conference = get_object_or_404(conferences, pk=conference_id)
    notice = actions.draft_notice(conference, by=request.user, today=timezone.localdate())
    return redirect("documents:edit", notice.document_id)
