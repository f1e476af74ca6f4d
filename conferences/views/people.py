"""The people of a conference."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from conferences import rules
from conferences.actions import NOT_OFFICE
from conferences.actions import people as actions
from conferences.forms.people import ParticipantForm, ParticipantsForm
from conferences.forms.people_sheet import PeopleSheetForm, write_people_template
from conferences.models import Conference, Participant
from conferences.queries.people import attendance, namesakes, with_doubles
from conferences.views.common import load_conference
from core.access import require
from core.http import once
from core.paging import keyset_page
from core.sheets import XLSX
from core.text import fold
from organisations.http import UserRequest


@require_http_methods(["GET", "POST"])
@once
def participants(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk, "session__plan")
    require(rules.may_see_participants(request.user, conference), NOT_OFFICE)
    if request.method == "GET" and cast("Any", request).htmx:
        board = {"conference": conference, "board": attendance(conference)}
        return render(request, "conferences/people/board.html", board)
    form = ParticipantsForm(
        request.POST or None, conference=conference, known=actions.known_people(conference)
    )
    if request.method == "POST":
        require(rules.may_prepare_conference(request.user, conference), NOT_OFFICE)
        if form.is_valid():
            return _add(request, conference, form)
    return _show(request, conference, form)


def _add(request: UserRequest, conference: Conference, form: ParticipantsForm) -> HttpResponse:
    values = form.cleaned_data
    added = actions.add_participants(
        conference,
        values["people"],
        by=request.user,
        group=values["group"],
        is_guest=values["is_guest"],
        keeps_twins=values["twins"] == "keep",
    )
    messages.success(request, _("Đã thêm %(count)s người.") % {"count": len(added)})
    return redirect("conferences:participants", conference.pk)


def _show(request: UserRequest, conference: Conference, form: ParticipantsForm) -> HttpResponse:
    rows = conference.participants.select_related("group__clause", "nomination", "substitute_for")
    chosen = request.GET.get("nhom", "")
    if chosen.isdecimal():
        rows = rows.filter(group=int(chosen))
    page = keyset_page(rows, request.GET, order=("id",), size=200)
    context = {
        "conference": conference,
        "form": form,
        "page": page,
        "people": with_doubles(page.rows, namesakes(conference)),
        "board": attendance(conference),
        "chosen": chosen,
        "may_prepare": rules.may_prepare_conference(request.user, conference),
        "may_correct": rules.may_correct_participant(request.user, conference),
        "may_print": rules.may_print_for_hall(request.user, conference),
    }
    return render(request, "conferences/participants.html", context)


@require_http_methods(["GET", "POST"])
def participant_edit(request: UserRequest, pk: int, participant_id: int) -> HttpResponse:
    person = _load(request, pk, participant_id)
    require(rules.may_correct_participant(request.user, person.conference), NOT_OFFICE)
    may_prepare = rules.may_prepare_conference(request.user, person.conference)
    form = ParticipantForm(request.POST or None, person=person, is_printed_only=not may_prepare)
    if form.is_valid():
        actions.edit_participant(person, by=request.user, **form.cleaned_data)
        messages.success(request, _("Đã sửa."))
        return redirect("conferences:participants", pk)
    context = {
        "conference": person.conference,
        "person": person,
        "form": form,
        "may_prepare": may_prepare,
        "same": _namesakes_of(person) if may_prepare else [],
    }
    return render(request, "conferences/people/edit.html", context)


def _namesakes_of(person: Participant) -> list[Participant]:
    others = person.conference.participants.exclude(pk=person.pk)
    return [row for row in others if fold(row.name) == fold(person.name)]


@require_POST
def participant_join(request: UserRequest, pk: int, participant_id: int) -> HttpResponse:
    person = _load(request, pk, participant_id)
    require(rules.may_prepare_conference(request.user, person.conference), NOT_OFFICE)
    other = get_object_or_404(
        person.conference.participants.all(), pk=_number(request.POST.get("other", ""))
    )
    actions.join_posts(person, other, by=request.user)
    messages.success(request, _("Đã gộp thành một người, giữ cả hai chức vụ."))
    return redirect("conferences:participants", pk)


@require_POST
def participant_remove(request: UserRequest, pk: int, participant_id: int) -> HttpResponse:
    actions.remove_participant(_load(request, pk, participant_id), by=request.user)
    return redirect("conferences:participants", pk)


@require_GET
def participants_template(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    require(rules.may_prepare_conference(request.user, conference), NOT_OFFICE)
    headers = {
        "Content-Disposition": 'attachment; filename="mau-dai-bieu.xlsx"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(write_people_template(), content_type=XLSX, headers=headers)


@require_http_methods(["GET", "POST"])
def participants_sheet(request: UserRequest, pk: int) -> HttpResponse:
    """Read a spreadsheet and show what it says; the good rows are then sent as if pasted."""
    conference = load_conference(request, pk)
    require(rules.may_prepare_conference(request.user, conference), NOT_OFFICE)
    form = PeopleSheetForm(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"conference": conference, "form": form}
    if form.is_valid():
        read = form.cleaned_data["file"]
        context |= {
            "read": read,
            "paste": ParticipantsForm(initial={"people": read.lines}, conference=conference),
        }
    return render(request, "conferences/people/sheet.html", context)


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() else 0


def _load(request: UserRequest, pk: int, participant_id: int) -> Participant:
    everybody = Participant.objects.filter(conference=load_conference(request, pk))
    rows = everybody.select_related("conference__session__plan__document")
    return get_object_or_404(rows, pk=participant_id)
