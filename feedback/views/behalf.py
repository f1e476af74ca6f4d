"""Writing down what somebody said by telephone or in the hall."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access import require
from core.http import ONCE_FIELD, once, say_files_are_gone
from feedback import actions, rules
from feedback.forms.behalf import BehalfForm
from feedback.models import Consultation
from feedback.views.common import OFFICE_ONLY, load_consultation
from organisations.http import UserRequest
from organisations.models import Organisation


def _form(request: UserRequest, row: Consultation) -> BehalfForm:
    today = timezone.localdate()
    initial = {
        "received_on": today,
        "source": row.organisation_id,
        "noted_by": request.user.get_full_name() or str(request.user),
    }
    sources = Organisation.objects.filter(pk=row.organisation_id)
    return BehalfForm(
        request.POST or None,
        request.FILES or None,
        consultation=row,
        sources=sources,
        today=today,
        initial=initial,
    )


@require_http_methods(["GET", "POST"])
@once
def behalf_create(request: UserRequest, consultation_pk: int) -> HttpResponse:
    row = load_consultation(request, consultation_pk)
    require(rules.may_run_consultation(request.user, row), OFFICE_ONLY)
    form = _form(request, row)
    notice = row.organisation.consent_texts.order_by("-version").first()
    if form.is_valid():
        intake = form.intake(uuid.UUID(request.POST[ONCE_FIELD]), notice)
        received_on = form.cleaned_data["received_on"]
        receipt = actions.enter_paper(row, intake, by=request.user, received_on=received_on)
        words = _("Đã ghi. Đọc cho người nêu: mã %(code)s, mã bí mật %(secret)s.")
        shown = {"code": receipt.code, "secret": receipt.shown_secret}
        messages.success(request, words % shown, extra_tags="stays")
        return redirect("feedback:behalf_create", row.pk)
    say_files_are_gone(request)
    context = {"form": form, "consultation": row, "notice": notice}
    return render(request, "feedback/behalf_create.html", context)
