"""Pages of a conference: preparing it, running it, its papers."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from conferences import actions, forms, queries, rules
from conferences.documents import conference_title
from conferences.models import AgendaItem, Conference, Exchange, Participant, SpeakingTurn
from core.access import require
from core.http import once
from core.paging import keyset_page
from core.versions import StaleError
from feedback.models import IssueGroup
from organisations.http import UserRequest
from plans.models import DialogueSession


def _conference(request: HttpRequest, pk: int) -> Conference:
    user = cast("UserRequest", request).user
    visible = Conference.objects.visible_to(user).select_related(
        "organisation", "session__plan__document", "invitation", "minutes"
    )
    return get_object_or_404(visible, pk=pk)


def _groups(conference: Conference) -> Any:
    return IssueGroup.objects.filter(consultation__session_id=conference.session_id).select_related(
        "field"
    )


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
    conference = _conference(request, pk)
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
        "invitation_form": forms.InvitationForm(),
    }
    return render(request, "conferences/detail.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: UserRequest, pk: int) -> HttpResponse:
    conference = _conference(request, pk)
    require(rules.may_prepare_conference(request.user, conference), actions.NOT_OFFICE)
    form = forms.EditConferenceForm(request.POST or None, initial=_conference_initial(conference))
    rows: list[dict[str, object]] = []
    if form.is_valid():
        try:
            actions.edit_conference(
                conference,
                by=request.user,
                version=form.cleaned_data["version"],
                **form.values(),
            )
        except StaleError as stale:
            rows = _both_versions(form, _conference_initial(cast("Conference", stale.current)))
            form = forms.EditConferenceForm(_newer(request, stale))
        else:
            return redirect(conference)
    context = {"form": form, "conference": conference, "stale_rows": rows}
    status = 409 if rows else 200
    return render(request, "conferences/edit.html", context, status=status)


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


def _both_versions(form: Any, theirs: dict[str, Any]) -> list[dict[str, object]]:
    """What the person typed beside what is stored now, field by field, where they differ."""
    return [
        {"label": form.fields[name].label, "mine": form.cleaned_data.get(name), "theirs": value}
        for name, value in theirs.items()
        if name in form.cleaned_data and name != "version" and form.cleaned_data[name] != value
    ]


def _newer(request: HttpRequest, stale: StaleError) -> Any:
    """What was typed, ready to be saved over the version the person has now seen."""
    posted = request.POST.copy()
    posted["version"] = str(cast("Any", stale.current).version)
    return posted


@require_http_methods(["GET", "POST"])
@once
def agenda_add(request: UserRequest, pk: int) -> HttpResponse:
    conference = _conference(request, pk)
    require(rules.may_run_conference(request.user, conference), actions.NOT_OFFICE)
    form = forms.AgendaItemForm(request.POST or None)
    if form.is_valid():
        actions.add_agenda_item(conference, by=request.user, **form.cleaned_data)
        return redirect("conferences:detail", pk)
    return render(request, "conferences/agenda_item.html", {"form": form, "conference": conference})


def _item(request: HttpRequest, pk: int, item_id: int) -> AgendaItem:
    item = get_object_or_404(_conference(request, pk).agenda, pk=item_id)
    item.conference = _conference(request, pk)
    return item


@require_http_methods(["GET", "POST"])
def agenda_edit(request: UserRequest, pk: int, item_id: int) -> HttpResponse:
    item = _item(request, pk, item_id)
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
    actions.move_agenda_item(_item(request, pk, item_id), by=request.user, up=up)
    return redirect("conferences:detail", pk)


@require_POST
def agenda_remove(request: UserRequest, pk: int, item_id: int) -> HttpResponse:
    actions.remove_agenda_item(_item(request, pk, item_id), by=request.user)
    return redirect("conferences:detail", pk)


@require_http_methods(["GET", "POST"])
@once
def participants(request: UserRequest, pk: int) -> HttpResponse:
    conference = _conference(request, pk)
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
    everybody = Participant.objects.filter(conference=_conference(request, pk))
    person = get_object_or_404(everybody.select_related("conference"), pk=participant_id)
    actions.remove_participant(person, by=request.user)
    return redirect("conferences:participants", pk)


@require_POST
@once
def draft_invitation(request: UserRequest, pk: int) -> HttpResponse:
    conference = _conference(request, pk)
    form = forms.InvitationForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    document = actions.draft_invitation(
        conference, by=request.user, today=timezone.localdate(), note=note
    )
    return redirect("documents:edit", document.pk)


@require_GET
def invitations(request: UserRequest, pk: int) -> HttpResponse:
    conference = _conference(request, pk)
    require(
        rules.may_print_invitations(request.user, conference),
        _("Giấy mời in được sau khi đã ban hành, bởi cơ quan tổ chức."),
    )
    pdf = actions.merge_invitations(conference, by=request.user)
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="giay-moi-{pk}.pdf"'},
    )


@require_POST
@once
def draft_minutes(request: UserRequest, pk: int) -> HttpResponse:
    document = actions.draft_minutes(
        _conference(request, pk), by=request.user, today=timezone.localdate()
    )
    return redirect("documents:edit", document.pk)


@require_http_methods(["GET", "POST"])
def cancel(request: UserRequest, pk: int) -> HttpResponse:
    conference = _conference(request, pk)
    require(rules.may_prepare_conference(request.user, conference), actions.NOT_OFFICE)
    form = forms.CancelForm(request.POST or None)
    if form.is_valid():
        actions.cancel_conference(conference, by=request.user, note=form.cleaned_data["note"])
        messages.success(request, _("Đã hủy hội nghị."))
        return redirect(conference)
    return render(request, "conferences/cancel.html", {"form": form, "conference": conference})


@require_GET
def run(request: UserRequest, pk: int) -> HttpResponse:
    conference = _conference(request, pk)
    require(rules.may_record_exchange(request.user, conference), actions.NOT_OFFICE)
    form = forms.ExchangeForm(groups=_groups(conference), initial={"outcome": "answered"})
    return _live(request, conference, form)


def _live(request: UserRequest, conference: Conference, form: forms.ExchangeForm) -> HttpResponse:
    lines = queries.agenda_lines(conference, timezone.now())
    context = {
        "conference": conference,
        "lines": lines,
        "current": next((line for line in lines if line.is_running), None),
        "upcoming": next((line for line in lines if line.item.started_at is None), None),
        "predicted_end": queries.predicted_end(lines, conference),
        "turns": conference.turns.order_by("position"),
        "exchanges": conference.exchanges.select_related("group").order_by("-id"),
        "open_groups": queries.open_groups(conference),
        "tally": queries.tally(conference),
        "form": form,
        "turn_form": forms.TurnForm(prefix="turn"),
        "may_run": rules.may_run_conference(request.user, conference),
    }
    template = "conferences/run.html"
    part = "#now" if cast("Any", request).htmx and request.method == "GET" else ""
    return render(request, template + part, context)


@require_POST
def start(request: UserRequest, pk: int) -> HttpResponse:
    actions.start_conference(_conference(request, pk), by=request.user, now=timezone.now())
    return redirect("conferences:run", pk)


@require_POST
def item_start(request: UserRequest, pk: int, item_id: int) -> HttpResponse:
    actions.start_item(_item(request, pk, item_id), by=request.user, now=timezone.now())
    return redirect("conferences:run", pk)


@require_POST
def item_end(request: UserRequest, pk: int, item_id: int) -> HttpResponse:
    actions.end_item(_item(request, pk, item_id), by=request.user, now=timezone.now())
    return redirect("conferences:run", pk)


@require_POST
@once
def turn_add(request: UserRequest, pk: int) -> HttpResponse:
    conference = _conference(request, pk)
    form = forms.TurnForm(request.POST, prefix="turn")
    if form.is_valid():
        actions.add_turn(conference, by=request.user, **form.cleaned_data)
    else:
        require(rules.may_run_conference(request.user, conference), actions.NOT_OFFICE)
        messages.error(request, _("Hãy ghi tên người phát biểu, tối đa 120 ký tự."))
    return redirect("conferences:run", pk)


def _turn(request: HttpRequest, pk: int, turn_id: int) -> SpeakingTurn:
    turns = SpeakingTurn.objects.filter(conference=_conference(request, pk))
    return get_object_or_404(turns.select_related("conference"), pk=turn_id)


@require_POST
def turn_start(request: UserRequest, pk: int, turn_id: int) -> HttpResponse:
    actions.start_turn(_turn(request, pk, turn_id), by=request.user, now=timezone.now())
    return redirect("conferences:run", pk)


@require_POST
def turn_end(request: UserRequest, pk: int, turn_id: int) -> HttpResponse:
    actions.end_turn(_turn(request, pk, turn_id), by=request.user, now=timezone.now())
    return redirect("conferences:run", pk)


@require_POST
def turn_remove(request: UserRequest, pk: int, turn_id: int) -> HttpResponse:
    actions.remove_turn(_turn(request, pk, turn_id), by=request.user)
    return redirect("conferences:run", pk)


@require_POST
@once
def exchange_add(request: UserRequest, pk: int) -> HttpResponse:
    conference = _conference(request, pk)
    require(rules.may_record_exchange(request.user, conference), actions.NOT_OFFICE)
    form = forms.ExchangeForm(request.POST, groups=_groups(conference))
    if not form.is_valid():
        return _live(request, conference, form)
    actions.record_exchange(conference, by=request.user, now=timezone.now(), **form.cleaned_data)
    return redirect("conferences:run", pk)


@require_http_methods(["GET", "POST"])
def exchange_edit(request: UserRequest, pk: int, exchange_id: int) -> HttpResponse:
    conference = _conference(request, pk)
    exchange = get_object_or_404(conference.exchanges.all(), pk=exchange_id)
    require(rules.may_record_exchange(request.user, conference), actions.NOT_OFFICE)
    exchange.conference = conference
    groups = _groups(conference)
    form = forms.EditExchangeForm(
        request.POST or None, groups=groups, initial=_exchange_initial(exchange)
    )
    rows: list[dict[str, object]] = []
    if form.is_valid():
        try:
            actions.edit_exchange(exchange, by=request.user, **form.cleaned_data)
        except StaleError as stale:
            rows = _both_versions(form, _exchange_initial(cast("Exchange", stale.current)))
            form = forms.EditExchangeForm(_newer(request, stale), groups=groups)
        else:
            return redirect("conferences:run", pk)
    context = {"form": form, "conference": conference, "stale_rows": rows}
    status = 409 if rows else 200
    return render(request, "conferences/exchange.html", context, status=status)


def _exchange_initial(exchange: Exchange) -> dict[str, object]:
    names = ("raised_by", "raised_body", "question", "answered_by", "answer", "outcome", "version")
    return {"group": exchange.group, **{name: getattr(exchange, name) for name in names}}


@require_http_methods(["GET", "POST"])
def close(request: UserRequest, pk: int) -> HttpResponse:
    conference = _conference(request, pk)
    require(rules.may_run_conference(request.user, conference), actions.NOT_OFFICE)
    invited = conference.participants.count()
    form = forms.CloseForm(request.POST or None, initial={"invited": invited or None})
    if form.is_valid():
        task = actions.close_conference(
            conference, by=request.user, now=timezone.now(), **form.cleaned_data
        )
        messages.success(
            request, _("Đã kết thúc hội nghị. Đã giao việc: %(task)s.") % {"task": task}
        )
        return redirect(conference)
    return render(request, "conferences/close.html", {"form": form, "conference": conference})
