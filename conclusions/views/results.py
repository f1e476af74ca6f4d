"""The result of a point goes to those who raised it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from conclusions import actions, queries, rules
from conclusions.forms import ResultForm
from conclusions.models import ConclusionNotice, ConclusionPoint, PointResult
from core.access import require
from core.http import once
from feedback.views.common import Act, show_act
from organisations.http import UserRequest


@require_http_methods(["GET", "POST"])
@once
def result_tell(request: UserRequest, pk: int) -> HttpResponse:
    point = _load_point(request, pk)
    require(rules.may_tell_result(request.user, point), rules.NOT_TELLING)
    form = ResultForm(request.POST or None, initial={"text": queries.result_words(point)})
    if form.is_valid():
        result = actions.tell_result(point, by=request.user, **form.cleaned_data)
        messages.success(request, _("Đã trả lời. Ai chưa có thư điện tử thì báo theo danh sách."))
        return redirect("conclusions:result", result.pk)
    numbers = ", ".join(f"{channel.label}: {n}" for channel, n in queries.hearers_of(point))
    act = Act(
        title=_("Trả lời người nêu ý kiến"),
        button=_("Trả lời người nêu ý kiến"),
        back_url=point.notice.get_absolute_url(),
        back_label=str(point.notice.document.abstract),
        text=_("Mỗi người được báo một lần. %(numbers)s.") % {"numbers": numbers},
        tone="info",
        quote=point.clause.text,
    )
    return show_act(request, act, form)


@require_GET
def result(request: UserRequest, pk: int) -> HttpResponse:
    row = _load_result(request, pk)
    require(rules.may_tell_result(request.user, row.point), rules.NOT_TELLING)
    replies = row.replies.select_related("submission__area", "submission__sender_organisation")
    context = {
        "result": row,
        "replies": replies.select_related("told_by").order_by("told_at", "channel", "pk")[:500],
    }
    return render(request, "conclusions/result.html", context)


@require_POST
def result_told(request: UserRequest, pk: int, reply_pk: int) -> HttpResponse:
    row = _load_result(request, pk)
    reply = get_object_or_404(row.replies.select_related("submission"), pk=reply_pk)
    reply.result = row
    actions.mark_replied(reply, by=request.user)
    return redirect("conclusions:result", row.pk)


def _load_point(request: UserRequest, pk: int) -> ConclusionPoint:
    notices = ConclusionNotice.objects.visible_to(request.user).issued()
    points = ConclusionPoint.objects.filter(notice__in=notices)
    return get_object_or_404(
        points.select_related("clause", "notice__document__organisation"), pk=pk
    )


def _load_result(request: UserRequest, pk: int) -> PointResult:
    notices = ConclusionNotice.objects.visible_to(request.user)
    results = PointResult.objects.filter(point__notice__in=notices)
    return get_object_or_404(
        results.select_related("point__clause", "point__notice__document__organisation", "by"),
        pk=pk,
    )
