"""The agenda before and during the conference."""

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from conferences import actions, forms, queries, rules
from conferences.models import Conference
from conferences.views.common import load_conference, load_item
from core.access import require
from core.http import once
from documents.models import Document
from organisations.http import UserRequest

FIELDS = (
    "text",
    "conductor",
    "performer",
    "minutes",
    "is_internal",
    "document",
    "words",
    "slides",
    "fallback",
    "note",
)


def _papers(conference: Conference) -> QuerySet[Document]:
    """The papers of the dossier an item may carry: plan, invitation, papers of the office."""
    mine = Q(pk=conference.session.plan.document_id) | Q(pk=conference.invitation_id)
    reports = Q(organisation=conference.organisation_id, type_id__in=["BC", "CTr"])
    return Document.objects.filter(mine | reports).order_by("-pk")


@require_GET
def agenda(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    require(rules.may_see_console(request.user, conference), actions.NOT_OFFICE)
    lines = queries.agenda_lines(conference, timezone.now())
    context = {
        "conference": conference,
        "lines": lines,
        "length": queries.length_of(lines, conference),
        "may_run": rules.may_run_conference(request.user, conference),
    }
    return render(request, "conferences/agenda_page.html", context)


@require_http_methods(["GET", "POST"])
@once
def agenda_add(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    require(rules.may_run_conference(request.user, conference), actions.NOT_OFFICE)
    form = forms.AgendaItemForm(request.POST or None, papers=_papers(conference))
    if form.is_valid():
        actions.add_agenda_item(conference, by=request.user, **form.cleaned_data)
        return redirect("conferences:agenda", pk)
    return render(request, "conferences/agenda_item.html", {"form": form, "conference": conference})


@require_http_methods(["GET", "POST"])
def agenda_edit(request: UserRequest, pk: int, item_id: int) -> HttpResponse:
    item = load_item(request, pk, item_id)
    require(rules.may_run_conference(request.user, item.conference), actions.NOT_OFFICE)
    form = forms.AgendaItemForm(
        request.POST or None,
        papers=_papers(item.conference),
        initial={name: getattr(item, name) for name in FIELDS},
    )
    if form.is_valid():
        actions.edit_agenda_item(item, by=request.user, **form.cleaned_data)
        return redirect("conferences:agenda", pk)
    context = {"form": form, "conference": item.conference, "item": item}
    return render(request, "conferences/agenda_item.html", context)


@require_POST
def agenda_move(request: UserRequest, pk: int, item_id: int) -> HttpResponse:
    up = request.POST.get("direction") == "up"
    actions.move_agenda_item(load_item(request, pk, item_id), by=request.user, up=up)
    return redirect("conferences:agenda", pk)


@require_POST
def agenda_order(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    require(rules.may_run_conference(request.user, conference), actions.NOT_OFFICE)
    form = forms.OrderForm(request.POST)
    if form.is_valid():
        actions.order_agenda(conference, by=request.user, ids=form.cleaned_data["order"])
    return redirect("conferences:agenda", pk)


@require_POST
def agenda_remove(request: UserRequest, pk: int, item_id: int) -> HttpResponse:
    actions.remove_agenda_item(load_item(request, pk, item_id), by=request.user)
    return redirect("conferences:agenda", pk)


@require_POST
def pattern_apply(request: UserRequest, pk: int) -> HttpResponse:
    count = actions.apply_agenda_pattern(load_conference(request, pk), by=request.user)
    messages.success(request, _("Đã thêm %(n)s mục từ chương trình mẫu.") % {"n": count})
    return redirect("conferences:agenda", pk)


@require_POST
def pattern_save(request: UserRequest, pk: int) -> HttpResponse:
    count = actions.save_agenda_pattern(load_conference(request, pk), by=request.user)
    messages.success(
        request, _("Đã lưu %(n)s mục làm chương trình mẫu của cơ quan.") % {"n": count}
    )
    return redirect("conferences:agenda", pk)
