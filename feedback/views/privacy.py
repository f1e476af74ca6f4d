"""Personal data at the office: one sender's, what senders ask, how long data are kept."""

from collections.abc import Iterable

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import require
from core.paging import keyset_page
from feedback import actions, queries, rules
from feedback.actions.privacy import NOT_OFFICE, NOT_SENDER, WITH_OTHERS
from feedback.documents.held import HeldFile, held_data
from feedback.forms.privacy import ContactForm, EraseForm, PeriodForm, RefuseForm, SureForm
from feedback.models import DataRequest, RetentionRule, Sender, Submission
from feedback.queries.privacy import consents_of, forms_with_all, requests_for
from feedback.queries.retention import what_goes
from feedback.views.common import Act, entries_of, show_act, tabs
from feedback.views.voices import ask_codes_again, submission_of
from organisations.http import UserRequest
from organisations.models import User

Kind = DataRequest.Kind
BUTTONS = {
    Kind.ACCESS: gettext_lazy("Đã trao tệp dữ liệu"),
    Kind.CORRECT: gettext_lazy("Lưu thông tin đã sửa"),
    Kind.WITHDRAW: gettext_lazy("Xóa thông tin liên hệ"),
    Kind.ERASE: gettext_lazy("Xóa hẳn dữ liệu"),
}
WARNINGS = {
    Kind.ACCESS: gettext_lazy(
        "Tải tệp dữ liệu ở trang của phiếu, in hoặc gửi cho người yêu cầu, rồi xác nhận ở đây. "
        "Người gửi cũng tự tải được ở trang tra cứu."
    ),
    Kind.WITHDRAW: gettext_lazy(
        "Họ tên, điện thoại, thư điện tử, địa chỉ, tệp kèm theo và thư đã gửi bị xóa hẳn; ý kiến "
        "được giữ lại không tên. Không lấy lại được."
    ),
    Kind.ERASE: gettext_lazy(
        "Mọi dữ liệu của phiếu bị xóa hẳn, cả nội dung ý kiến chưa giao cơ quan nào. Không lấy "
        "lại được."
    ),
}


def _load(request: UserRequest, pk: int) -> Submission:
    row = get_object_or_404(
        forms_with_all(Submission.objects.visible_to(request.user)),
        pk=pk,
    )
    closed = queries.is_restricted(row)
    require(rules.may_see_sender(request.user, row, is_restricted=closed), NOT_SENDER)
    return row


@never_cache
@require_http_methods(["GET", "POST"])
def sender(request: UserRequest, pk: int) -> HttpResponse:
    """Contact data appear only after the button, and the button is remembered."""
    row = _load(request, pk)
    found: Sender | None = getattr(row, "sender", None)
    is_open = request.method == "POST"
    if is_open:
        actions.note_sender_read(row, by=request.user)
    asked = row.data_requests.select_related("task").order_by("pk")
    context = {
        "submission": row,
        "has_sender": found is not None,
        "sender": found if is_open else None,
        "is_open": is_open,
        "requests": asked,
        "correction": _correction(asked, found) if is_open else None,
        "opinions": row.opinions.order_by("position"),
        "entries": entries_of(row),
    }
    return render(request, "feedback/sender.html", context)


def _correction(
    asked: "Iterable[DataRequest]", found: Sender | None
) -> tuple[DataRequest, ContactForm] | None:
    waiting = [row for row in asked if row.kind == Kind.CORRECT and row.state == "waiting"]
    names = ("full_name", "phone", "email", "address")
    initial = {name: getattr(found, name) for name in names} if found else {}
    return (waiting[0], ContactForm(initial=initial)) if waiting else None


@never_cache
@require_POST
def sender_file(request: UserRequest, pk: int) -> HttpResponse:
    row = _load(request, pk)
    actions.note_data_taken(row, by=request.user)
    return _given(held_data(row))


@login_not_required
@csrf_exempt
@never_cache
@require_POST
def track_file(request: HttpRequest) -> HttpResponse:
    """Code and secret were checked when the ticket was given."""
    submission = submission_of(request)
    if submission is None:
        return ask_codes_again(request)
    actions.note_data_taken(submission, by=None)
    return _given(held_data(submission))


def _given(held: HeldFile) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{held.name}"',
        "Cache-Control": "private, no-store",
        "X-Robots-Tag": "noindex",
    }
    return HttpResponse(held.content, content_type=held.content_type, headers=headers)


