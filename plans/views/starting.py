"""Beginning a plan: from last year's, from a template, from a Word file, from the skeleton."""

import datetime

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import require
from core.http import once
from documents.models import IN_FORCE_ONCE
from organisations.http import UserRequest
from organisations.models import Role, User
from plans import rules
from plans.actions.renewing import name_template, renew_plan
from plans.forms.starting import RenewForm, TemplateForm
from plans.models import Plan

PAPER = ("document__organisation", "document__type")
SHOWN = 8


@require_GET
def start(request: UserRequest) -> HttpResponse:
    require(rules.may_begin_plan(request.user), _("Chỉ chuyên viên được soạn kế hoạch."))
    own = Plan.objects.visible_to(request.user).filter(
        document__organisation__in=request.user.organisation_ids(Role.CLERK)
    )
    rows = own.select_related(*PAPER)
    return render(
        request,
        "plans/start.html",
        {
            "latest": _bases(rows, request.user),
            "templates": rows.exclude(template_name="").order_by("template_name", "id"),
            "read_url": _address("documents:read"),
            "year": year_to_plan(timezone.localdate()),
        },
    )


def _bases(rows: QuerySet[Plan], user: User) -> QuerySet[Plan]:
    """Plans to begin from: what was issued, the newest year first; then the person's own drafts."""
    was_issued = Q(document__state__in=IN_FORCE_ONCE)
    found = rows.filter(was_issued | Q(document__created_by=user, template_name=""))
    found = found.annotate(was_issued=was_issued)
    return found.order_by("-was_issued", "-year", "-id")[:SHOWN]


def year_to_plan(today: datetime.date) -> int:
    """From October on one plans the next year."""
    return today.year + 1 if today.month >= 10 else today.year


def _address(name: str) -> str:
    """The page of that name, if this installation has it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@require_POST
@once
def renew(request: UserRequest, pk: int) -> HttpResponse:
    source = _load(request, pk)
    require(
        rules.may_name_template(request.user, source),
        _("Chỉ chuyên viên của cơ quan được lập kế hoạch từ bản này."),
    )
    form = RenewForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Hãy ghi năm của kế hoạch mới, ví dụ 2027."))
        return redirect("plans:start")
    plan = renew_plan(source, by=request.user, today=timezone.localdate(), **form.cleaned_data)
    return redirect("plans:renewed", pk=plan.pk)


@require_GET
def renewed(request: UserRequest, pk: int) -> HttpResponse:
    plan = _load(request, pk)
    require(
        rules.may_name_template(request.user, plan),
        _("Chỉ chuyên viên của cơ quan ban hành xem được báo cáo này."),
    )
    notes = list(plan.copy_notes.select_related("clause").order_by("id"))
    context = {
        "plan": plan,
        "document": plan.document,
        "to_look": [note for note in notes if note.needs_look],
        "changed": [note for note in notes if not note.needs_look],
    }
    return render(request, "plans/renewed.html", context)


@require_http_methods(["GET", "POST"])
def template(request: UserRequest, pk: int) -> HttpResponse:
    plan = _load(request, pk)
    require(
        rules.may_name_template(request.user, plan),
        _("Chỉ chuyên viên của cơ quan ban hành được đặt kế hoạch này làm mẫu."),
    )
    form = TemplateForm(request.POST or None, initial={"name": plan.template_name})
    if form.is_valid():
        name_template(plan, by=request.user, **form.cleaned_data)
        messages.success(request, _("Đã lưu. Mẫu hiện ở trang Soạn kế hoạch."))
        return redirect(plan)
    return render(request, "plans/template.html", {"plan": plan, "form": form})


def _load(request: UserRequest, pk: int) -> Plan:
    return get_object_or_404(Plan.objects.visible_to(request.user).select_related(*PAPER), pk=pk)
