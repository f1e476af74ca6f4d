"""Petitions to a higher level: made by the office, taken over and answered above."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from conclusions import actions, queries, rules
from conclusions.forms import GiveForm, LineForm, PetitionForm
from conclusions.models import Petition, PetitionItem
from conclusions.states import PetitionState
from conclusions.views.common import load_notice, tabs
from core.access import require
from core.http import once
from core.paging import keyset_page
from core.transitions import history_of
from feedback.forms.forwarding import LineAnswerForm, ReturnForm
from feedback.views.common import Act, show_act
from organisations.http import UserRequest


@require_GET
def petitions(request: UserRequest) -> HttpResponse:
    rows = queries.with_counts(Petition.objects.visible_to(request.user))
    rows = rows.select_related("organisation", "document__organisation", "document__type")
    if request.GET.get("den") == "1":
        rows = rows.filter(receiver__in=request.user.organisation_ids())
    context = {
        "page": keyset_page(rows, request.GET),
        "tabs": tabs("conclusions:petitions"),
        "is_inbox": request.GET.get("den") == "1",
        "waiting": Petition.objects.waiting_for(request.user).count(),
        "mine": request.user.organisation_ids(),
        "today": timezone.localdate(),
    }
    return render(request, "conclusions/petitions.html", context)


@require_http_methods(["GET", "POST"])
@once
def petition_create(request: UserRequest, notice_pk: int) -> HttpResponse:
    notice, today = load_notice(request, notice_pk), timezone.localdate()
    require(rules.may_petition(request.user, notice), rules.NOT_PETITIONING)
    form = PetitionForm(
        request.POST or None,
        organisation=notice.document.organisation,
        points=queries.free_points(notice),
        today=today,
    )
    if form.is_valid():
        typed = form.cleaned_data | {"points": list(form.cleaned_data["points"])}
        row = actions.start_petition(notice, by=request.user, today=today, **typed)
        messages.success(request, _("Đã soạn kiến nghị. Xem lại lời từng dòng rồi trình ký."))
        return redirect(row)
    title, button = _("Kiến nghị cấp trên"), _("Soạn văn bản kiến nghị")
    back = Act(title, button, notice.get_absolute_url(), str(notice.document.abstract))
    return show_act(request, back, form)


@require_GET
def petition(request: UserRequest, pk: int) -> HttpResponse:
    row, user = _load(request, pk), request.user
    is_maker = rules.may_edit_petition(user, row)
    may_keep = rules.may_keep_petition(user, row)
    is_ours = user.has_role(row.organisation_id)
    context = {
        "petition": row,
        "items": queries.items_of(row),
        "is_ours": is_ours,
        "may_edit": is_maker and row.is_draft and row.document.is_editable,
        "may_receive": may_keep and row.state == PetitionState.SENT,
        "may_answer": may_keep and row.is_above,
        "may_give": rules.may_give_petition_work(user, row) and row.state == "received",
        "reason_form": ReturnForm(),
        "entries": history_of(row) if is_ours else history_of(row).exclude(to_state=""),
        "labels": dict(PetitionState.choices),
        "today": timezone.localdate(),
    }
    return render(request, "conclusions/petition.html", context)


@require_GET
def petition_paper(request: UserRequest, pk: int) -> FileResponse:
    row = _load(request, pk)
    if not row.document.pdf:
        raise Http404
    response = FileResponse(row.document.pdf.open("rb"), content_type="application/pdf")
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@once
def petition_cancel(request: UserRequest, pk: int) -> HttpResponse:
    row = _load(request, pk)
    actions.cancel_petition(row, by=request.user)
    messages.success(request, _("Đã hủy; các điểm vẫn chờ kiến nghị."))
    return redirect(row.notice)


@require_POST
@once
def petition_receive(request: UserRequest, pk: int) -> HttpResponse:
    row = _load(request, pk)
    actions.receive_petition(row, by=request.user, today=timezone.localdate())
    messages.success(request, _("Đã ghi tiếp nhận; cơ quan gửi và người nêu ý kiến đọc được."))
    return redirect(row)


@require_POST
@once
def petition_return(request: UserRequest, pk: int) -> HttpResponse:
    row = _load(request, pk)
    require(rules.may_keep_petition(request.user, row), rules.NOT_RECEIVING)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Hãy ghi lý do trả lại."))
        return redirect(row)
    today = timezone.localdate()
    actions.return_petition(row, by=request.user, today=today, **form.cleaned_data)
    messages.success(request, _("Đã trả lại kiến nghị."))
    return redirect(row)


@require_http_methods(["GET", "POST"])
@once
def line_edit(request: UserRequest, pk: int, item_pk: int) -> HttpResponse:
    item = _load_item(request, pk, item_pk)
    require(rules.may_edit_petition(request.user, item.petition), rules.NOT_PETITIONING)
    form = LineForm(request.POST or None, initial={"text": item.text})
    if form.is_valid():
        actions.edit_line(item, by=request.user, **form.cleaned_data)
        return redirect(item.petition)
    return show_act(request, _act(item, _("Sửa lời dòng %(n)s"), _("Lưu")), form)


@require_http_methods(["GET", "POST"])
@once
def line_give(request: UserRequest, pk: int, item_pk: int) -> HttpResponse:
    item, today = _load_item(request, pk, item_pk), timezone.localdate()
    row = item.petition
    require(rules.may_give_petition_work(request.user, row), rules.NOT_RECEIVING)
    assert row.receiver is not None
    form = GiveForm(request.POST or None, receiver=row.receiver, today=today)
    if form.is_valid():
        actions.give_petition_work(item, by=request.user, today=today, **form.cleaned_data)
        messages.success(request, _("Đã giao việc."))
        return redirect(row)
    return show_act(request, _act(item, _("Giao xử lý dòng %(n)s"), _("Giao việc")), form)


@require_http_methods(["GET", "POST"])
@once
def line_answer(request: UserRequest, pk: int, item_pk: int) -> HttpResponse:
    item = _load_item(request, pk, item_pk)
    row = item.petition
    require(rules.may_keep_petition(request.user, row), rules.NOT_RECEIVING)
    form = LineAnswerForm(request.POST or None, initial={"text": queries.reported_for(item)})
    if form.is_valid():
        today = timezone.localdate()
        actions.answer_line(item, by=request.user, today=today, **form.cleaned_data)
        messages.success(request, _("Đã trả lời; cơ quan gửi và người nêu ý kiến được báo."))
        return redirect(row)
    button = _("Trả lời và báo người nêu ý kiến")
    return show_act(request, _act(item, _("Trả lời dòng %(n)s"), button), form)


def _load(request: UserRequest, pk: int) -> Petition:
    visible = Petition.objects.visible_to(request.user).select_related(
        "organisation__unit",
        "receiver__unit",
        "document__organisation",
        "document__type",
        "notice__document__organisation",
        "notice__conference__session__plan__document",
    )
    return get_object_or_404(visible, pk=pk)


def _load_item(request: UserRequest, pk: int, item_pk: int) -> PetitionItem:
    row = _load(request, pk)
    items = row.items.select_related("point__notice__document__organisation", "point__clause")
    item: PetitionItem = get_object_or_404(items, pk=item_pk)
    item.petition = row
    return item


def _act(item: PetitionItem, title: str, button: str) -> Act:
    row = item.petition
    return Act(
        title=title % {"n": item.position},
        button=button,
        back_url=row.get_absolute_url(),
        back_label=_("Kiến nghị gửi %(body)s") % {"body": row.receiver_name},
        quote=item.text,
    )
