"""The office's pages of a consultation: preparing it, its window, its counts, its paper slip."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import require
from core.http import once
from core.paging import keyset_page
from core.transitions import history_of
from core.versions import StaleError
from feedback import actions, queries, rules
from feedback.documents import slip_of
from feedback.forms.office import CloseForm, ConsultationForm, ExtendForm, end_of
from feedback.http import invitation_key, public_address
from feedback.models import Consultation, Opinion
from feedback.states import ConsultationState
from feedback.views.common import (
    OFFICE_ONLY,
    Act,
    load_consultation,
    show_act,
    tabs,
)
from organisations.http import UserRequest
from plans.models import DialogueSession


@require_GET
def consultations(request: UserRequest) -> HttpResponse:
    visible = Consultation.objects.visible_to(request.user).select_related("organisation")
    page = keyset_page(visible, request.GET)
    context = {"page": page, "tabs": tabs(request, "feedback:consultations")}
    return render(request, "feedback/consultations.html", context)


@require_http_methods(["GET", "POST"])
@once
def consultation_create(request: UserRequest, session_id: int) -> HttpResponse:
    sessions = DialogueSession.objects.visible_to(request.user).select_related(
        "plan__document__organisation"
    )
    session = get_object_or_404(sessions, pk=session_id)
    require(rules.may_create_consultation(request.user, session), OFFICE_ONLY)
    title = _("Lấy ý kiến phục vụ đối thoại: %(theme)s") % {"theme": session.theme}
    initial = {
        "title": title[:300],
        "opens_on": timezone.localdate(),
        "exclusions": _("Không tổng hợp nội dung tiếp xúc cử tri đã được trả lời."),
    }
    form = ConsultationForm(request.POST or None, initial=initial)
    if form.is_valid():
        row = actions.create_consultation(session, by=request.user, **form.values())
        messages.success(request, _("Đã tạo đợt lấy ý kiến. Xem lại rồi bấm mở."))
        return redirect(row)
    return show_act(request, _act_of_creating(session), form)


def _act_of_creating(session: DialogueSession) -> Act:
    text = _("Cho hội nghị: %(theme)s. Chưa ai thấy trước khi mở.")
    return Act(
        title=_("Tạo đợt lấy ý kiến"),
        button=_("Tạo đợt lấy ý kiến"),
        back_url=session.plan.get_absolute_url(),
        back_label=_("Kế hoạch"),
        text=text % {"theme": session.theme},
    )


@require_GET
def consultation(request: UserRequest, pk: int) -> HttpResponse:
    row = load_consultation(request, pk, "session__plan__document")
    opinions = Opinion.objects.visible_to(request.user).filter(submission__consultation=row)
    context = {
        "consultation": row,
        "address": _address(row),
        "is_answerable": row.is_answerable(timezone.now()),
        "states": queries.state_counts(row, opinions),
        "fields": queries.field_counts(row, opinions),
        "areas": queries.area_counts(row, opinions),
        "may_run": rules.may_run_consultation(request.user, row),
        "may_collect": rules.may_collect(request.user, row),
        "may_read_table": rules.may_read_table(request.user, row.session),
        "extend_form": ExtendForm(),
        "close_form": CloseForm(),
        "entries": history_of(row),
        "labels": dict(ConsultationState.choices),
    }
    return render(request, "feedback/consultation.html", context)


def _address(row: Consultation) -> str:
    """Where people send; bodies that were invited get the address with their key."""
    address = public_address("feedback:public_form", row.slug)
    if row.open_to == Consultation.OpenTo.INVITED:
        address += f"?moi={invitation_key(row.pk)}"
    return address


@require_http_methods(["GET", "POST"])
@once
def consultation_edit(request: UserRequest, pk: int) -> HttpResponse:
    row = load_consultation(request, pk)
    require(rules.may_run_consultation(request.user, row), OFFICE_ONLY)
    form = ConsultationForm(request.POST or None, initial=_initial(row))
    act = Act(
        title=_("Sửa đợt lấy ý kiến"),
        button=_("Lưu"),
        back_url=row.get_absolute_url(),
        back_label=row.title,
    )
    version, theirs = _version(request, row), None
    if form.is_valid():
        try:
            actions.edit_consultation(row, by=request.user, version=version, **form.values())
        except StaleError as stale:
            theirs = stale.current
        else:
            return redirect(row)
    return _show_edit(request, act, form, row, theirs)


def _show_edit(
    request: UserRequest, act: Act, form: ConsultationForm, row: Consultation, theirs: object
) -> HttpResponse:
    if not isinstance(theirs, Consultation):
        return show_act(request, act, form, version=_version(request, row))
    kept = _initial(theirs)
    rows = [
        {
            "label": field.label,
            "mine": field.value(),
            "theirs": field.field.prepare_value(kept[field.name]),
        }
        for field in form.visible_fields()
    ]
    return show_act(request, act, form, status=409, version=theirs.version, stale=rows)


def _version(request: UserRequest, row: Consultation) -> int:
    shown = request.POST.get("version", "")
    return int(shown) if shown.isdecimal() and len(shown) < 10 else row.version


def _initial(row: Consultation) -> dict[str, object]:
    return {
        "title": row.title,
        "introduction": row.introduction,
        "exclusions": row.exclusions,
        "opens_on": timezone.localtime(row.opens_at).date(),
        "closes_on": timezone.localtime(row.closes_at).date(),
    }


@require_POST
@once
def consultation_open(request: UserRequest, pk: int) -> HttpResponse:
    row = load_consultation(request, pk)
    actions.open_consultation(row, by=request.user)
    messages.success(request, _("Đã mở. Người dân gửi được ý kiến theo địa chỉ và mã QR ở dưới."))
    return redirect(row)


@require_POST
@once
def consultation_close(request: UserRequest, pk: int) -> HttpResponse:
    row = load_consultation(request, pk)
    require(rules.may_run_consultation(request.user, row), OFFICE_ONLY)
    form = CloseForm(request.POST)
    if form.is_valid():
        actions.close_consultation(row, by=request.user, **form.cleaned_data)
        messages.success(request, _("Đã đóng. Phiếu giấy thu trước đó vẫn nhập được."))
        return redirect(row)
    return show_act(request, _act_on(row, _("Đóng ngay, thôi nhận ý kiến")), form, status=422)


@require_POST
@once
def consultation_extend(request: UserRequest, pk: int) -> HttpResponse:
    row = load_consultation(request, pk)
    require(rules.may_run_consultation(request.user, row), OFFICE_ONLY)
    form = ExtendForm(request.POST)
    if form.is_valid():
        until, why = end_of(form.cleaned_data["closes_on"]), form.cleaned_data["why"]
        actions.extend_consultation(row, by=request.user, closes_at=until, why=why)
        return redirect(row)
    return show_act(request, _act_on(row, _("Gia hạn")), form, status=422)


def _act_on(row: Consultation, words: str) -> Act:
    return Act(title=words, button=words, back_url=row.get_absolute_url(), back_label=row.title)


@require_GET
def slip(request: UserRequest, pk: int) -> HttpResponse:
    row = load_consultation(request, pk)
    content = slip_of(row, address=_address(row), today=timezone.localdate())
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="phieu-{row.slug}.pdf"'},
    )
