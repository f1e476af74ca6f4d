"""What the linter says about a paper, what is let stand, and what the rules work with."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import require
from core.http import once
from core.versions import StaleError
from documents import checks, facts, rules
from documents.actions import checking
from documents.actions.drafting import refusal_to_edit
from documents.forms.checking import CheckSettingForm, WaiverForm
from documents.models import CheckSetting, Waiver
from documents.reading.slips import shipped
from documents.views.reading import load_document
from organisations.http import UserRequest


@require_GET
def check(request: UserRequest, pk: int) -> HttpResponse:
    document = load_document(request, pk)
    require(
        rules.may_check_document(request.user, document),
        _("Chỉ cơ quan ban hành xem được kết quả kiểm tra văn bản của mình."),
    )
    is_part = bool(request.headers.get("HX-Request"))
    context = {
        "document": document,
        "report": checks.report(document, today=timezone.localdate()),
        "may_edit": rules.may_edit_document(request.user, document),
        "may_submit": rules.may_submit_document(request.user, document),
        "owner": None if is_part else facts.owner_of(document),
    }
    template = "documents/check.html#panel" if is_part else "documents/check.html"
    return render(request, template, context)


@require_http_methods(["GET", "POST"])
@once
def waive(request: UserRequest, pk: int) -> HttpResponse:
    document = load_document(request, pk)
    require(rules.may_edit_document(request.user, document), refusal_to_edit(document))
    today = timezone.localdate()
    form = WaiverForm(request.POST or None, initial={"finding": request.GET.get("finding", "")})
    if form.is_valid():
        checking.waive_finding(
            document,
            by=request.user,
            fingerprint=form.cleaned_data["finding"],
            reason=form.cleaned_data["reason"],
            today=today,
        )
        messages.success(request, _("Đã bỏ qua. Lưu ý sẽ hiện lại khi câu chữ chỗ đó thay đổi."))
        return redirect("documents:check", pk=document.pk)
    finding = checks.report(document, today=today).with_fingerprint(str(form["finding"].value()))
    if finding is None:
        raise Http404
    context = {"document": document, "form": form, "finding": finding}
    return render(request, "documents/waive.html", context)


@require_POST
def unwaive(request: UserRequest, pk: int, waiver_pk: int) -> HttpResponse:
    document = load_document(request, pk)
    waiver = get_object_or_404(Waiver, document=document, pk=waiver_pk)
    checking.withdraw_waiver(waiver, by=request.user)
    return redirect("documents:check", pk=document.pk)


@require_GET
def check_rules(request: UserRequest) -> HttpResponse:
    context = {
        "rules": checks.all_rules(),
        "settings": CheckSetting.objects.order_by("-kind", "name"),
        "may_edit": rules.may_edit_checks(request.user),
    }
    return render(request, "documents/check_rules.html", context)


@require_http_methods(["GET", "POST"])
def check_setting(request: UserRequest, code: str) -> HttpResponse:
    setting = get_object_or_404(CheckSetting.objects.select_related("edited_by"), pk=code)
    require(
        rules.may_edit_checks(request.user),
        _("Chỉ quản trị viên được sửa danh sách của bộ kiểm tra."),
    )
    first = {"version": setting.version, "value": setting.value}
    form = CheckSettingForm(request.POST or None, setting=setting, initial=first)
    context: dict[str, Any] = {"setting": setting, "form": form, "shipped": _shipped(code)}
    if form.is_valid():
        try:
            checking.edit_check_setting(setting, by=request.user, **form.cleaned_data)
        except StaleError as stale:
            context |= _stale(request, setting, form, stale)
        else:
            messages.success(request, _("Đã lưu. Các văn bản kiểm tra từ giờ theo bản mới."))
            return redirect("documents:check_rules")
    status = 409 if "stale" in context else 200
    return render(request, "documents/check_setting.html", context, status=status)


def _stale(
    request: UserRequest, setting: CheckSetting, form: CheckSettingForm, stale: StaleError
) -> dict[str, Any]:
    """Both values, and the form ready to be saved over the newer one."""
    current = stale.current
    assert isinstance(current, CheckSetting)
    posted = request.POST.copy()
    posted["version"] = str(current.version)
    mine = form.cleaned_data["value"]
    rows = [{"label": current.name, "mine": mine, "theirs": current.value}]
    return {"stale": {"rows": rows}, "form": CheckSettingForm(posted, setting=setting)}


def _shipped(code: str) -> str:
    return next((row["value"] for row in shipped() if row["code"] == code), "")
