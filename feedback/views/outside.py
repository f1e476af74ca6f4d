"""What does not belong in the dialogue: left out with words, or led out by law; the papers for both."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from core.access import require
from core.http import once
from core.versions import StaleError
from documents.rules import may_create_document
from feedback import rules
from feedback.actions import desk, triage
from feedback.forms.desk import LeaveOutForm, RouteOutForm
from feedback.models import Opinion
from feedback.queries.leads import (
    last_line_of,
    receiving_bodies,
    reply_templates,
    reply_words,
)
from feedback.states import OpinionState
from feedback.views.common import OFFICE_ONLY, Act, load_opinion, show_act
from feedback.views.desk import onward_url
from organisations.http import UserRequest

LOCKED = gettext_lazy(
    "Nội dung, người gửi và tệp kèm theo sẽ bị khóa: chỉ bộ phận tiếp công dân mở được, mỗi lần mở "
    "đều được ghi lại. Ở đây chỉ còn mã, ngày, nơi tiếp nhận và phiếu chuyển. Không lấy lại được."
)


@require_http_methods(["GET", "POST"])
@once
def decline(request: UserRequest, pk: int) -> HttpResponse:
    row = load_opinion(request, pk)
    require(rules.may_sort_opinion(request.user, row), OFFICE_ONLY)
    if request.method == "GET" and not _may_go_to(OpinionState.DECLINED, row):
        return redirect(row)
    words = reply_templates(row.submission.consultation.organisation)
    form = LeaveOutForm(
        request.POST or None,
        words={name: reply_words(text, row, _("[nơi chuyển đến]")) for name, text in words.items()},
        initial={"seen": last_line_of([pk])},
    )
    if form.is_valid():
        return _leave_out(request, row, form, words)
    title = _("Không đưa vào nội dung đối thoại")
    return show_act(request, _act(row, title, _("Để ngoài và báo người gửi")), form)


@require_http_methods(["GET", "POST"])
@once
def route_out(request: UserRequest, pk: int) -> HttpResponse:
    row = load_opinion(request, pk)
    require(rules.may_sort_opinion(request.user, row), OFFICE_ONLY)
    if request.method == "GET" and not _may_go_to(OpinionState.ROUTED, row):
        return redirect(row)
    bodies = receiving_bodies(row.submission.consultation.organisation)
    form = RouteOutForm(request.POST or None, bodies=bodies)
    if form.is_valid():
        today = timezone.localdate()
        matter = triage.route_out_opinion(row, by=request.user, today=today, **form.cleaned_data)
        messages.success(request, _("Đã chuyển ra ngoài đối thoại. Chỉ tiếp công dân còn mở được."))
        for sentence in matter.papers.splitlines():
            messages.warning(request, sentence)
        return redirect(onward_url(request, pk))
    title, button = _("Chuyển ra ngoài đối thoại"), _("Chuyển và khóa nội dung")
    act = _act(row, title, button, str(LOCKED), tone="soon")
    return show_act(request, act, form)


@require_POST
@once
def letter(request: UserRequest, pk: int) -> HttpResponse:
    row = load_opinion(request, pk)
    require(rules.may_sort_opinion(request.user, row), OFFICE_ONLY)
    document = triage.write_reply_letter(row, by=request.user, today=timezone.localdate())
    return redirect("documents:edit", document.pk)


@require_POST
@once
def transfer(request: UserRequest, pk: int) -> HttpResponse:
    row = load_opinion(request, pk)
    office = row.submission.consultation.organisation
    require(may_create_document(request.user, office), OFFICE_ONLY)
    document = triage.write_slip(row.matter, by=request.user, today=timezone.localdate())
    return redirect("documents:edit", document.pk)


def _leave_out(
    request: UserRequest, row: Opinion, form: LeaveOutForm, words: dict[str, str]
) -> HttpResponse:
    values = dict(form.cleaned_data)
    seen = values.pop("seen")
    if not values["reason"]:
        values["reason"] = reply_words(words[values["resolution"]], row, values["target"])
    newest = last_line_of([row.pk])
    try:
        desk.decline_at_desk(row, by=request.user, seen=newest if seen is None else seen, **values)
    except StaleError:
        messages.error(request, _("Người khác vừa xử lý ý kiến này; chưa có gì bị ghi đè."))
        return redirect(row)
    messages.success(request, _("Đã để ngoài nội dung đối thoại; người gửi đọc được lý do."))
    return redirect(onward_url(request, row.pk))


def _may_go_to(state: str, row: Opinion) -> bool:
    """Whether the step is still open; if not, the page of the opinion says where it went."""
    return state in Opinion.TRANSITIONS[row.state]


def _act(row: Opinion, title: str, button: str, text: str = "", tone: str = "") -> Act:
    return Act(
        title=title,
        button=button,
        back_url=row.get_absolute_url(),
        back_label=_("Ý kiến %(code)s") % {"code": row.code},
        text=text,
        quote=row.text,
        tone=tone,
    )
