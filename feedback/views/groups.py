"""Matters: gathering opinions, asking an agency, its answer, judging and releasing answers."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import require
from core.http import once
from core.paging import keyset_page
from core.transitions import history_of
from feedback import actions, queries, rules
from feedback.forms.office import EditGroupForm, GroupAddForm, GroupForm, ReasonForm
from feedback.forms.sorting import MergeForm
from feedback.models import Answer, AnswerRequest, IssueGroup, Opinion
from feedback.queries.answers import has_head
from feedback.states import AnswerState, RequestState
from feedback.views.common import (
    OFFICE_ONLY,
    WHOLE_GROUP,
    group_act,
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


@require_http_methods(["GET", "POST"])
@once
def group_edit(request: UserRequest, pk: int) -> HttpResponse:
    row = load_group(request, pk)
    require(rules.may_run_group(request.user, row), OFFICE_ONLY)
    initial = {"title": row.title, "field": row.field_id, "competence": row.competence}
    form = EditGroupForm(request.POST or None, initial=initial)
    if form.is_valid():
        actions.edit_group(row, by=request.user, **form.cleaned_data)
        messages.success(request, _("Đã sửa. Nhiệm vụ của cơ quan trả lời cũng mang tên mới."))
        return redirect(row)
    return show_act(request, group_act(row, _("Sửa vấn đề"), _("Lưu")), form)


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
    row = load_group(request, pk, *WHOLE_GROUP)
    visible = Answer.objects.visible_to(request.user).prefetch_related("bases__replaced_by")
    answer = visible.filter(group=row).first()
    members = list(row.opinions.select_related("submission__area", "field").order_by("pk"))
    joined = queries.joined_by(row)
    context = {
        "group": row,
        "opinions": members,
        "supports": joined,
        "people": len(joined) + sum(opinion.supporters for opinion in members),
        "areas": queries.areas_of(row),
        "answer": answer,
    }
    context |= _frame(row) | _inside_part(request, row, answer)
    context |= _office_part(context, members)
    return render(request, "feedback/group.html", context)


def _inside_part(request: UserRequest, row: IssueGroup, answer: Answer | None) -> dict[str, Any]:
    """What those who ask for and prepare the answer may do, and what they alone see of it."""
    user = request.user
    may_run = rules.may_run_group(user, row)
    asked_so_far = AnswerRequest.objects.visible_to(user).filter(group=row).order_by("-pk")
    requests = list(asked_so_far.select_related("lead", "task"))
    standing = [one for one in requests if one.state == RequestState.STANDING]
    return {
        "may_run": may_run,
        "may_write": rules.may_write_answer(user, row),
        "may_approve": rules.may_approve_answer(user, row),
        "may_judge": rules.may_judge_answer(user, row),
        "has_head": row.lead_id and has_head(row.lead_id, timezone.localdate()),
        "asked": standing[0] if standing else None,
        "ended": [one for one in requests if one not in standing],
        "answer_entries": history_of(answer) if answer and (may_run or standing) else [],
    }


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
