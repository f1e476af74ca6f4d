"""Pages before and after the hall: the conference, its agenda, people and papers."""

from typing import Any, cast

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from conferences import actions, forms, queries, rules
from conferences.documents import conference_title
from conferences.models import Conference, Participant
from conferences.states import PrintState
from conferences.views.common import both_versions, load_conference, load_item, over_newer
from core.access import require
from core.http import once
from core.paging import keyset_page
from core.versions import StaleError
from core.worker import wake
from organisations.http import UserRequest
from plans.models import DialogueSession
from plans.queries import Anchors, Move, preview_move


@require_GET
def list_(request: UserRequest) -> HttpResponse:
    conferences = Conference.objects.visible_to(request.user).select_related("organisation")
    page = keyset_page(conferences, request.GET, order=("-starts_at", "-id"))
    return render(request, "conferences/list.html", {"page": page})


@require_http_methods(["GET", "POST"])
@once
def create(request: UserRequest, session_id: int) -> HttpResponse:
    sessions = DialogueSession.objects.visible_to(request.user).select_related("plan__document")
    session = get_object_or_404(sessions, pk=session_id)
    require(rules.may_create_conference(request.user, session), actions.NOT_OFFICE)
    initial = {
        "title": conference_title(session),
        "place": session.place,
        "chair": ", ".join(chair.post for chair in session.chairs.order_by("position")),
    }
    form = forms.ConferenceForm(request.POST or None, initial=initial)
    if form.is_valid():
        conference = actions.create_conference(session, by=request.user, **form.values())
        messages.success(request, _("Đã ấn định hội nghị; chương trình lấy từ kế hoạch."))
        return redirect(conference)
    return render(request, "conferences/create.html", {"form": form, "session": session})


