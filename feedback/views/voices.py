"""What senders do on the look-up page. Each act is a POST that carries the page's ticket.

Like the other citizens' pages they are exempt from the CSRF check: the ticket is the authority,
and it is in no cookie.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from core.dates import written_day
from feedback import queries
from feedback.actions import voices
from feedback.forms.track import (
    AdditionForm,
    DataRequestForm,
    TrackForm,
    VerdictForm,
    WithdrawForm,
)
from feedback.http import read_proof, read_ticket, ticket_for
from feedback.models import DataRequest, Opinion, Submission, Support

Act = Callable[[Any, dict[str, Any]], object]


def show_tracked(
    request: HttpRequest,
    submission: Submission,
    *,
    said: str = "",
    bound: forms.Form | None = None,
    at: str = "",
    status: int = 200,
) -> HttpResponse:
    """The look-up's answer, with the forms of what may be done; `bound` is the one to mend."""
    tracked = queries.track(submission)
    context = {
        "tracked": tracked,
        "rows": [
            (row, _forms_of(row, bound if row.voice == at else None)) for row in tracked.opinions
        ],
        "ticket": ticket_for(submission.pk),
        "requests": DataRequest.objects.filter(submission=submission).select_related("task"),
        "data_form": bound if isinstance(bound, DataRequestForm) else DataRequestForm(),
        "bound": bound,
        "said": said,
    }
    response = render(request, "feedback/tracked.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _forms_of(row: queries.TrackedOpinion, bound: forms.Form | None) -> dict[str, forms.Form]:
    """The forms below one matter; the one to mend in place of its empty like."""
    kinds = {"add": AdditionForm, "withdraw": WithdrawForm, "verdict": VerdictForm}
    made = {name: kind(auto_id=_ids(name, row.voice)) for name, kind in kinds.items()}
    made |= {name: bound for name, kind in kinds.items() if isinstance(bound, kind)}
    return made


def _ids(name: str, voice: object) -> str:
    return f"{name}-{voice}-%s"


def submission_of(request: HttpRequest) -> Submission | None:
    number = read_ticket(request.POST.get("ticket", ""))
    rows = Submission.objects.select_related("consultation__organisation")
    return rows.filter(pk=number).first() if number else None


def _act_on(
    request: HttpRequest, rows: QuerySet[Any], form: forms.Form, act: Act, said: str
) -> HttpResponse:
    """One act on one matter of the ticket's form, sent or joined."""
    submission = submission_of(request)
    if submission is None:
        return ask_codes_again(request)
    row = get_object_or_404(rows, submission=submission)
    if not form.is_valid():
        return show_tracked(request, submission, bound=form, at=queries.voice_of(row), status=422)
    act(row, form.cleaned_data)
    return show_tracked(request, submission, said=said)


def _own(pk: int) -> QuerySet[Opinion]:
    rows = Opinion.objects.select_related("group__answer", "submission__consultation")
    return rows.filter(pk=pk)


def ask_codes_again(request: HttpRequest) -> HttpResponse:
    context = {"form": TrackForm(), "problem": "stale"}
    return render(request, "feedback/track.html", context, status=403)


@login_not_required
@csrf_exempt
@never_cache
@require_POST
def track_add(request: HttpRequest, pk: int) -> HttpResponse:
    said = _("Đã ghi thêm. Văn phòng và cơ quan trả lời đọc được.")
    form = AdditionForm(request.POST, auto_id=_ids("add", pk))
    return _act_on(request, _own(pk), form, lambda row, typed: voices.add_words(row, **typed), said)


@login_not_required
@csrf_exempt
@never_cache
@require_POST
def track_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    said = _("Đã rút ý kiến.")
    form = WithdrawForm(request.POST, auto_id=_ids("withdraw", pk))
    return _act_on(request, _own(pk), form, lambda row, _typed: voices.withdraw_opinion(row), said)


@login_not_required
@csrf_exempt
@never_cache
@require_POST
def track_verdict(request: HttpRequest, pk: int) -> HttpResponse:
    form = VerdictForm(request.POST, auto_id=_ids("verdict", pk))
    return _judge(request, _own(pk), form)


@login_not_required
@csrf_exempt
@never_cache
@require_POST
def track_joined_verdict(request: HttpRequest, pk: int) -> HttpResponse:
    joined = Support.objects.filter(pk=pk).select_related("group", "submission")
    form = VerdictForm(request.POST, auto_id=_ids("verdict", queries.joined(pk)))
    return _judge(request, joined, form)


def _judge(request: HttpRequest, rows: QuerySet[Any], form: VerdictForm) -> HttpResponse:
    said = _("Cảm ơn Ông/Bà. Văn phòng đã nhận được.")
    if form.is_valid() and not form.cleaned_data["is_settled"]:
        said = _(
            "Đã nhận lời Ông/Bà. Nếu cơ quan đang làm, việc làm tiếp và kết quả báo ở đây; nếu đã báo "
            "xong, người theo dõi phải quyết định có xem lại hay không và trả lời ở trang này."
        )
    return _act_on(request, rows, form, lambda row, typed: voices.give_verdict(row, **typed), said)


@login_not_required
@csrf_exempt
@never_cache
@require_POST
def track_data(request: HttpRequest) -> HttpResponse:
    submission = submission_of(request)
    if submission is None:
        return ask_codes_again(request)
    form = DataRequestForm(request.POST)
    if not form.is_valid():
        return show_tracked(request, submission, bound=form, status=422)
    asked = voices.ask_about_data(submission, today=timezone.localdate(), **form.cleaned_data)
    said = _("Đã nhận yêu cầu. Văn phòng trả lời trước hết ngày %(day)s.") % {
        "day": written_day(asked.reply_by)
    }
    return show_tracked(request, submission, said=said)


@login_not_required
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def email_confirm(request: HttpRequest, proof: str) -> HttpResponse:
    """Opening the link does nothing, so that mail scanners confirm nobody; the button does."""
    sender = read_proof(proof)
    is_done = request.method == "POST" and sender is not None
    if is_done and sender is not None:
        voices.confirm_email(sender, now=timezone.now())
    context = {"is_known": sender is not None, "is_done": is_done}
    status = 200 if sender else 404
    response = render(request, "feedback/email_confirm.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
