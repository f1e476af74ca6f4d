"""Matters: gathering opinions, asking an agency, its answer, judging and releasing answers."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import require
from core.http import once
from core.paging import keyset_page
from core.versions import StaleError
from feedback import actions, queries, rules
from feedback.forms.office import AnswerForm, AskForm, GroupAddForm, GroupForm, ReasonForm
from feedback.forms.sorting import MergeForm
from feedback.models import Answer, IssueGroup, Opinion
from feedback.states import AnswerState
from feedback.views.common import (
    OFFICE_ONLY,
    Act,
    history_of,
    load_consultation,
    load_group,
    load_opinion,
    show_act,
    tabs,
)
from organisations.http import UserRequest


@require_GET
def groups(request: UserRequest) -> HttpResponse:
    answers = Answer.objects.visible_to(request.user)
    rows = (
        IssueGroup.objects.visible_to(request.user)
        .standing()
        .select_related("field", "lead", "task", "consultation")
        .with_numbers()
        .prefetch_related(Prefetch("answer", queryset=answers, to_attr="shown_answer"))
    )
    context = {
        "page": keyset_page(rows, request.GET),
        "today": timezone.localdate(),
        "tabs": tabs(request, "feedback:groups"),
    }
    return render(request, "feedback/groups.html", context)


@require_http_methods(["GET", "POST"])
@once
def group_create(request: UserRequest) -> HttpResponse:
    opinions = _chosen(request)
    consultation = opinions[0].submission.consultation
    require(rules.may_run_consultation(request.user, consultation), OFFICE_ONLY)
    initial = {"field": opinions[0].field_id, "competence": opinions[0].competence}
    form = GroupForm(request.POST or None, initial=initial)
    if form.is_valid():
        group = actions.create_group(opinions, by=request.user, **form.cleaned_data)
        messages.success(request, _("Đã lập vấn đề. Từng ý kiến gốc vẫn giữ nguyên."))
        return redirect(group)
    context = {"form": form, "opinions": opinions}
    return render(request, "feedback/group_create.html", context)


def _chosen(request: UserRequest) -> list[Opinion]:
    """The opinions named in the address or the form; unknown and foreign ones are not found."""
    named = request.POST.getlist("opinion") or request.GET.getlist("opinion")
    numbers = {int(text) for text in named if text.isdecimal() and len(text) < 19}
    found = list(
        Opinion.objects.visible_to(request.user)
        .filter(pk__in=numbers)
        .select_related("submission__consultation", "submission__area", "field")
        .order_by("pk")
    )
    if not numbers or len(found) != len(set(named)):
        raise Http404
    return found


@require_POST
@once
def group_add(request: UserRequest, pk: int) -> HttpResponse:
    row = load_opinion(request, pk)
    require(rules.may_sort_opinion(request.user, row), OFFICE_ONLY)
    form = GroupAddForm(request.POST, consultation=row.submission.consultation)
    if form.is_valid():
        actions.add_to_group(form.cleaned_data["group"], [row], by=request.user)
        messages.success(request, _("Đã gộp vào vấn đề."))
    else:
        messages.error(request, _("Hãy chọn một vấn đề của đợt này."))
    return redirect(row.group if request.POST.get("back") == "group" and row.group else row)


@require_POST
@once
def ungroup(request: UserRequest, pk: int) -> HttpResponse:
    row = load_opinion(request, pk)
    require(rules.may_sort_opinion(request.user, row), OFFICE_ONLY)
    actions.ungroup_opinion(row, by=request.user)
    messages.success(request, _("Đã tách ý kiến khỏi vấn đề."))
    return redirect(row)


@require_GET
def group(request: UserRequest, pk: int) -> HttpResponse:
    row = load_group(request, pk)
    answer = Answer.objects.visible_to(request.user).filter(group=row).first()
    members = list(row.opinions.select_related("submission__area", "field").order_by("pk"))
    joined = queries.joined_by(row)
    context = {
        "group": row,
        "opinions": members,
        "supports": joined,
        "people": len(joined) + sum(opinion.supporters for opinion in members),
        "areas": queries.areas_of(row),
        "answer": answer,
        "may_run": rules.may_run_group(request.user, row),
        "may_write": rules.may_write_answer(request.user, row),
        "may_judge": rules.may_judge_answer(request.user, row),
        "answer_entries": history_of(answer) if answer and _is_inside(request, row) else [],
    }
    context |= _frame(row) | _office_part(context, members)
    return render(request, "feedback/group.html", context)


def _frame(row: IssueGroup) -> dict[str, Any]:
    """What every reader of a group sees around its words."""
    return {
        "reason_form": ReasonForm(),
        "today": timezone.localdate(),
        "entries": history_of(row),
        "labels": dict(AnswerState.choices),
        "memory": queries.memory_of(row),
    }


def _office_part(context: dict[str, Any], members: list[Opinion]) -> dict[str, Any]:
    """What only the office acts on: lone opinions like these, former groups, merging."""
    row = context["group"]
    if not context["may_run"] or row.merged_into_id:
        return {}
    return {
        "alone": queries.lone_like(row, members),
        "likely": queries.likely_earlier(row),
        "merge_form": MergeForm(group=row),
    }


def _is_inside(request: UserRequest, row: IssueGroup) -> bool:
    return rules.may_run_group(request.user, row) or rules.is_lead(request.user, row)


@require_http_methods(["GET", "POST"])
@once
def ask(request: UserRequest, pk: int) -> HttpResponse:
    row = load_group(request, pk)
    require(rules.may_run_group(request.user, row), OFFICE_ONLY)
    today = timezone.localdate()
    form = AskForm(request.POST or None, consultation=row.consultation, today=today)
    if form.is_valid():
        actions.ask_agency(row, by=request.user, today=today, **form.cleaned_data)
        messages.success(request, _("Đã giao; cơ quan được báo ngay trong hộp thư và qua thư."))
        return redirect(row)
    act = _act(row, _("Đề nghị cơ quan trả lời"), _("Giao chuẩn bị trả lời"))
    return show_act(request, act, form, memory=queries.memory_of(row))


@require_http_methods(["GET", "POST"])
@once
def answer(request: UserRequest, pk: int) -> HttpResponse:
    row = load_group(request, pk)
    require(
        rules.may_write_answer(request.user, row),
        _("Chỉ cơ quan được giao trả lời được soạn câu trả lời."),
    )
    draft = Answer.objects.visible_to(request.user).filter(group=row).first()
    form = AnswerForm(request.POST or None, initial=_answer_initial(draft))
    act = replace(_act(row, _("Soạn câu trả lời"), _("Lưu bản thảo")), keeps_draft=True)
    memory = queries.memory_of(row)
    if form.is_valid():
        try:
            actions.write_answer(row, by=request.user, **form.cleaned_data)
        except StaleError as stale:
            return _show_stale(request, act, form, stale)
        messages.success(
            request, _("Đã lưu bản thảo. Chưa ai ngoài cơ quan và văn phòng đọc được.")
        )
        return redirect(row)
    return show_act(request, act, form, memory=memory)


def _answer_initial(draft: Answer | None) -> dict[str, object]:
    if draft is None:
        return {}
    return {"text": draft.text, "legal_basis": draft.legal_basis, "version": draft.version}


def _show_stale(
    request: UserRequest, act: Act, form: AnswerForm, stale: StaleError
) -> HttpResponse:
    current = stale.current
    assert isinstance(current, Answer)
    theirs = _answer_initial(current)
    rows = [
        {"label": field.label, "mine": field.value(), "theirs": theirs[field.name]}
        for field in form.visible_fields()
    ]
    posted = request.POST.copy()
    posted["version"] = str(current.version)
    return show_act(request, act, AnswerForm(posted), status=409, stale=rows)


@require_POST
@once
def answer_submit(request: UserRequest, pk: int) -> HttpResponse:
    row = load_group(request, pk)
    actions.submit_answer(_answer(request, row), by=request.user)
    messages.success(request, _("Đã gửi văn phòng; nhiệm vụ chuyển sang chờ nghiệm thu."))
    return redirect(row)


@require_POST
@once
def answer_return(request: UserRequest, pk: int) -> HttpResponse:
    row = load_group(request, pk)
    given = _answer(request, row)
    form = ReasonForm(request.POST)
    if form.is_valid():
        actions.return_answer(given, by=request.user, **form.cleaned_data)
        messages.success(request, _("Đã trả lại kèm lý do."))
        return redirect(row)
    require(rules.may_judge_answer(request.user, row), OFFICE_ONLY)
    return show_act(request, _act(row, _("Trả lại câu trả lời"), _("Trả lại")), form, status=422)


@require_POST
@once
def answer_accept(request: UserRequest, pk: int) -> HttpResponse:
    row = load_group(request, pk)
    actions.accept_answer(_answer(request, row), by=request.user)
    messages.success(
        request, _("Đã duyệt. Câu trả lời chưa ai ngoài đọc được cho đến khi công bố.")
    )
    return redirect(row)


@require_http_methods(["GET", "POST"])
@once
def release(request: UserRequest, consultation_pk: int) -> HttpResponse:
    consultation = load_consultation(request, consultation_pk)
    require(rules.may_release_answers(request.user, consultation), OFFICE_ONLY)
    ready = _ready_answers(request, consultation.pk)
    if request.method == "POST":
        chosen = [row for row in ready if str(row.pk) in request.POST.getlist("answer")]
        if chosen:
            written = actions.release_answers(chosen, by=request.user)
            words = _("Đã công bố %(n)s câu trả lời; gửi thư báo %(m)s người.")
            messages.success(request, words % {"n": len(chosen), "m": written})
            return redirect(consultation)
        messages.error(request, _("Hãy chọn ít nhất một câu trả lời."))
    return render(
        request, "feedback/release.html", {"consultation": consultation, "answers": ready}
    )


def _ready_answers(request: UserRequest, consultation_pk: int) -> "QuerySet[Answer]":
    opinions = Count("group__opinions", distinct=True)
    has_mail = Q(group__opinions__submission__consent__isnull=False) & ~Q(
        group__opinions__submission__sender__email=""
    )
    letters = Count(
        "group__opinions__submission",
        distinct=True,
        filter=has_mail & Q(group__opinions__submission__sender__isnull=False),
    )
    ready: QuerySet[Answer] = (
        Answer.objects.visible_to(request.user)
        .filter(group__consultation=consultation_pk, state=AnswerState.ACCEPTED)
        .select_related("group__lead", "group__field", "group__consultation__organisation")
        .annotate(opinion_count=opinions, letter_count=letters)
        .order_by("group__field__position", "pk")
    )
    return ready


def _answer(request: UserRequest, row: IssueGroup) -> Answer:
    visible = Answer.objects.visible_to(request.user).select_related(
        "group__task", "group__consultation__organisation"
    )
    return get_object_or_404(visible, group=row)


def _act(row: IssueGroup, title: str, button: str) -> Act:
    return Act(
        title=title,
        button=button,
        back_url=row.get_absolute_url(),
        back_label=row.title,
        quote="\n\n".join(row.opinions.order_by("pk").values_list("text", flat=True)[:20]),
    )
