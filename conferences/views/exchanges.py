"""What is raised and answered."""

from typing import cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from conferences import actions, forms, queries, rules
from conferences.models import Exchange
from conferences.views.common import both_versions, load_conference, over_newer
from conferences.views.running import exchange_context, exchange_form, live
from core.access import require
from core.http import once
from core.versions import StaleError
from organisations.http import UserRequest


@require_POST
@once
def exchange_add(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    require(rules.may_record_exchange(request.user, conference), actions.NOT_OFFICE)
    form = forms.ExchangeForm(request.POST, groups=queries.groups_of(conference))
    if not form.is_valid():
        return live(request, conference, form)
    actions.record_exchange(conference, by=request.user, now=timezone.now(), **form.cleaned_data)
    return redirect(f"{reverse('conferences:run', args=[pk])}?moi=trao-doi")


@require_GET
def exchange_new(request: UserRequest, pk: int) -> HttpResponse:
    """The form again once a matter is picked: its words and the prepared answer stand in it."""
    conference = load_conference(request, pk)
    require(rules.may_record_exchange(request.user, conference), actions.NOT_OFFICE)
    form = exchange_form(request, conference)
    context = {"conference": conference, **exchange_context(conference, form)}
    return render(request, "conferences/exchange_new.html", context)


@require_POST
@once
def exchange_restricted(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    require(rules.may_record_exchange(request.user, conference), actions.NOT_OFFICE)
    form = forms.RestrictedForm(request.POST)
    if form.is_valid():
        actions.record_restricted(
            conference, by=request.user, now=timezone.now(), **form.cleaned_data
        )
        messages.success(request, _("Đã ghi sự việc, không ghi tên và nội dung."))
    return redirect(f"{reverse('conferences:run', args=[pk])}?moi=trao-doi")


@require_http_methods(["GET", "POST"])
def exchange_edit(request: UserRequest, pk: int, exchange_id: int) -> HttpResponse:
    conference = load_conference(request, pk)
    exchange = get_object_or_404(conference.exchanges.filter(is_fact_only=False), pk=exchange_id)
    require(rules.may_record_exchange(request.user, conference), actions.NOT_OFFICE)
    exchange.conference = conference
    groups = queries.groups_of(conference)
    form = forms.EditExchangeForm(
        request.POST or None, groups=groups, initial=_exchange_initial(exchange)
    )
    rows: list[dict[str, object]] = []
    if form.is_valid():
        try:
            actions.edit_exchange(exchange, by=request.user, **form.cleaned_data)
        except StaleError as stale:
            rows = both_versions(form, _exchange_initial(cast("Exchange", stale.current)))
            form = forms.EditExchangeForm(over_newer(request, stale), groups=groups)
        else:
            return redirect("conferences:run", pk)
    context = {"form": form, "conference": conference, "stale_rows": rows}
    return render(request, "conferences/exchange.html", context, status=409 if rows else 200)


def _exchange_initial(exchange: Exchange) -> dict[str, object]:
    names = ("raised_by", "raised_body", "question", "answered_by", "answer", "outcome", "version")
    return {
        "group": exchange.group,
        "field": exchange.field,
        **{name: getattr(exchange, name) for name in names},
    }