@never_cache
@require_GET
def data(request: UserRequest) -> HttpResponse:
    """What waits, what people agreed to, and what is due to go: a dry run."""
    require(_may_read(request.user), NOT_OFFICE)
    context = {
        "page": keyset_page(requests_for(request.user), request.GET, order=("-state", "id")),
        "consents": consents_of(request.user),
        "overdue": what_goes(timezone.now()),
        "may_set": rules.may_set_periods(request.user),
        "tabs": tabs(request, "feedback:data"),
        "today": timezone.localdate(),
    }
    return render(request, "feedback/data.html", context)


def _may_read(user: User) -> bool:
    return bool(user.organisation_ids("clerk", "head")) or rules.may_set_periods(user)


@never_cache
@require_http_methods(["GET", "POST"])
def data_settle(request: UserRequest, pk: int) -> HttpResponse:
    row = _request(request, pk)
    if row.kind == Kind.CORRECT and request.method == "GET":
        return redirect(row.submission)
    form = _form(request, row)
    if form.is_valid():
        _settle(row, form, by=request.user)
        messages.success(request, _("Đã thực hiện. Người gửi đọc được kết quả ở trang tra cứu."))
        return redirect(row.submission)
    act = _act(row, str(BUTTONS[Kind(row.kind)]), _warning(row, form))
    return show_act(request, act, form)


@require_http_methods(["GET", "POST"])
def data_refuse(request: UserRequest, pk: int) -> HttpResponse:
    row = _request(request, pk)
    form = RefuseForm(request.POST or None)
    if form.is_valid():
        today = timezone.localdate()
        actions.refuse_request(row, by=request.user, today=today, **form.cleaned_data)
        messages.success(request, _("Đã ghi lý do. Người gửi đọc được ở trang tra cứu."))
        return redirect(row.submission)
    return show_act(request, _act(row, _("Không thực hiện được")), form)


@require_http_methods(["GET", "POST"])
def retention_edit(request: UserRequest, pk: int) -> HttpResponse:
    rule = get_object_or_404(RetentionRule, pk=pk)
    require(rules.may_set_periods(request.user), _("Chỉ người quản trị được đổi thời hạn lưu."))
    form = PeriodForm(request.POST or None, initial={"days": rule.days, "source": rule.source})
    if form.is_valid():
        actions.set_period(rule, by=request.user, **form.cleaned_data)
        return redirect("feedback:data")
    act = Act(
        title=str(rule.get_kind_display()),
        button=_("Lưu thời hạn"),
        back_url=reverse("feedback:data"),
        back_label=_("Dữ liệu cá nhân"),
    )
    return show_act(request, act, form)


def _warning(row: DataRequest, form: forms.Form) -> str:
    """What is about to happen, what stays, and that the sender wrote something to be read first."""
    words = [str(WARNINGS.get(Kind(row.kind), ""))]
    if isinstance(form, EraseForm) and form.names:
        words.append(_("Nội dung đã giao được giữ lại không tên theo lời ghi dưới đây."))
    if row.note:
        words.append(_("Người yêu cầu có viết thêm: mở thông tin liên hệ của phiếu để đọc trước."))
    return " ".join(filter(None, words))


def _request(request: UserRequest, pk: int) -> DataRequest:
    visible = DataRequest.objects.visible_to(request.user).select_related(
        "submission__consultation__organisation", "task"
    )
    row = get_object_or_404(visible, pk=pk)
    require(rules.may_settle_data(request.user, row.submission), NOT_OFFICE)
    return row


def _form(request: UserRequest, row: DataRequest) -> forms.Form:
    typed = request.POST or None
    if row.kind == Kind.CORRECT:
        return ContactForm(typed)
    if row.kind == Kind.ERASE:
        stays = row.submission.opinions.filter(state__in=WITH_OTHERS)
        return EraseForm(typed, opinions=stays.select_related("submission").order_by("position"))
    return SureForm(typed)


def _settle(row: DataRequest, form: forms.Form, *, by: User) -> None:
    today = timezone.localdate()
    if isinstance(form, ContactForm):
        actions.correct_sender(row, by=by, today=today, contact=form.contact())
    elif isinstance(form, EraseForm):
        actions.erase_person(row, by=by, today=today, kept=form.kept)
    elif row.kind == Kind.WITHDRAW:
        actions.withdraw_consent(row, by=by, today=today)
    else:
        actions.give_data(row, by=by, today=today)


def _act(row: DataRequest, button: str, text: str = "") -> Act:
    return Act(
        title=_("Yêu cầu “%(kind)s”") % {"kind": row.get_kind_display()},
        button=button,
        back_url=row.submission.get_absolute_url(),
        back_label=_("Phiếu %(code)s") % {"code": row.submission.shown_code},
        text=text,
        tone="soon" if text else "",
    )
