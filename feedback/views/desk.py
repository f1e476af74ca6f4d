"""The sorting desk: one opinion after another, several at once, and the way back."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import require
from core.http import once
from core.transitions import history_of
from core.versions import StaleError
from feedback import rules
from feedback.actions import desk as actions
from feedback.actions.habits import set_habits
from feedback.forms.desk import BulkForm, DeskForm, HabitsForm, leads_near
from feedback.forms.office import GroupAddForm
from feedback.models import Consultation, Field, Opinion, SortingStep
from feedback.queries.desk import desk_of, last_step_of, waiting_for
from feedback.queries.leads import (
    kinds_without_place,
    last_line_of,
    receiving_bodies,
    reply_templates,
)
from feedback.states import OpinionState
from feedback.views.common import OFFICE_ONLY, WHOLE_OPINION, load_opinion, tabs
from organisations.http import UserRequest
from organisations.models import Organisation, Role

MOST = 100
OPEN = (OpinionState.RECEIVED, OpinionState.CLASSIFIED)


@never_cache
@require_GET
def desk(request: UserRequest) -> HttpResponse:
    require(bool(request.user.organisation_ids(Role.CLERK, Role.HEAD)), OFFICE_ONLY)
    chosen, after = _number(request, "dot"), _number(request, "sau")
    waiting = waiting_for(request.user, chosen)
    row = actions.take_next(waiting, by=request.user, now=timezone.now(), after=after)
    if row is not None:
        return redirect(_address(row.pk, chosen))
    context = {
        "tabs": tabs(request, "feedback:desk"),
        "left": waiting.count(),
        "step": last_step_of(request.user, timezone.now()),
        "chosen": chosen,
    }
    return render(request, "feedback/desk_empty.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@once
def desk_opinion(request: UserRequest, pk: int) -> HttpResponse:
    row = load_opinion(request, pk, *WHOLE_OPINION)
    require(rules.may_sort_opinion(request.user, row), OFFICE_ONLY)
    if row.state not in OPEN:
        return redirect(row)
    if "join" in request.POST:
        return _join(request, row)
    form = _form(request, row)
    if not form.is_valid():
        return _show(request, row, form)
    values = dict(form.cleaned_data)
    if "accept" in request.POST:
        hint = desk_of(row).hints.get(values["field"].pk)
        values["lead"] = hint.lead if hint else values["lead"]
    try:
        actions.sort_opinion(row, by=request.user, **values)
    except StaleError as stale:
        return _show_stale(request, row, form, stale)
    return redirect(_onward(request, pk))


@require_POST
@once
def desk_undo(request: UserRequest, pk: int) -> HttpResponse:
    step = get_object_or_404(SortingStep, pk=pk, by=request.user)
    actions.undo_step(step, by=request.user)
    messages.success(request, _("Đã hoàn tác."))
    if len(step.opinions) == 1:
        return redirect(_address(step.opinions[0], _number(request, "dot")))
    return redirect("feedback:list")


@require_http_methods(["GET", "POST"])
@once
def bulk(request: UserRequest) -> HttpResponse:
    rows = _chosen(request)
    if not rows:
        messages.error(request, _("Hãy chọn ít nhất một ý kiến đang chờ xử lý."))
        return redirect("feedback:list")
    require(all(rules.may_sort_opinion(request.user, row) for row in rows), OFFICE_ONLY)
    form = BulkForm(
        request.POST or None,
        organisation=rows[0].submission.consultation.organisation,
        today=timezone.localdate(),
        initial={"seen": last_line_of([row.pk for row in rows])},
    )
    if form.is_valid():
        return _sort_many(request, rows, form)
    return render(request, "feedback/desk_bulk.html", {"form": form, "rows": rows})


@require_http_methods(["GET", "POST"])
@once
def habits(request: UserRequest, pk: int) -> HttpResponse:
    mine = Organisation.objects.filter(pk__in=request.user.organisation_ids())
    office = get_object_or_404(mine.select_related("unit"), pk=pk)
    require(rules.may_set_watch_words(request.user, office), OFFICE_ONLY)
    form = HabitsForm(
        request.POST or None,
        fields_of=list(Field.objects.order_by("position")),
        leads=leads_near(office, timezone.localdate()),
        bodies=receiving_bodies(office),
        initial=_habits_of(office),
    )
    if form.is_valid():
        set_habits(office, by=request.user, **form.values())
        messages.success(request, _("Đã lưu mẫu dùng khi phân loại."))
        return redirect("feedback:desk")
    [(_office, kinds)] = kinds_without_place(Organisation.objects.filter(pk=office.pk))
    missing = [kind.label for kind in kinds]
    context = {"form": form, "office": office, "missing": ", ".join(map(str, missing))}
    return render(request, "feedback/desk_habits.html", context)


def onward_url(request: UserRequest, pk: int) -> str:
    """The next opinion of the desk, when the person came from there; else the opinion itself."""
    return _onward(request, pk) if "ban" in request.GET else reverse("feedback:opinion", args=[pk])


def _chosen(request: UserRequest) -> list[Opinion]:
    """The opinions named in the address or the form that wait and the person may see."""
    asked = request.POST if request.method == "POST" else request.GET
    ids = [int(one) for one in asked.getlist("opinion") if one.isdecimal()][:MOST]
    rows = Opinion.objects.visible_to(request.user).filter(pk__in=ids, state__in=OPEN)
    near = "submission__consultation__organisation__unit", "submission__area", "field"
    return list(rows.select_related(*near).order_by("pk"))


def _sort_many(request: UserRequest, rows: list[Opinion], form: BulkForm) -> HttpResponse:
    step, left = actions.sort_many(rows, by=request.user, **form.cleaned_data)
    done = len(step.opinions) if step else 0
    messages.success(request, _("Đã phân loại %(n)s ý kiến.") % {"n": done})
    if left:
        words = _("%(n)s ý kiến đã có người vừa xử lý nên được giữ nguyên.")
        messages.warning(request, words % {"n": left})
    return redirect("feedback:list")


def _join(request: UserRequest, row: Opinion) -> HttpResponse:
    consultation = row.submission.consultation
    form = GroupAddForm({"group": request.POST["join"]}, consultation=consultation)
    seen = request.POST.get("seen", "")
    if not form.is_valid() or not seen.isdecimal():
        messages.error(request, _("Vấn đề này không còn nhận ý kiến. Hãy tải lại trang."))
        return redirect(_address(row.pk, _number(request, "dot")))
    group = form.cleaned_data["group"]
    try:
        actions.join_at_desk(row, by=request.user, seen=int(seen), group=group)
    except StaleError as stale:
        return _show_stale(request, row, _form(request, row), stale)
    return redirect(_onward(request, row.pk))


def _form(request: UserRequest, row: Opinion, **more: Any) -> DeskForm:
    initial = {
        "kind": row.kind,
        "field": row.field_id,
        "other_fields": list(row.other_fields.values_list("pk", flat=True)),
        "competence": row.competence or row.wished_competence or "commune",
        "lead": row.proposed_lead_id,
        "supporters": row.supporters,
        "seen": last_line_of([row.pk]),
    }
    return DeskForm(
        request.POST or None,
        organisation=row.submission.consultation.organisation,
        today=timezone.localdate(),
        initial=initial,
        **more,
    )


def _show(
    request: UserRequest, row: Opinion, form: DeskForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    now, chosen = timezone.now(), _number(request, "dot")
    on_desk = desk_of(row)
    hints = on_desk.hints
    field = hints.get(str(form["field"].value()))
    context = {
        "opinion": row,
        "form": form,
        "desk": on_desk,
        "hint": field,
        "holder": actions.hold_opinion(row, by=request.user, now=now),
        "left": waiting_for(request.user, chosen).count(),
        "step": last_step_of(request.user, now),
        "chosen": chosen,
        "query": f"?dot={chosen}" if chosen else "",
        "skip_url": _onward(request, row.pk),
        "consultations": Consultation.objects.filter(
            organisation__in=request.user.organisation_ids(Role.CLERK, Role.HEAD)
        ).order_by("-pk")[:20],
        **more,
    }
    return render(request, "feedback/desk.html", context, status=status)


def _show_stale(
    request: UserRequest, row: Opinion, form: DeskForm, stale: StaleError
) -> HttpResponse:
    """Both versions side by side; saving again from here is a decision, not an accident."""
    current: Any = stale.current
    if current.state not in OPEN or current.group_id:
        messages.error(request, _("Người khác vừa xử lý ý kiến này; chưa có gì bị ghi đè."))
        return redirect(current)
    form.is_valid()
    mine = form.cleaned_data
    pairs = [
        (_("Loại ý kiến"), _label(form, "kind"), current.get_kind_display()),
        (_("Lĩnh vực chính"), mine.get("field"), current.field),
        (_("Thẩm quyền giải quyết"), _label(form, "competence"), current.get_competence_display()),
        (_("Cơ quan dự kiến trả lời"), mine.get("lead"), current.proposed_lead),
    ]
    again = request.POST.copy()
    again["seen"] = str(last_line_of([row.pk]))
    form.data = again
    rows = [{"label": label, "mine": mine, "theirs": theirs} for label, mine, theirs in pairs]
    newest = history_of(current).first()
    return _show(request, current, form, status=409, stale=rows, newest=newest)


def _label(form: DeskForm, name: str) -> object:
    choices: Any = form.fields[name]
    return dict(choices.choices).get(form.cleaned_data.get(name, ""), "")


def _habits_of(office: Organisation) -> dict[str, object]:
    mandates = {f"lead-{row.field_id}": str(row.lead_id) for row in office.unit.mandates.all()}
    bodies = {row.kind: row for row in office.receiving_bodies.all()}
    words = reply_templates(office)
    return {
        **mandates,
        **{f"body-{kind}": row.name for kind, row in bodies.items()},
        **{f"basis-{kind}": row.basis for kind, row in bodies.items()},
        **{f"words-{resolution}": text for resolution, text in words.items()},
    }


def _number(request: UserRequest, name: str) -> int:
    given = request.GET.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 19 else 0


def _address(pk: int, chosen: int) -> str:
    url = reverse("feedback:desk_opinion", args=[pk])
    return f"{url}?dot={chosen}" if chosen else url


def _onward(request: UserRequest, pk: int) -> str:
    """The desk after this opinion, within the same consultation."""
    chosen = _number(request, "dot")
    asked = {"sau": pk, **({"dot": chosen} if chosen else {})}
    return f"{reverse('feedback:desk')}?{urlencode(asked)}"
