"""The citizen's pages: no account, no script, nothing kept in the browser.

They are exempt from the CSRF check on purpose: nobody is logged in, so there is no authority to
borrow, and a browser without cookies must not cost a citizen her text.
"""

import hmac
from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from core.http import client_address, render_around
from feedback import queries
from feedback.actions.intake import (
    ConsultationClosedError,
    Intake,
    Receipt,
    drop_files,
    keep_files,
    send_opinions,
)
from feedback.forms.public import OpinionForm
from feedback.forms.track import TrackForm
from feedback.http import (
    invitation_key,
    is_sending_too_much,
    may_try_to_track,
    note_failed_try,
    public_address,
)
from feedback.models import Consultation
from feedback.views.voices import show_tracked


@login_not_required
@never_cache
@require_GET
def public_list(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    open_now = Consultation.objects.answerable(now).select_related("organisation")
    open_now = open_now.exclude(open_to=Consultation.OpenTo.INVITED)
    return render(
        request, "feedback/public_list.html", {"consultations": open_now.order_by("closes_at")}
    )


@login_not_required
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def public_form(request: HttpRequest, slug: str) -> HttpResponse:
    consultation = _announced(slug)
    today = timezone.localdate()
    if not _is_invited(request, consultation):
        return _show_closed(request, consultation, None)
    if request.method == "POST":
        return _receive(request, OpinionForm(consultation, today, request.POST, request.FILES))
    if not consultation.is_answerable(timezone.now()):
        return _show_closed(request, consultation, None)
    return _show_form(request, OpinionForm(consultation, today))


def _announced(slug: str) -> Consultation:
    try:
        return queries.announced_consultation(slug)
    except Consultation.DoesNotExist as unknown:
        raise Http404 from unknown


def _is_invited(request: HttpRequest, consultation: Consultation) -> bool:
    """Whether the address is the one the office gave to invited bodies, where only they may send."""
    if consultation.open_to != Consultation.OpenTo.INVITED:
        return True
    given = request.GET.get("moi", "")
    return hmac.compare_digest(given.encode(), invitation_key(consultation.pk).encode())


def _receive(request: HttpRequest, form: OpinionForm) -> HttpResponse:
    if form.is_being_arranged:
        return _arrange(request, form)
    if not form.is_valid():
        return _show_again(request, form, 422)
    if form.offer_joining():
        return _show_again(request, form, 200)
    if is_sending_too_much(client_address(request)):
        form.refuse(
            _(
                "Từ mạng này vừa có quá nhiều phiếu được gửi. Nội dung Ông/Bà viết vẫn còn "
                "nguyên ở dưới: xin chờ ít phút rồi bấm Gửi lại, hoặc nộp phiếu giấy."
            )
        )
        return _show_again(request, form, 429)
    intake = form.intake()
    try:
        receipt = send_opinions(form.consultation, intake, now=timezone.now(), today=form.today)
    except ConsultationClosedError:
        return _show_closed(request, form.consultation, form)
    return _show_receipt(request, form.consultation, intake, receipt)


def _arrange(request: HttpRequest, form: OpinionForm) -> HttpResponse:
    """One more or one less matter or file; nothing is judged, nothing is lost."""
    if "drop" in request.POST:
        chosen = request.POST["drop"]
        drop_files([row for row in form.kept if str(row.pk) == chosen])
    _keep_files(form)
    form.shows_errors = False
    return _show_form(request, form)


def _show_again(request: HttpRequest, form: OpinionForm, status: int) -> HttpResponse:
    _keep_files(form)
    return _show_form(request, form, status=status)


def _keep_files(form: OpinionForm) -> None:
    files = form.good_files()
    keep_files(form.token, files)
    form.has_kept = form.has_kept or bool(files)


def _show_form(request: HttpRequest, form: OpinionForm, *, status: int = 200) -> HttpResponse:
    has_offers = any(matter.offers for matter in form.matters)
    context = {"form": form, "consultation": form.consultation, "has_offers": has_offers}
    return render(request, "feedback/public_form.html", context, status=status)


def _show_closed(
    request: HttpRequest, consultation: Consultation, form: OpinionForm | None
) -> HttpResponse:
    context = {
        "consultation": consultation,
        "is_by_invitation": not _is_invited(request, consultation),
        "is_early": consultation.is_not_yet_open(timezone.now()),
        "is_past": consultation.closes_at < timezone.now(),
        "form": form,
    }
    return render(request, "feedback/public_closed.html", context, status=409 if form else 200)


def _show_receipt(
    request: HttpRequest, consultation: Consultation, intake: Intake, receipt: Receipt
) -> HttpResponse:
    parts, email = "feedback/parts", intake.contact.email
    sent = render_to_string(f"{parts}/receipt_sent.html", {"intake": intake})
    mail = render_to_string(f"{parts}/receipt_mail.html", {"email": email}) if email else ""
    own = {"code": receipt.code, "secret": receipt.shown_secret, "mail": mail, "sent": sent}
    address = partial(public_address, "feedback:track")  # the template calls it, where it is drawn
    context = {"consultation": consultation, "track_address": address}
    response = render_around(request, own, "feedback/public_receipt.html", context)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


@login_not_required
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    form = TrackForm(request.POST or None)
    response = _look_up(request, form) if request.method == "POST" else _show_track(request, form)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _look_up(request: HttpRequest, form: TrackForm) -> HttpResponse:
    address = client_address(request)
    may_try = may_try_to_track(address)
    if may_try is None:
        return _show_track(request, form, problem="unreachable", status=503)
    if not may_try:
        return _show_track(request, form, problem="throttled", status=429)
    if not form.is_valid():
        return _show_track(request, form)
    submission = queries.find_submission(**form.cleaned_data)
    if submission is None:
        problem = "unknown" if note_failed_try(address) else "unreachable"
        return _show_track(request, form, problem=problem)
    return show_tracked(request, submission)


def _show_track(
    request: HttpRequest, form: TrackForm, *, problem: str = "", status: int = 200
) -> HttpResponse:
    context = {"form": form, "problem": problem}
    return render(request, "feedback/track.html", context, status=status)
