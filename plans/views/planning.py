"""Pages of plans: the list, a new plan, its dossier, the year's calendar, one session."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.access import require
from core.http import once
from core.paging import keyset_page
from documents import rules as paper_rules
from documents.queries import events_of
from documents.states import DocumentState
from organisations.http import UserRequest
from organisations.models import Role, User
from plans import actions, forms, queries, rules
from plans.models import Plan, PlanQuerySet
from plans.views.starting import year_to_plan

PAPER = ("document__organisation", "document__type")


@require_GET
def list_(request: UserRequest) -> HttpResponse:
    form = forms.PlanFilter(request.GET)
    rows = Plan.objects.visible_to(request.user)
    if form.is_valid():
        rows = _filtered(rows, form.cleaned_data, request)
    shown = rows.select_related(*PAPER).with_counts()
    return render(
        request,
        "plans/list.html",
        {
            "page": keyset_page(shown, request.GET, order=("-year", "-id"), size=30),
            "form": form,
            "is_filtered": any(request.GET.get(name) for name in form.fields),
            "may_create": rules.may_begin_plan(request.user),
        },
    )


def _filtered(rows: PlanQuerySet, asked: dict[str, Any], request: UserRequest) -> PlanQuerySet:
    rows = rows.matching(asked["q"])
    if asked["year"]:
        rows = rows.filter(year=asked["year"])
    if asked["state"]:
        rows = rows.filter(document__state=asked["state"])
    if asked["mine"]:
        rows = rows.filter(document__organisation__in=request.user.organisation_ids())
    return rows


@require_http_methods(["GET", "POST"])
@once
def create(request: UserRequest) -> HttpResponse:
    require(rules.may_begin_plan(request.user), _("Chỉ chuyên viên được soạn kế hoạch."))
    today = timezone.localdate()
    own = sorted(request.user.organisation_ids(Role.CLERK))
    first = {
        "year": year_to_plan(today),
        "organisation": own[0] if own else None,
        "is_blank": bool(request.GET.get("trang")),
    }
    form = forms.NewPlanForm(request.POST or None, user=request.user, initial=first)
    if form.is_valid():
        plan = actions.create_plan(by=request.user, today=today, **form.cleaned_data)
        messages.success(request, _("Đã lập khung kế hoạch. Hãy soạn tiếp từng phần."))
        return redirect("documents:edit", plan.document_id)
    return render(request, "plans/create.html", {"form": form})


@require_GET
def detail(request: UserRequest, pk: int) -> HttpResponse:
    plan, today = _load(request, pk), timezone.localdate()
    document, user = plan.document, request.user
    dossier = queries.dossier_of(plan, user)
    return render(
        request,
        "plans/detail.html",
        {
            "plan": plan,
            "document": document,
            "dossier": dossier,
            "session_lines": queries.session_lines(dossier.sessions),
            "child_lines": queries.child_plan_lines(plan, today),
            "today": today,
            "own_ids": user.organisation_ids(),
            "history": events_of(document)[:20],
            "labels": dict(DocumentState.choices),
            **_abilities(user, plan),
        },
    )


def _abilities(user: User, plan: Plan) -> dict[str, bool]:
    """What the person may do with the plan now, for the buttons of its page."""
    return {
        "may_edit": paper_rules.may_edit_document(user, plan.document),
        "may_submit": paper_rules.may_submit_document(user, plan.document),
        "may_issue": paper_rules.may_issue_document(user, plan.document),
        "is_clerk": rules.may_name_template(user, plan),
    }


@require_http_methods(["GET", "POST"])
def edit(request: UserRequest, pk: int) -> HttpResponse:
    plan = _load(request, pk)
    require(
        rules.may_edit_plan(request.user, plan),
        _("Chỉ chuyên viên của cơ quan ban hành được sửa, và chỉ khi kế hoạch còn là dự thảo."),
    )
    first = {"year": plan.year, "host": plan.host, "counterpart": plan.counterpart}
    form = forms.EditPlanForm(request.POST or None, initial=first)
    if form.is_valid():
        actions.edit_plan(plan, by=request.user, **form.cleaned_data)
        messages.success(request, _("Đã lưu thông tin kế hoạch."))
        return redirect(plan)
    return render(request, "plans/edit.html", {"plan": plan, "form": form})


def _load(request: UserRequest, pk: int) -> Plan:
    return get_object_or_404(Plan.objects.visible_to(request.user).select_related(*PAPER), pk=pk)
