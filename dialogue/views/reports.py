"""Figures and reports: the leaders' board, the tables, the lists behind them, the papers."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from conferences.models import Conference
from core.access import require
from core.calendar import WorkingCalendar
from core.paging import keyset_page
from core.sheets import XLSX
from dialogue.models import Report, ReportPeriod
from dialogue.reports import held as held_queries
from dialogue.reports import rules
from dialogue.reports import work as work_queries
from dialogue.reports.boards import board_of
from dialogue.reports.boards import compare as compare_of
from dialogue.reports.drafting import draft_conference_report, draft_report
from dialogue.reports.figures import figures_of
from dialogue.reports.forms import FigureForm, PeriodForm
from dialogue.reports.lists import dress_conferences, dress_tasks, matter_rows
from dialogue.reports.owed import owed_by
from dialogue.reports.periods import period_with, rules_of
from dialogue.reports.settings import edit_period, office_of
from dialogue.reports.sheets import write_report
from organisations.http import UserRequest

PLACE = "tu"
TABS = (
    ("reports:board", gettext_lazy("Bảng theo dõi")),
    ("reports:figures", gettext_lazy("Số liệu")),
    ("reports:compare", gettext_lazy("So sánh")),
    ("reports:list", gettext_lazy("Báo cáo")),
)


def load_form(request: UserRequest) -> FigureForm:
    require(rules.may_read_figures(request.user), rules.NOT_READING)
    return FigureForm(request.GET, user=request.user, today=timezone.localdate())


def _tabs(current: str, query: str = "") -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "url": f"{reverse(name)}?{query}".rstrip("?"),
            "is_current": name == current,
        }
        for name, label in TABS
    ]


@require_GET
def board(request: UserRequest) -> HttpResponse:
    form = load_form(request)
    asked = form.asked()
    context = {
        "form": form,
        "tabs": _tabs("reports:board", asked.of_office),
        "board": board_of(asked, WorkingCalendar.load()),
        "asked": asked,
    }
    return render(request, "reports/board.html", context)


@require_GET
def figures(request: UserRequest) -> HttpResponse:
    form = load_form(request)
    asked = form.asked()
    seen = Conference.objects.visible_to(request.user).filter(pk=asked.conference)
    conference = seen.first() if asked.conference else None
    context = {
        "form": form,
        "tabs": _tabs("reports:figures", asked.of_office),
        "figures": figures_of(asked),
        "asked": asked,
        "conference": conference,
        "may_report": conference and rules.may_report_conference(request.user, conference),
        "may_draft": asked.period is not None
        and any(rules.may_draft_report(request.user, one) for one in form.bodies),
    }
    return render(request, "reports/figures.html", context)


@require_GET
def compare(request: UserRequest) -> HttpResponse:
    form = load_form(request)
    asked = form.asked()
    if asked.period is None:
        kind = ReportPeriod.Kind.YEAR
        asked = asked.of_period(period_with(kind, asked.today, form.rules))
    context = {
        "form": form,
        "tabs": _tabs("reports:compare", asked.of_office),
        "comparison": compare_of(asked, form.rules),
        "asked": asked,
    }
    return render(request, "reports/compare.html", context)


@require_GET
def matters(request: UserRequest) -> HttpResponse:
    form = load_form(request)
    asked = form.asked()
    typed = request.GET.get(PLACE, "")
    start = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 8 else 0
    page = matter_rows(asked, user=request.user, start=start)
    names = {body.pk: body.short_name for body in form.bodies}
    context = {
        "form": form,
        "page": page,
        "rows": [(row, names.get(row.body, "")) for row in page.rows],
        "asked": asked,
    }
    return render(request, "reports/matters.html", context)


@require_GET
def work(request: UserRequest) -> HttpResponse:
    form = load_form(request)
    asked = form.asked()
    rows = work_queries.tasks(asked).select_related("lead", "owner", "clause")
    page = keyset_page(rows, request.GET, order=("due_on", "id"))
    dress_tasks(page, request.user)
    return render(request, "reports/work.html", {"form": form, "page": page, "asked": asked})


@require_GET
def held(request: UserRequest) -> HttpResponse:
    form = load_form(request)
    asked = form.asked()
    rows = held_queries.held(asked).select_related("organisation", "session")
    page = keyset_page(rows, request.GET, order=("-starts_at", "-id"))
    dress_conferences(page, request.user)
    return render(request, "reports/held.html", {"form": form, "page": page, "asked": asked})


@require_GET
def list_(request: UserRequest) -> HttpResponse:
    require(rules.may_read_figures(request.user), rules.NOT_READING)
    today = timezone.localdate()
    rows = Report.objects.visible_to(request.user).select_related(
        "document__type", "organisation", "conference"
    )
    context = {
        "tabs": _tabs("reports:list"),
        "owed": owed_by(request.user, today),
        "page": keyset_page(rows, request.GET),
        "today": today,
        "may_set": rules.may_edit_period(request.user),
    }
    return render(request, "reports/list.html", context)


@require_POST
def draft(request: UserRequest) -> HttpResponse:
    today = timezone.localdate()
    form = FigureForm(request.POST, user=request.user, today=today)
    asked = form.asked()
    own = [one for one in form.bodies if rules.may_draft_report(request.user, one)]
    body = next((one for one in own if one.pk in asked.bodies), own[0] if own else None)
    require(body is not None and asked.period is not None, rules.NOT_DRAFTING)
    assert body is not None
    report = draft_report(body, by=request.user, asked=asked, today=today)
    return redirect(report)


@require_POST
def draft_conference(request: UserRequest, pk: int) -> HttpResponse:
    visible = Conference.objects.visible_to(request.user)
    conference = get_object_or_404(visible.select_related("organisation", "session__plan"), pk=pk)
    require(rules.may_report_conference(request.user, conference), rules.NOT_CLOSED)
    today = timezone.localdate()
    chosen = {"conference": str(pk), "body": str(conference.organisation_id)}
    asked = FigureForm(chosen, user=request.user, today=today).asked()
    report = draft_conference_report(conference, by=request.user, asked=asked, today=today)
    return redirect(report)


def load_report(request: UserRequest, pk: int) -> Report:
    visible = Report.objects.visible_to(request.user)
    return get_object_or_404(
        visible.select_related("document__type", "document__organisation", "conference"), pk=pk
    )


@require_GET
def detail(request: UserRequest, pk: int) -> HttpResponse:
    report = load_report(request, pk)
    context = {
        "report": report,
        "document": report.document,
        "may_edit": rules.may_edit_report(request.user, report),
        "may_count": rules.may_read_figures(request.user),
    }
    return render(request, "reports/detail.html", context)


@require_GET
def sheet(request: UserRequest, pk: int) -> HttpResponse:
    report = load_report(request, pk)
    headers = {
        "Content-Disposition": f'attachment; filename="bao-cao-{report.pk}.xlsx"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(write_report(report), content_type=XLSX, headers=headers)


@require_GET
def periods(request: UserRequest) -> HttpResponse:
    require(rules.may_edit_period(request.user), rules.NOT_SETTING)
    office = office_of(request.user)
    context = {"rules": rules_of(office).values(), "office": office}
    return render(request, "reports/periods.html", context)


@require_http_methods(["GET", "POST"])
def period(request: UserRequest, kind: str) -> HttpResponse:
    require(rules.may_edit_period(request.user), rules.NOT_SETTING)
    office = office_of(request.user)
    rule = get_object_or_404(ReportPeriod, pk=getattr(rules_of(office).get(kind), "pk", None))
    names = ("closes_on", "due", "send_to", "source", "is_asked")
    initial = {name: getattr(rule, name) for name in names}
    form = PeriodForm(request.POST or None, initial=initial, for_everybody=office is None)
    if form.is_valid():
        edit_period(rule, by=request.user, organisation=office, **form.cleaned_data)
        messages.success(request, _("Đã lưu kỳ báo cáo."))
        return redirect("reports:periods")
    context = {"form": form, "rule": rule, "office": office}
    return render(request, "reports/period.html", context, status=422 if form.errors else 200)