@require_GET
def detail(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    lines = queries.agenda_lines(conference, timezone.now())
    context = {
        "conference": conference,
        "lines": lines,
        "predicted_end": queries.predicted_end(lines, conference),
        "participants": conference.participants.count(),
        "tally": queries.tally(conference),
        "may_prepare": rules.may_prepare_conference(request.user, conference),
        "may_run": rules.may_run_conference(request.user, conference),
        "may_record": rules.may_record_exchange(request.user, conference),
        "may_draft_invitation": rules.may_draft_invitation(request.user, conference),
        "may_draft_minutes": rules.may_draft_minutes(request.user, conference),
        "may_print_invitations": rules.may_print_invitations(request.user, conference),
        "sees_notes": rules.may_read_private_notes(request.user, conference),
        "sees_participants": rules.may_see_participants(request.user, conference),
        "invitation_form": forms.InvitationForm(),
    }
    return render(request, "conferences/detail.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    require(rules.may_prepare_conference(request.user, conference), actions.NOT_OFFICE)
    form = forms.EditConferenceForm(request.POST or None, initial=_conference_initial(conference))
    rows: list[dict[str, object]] = []
    preview = None
    if form.is_valid() and (preview := _unseen_move(form, conference)) is None:
        try:
            actions.edit_conference(conference, by=request.user, **form.values())
        except StaleError as stale:
            rows = both_versions(form, _conference_initial(cast("Conference", stale.current)))
            form = forms.EditConferenceForm(over_newer(request, stale))
        else:
            return redirect(conference)
    if preview:
        form = forms.EditConferenceForm({**request.POST.dict(), "seen": request.POST["day"]})
    context = {"form": form, "conference": conference, "stale_rows": rows, "preview": preview}
    return render(request, "conferences/edit.html", context, status=409 if rows else 200)


def _unseen_move(form: forms.EditConferenceForm, conference: Conference) -> Move | None:
    """What another day does to the preparation, unless the person has seen it for this day."""
    day = form.cleaned_data["day"]
    if day == timezone.localdate(conference.starts_at) or day == form.cleaned_data["seen"]:
        return None
    preview = preview_move(conference.session, Anchors(day, day), timezone.localdate())
    return preview if preview.lines else None


def _conference_initial(conference: Conference) -> dict[str, object]:
    starts, ends = map(timezone.localtime, (conference.starts_at, conference.ends_at))
    return {
        "title": conference.title,
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
        "place": conference.place,
        "chair": conference.chair,
        "secretary": conference.secretary,
        "version": conference.version,
    }


@require_http_methods(["GET", "POST"])
@once
def agenda_add(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    require(rules.may_run_conference(request.user, conference), actions.NOT_OFFICE)
    form = forms.AgendaItemForm(request.POST or None)
    if form.is_valid():
        actions.add_agenda_item(conference, by=request.user, **form.cleaned_data)
        return redirect("conferences:detail", pk)
    return render(request, "conferences/agenda_item.html", {"form": form, "conference": conference})


@require_http_methods(["GET", "POST"])
def agenda_edit(request: UserRequest, pk: int, item_id: int) -> HttpResponse:
    item = load_item(request, pk, item_id)
    require(rules.may_run_conference(request.user, item.conference), actions.NOT_OFFICE)
    initial = {
        "text": item.text,
        "conductor": item.conductor,
        "minutes": item.minutes,
        "note": item.note,
    }
    form = forms.AgendaItemForm(request.POST or None, initial=initial)
    if form.is_valid():
        actions.edit_agenda_item(item, by=request.user, **form.cleaned_data)
        return redirect("conferences:detail", pk)
    context = {"form": form, "conference": item.conference, "item": item}
    return render(request, "conferences/agenda_item.html", context)


@require_POST
def agenda_move(request: UserRequest, pk: int, item_id: int) -> HttpResponse:
    up = request.POST.get("direction") == "up"
    actions.move_agenda_item(load_item(request, pk, item_id), by=request.user, up=up)
    return redirect("conferences:detail", pk)


@require_POST
def agenda_remove(request: UserRequest, pk: int, item_id: int) -> HttpResponse:
    actions.remove_agenda_item(load_item(request, pk, item_id), by=request.user)
    return redirect("conferences:detail", pk)


@require_http_methods(["GET", "POST"])
@once
def participants(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    require(rules.may_see_participants(request.user, conference), actions.NOT_OFFICE)
    form = forms.ParticipantsForm(request.POST or None)
    if request.method == "POST":
        require(rules.may_prepare_conference(request.user, conference), actions.NOT_OFFICE)
        if form.is_valid():
            added = actions.add_participants(
                conference, form.cleaned_data["people"], by=request.user
            )
            messages.success(request, _("Đã thêm %(count)s người.") % {"count": len(added)})
            return redirect("conferences:participants", pk)
    context = {
        "conference": conference,
        "form": form,
        "page": keyset_page(conference.participants.all(), request.GET, order=("id",), size=200),
        "may_prepare": rules.may_prepare_conference(request.user, conference),
    }
    return render(request, "conferences/participants.html", context)


@require_POST
def participant_remove(request: UserRequest, pk: int, participant_id: int) -> HttpResponse:
    everybody = Participant.objects.filter(conference=load_conference(request, pk))
    person = get_object_or_404(everybody.select_related("conference"), pk=participant_id)
    actions.remove_participant(person, by=request.user)
    return redirect("conferences:participants", pk)


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
    context = {
        "conference": conference,
        "order": conference.prints.order_by("-pk").first(),
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


@require_POST
@once
def draft_minutes(request: UserRequest, pk: int) -> HttpResponse:
    document = actions.draft_minutes(
        load_conference(request, pk), by=request.user, today=timezone.localdate()
    )
    return redirect("documents:edit", document.pk)


@require_http_methods(["GET", "POST"])
def cancel(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    require(rules.may_prepare_conference(request.user, conference), actions.NOT_OFFICE)
    form = forms.CancelForm(request.POST or None)
    if form.is_valid():
        actions.cancel_conference(conference, by=request.user, note=form.cleaned_data["note"])
        messages.success(request, _("Đã hủy hội nghị."))
        return redirect(conference)
    return render(request, "conferences/cancel.html", {"form": form, "conference": conference})
