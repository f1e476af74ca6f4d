"""Pages of one session: what the plan says, its preparation, another day for it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.access import require
from core.http import once
from core.transitions import history_of
from organisations.http import UserRequest
from organisations.models import Role
from plans import actions, forms, queries, rules
from plans.models import DialogueSession


def load_session(request: UserRequest, pk: int) -> DialogueSession:
    rows = queries.sessions_in_order(DialogueSession.objects.visible_to(request.user))
    return get_object_or_404(rows, pk=pk)


@require_GET
def session(request: UserRequest, pk: int) -> HttpResponse:
    row = load_session(request, pk)
    user, today = request.user, timezone.localdate()
    document, lines = row.plan.document, queries.timeline(row, user, today)
    context = {
        "session": row,
        "plan": row.plan,
        "document": document,
        "standing": queries.standings([row])[row.pk],
        "parts": queries.parts_of(row, lines),
        "has_chain": any(line.step and line.step.duty_id is None for line in lines),
        "history": history_of(row)[:20],
        "is_clerk": user.has_role(document.organisation_id, Role.CLERK),
        "may_prepare": rules.may_prepare_session(user, row),
        "may_move": rules.may_move_session(user, row),
        "own_bodies": user.organisation_ids(Role.OFFICER, Role.HEAD, Role.CLERK),
    }
    return render(request, "plans/session.html", context)


@require_http_methods(["GET", "POST"])
@once
def move(request: UserRequest, pk: int) -> HttpResponse:
    row = load_session(request, pk)
    require(rules.may_move_session(request.user, row), actions.NOT_MOVING)
    today, is_post = timezone.localdate(), request.method == "POST"
    asked = request.POST if is_post else request.GET
    form = forms.MoveForm(asked or None, year=row.plan.year, initial={"time": row.time})
    first = {"time": asked.get("time"), "sequence": row.sequence}
    apply = forms.ApplyMoveForm(request.POST or None, year=row.plan.year, initial=first)
    if apply.is_valid():
        change = actions.move_session(row, by=request.user, today=today, **apply.cleaned_data)
        words = _("Đã đổi thời gian; %(n)d việc có hạn mới.")
        messages.success(request, words % {"n": len(change.moving)})
        return redirect(row)
    anchors = form.anchors() if form.is_valid() else None
    preview = queries.preview_move(row, anchors, today) if anchors else None
    context = {"session": row, "form": form, "apply": apply, "preview": preview}
    return render(request, "plans/move.html", context)
