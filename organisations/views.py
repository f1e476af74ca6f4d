"""Pages of bodies, accounts, the working calendar and the clocks."""

import datetime
import logging

from allauth.account.views import password_reset
from allauth.mfa.recovery_codes.views import download_recovery_codes
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Manager, Model
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import require
from core.calendar import WorkingCalendar
from core.http import once
from core.models import CalendarYear, WorkingDay
from core.paging import keyset_page
from organisations import actions, forms, queries, rules
from organisations.http import UserRequest
from organisations.models import Absence, AdministrativeUnit, DeadlineRule, Membership, Organisation
from organisations.resources import sheets

logger = logging.getLogger(__name__)
FIRST_YEAR, LAST_YEAR = 2015, 2100
RECKONED = gettext_lazy(
    "Đã ghi vào lịch. Các thời hạn đang mở được tính lại ngay; mỗi người liên quan nhận một thư."
)


@require_GET
def list_(request: UserRequest) -> HttpResponse:
    context = {
        "units": queries.bodies_by_unit(),
        "today": timezone.localdate(),
        "may_administer": rules.may_administer(request.user),
    }
    return render(request, "organisations/list.html", context)


@require_GET
def detail(request: UserRequest, pk: int) -> HttpResponse:
    bodies = Organisation.objects.select_related("unit", "parent")
    organisation = get_object_or_404(bodies, pk=pk)
    context = {
        "organisation": organisation,
        "members": queries.members_of(organisation),
        "posts": organisation.posts.order_by("-is_head", "name"),
        "terms": organisation.terms.order_by("-starts_on"),
        "may_administer": rules.may_administer(request.user),
        "today": timezone.localdate(),
    }
    return render(request, "organisations/detail.html", context)


@require_http_methods(["GET", "POST"])
@once
def create_unit(request: UserRequest) -> HttpResponse:
    require(rules.may_administer(request.user), actions.ONLY_ADMIN)
    form = forms.UnitForm(request.POST or None)
    if form.is_valid():
        unit = actions.create_unit(by=request.user, **form.cleaned_data)
        messages.success(request, _("Đã thêm %(unit)s.") % {"unit": unit})
        return redirect("organisations:list")
    context = {"form": form, "title": _("Thêm đơn vị"), "button": _("Thêm đơn vị")}
    return render(request, "organisations/form.html", context)


