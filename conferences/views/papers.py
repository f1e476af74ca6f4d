"""The papers of a conference: invitation, its personal copies, minutes."""

from typing import Any, cast

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from conferences import actions, forms, rules
from conferences.documents.printable import unprintable_people
from conferences.states import PrintState
from conferences.views.common import load_conference, to_correct
from core.access import require
from core.http import once
from core.worker import wake
from documents.printing.pdf import UnprintableTextError
from organisations.http import UserRequest


@require_POST
@once
def draft_invitation(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    form = forms.InvitationForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    document = actions.draft_invitation(
        conference, by=request.user, today=timezone.localdate(), note=note
    )
    return redirect("documents:edit", document.pk)


@require_POST
def order_invitations(request: UserRequest, pk: int) -> HttpResponse:
    order = actions.order_invitations(load_conference(request, pk), by=request.user)
    if order.state == PrintState.WAITING:
        wake("conferences.tasks.make_invitations", order.pk)
    return redirect("conferences:invitations", pk)


@require_GET
def invitations(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    require(rules.may_print_invitations(request.user, conference), actions.NOT_OFFICE)
    order = conference.prints.order_by("-pk").first()
    context = {
        "conference": conference,
        "order": order,
        "to_correct": to_correct(request, conference, conference.participants.all(), [order]),
        "participants": conference.participants.count(),
    }
    part = "#progress" if cast("Any", request).htmx else ""
    return render(request, "conferences/invitations.html" + part, context)


@require_GET
def invitations_file(request: UserRequest, pk: int, order_id: int) -> FileResponse:
    conference = load_conference(request, pk)
    require(rules.may_print_invitations(request.user, conference), actions.NOT_OFFICE)
    order = get_object_or_404(conference.prints.filter(state=PrintState.DONE), pk=order_id)
    return FileResponse(
        order.file.open("rb"), content_type="application/pdf", filename=f"giay-moi-{pk}.pdf"
    )


@require_GET
def invitation_file(request: UserRequest, pk: int, participant_id: int) -> HttpResponse:
    conference = load_conference(request, pk)
    require(rules.may_print_invitations(request.user, conference), actions.NOT_OFFICE)
    person = get_object_or_404(conference.participants, pk=participant_id)
    try:
        written = actions.print_invitation(conference, person)
    except UnprintableTextError as error:
        may_correct = rules.may_correct_participant(request.user, conference)
        if not (may_correct and unprintable_people([person])):
            raise
        messages.error(request, error.reason)
        return redirect("conferences:participant_edit", pk, person.pk)
    headers = {
        "Content-Disposition": f'inline; filename="giay-moi-{pk}-{person.pk}.pdf"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(written, content_type="application/pdf", headers=headers)
