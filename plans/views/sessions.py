"""Pages of sessions: the year's calendar, one session."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from organisations.http import UserRequest
from organisations.models import Role
from plans import forms, queries
from plans.models import DialogueSession


@require_GET
def calendar(request: UserRequest) -> HttpResponse:
    form = forms.CalendarFilter(request.GET)
    asked = form.cleaned_data["year"] if form.is_valid() else None
    year = asked or timezone.localdate().year
    board = queries.year_board(request.user, year)
    return render(
        request,
        "plans/calendar.html",
        {
            "year": year,
            "board": board,
            "is_empty": not any(quarter.sessions for quarter in board),
        },
    )


@require_GET
def session(request: UserRequest, pk: int) -> HttpResponse:
    rows = queries.sessions_in_order(DialogueSession.objects.visible_to(request.user))
    row = get_object_or_404(rows, pk=pk)
    lines = [
        line
        for line in queries.duty_lines(row.plan)
        if row.pk in {served.pk for served in line.sessions}
    ]
    return render(
        request,
        "plans/session.html",
        {
            "session": row,
            "plan": row.plan,
            "document": row.plan.document,
            "duties": lines,
            "is_clerk": request.user.has_role(row.plan.document.organisation_id, Role.CLERK),
        },
    )
