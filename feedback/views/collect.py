"""Collectors' pages: a paper slip, a collective sheet, what one has typed in."""

import datetime
import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from core.access import require
from core.http import ONCE_FIELD, once, say_files_are_gone
from core.paging import keyset_page
from feedback import actions, rules
from feedback.actions import Intake, Receipt
from feedback.forms.collect import PaperForm, SheetForm, SourceForm
from feedback.forms.grid import GridForm
from feedback.models import ConsentText, Consultation, Submission
from feedback.states import ConsultationState
from feedback.views.common import load_consultation, tabs
from organisations.http import UserRequest
from organisations.models import Organisation, User

GRID_SALT = "feedback.grid"
NOT_COLLECTOR = gettext_lazy(
    "Chỉ người thu phiếu của địa bàn và văn phòng được nhập phiếu của đợt này."
)


def sources_of(user: User, today: datetime.date) -> dict[str, Any]:
    """For a form: the bodies the person collects for."""
    mine = user.organisation_ids("collector", "clerk", "head")
    return {
        "sources": Organisation.objects.filter(pk__in=mine).order_by("name"),
        "today": today,
        "initial": {"received_on": today, "source": min(mine, default=None)},
    }


def _more(request: UserRequest, consultation: Consultation) -> dict[str, Any]:
    return {"consultation": consultation} | sources_of(request.user, timezone.localdate())


@require_http_methods(["GET", "POST"])
@once
def paper_create(request: UserRequest, consultation_pk: int) -> HttpResponse:
    consultation = load_consultation(request, consultation_pk)
    require(rules.may_collect(request.user, consultation), NOT_COLLECTOR)
    notice = _notice(consultation)
    form = PaperForm(request.POST or None, request.FILES or None, **_more(request, consultation))
    if form.is_valid():
        receipt = _enter(request, consultation, form, form.intake(_token(request), notice))
        words = _("Đã nhập phiếu. Ghi lên phiếu: mã %(code)s, mã bí mật %(secret)s.")
        shown = {"code": receipt.code, "secret": receipt.shown_secret}
        messages.success(request, words % shown, extra_tags="stays")
        return redirect("feedback:paper_create", consultation.pk)
    say_files_are_gone(request)
    context = {"form": form, "consultation": consultation, "notice": notice}
    return render(request, "feedback/paper_create.html", context)


@require_http_methods(["GET", "POST"])
@once
def sheet_create(request: UserRequest, consultation_pk: int) -> HttpResponse:
    consultation = load_consultation(request, consultation_pk)
    require(rules.may_collect(request.user, consultation), NOT_COLLECTOR)
    is_more = "more" in request.POST
    form = SheetForm(request.POST or None, request.FILES or None, **_more(request, consultation))
    if not is_more and form.is_valid():
        _enter(request, consultation, form, form.intake(_token(request)))
        messages.success(request, _("Đã nhập bảng tổng hợp."))
        return redirect("feedback:my_entries")
    say_files_are_gone(request)
    context = {"form": form, "consultation": consultation, "is_more": is_more}
    return render(request, "feedback/sheet_create.html", context)


@require_http_methods(["GET", "POST"])
@once
def grid(request: UserRequest, consultation_pk: int) -> HttpResponse:
    consultation = load_consultation(request, consultation_pk)
    require(rules.may_collect(request.user, consultation), NOT_COLLECTOR)
    is_more = "more" in request.POST
    form = GridForm(request.POST or None, **_more(request, consultation))
    if not is_more and form.is_valid():
        made = _enter_slips(request, consultation, form)
        query = urlencode({"done": signing.dumps(made, salt=GRID_SALT, compress=True)})
        return redirect(f"{request.path}?{query}")
    context = {"form": form, "consultation": consultation, "is_more": is_more}
    return render(request, "feedback/grid.html", context | {"done": _typed_in(request)})


def _enter_slips(
    request: UserRequest, consultation: Consultation, form: GridForm
) -> list[tuple[int, int]]:
    """Take in every filled row; the number of each and its submission."""
    day, enter = form.cleaned_data["received_on"], actions.enter_paper
    return [
        (place, enter(consultation, one, by=request.user, received_on=day).submission.pk)
        for place, one in form.intakes(_token(request), _notice(consultation))
    ]


def _typed_in(request: UserRequest) -> list[tuple[int, Receipt]]:
    """The slips just typed in by this person, with their codes, for an hour."""
    try:
        made = signing.loads(request.GET.get("done", ""), salt=GRID_SALT, max_age=3600)
    except signing.BadSignature:
        return []
    mine = Submission.objects.filter(entered_by=request.user).in_bulk([pk for _place, pk in made])
    return [(place, Receipt(mine[pk], mine[pk].secret)) for place, pk in made if pk in mine]


def _enter(
    request: UserRequest, consultation: Consultation, form: SourceForm, intake: Intake
) -> Receipt:
    return actions.enter_paper(
        consultation, intake, by=request.user, received_on=form.cleaned_data["received_on"]
    )


@require_GET
def my_entries(request: UserRequest) -> HttpResponse:
    mine = (
        Submission.objects.filter(entered_by=request.user)
        .select_related("consultation", "area", "sender_organisation")
        .prefetch_related("opinions__field")
    )
    consultations = _collected_by(request.user)
    context = {
        "page": keyset_page(mine, request.GET),
        "consultations": consultations,
        "closed": [row for row in consultations if row.state == ConsultationState.CLOSED],
        "tabs": tabs(request, "feedback:my_entries"),
    }
    return render(request, "feedback/my_entries.html", context)


def _collected_by(user: User) -> list[Consultation]:
    """The newest consultations for which the person may enter slips."""
    announced = (
        Consultation.objects.visible_to(user).announced().select_related("organisation__unit")
    )
    return [row for row in announced.order_by("-id")[:20] if rules.may_collect(user, row)]


def _token(request: UserRequest) -> uuid.UUID:
    return uuid.UUID(request.POST[ONCE_FIELD])


def _notice(consultation: Consultation) -> ConsentText | None:
    return (
        ConsentText.objects.filter(organisation=consultation.organisation_id)
        .order_by("-version")
        .first()
    )
