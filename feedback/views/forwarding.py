"""Lists between levels: made, sent, taken over, answered."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import require
from core.http import once
from core.paging import keyset_page
from core.transitions import history_of
from feedback import rules
from feedback.actions import forwarding as actions
from feedback.forms.forwarding import (
    ForwardingForm,
    LineAnswerForm,
    LineForm,
    ReturnForm,
    TakeOverForm,
)
from feedback.models import ForwardedItem, Forwarding
from feedback.queries.forwarding import groups_to_forward, lone_to_forward, with_counts
from feedback.states import ForwardingState
from feedback.views.common import OFFICE_ONLY, Act, show_act, tabs
from organisations.http import UserRequest
from organisations.models import Organisation, Role

MOST = 200
KEEPERS_ONLY = gettext_lazy("Chỉ cơ quan nhận danh sách được làm việc này.")


@require_GET
def forwardings(request: UserRequest) -> HttpResponse:
    rows = with_counts(Forwarding.objects.visible_to(request.user))
    offices = Organisation.objects.filter(pk__in=request.user.organisation_ids(Role.CLERK))
    context = {
        "page": keyset_page(
            rows.select_related("organisation", "document__organisation"), request.GET
        ),
        "tabs": tabs(request, "feedback:forwardings"),
        "offices": offices.order_by("name"),
        "mine": request.user.organisation_ids(Role.CLERK, Role.HEAD),
    }
    return render(request, "feedback/forwardings.html", context)


@require_http_methods(["GET", "POST"])
@once
def forwarding_create(request: UserRequest, organisation_pk: int) -> HttpResponse:
    mine = Organisation.objects.filter(pk__in=request.user.organisation_ids())
    office = get_object_or_404(mine.select_related("unit"), pk=organisation_pk)
    require(rules.may_make_forwarding(request.user, office), OFFICE_ONLY)
    opinions, groups = lone_to_forward(office), groups_to_forward(office)
    today = timezone.localdate()
    form = ForwardingForm(
        request.POST or None, organisation=office, opinions=opinions, groups=groups, today=today
    )
    if form.is_valid():
        row = _start(request, office, form)
        messages.success(request, _("Đã lập danh sách. Xem lại lời từng dòng rồi trình ký."))
        return redirect(row)
    context = {"form": form, "office": office, "opinions": opinions[:MOST], "groups": groups[:MOST]}
    return render(request, "feedback/forwarding_create.html", context)


@require_GET
def forwarding(request: UserRequest, pk: int) -> HttpResponse:
    row = _load(request, pk)
    user = request.user
    is_maker = rules.may_make_forwarding(user, row.organisation)
    may_keep = rules.may_keep_forwarding(user, row)
    context = {
        "forwarding": row,
        "items": _items_of(row),
        "is_ours": user.has_role(row.organisation_id, Role.CLERK, Role.HEAD),
        "may_edit": is_maker and row.is_draft and row.document.is_editable,
        "may_keep": may_keep,
        "is_waiting": row.state in (ForwardingState.SENT, ForwardingState.TAKEN),
        "take_form": TakeOverForm(receiver=row.receiver) if _may_take(request, row) else None,
        "return_form": ReturnForm(),
        "entries": history_of(row),
        "labels": dict(ForwardingState.choices),
    }
    return render(request, "feedback/forwarding.html", context)


@require_http_methods(["GET", "POST"])
@once
def line_edit(request: UserRequest, pk: int, item_pk: int) -> HttpResponse:
    item = _load_item(request, pk, item_pk)
    row = item.forwarding
    require(rules.may_make_forwarding(request.user, row.organisation), OFFICE_ONLY)
    form = LineForm(request.POST or None, initial={"text": item.text})
    if form.is_valid():
        actions.edit_item(item, by=request.user, **form.cleaned_data)
        return redirect(row)
    title = _("Sửa lời dòng %(n)s") % {"n": item.position}
    return show_act(request, _act(row, title, _("Lưu")), form)


@require_POST
@once
def line_drop(request: UserRequest, pk: int, item_pk: int) -> HttpResponse:
    item = _load_item(request, pk, item_pk)
    actions.drop_item(item, by=request.user)
    messages.success(request, _("Đã bỏ khỏi danh sách; ý kiến vẫn chờ xử lý."))
    return redirect(item.forwarding)


@require_http_methods(["GET", "POST"])
@once
def line_answer(request: UserRequest, pk: int, item_pk: int) -> HttpResponse:
    item = _load_item(request, pk, item_pk)
    row = item.forwarding
    require(rules.may_keep_forwarding(request.user, row), KEEPERS_ONLY)
    form = LineAnswerForm(request.POST or None)
    if form.is_valid():
        today = timezone.localdate()
        actions.answer_item(item, by=request.user, today=today, **form.cleaned_data)
        messages.success(request, _("Đã trả lời; người gửi đọc được khi tra cứu."))
        return redirect(row)
    title = _("Trả lời dòng %(n)s") % {"n": item.position}
    return show_act(request, _act(row, title, _("Trả lời và báo người gửi"), item.text), form)


@require_POST
@once
def forwarding_take(request: UserRequest, pk: int) -> HttpResponse:
    row = _load(request, pk)
    if row.is_on_paper:
        actions.note_taken(row, by=request.user, today=timezone.localdate())
        messages.success(request, _("Đã ghi nơi nhận đã tiếp nhận."))
        return redirect(row)
    require(rules.may_receive_forwarding(request.user, row), KEEPERS_ONLY)
    form = TakeOverForm(request.POST, receiver=row.receiver)
    if not form.is_valid():
        messages.error(request, _("Hãy chọn đợt lấy ý kiến nhận danh sách này."))
        return redirect(row)
    actions.take_over(row, by=request.user, today=timezone.localdate(), **form.cleaned_data)
    messages.success(request, _("Đã tiếp nhận. Các nội dung nay nằm trong đợt đã chọn."))
    return redirect(row)


@require_POST
@once
def forwarding_return(request: UserRequest, pk: int) -> HttpResponse:
    row = _load(request, pk)
    require(rules.may_keep_forwarding(request.user, row), KEEPERS_ONLY)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Hãy ghi lý do trả lại."))
        return redirect(row)
    actions.return_forwarding(row, by=request.user, **form.cleaned_data)
    messages.success(request, _("Đã trả lại danh sách."))
    return redirect(row)


@require_POST
@once
def forwarding_cancel(request: UserRequest, pk: int) -> HttpResponse:
    row = _load(request, pk)
    actions.cancel_forwarding(row, by=request.user)
    messages.success(request, _("Đã hủy danh sách; các ý kiến vẫn chờ xử lý."))
    return redirect(row)


def _start(request: UserRequest, office: Organisation, form: ForwardingForm) -> Forwarding:
    typed = form.cleaned_data
    opinions = typed["opinion"].select_related("submission__area", "field")
    return actions.start_forwarding(
        actions.Chosen(list(opinions), list(typed["group"])),
        by=request.user,
        organisation=office,
        receiver=typed["receiver"],
        receiver_name=typed["receiver_name"],
        today=timezone.localdate(),
    )


def _load(request: UserRequest, pk: int) -> Forwarding:
    visible = Forwarding.objects.visible_to(request.user).select_related(
        "organisation__unit", "receiver", "document__organisation", "document__type", "submission"
    )
    return get_object_or_404(visible, pk=pk)


def _load_item(request: UserRequest, pk: int, item_pk: int) -> ForwardedItem:
    row = _load(request, pk)
    items = ForwardedItem.objects.select_related("forwarding__organisation__unit")
    return get_object_or_404(
        items.select_related("forwarding__document", "opinion__submission", "group"),
        forwarding=row,
        pk=item_pk,
    )


def _items_of(row: Forwarding) -> QuerySet[ForwardedItem]:
    items = row.items.select_related(
        "field", "opinion__submission", "group", "taken__submission", "forwarding"
    )
    return items.order_by("position")


def _may_take(request: UserRequest, row: Forwarding) -> bool:
    is_there = row.state == ForwardingState.SENT and not row.is_on_paper
    return is_there and rules.may_receive_forwarding(request.user, row)


def _act(row: Forwarding, title: str, button: str, quote: str = "") -> Act:
    label: Any = _("Danh sách %(code)s") % {"code": row.shown_code}
    return Act(
        title=title,
        button=button,
        back_url=row.get_absolute_url(),
        back_label=label,
        quote=quote,
    )