@require_http_methods(["GET", "POST"])
@once
def edit_unit(request: UserRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(AdministrativeUnit, pk=pk)
    require(rules.may_administer(request.user), actions.ONLY_ADMIN)
    form = forms.UnitForm(request.POST or None, unit=unit, initial=_standing(unit, forms.UnitForm))
    if form.is_valid():
        actions.edit_unit(unit, by=request.user, **form.cleaned_data)
        messages.success(request, _("Đã lưu thông tin đơn vị."))
        return redirect("organisations:list")
    context = {"form": form, "title": _("Sửa thông tin đơn vị"), "button": _("Lưu thông tin")}
    return render(request, "organisations/form.html", context)


def _standing(row: Model, form: type[Form]) -> dict[str, object]:
    """What a form shows of a row; the rows of a relation as a list."""
    values = {name: getattr(row, name) for name in form.base_fields}
    return {
        name: list(value.all()) if isinstance(value, Manager) else value
        for name, value in values.items()
    }


@require_http_methods(["GET", "POST"])
@once
def create(request: UserRequest) -> HttpResponse:
    require(rules.may_administer(request.user), actions.ONLY_ADMIN)
    initial = {"unit": request.GET.get("unit", "")}
    form = forms.CreateOrganisationForm(request.POST or None, initial=initial)
    if form.is_valid():
        organisation = actions.create_organisation(by=request.user, **form.cleaned_data)
        return redirect("organisations:detail", organisation.pk)
    context = {"form": form, "title": _("Thêm cơ quan"), "button": _("Thêm cơ quan")}
    return render(request, "organisations/form.html", context)


@require_http_methods(["GET", "POST"])
@once
def edit(request: UserRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.select_related("unit"), pk=pk)
    require(rules.may_administer(request.user), actions.ONLY_ADMIN)
    initial = _standing(organisation, forms.EditOrganisationForm)
    form = forms.EditOrganisationForm(
        request.POST or None, organisation=organisation, initial=initial
    )
    if form.is_valid():
        actions.edit_organisation(organisation, by=request.user, **form.cleaned_data)
        return redirect("organisations:detail", pk)
    title, button = _("Sửa thông tin cơ quan"), _("Lưu thông tin")
    context = {"form": form, "organisation": organisation, "title": title, "button": button}
    return render(request, "organisations/form.html", context)


@require_http_methods(["GET", "POST"])
@once
def add_post(request: UserRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation, pk=pk)
    require(rules.may_administer(request.user), actions.ONLY_ADMIN)
    form = forms.PostForm(request.POST or None, organisation=organisation)
    if form.is_valid():
        actions.add_post(organisation, by=request.user, **form.cleaned_data)
        return redirect("organisations:detail", pk)
    title = _("Thêm chức vụ")
    context = {"form": form, "organisation": organisation, "title": title, "button": title}
    return render(request, "organisations/form.html", context)


@require_http_methods(["GET", "POST"])
@once
def add_term(request: UserRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation, pk=pk)
    require(rules.may_administer(request.user), actions.ONLY_ADMIN)
    form = forms.TermForm(request.POST or None, organisation=organisation)
    if form.is_valid():
        actions.add_term(organisation, by=request.user, **form.cleaned_data)
        return redirect("organisations:detail", pk)
    title = _("Thêm nhiệm kỳ")
    context = {"form": form, "organisation": organisation, "title": title, "button": title}
    return render(request, "organisations/form.html", context)


@require_http_methods(["GET", "POST"])
@once
def add_member(request: UserRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation, pk=pk)
    require(rules.may_administer(request.user), actions.ONLY_ADMIN)
    form = forms.MemberForm(request.POST or None, organisation=organisation)
    if form.is_valid():
        today = timezone.localdate()
        actions.add_member(organisation, by=request.user, today=today, **form.cleaned_data)
        messages.success(
            request, _("Đã thêm. Người này đặt mật khẩu bằng “Quên mật khẩu” ở trang đăng nhập.")
        )
        return redirect("organisations:detail", pk)
    title = _("Thêm thành viên")
    context = {"form": form, "organisation": organisation, "title": title, "button": title}
    return render(request, "organisations/form.html", context)


@require_GET
def export(request: UserRequest, kind: str) -> HttpResponse:
    if kind not in sheets.FORMATS:
        raise Http404
    require(rules.may_administer(request.user), actions.ONLY_ADMIN)
    content, content_type = sheets.write_file(kind)
    name = f"don-vi-{timezone.localdate():%Y-%m-%d}.{kind}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)


@require_http_methods(["GET", "POST"])
def import_(request: UserRequest) -> HttpResponse:
    require(rules.may_administer(request.user), actions.ONLY_ADMIN)
    form = forms.SheetForm(request.POST or None, request.FILES or None, read=sheets.read_sheet)
    context: dict[str, object] = {"form": form, "limit": sheets.MAX_ROWS}
    if form.is_valid():
        rows = form.cleaned_data["file"]
        context["report"] = sheets.import_rows(rows, by=request.user, is_trial=True)
        context["confirm"] = forms.ConfirmSheetForm.sign(rows, request.user)
    return render(request, "organisations/import.html", context)


@require_POST
@once
def confirm_import(request: UserRequest) -> HttpResponse:
    require(rules.may_administer(request.user), actions.ONLY_ADMIN)
    form = forms.ConfirmSheetForm(request.POST, by=request.user)
    if not form.is_valid():
        messages.error(request, _("Bản xem trước đã cũ. Hãy tải tệp lên lại."))
        return redirect("organisations:import_")
    report = sheets.import_rows(form.cleaned_data["rows"], by=request.user, is_trial=False)
    if not report.problems:
        counts = {"added": len(report.added), "changed": len(report.changed)}
        messages.success(request, _("Đã thêm %(added)s dòng, sửa %(changed)s dòng.") % counts)
        return redirect("organisations:list")
    upload = forms.SheetForm(read=sheets.read_sheet)
    context = {"form": upload, "limit": sheets.MAX_ROWS, "report": report}
    return render(request, "organisations/import.html", context)


@require_POST
def end_membership(request: UserRequest, pk: int) -> HttpResponse:
    membership = get_object_or_404(Membership.objects.select_related("organisation"), pk=pk)
    actions.end_membership(membership, by=request.user, today=timezone.localdate())
    return redirect("organisations:detail", membership.organisation_id)


@require_http_methods(["GET", "POST"])
@once
def absences(request: UserRequest) -> HttpResponse:
    user, today = request.user, timezone.localdate()
    form = forms.AbsenceForm(request.POST or None, user=user, today=today)
    if form.is_valid():
        absence = actions.enter_absence(by=user, today=today, **form.cleaned_data)
        words = _("Đã ghi. %(who)s được báo ngay.") % {"who": absence.substitute}
        messages.success(request, words)
        return redirect("organisations:absences")
    rows = Absence.objects.visible_to(user).select_related("absent", "substitute")
    page = keyset_page(rows, request.GET, size=30)
    mine = set(queries.may_be_away(user, today).values_list("pk", flat=True))
    for row in page.rows:
        row.may_cancel = not row.is_over(today) and row.absent_id in mine
    context = {"form": form, "page": page, "today": today}
    return render(request, "organisations/absences.html", context)


@require_POST
@once
def cancel_absence(request: UserRequest, pk: int) -> HttpResponse:
    absence = get_object_or_404(Absence.objects.visible_to(request.user), pk=pk)
    actions.cancel_absence(absence, by=request.user)
    messages.success(request, _("Đã kết thúc vắng mặt; hai người được báo ngay."))
    return redirect("organisations:absences")


@require_http_methods(["GET", "POST"])
def calendar(request: UserRequest, year: int) -> HttpResponse:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    form = forms.DayForm(request.POST or None)
    if request.method == "POST":
        require(rules.may_administer(request.user), actions.ONLY_ADMIN)
        if form.is_valid():
            actions.set_day(by=request.user, **form.cleaned_data)
            messages.success(request, RECKONED)
            return redirect("organisations:calendar", form.cleaned_data["date"].year)
    context = {
        "year": year,
        "days": sorted(WorkingCalendar.load(year).special_days(year).items()),
        "own": {row.date: row for row in WorkingDay.objects.filter(date__year=year)},
        "signed": CalendarYear.objects.filter(year=year).select_related("signed_off_by").first(),
        "form": form,
        "sign_form": forms.SignOffForm(),
        "may_administer": rules.may_administer(request.user),
    }
    return render(request, "organisations/calendar.html", context)


@require_POST
def remove_day(request: UserRequest, date: str) -> HttpResponse:
    day = get_object_or_404(WorkingDay, date=_as_date(date))
    actions.remove_day(day, by=request.user)
    messages.success(request, RECKONED)
    return redirect("organisations:calendar", day.date.year)


def _as_date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error


@require_POST
def sign_off(request: UserRequest, year: int) -> HttpResponse:
    require(rules.may_administer(request.user), actions.ONLY_ADMIN)
    form = forms.SignOffForm(request.POST)
    if form.is_valid():
        actions.sign_off_year(year, by=request.user, source=form.cleaned_data["source"])
        messages.success(request, _("Đã xác nhận lịch năm %(year)s.") % {"year": year})
    else:
        messages.error(request, _("Hãy ghi văn bản đã đối chiếu."))
    return redirect("organisations:calendar", year)


@require_GET
def deadline_rules(request: UserRequest) -> HttpResponse:
    context = {
        "rules": DeadlineRule.objects.select_related("organisation").order_by("code", "pk"),
        "may_administer": rules.may_administer(request.user),
    }
    return render(request, "organisations/deadline_rules.html", context)


@require_http_methods(["GET", "POST"])
def edit_deadline_rule(request: UserRequest, pk: int) -> HttpResponse:
    rule = get_object_or_404(DeadlineRule, pk=pk)
    require(rules.may_administer(request.user), actions.ONLY_ADMIN)
    initial = {"phrase": rule.phrase, "source": rule.source}
    form = forms.DeadlineRuleForm(request.POST or None, initial=initial)
    if form.is_valid():
        actions.edit_deadline_rule(rule, by=request.user, **form.cleaned_data)
        return redirect("organisations:deadline_rules")
    return render(request, "organisations/edit_deadline_rule.html", {"form": form, "rule": rule})


@login_not_required
@require_http_methods(["GET", "POST"])
def reset_password(request: HttpRequest) -> HttpResponse:
    """Ask for a letter with a link; it leaves at once, for the link is for nobody else to read."""
    try:
        answer: HttpResponse = password_reset(request)
    except OSError as error:  # also what smtplib raises, and then it quotes the address
        logger.error("the letter for a new password did not leave: %s", type(error).__name__)
        form = forms.ForgottenPasswordForm(request.POST)
        form.add_error("email", _("Hiện chưa gửi được thư. Xin thử lại sau ít phút."))
        answer = render(request, "account/password_reset.html", {"form": form})
    return answer


@require_GET
def download_codes(request: HttpRequest) -> HttpResponse:
    """The recovery codes as a file whose name says what it holds."""
    answer: HttpResponse = download_recovery_codes(request)
    answer["Content-Disposition"] = 'attachment; filename="ma-du-phong.txt"'
    return answer
