"""Asking an agency: the request, its page, helpers' parts, the talk, links without account."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import require
from core.codes import grouped_code
from core.http import once
from core.versions import StaleError
from feedback import actions, queries, rules
from feedback.actions import links
from feedback.actions.answers import why_closed
from feedback.forms.answers import (
    AskForm,
    ChangeRequestForm,
    LinkForm,
    PartForm,
    RemarkForm,
    WithdrawForm,
)
from feedback.http import public_address
from feedback.models import AnswerLink, AnswerPart, AnswerRequest, IssueGroup
from feedback.queries.answers import due_to_offer, helping_bodies, parts_of, remarks_of
from feedback.queries.leads import lead_in_mind
from feedback.queries.links import live_links, token_of
from feedback.states import RequestState
from feedback.views.common import OFFICE_ONLY, Act, group_act, load_group, show_act
from organisations.http import UserRequest

LOOK, LOOK_SECONDS = "feedback.link", 300


@require_http_methods(["GET", "POST"])
@once
def ask(request: UserRequest, pk: int) -> HttpResponse:
    row = load_group(request, pk)
    require(rules.may_run_group(request.user, row), OFFICE_ONLY)
    today = timezone.localdate()
    due = due_to_offer(row.consultation, today)
    form = AskForm(
        request.POST or None,
        consultation=row.consultation,
        today=today,
        due=due,
        initial={"lead": lead_in_mind(row)},
    )
    if form.is_valid():
        actions.ask_agency(row, by=request.user, today=today, **form.cleaned_data)
        messages.success(request, _("Đã giao; cơ quan được báo ngay trong hộp thư và qua thư."))
        return redirect(row)
    act = group_act(row, _("Đề nghị cơ quan trả lời"), _("Giao chuẩn bị trả lời"))
    return show_act(request, act, form, memory=queries.memory_of(row))


def load_request(request: UserRequest, pk: int) -> AnswerRequest:
    visible = AnswerRequest.objects.visible_to(request.user).select_related(
        "group__consultation__organisation", "lead", "task", "asked_by"
    )
    return get_object_or_404(visible, pk=pk)


@require_GET
def request_(request: UserRequest, pk: int) -> HttpResponse:
    row = load_request(request, pk)
    may_run = rules.may_run_group(request.user, row.group)
    now = timezone.now()
    context = {
        "asked": row,
        "group": row.group,
        "is_standing": row.state == RequestState.STANDING,
        "helpers": row.task.cooperating.order_by("name") if row.task else [],
        "may_run": may_run,
        "may_write": _may_write_now(request, row.group),
        "may_help": helping_bodies(request.user, row).exists(),
        "parts": parts_of(row, request.user),
        "remarks": remarks_of(row, request.user),
        "remark_form": RemarkForm(),
        "links": live_links(row.pk, now) if may_run else [],
        "today": timezone.localdate(),
    }
    return render(request, "feedback/request.html", context)


def _may_write_now(request: UserRequest, group: IssueGroup) -> bool:
    is_head = rules.may_approve_answer(request.user, group)
    draft = getattr(group, "answer", None)
    is_open = not why_closed(draft, is_head=is_head)
    return is_open and rules.may_write_answer(request.user, group)


@require_http_methods(["GET", "POST"])
@once
def request_change(request: UserRequest, pk: int) -> HttpResponse:
    row = load_request(request, pk)
    require(rules.may_run_group(request.user, row.group), OFFICE_ONLY)
    form = ChangeRequestForm(request.POST or None, request=row, today=timezone.localdate())
    if form.is_valid():
        actions.change_request(row, by=request.user, **form.cleaned_data)
        messages.success(request, _("Đã đổi; các cơ quan được báo."))
        return redirect(row)
    return show_act(request, _act(row, _("Đổi đề nghị trả lời"), _("Lưu thay đổi")), form)


@require_http_methods(["GET", "POST"])
@once
def request_withdraw(request: UserRequest, pk: int) -> HttpResponse:
    row = load_request(request, pk)
    require(rules.may_run_group(request.user, row.group), OFFICE_ONLY)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        actions.withdraw_request(row, by=request.user, **form.cleaned_data)
        messages.success(request, _("Đã rút đề nghị; cơ quan được báo lý do."))
        return redirect(row.group)
    text = _("Nhiệm vụ của cơ quan chấm dứt. Bản thảo đã soạn được giữ lại cùng đề nghị này.")
    act = _act(row, _("Rút đề nghị trả lời"), _("Rút đề nghị"), text=text, tone="soon")
    return show_act(request, act, form)


@require_http_methods(["GET", "POST"])
@once
def part(request: UserRequest, pk: int) -> HttpResponse:
    row = load_request(request, pk)
    body = helping_bodies(request.user, row).order_by("pk").first()
    require(body is not None, rules.NOT_HELPER)
    written = AnswerPart.objects.filter(request=row, organisation=body, is_kept=False).first()
    initial = {"text": written.text, "version": written.version} if written else {}
    form = PartForm(request.POST or None, initial=initial)
    act = _act(row, _("Góp phần trả lời"), _("Lưu phần của đơn vị"), keeps_draft=True)
    if form.is_valid():
        try:
            actions.write_part(row, by=request.user, **form.cleaned_data)
        except StaleError as stale:
            return _show_stale_part(request, act, form, stale)
        messages.success(request, _("Đã lưu; cơ quan chủ trì đọc được."))
        return redirect(row)
    return show_act(request, act, form)


def _show_stale_part(
    request: UserRequest, act: Act, form: PartForm, stale: StaleError
) -> HttpResponse:
    current = stale.current
    assert isinstance(current, AnswerPart)
    rows = [{"label": form["text"].label, "mine": form["text"].value(), "theirs": current.text}]
    posted = request.POST.copy()
    posted["version"] = str(current.version)
    return show_act(request, act, PartForm(posted), status=409, stale=rows)


@require_POST
@once
def remark(request: UserRequest, pk: int) -> HttpResponse:
    row = load_request(request, pk)
    form = RemarkForm(request.POST)
    if form.is_valid():
        actions.add_remark(row, by=request.user, **form.cleaned_data)
        messages.success(request, _("Đã ghi; các đơn vị cùng trả lời được báo."))
        return redirect(f"{row.get_absolute_url()}#trao-doi")
    return show_act(request, _act(row, _("Trao đổi nội bộ"), _("Gửi trao đổi")), form, status=422)


@require_http_methods(["GET", "POST"])
@once
def link_create(request: UserRequest, pk: int) -> HttpResponse:
    row = load_request(request, pk)
    require(rules.may_run_group(request.user, row.group), OFFICE_ONLY)
    today = timezone.localdate()
    due_on = row.task.due_on if row.task else None
    initial = {"expires_on": max(due_on or today, today)}
    form = LinkForm(request.POST or None, initial=initial, today=today)
    if form.is_valid():
        made = links.make_link(row, by=request.user, **form.values())
        if made.email:
            messages.success(request, _("Đã lập đường dẫn và gửi thư."))
        else:
            messages.success(request, _("Đã lập đường dẫn. Bấm “Xem, in đường dẫn” để lấy."))
        return redirect(row)
    text = _(
        "Dùng khi cơ quan chưa có tài khoản. Ai có đường dẫn đều trả lời được vấn đề này và chỉ vấn "
        "đề này; đường dẫn cũ hết hiệu lực."
    )
    act = _act(row, _("Đường dẫn trả lời"), _("Lập đường dẫn"), text=text)
    return show_act(request, act, form)


@require_POST
@once
def link_look(request: UserRequest, pk: int) -> HttpResponse:
    row = _load_link(request, pk)
    links.note_link_shown(row, by=request.user)
    ticket = signing.dumps(row.pk, salt=LOOK)
    return redirect(f"{reverse('feedback:link_show', args=[row.pk])}?phieu={ticket}")


@never_cache
@require_GET
def link_show(request: UserRequest, pk: int) -> HttpResponse:
    """Only with the ticket of a look that was remembered a moment ago."""
    row = _load_link(request, pk)
    require(rules.may_run_group(request.user, row.request.group), OFFICE_ONLY)
    try:
        looked_at = signing.loads(request.GET.get("phieu", ""), salt=LOOK, max_age=LOOK_SECONDS)
    except signing.BadSignature:
        return redirect(row.request)
    context = {
        "link": row,
        "asked": row.request,
        "address": public_address("feedback:link", grouped_code(token_of(row))),
        "is_live": looked_at == row.pk and row.is_live(timezone.now()),
    }
    return render(request, "feedback/link_show.html", context)


@require_POST
@once
def link_revoke(request: UserRequest, pk: int) -> HttpResponse:
    row = _load_link(request, pk)
    links.revoke_link(row, by=request.user)
    messages.success(request, _("Đã thu hồi đường dẫn."))
    return redirect(row.request)


def _load_link(request: UserRequest, pk: int) -> AnswerLink:
    rows = AnswerLink.objects.visible_to(request.user).select_related(
        "request__lead", "request__group__consultation__organisation"
    )
    return get_object_or_404(rows, pk=pk)


def _act(row: AnswerRequest, title: str, button: str, **more: Any) -> Act:
    return Act(
        title=title,
        button=button,
        back_url=row.get_absolute_url(),
        back_label=row.group.title,
        **more,
    )
