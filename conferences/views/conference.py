"""The conference: list, time and place, its page, its end before it began."""

import datetime
from typing import cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from conferences import actions, forms, queries, rules
from conferences.documents import conference_title
from conferences.models import Conference
from conferences.queries.inviting import answers_of
from conferences.views.common import PAPERS, both_versions, load_conference, over_newer
from core.access import require
from core.http import once
from core.paging import keyset_page
from core.versions import StaleError
from organisations.http import UserRequest
from organisations.models import User
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
    conference = load_conference(request, pk, *PAPERS)
    lines = queries.agenda_lines(conference, timezone.now())
    context = {
        "conference": conference,
        "lines": lines,
        "predicted_end": queries.predicted_end(lines, conference),
        "participants": conference.participants.count(),
        "tally": queries.tally(conference),
        "clocks": queries.clocks_of(conference),
        "invitation_form": forms.InvitationForm(),
        "cancelled": queries.cancellation_of(conference),
        **_rights(request.user, conference),
        **_before(request.user, conference, timezone.localdate()),
    }
    return render(request, "conferences/detail.html", context)


def _before(user: User, conference: Conference, today: datetime.date) -> dict[str, object]:
    """What the office looks at until the conference starts."""
    if not rules.may_prepare_conference(user, conference):
        return {}
    found: dict[str, object] = {
        "left_open": queries.open_points_before(conference, today),
        "is_early": today < timezone.localdate(conference.starts_at),
    }
    if rules.may_send_invitations(user, conference):
        found["answers"] = answers_of(conference)
    return found


def _rights(user: User, conference: Conference) -> dict[str, bool]:
    return {
        "may_prepare": rules.may_prepare_conference(user, conference),
        "may_run": rules.may_run_conference(user, conference),
        "may_record": rules.may_record_exchange(user, conference),
        "may_draft_invitation": rules.may_draft_invitation(user, conference),
        "may_draft_minutes": rules.may_draft_minutes(user, conference),
        "may_redraft": rules.may_redraft_minutes(user, conference),
        "may_conclude": rules.may_conclude(user, conference),
        "may_reopen": rules.may_reopen_conference(user, conference, timezone.now()),
        "may_print_invitations": rules.may_print_invitations(user, conference),
        "sees_notes": rules.may_read_private_notes(user, conference),
        "sees_participants": rules.may_see_participants(user, conference),
    }


@require_POST
def points_take_up(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    item = actions.take_up_open_points(conference, by=request.user, today=timezone.localdate())
    messages.success(request, _("Đã đưa vào mục “%(item)s”.") % {"item": item.text})
    return redirect(conference)


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
def cancel(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    require(rules.may_prepare_conference(request.user, conference), actions.NOT_OFFICE)
    form = forms.CancelForm(request.POST or None)
    if form.is_valid():
        actions.cancel_conference(conference, by=request.user, note=form.cleaned_data["note"])
        messages.success(request, _("Đã hủy hội nghị."))
        return redirect(conference)
    ending = queries.ending_with(conference, timezone.now())
    context = {"form": form, "conference": conference, "ending": ending}
    return render(request, "conferences/cancel.html", context)
