"""Lifting the embargo: choosing, seeing who hears of it, the kept list and its printed form."""

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import require
from core.http import once
from feedback import actions, rules
from feedback.documents.released import release_pdf
from feedback.models import Answer, Consultation, Release, Submission
from feedback.queries.releases import readers_of, told_lines, told_numbers
from feedback.states import AnswerState
from feedback.views.common import OFFICE_ONLY, load_consultation
from organisations.http import UserRequest


@require_http_methods(["GET", "POST"])
@once
def release(request: UserRequest, consultation_pk: int) -> HttpResponse:
    consultation = load_consultation(request, consultation_pk)
    require(rules.may_release_answers(request.user, consultation), OFFICE_ONLY)
    ready = list(_ready(request, consultation))
    if request.method != "POST":
        return _show_choice(
            request, consultation, ready, _chosen(ready, request.GET.getlist("answer"))
        )
    chosen = _chosen(ready, request.POST.getlist("answer"))
    if not chosen:
        messages.error(request, _("Hãy chọn ít nhất một câu trả lời."))
    elif request.POST.get("counted") == _key(chosen):
        done = actions.release_answers(chosen, by=request.user)
        said = _("Đã công bố %(n)s câu trả lời. Danh sách này được giữ lại.")
        messages.success(request, said % {"n": len(chosen)})
        return redirect(done)
    else:
        messages.warning(request, _("Lựa chọn đã đổi: xem lại số người được báo rồi bấm công bố."))
    return _show_choice(request, consultation, ready, chosen)


def _show_choice(
    request: UserRequest, consultation: Consultation, ready: list[Answer], chosen: list[Answer]
) -> HttpResponse:
    readers = readers_of(chosen)
    context = {
        "consultation": consultation,
        "answers": ready,
        "chosen": {row.pk for row in chosen},
        "counted": _key(chosen),
        "people": len(readers.submissions),
        "channels": [(channel.label, n) for channel, n in readers.by_channel],
        "releases": consultation.releases.select_related("by").order_by("-pk"),
    }
    return render(request, "feedback/release.html", context)


def _chosen(ready: list[Answer], named: list[str]) -> list[Answer]:
    """The answers named in the address or the form; all of them before anything was chosen."""
    return [row for row in ready if not named or str(row.pk) in named]


def _key(chosen: list[Answer]) -> str:
    return "-".join(str(row.pk) for row in chosen)


def _ready(request: UserRequest, consultation: Consultation) -> "QuerySet[Answer]":
    ready: QuerySet[Answer] = (
        Answer.objects.visible_to(request.user)
        .filter(group__consultation=consultation, state=AnswerState.ACCEPTED)
        .select_related("group__lead", "group__field", "group__consultation__organisation")
        .annotate(opinion_count=Count("group__opinions", distinct=True))
        .order_by("group__field__position", "pk")
    )
    return ready


def _load(request: UserRequest, pk: int) -> Release:
    rows = Release.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("consultation__organisation", "by"), pk=pk)


@require_GET
def release_list(request: UserRequest, pk: int) -> HttpResponse:
    row = _load(request, pk)
    context = {
        "release": row,
        "answers": row.answers.select_related("group__lead", "group__field").order_by(
            "group__field__position", "pk"
        ),
        "channels": [(channel.label, n) for channel, n in told_numbers(row)],
        "lines": told_lines(row),
    }
    return render(request, "feedback/release_list.html", context)


@require_GET
def release_print(request: UserRequest, pk: int) -> HttpResponse:
    row = _load(request, pk)
    pdf = release_pdf(row, today=timezone.localdate())
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="danh-sach-tra-loi-{row.pk}.pdf"'
    return response


@require_POST
@once
def release_told(request: UserRequest, pk: int, submission_pk: int) -> HttpResponse:
    row = _load(request, pk)
    form = get_object_or_404(
        Submission.objects.filter(notices__release=row).distinct(), pk=submission_pk
    )
    actions.mark_told(row, form, by=request.user)
    messages.success(request, _("Đã ghi: đã báo người gửi."))
    return redirect(f"{row.get_absolute_url()}#can-bao")
