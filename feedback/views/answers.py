"""The answer on its way: written by the agency, approved by its head, judged by the office."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.access import require
from core.http import once
from core.versions import StaleError
from feedback import actions, queries, rules
from feedback.actions.answers import why_closed
from feedback.forms.answers import QuotingForm
from feedback.forms.office import ReasonForm
from feedback.models import Answer, AnswerRequest, IssueGroup
from feedback.queries.answers import (
    last_return,
    standing_request,
    words_of_key,
    words_to_insert,
)
from feedback.states import RequestState
from feedback.views.common import OFFICE_ONLY, group_act, load_group, show_act
from organisations.http import UserRequest


@require_http_methods(["GET", "POST"])
@once
def answer(request: UserRequest, pk: int) -> HttpResponse:
    ended = _ended_request(request, pk)
    if ended is not None:
        return _answer_late(request, ended)
    row = load_group(request, pk)
    require(rules.may_write_answer(request.user, row), rules.NOT_LEAD)
    draft = Answer.objects.visible_to(request.user).filter(group=row).first()
    form = _writing_form(request, row, draft)
    closed = why_closed(draft, is_head=rules.may_approve_answer(request.user, row))
    if closed:
        return _show_closed(request, row, form, closed)
    if form.is_bound and form.is_valid():
        try:
            actions.write_answer(row, by=request.user, **form.values())
        except StaleError as stale:
            return _show_stale(request, row, form, stale)
        messages.success(request, _("Đã lưu bản thảo. Người ngoài chưa đọc được."))
        return redirect(row)
    return _show_writing(request, row, form, returned=last_return(draft))


def _show_closed(
    request: UserRequest, row: IssueGroup, form: QuotingForm, closed: str
) -> HttpResponse:
    """Somebody sent it on meanwhile: what was typed stays on the page, to be copied."""
    if form.is_bound:
        return _show_writing(request, row, form, status=409, closed=closed)
    messages.info(request, closed)
    return redirect(row)


def _ended_request(request: UserRequest, group_pk: int) -> AnswerRequest | None:
    """The request the person's agency had for a group it no longer answers."""
    if IssueGroup.objects.visible_to(request.user).filter(pk=group_pk).exists():
        return None
    ended = AnswerRequest.objects.visible_to(request.user).filter(
        group=group_pk, state=RequestState.WITHDRAWN
    )
    return ended.select_related("lead").order_by("-pk").first()


def _answer_late(request: UserRequest, ended: AnswerRequest) -> HttpResponse:
    """The request was withdrawn meanwhile: say so, and keep what was written."""
    text = request.POST.get("text", "").strip()[:20_000]
    if text:
        actions.keep_late_text(ended, by=request.user, text=text)
        messages.warning(
            request,
            _(
                "Đề nghị này đã được rút. Nội dung Ông/Bà vừa soạn được giữ ở đây, văn phòng đọc được."
            ),
        )
    return redirect(ended)


def _writing_form(request: UserRequest, row: IssueGroup, draft: Answer | None) -> QuotingForm:
    """The form as it was; buttons beside the text put words in, and save nothing."""
    words = words_to_insert(standing_request(row.pk), request.user, row.lead_id)
    if "put_in" not in request.POST:
        return QuotingForm(request.POST or None, initial=_initial(draft), words=words)
    typed: dict[str, Any] = request.POST.dict() | {"bases": request.POST.getlist("bases")}
    if request.POST["put_in"] == "words":
        more = words_of_key(request.POST.get("insert", ""), request.user)
        typed["text"] = "\n\n".join(part for part in (typed.get("text", ""), more) if part)
        typed["insert"] = ""
    return QuotingForm(initial=typed, words=words)


def _initial(draft: Answer | None) -> dict[str, Any]:
    if draft is None:
        return {}
    return {
        "text": draft.text,
        "legal_basis": draft.legal_basis,
        "version": draft.version,
        "bases": list(draft.bases.values_list("pk", flat=True)),
    }


def _show_writing(
    request: UserRequest, row: IssueGroup, form: QuotingForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "group": row,
        "form": form,
        "asked": standing_request(row.pk),
        "quotes": row.opinions.in_dialogue().order_by("pk")[:20],
        "memory": queries.memory_of(row),
        **more,
    }
    return render(request, "feedback/answer.html", context, status=status)


def _show_stale(
    request: UserRequest, row: IssueGroup, form: QuotingForm, stale: StaleError
) -> HttpResponse:
    current = stale.current
    assert isinstance(current, Answer)
    theirs = _initial(current)
    shown = [form[name] for name in ("text", "legal_basis")]
    rows = [
        {"label": field.label, "mine": field.value(), "theirs": theirs[field.name]}
        for field in shown
    ]
    posted = request.POST.copy()
    posted["version"] = str(current.version)
    words = words_to_insert(standing_request(row.pk), request.user, row.lead_id)
    return _show_writing(request, row, QuotingForm(posted, words=words), status=409, stale=rows)


@require_POST
@once
def answer_submit(request: UserRequest, pk: int) -> HttpResponse:
    row = load_group(request, pk)
    given = _answer(request, row)
    actions.submit_answer(given, by=request.user)
    messages.success(
        request, _("Đã gửi: %(where)s.") % {"where": given.get_state_display().lower()}
    )
    return redirect(row)


@require_POST
@once
def answer_approve(request: UserRequest, pk: int) -> HttpResponse:
    row = load_group(request, pk)
    actions.approve_answer(_answer(request, row), by=request.user)
    messages.success(request, _("Đã duyệt và gửi văn phòng."))
    return redirect(row)


@require_POST
@once
def answer_send_back(request: UserRequest, pk: int) -> HttpResponse:
    said = _("Đã trả lại người soạn kèm lý do.")
    return _give_back(request, pk, actions.send_back_answer, rules.may_approve_answer, said)


@require_POST
@once
def answer_return(request: UserRequest, pk: int) -> HttpResponse:
    said = _("Đã trả lại kèm lý do.")
    return _give_back(request, pk, actions.return_answer, rules.may_judge_answer, said)


def _give_back(
    request: UserRequest, pk: int, act: Callable[..., None], may: Callable[..., bool], said: str
) -> HttpResponse:
    """Back to the draft, with a reason; without one the form comes again."""
    row = load_group(request, pk)
    given = _answer(request, row)
    form = ReasonForm(request.POST)
    if form.is_valid():
        act(given, by=request.user, **form.cleaned_data)
        messages.success(request, said)
        return redirect(row)
    require(may(request.user, row), OFFICE_ONLY)
    page = group_act(row, _("Trả lại câu trả lời"), _("Trả lại"))
    return show_act(request, page, form, status=422)


@require_POST
@once
def answer_accept(request: UserRequest, pk: int) -> HttpResponse:
    row = load_group(request, pk)
    actions.accept_answer(_answer(request, row), by=request.user)
    messages.success(
        request, _("Đã duyệt. Câu trả lời chưa ai ngoài đọc được cho đến khi công bố.")
    )
    return redirect(row)


def _answer(request: UserRequest, row: IssueGroup) -> Answer:
    visible = Answer.objects.visible_to(request.user).select_related(
        "group__task", "group__consultation__organisation", "link__request__group", "written_by"
    )
    return get_object_or_404(visible, group=row)
