"""Invitations before they leave, reminders, and the page where a guest answers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from conferences import rules
from conferences.actions import NOT_OFFICE
from conferences.actions import inviting as actions
from conferences.forms.inviting import AnswerForm, ToldAnswerForm
from conferences.http import is_answering_too_much
from conferences.models import Conference
from conferences.queries.inviting import (
    Guest,
    answers_of,
    guest_behind,
    guests_of,
    letter_words,
)
from conferences.views.common import load_conference
from core.access import require
from core.http import client_address, once
from organisations.http import UserRequest
from organisations.models import User


@require_http_methods(["GET", "POST"])
@once
def send(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    require(rules.may_send_invitations(request.user, conference), NOT_OFFICE)
    chosen = [int(number) for number in request.POST.getlist("chosen") if number.isdecimal()]
    if chosen and request.POST.get("act") == "send":
        count = actions.send_invitations(conference, chosen, by=request.user)
        messages.success(request, _said(count))
        return redirect("conferences:invitations_send", pk)
    context = {"preselects": request.GET.get("chon") == "chua-gui", **_outbox(conference, chosen)}
    context["is_empty"] = request.method == "POST" and not context["picked"]
    return render(request, "conferences/invitations_send.html", context)


def _outbox(conference: Conference, chosen: list[int]) -> dict[str, object]:
    """Everybody with what they were sent, and the chosen by the way a letter takes."""
    guests = guests_of(conference)
    picked = [guest for guest in guests if guest.person.pk in chosen]
    fresh = [
        guest for guest in picked if guest.way != "paper" and not guest.has_invitation(conference)
    ]
    answers = answers_of(conference)
    return {
        "conference": conference,
        "guests": guests,
        "picked": picked,
        "groups": _by_way(picked),
        "reached": len(fresh),
        "words": letter_words(conference, picked[0].person) if picked else "",
        "answers": answers,
        "silent": answers[""],
    }


def _said(count: int) -> str:
    if not count:
        return _("Không gửi thư nào: những người này đã được gửi hoặc chỉ nhận giấy in.")
    return _("Đã gửi giấy mời tới %(count)s người.") % {"count": count}


def _by_way(guests: list[Guest]) -> list[tuple[str, list[Guest]]]:
    """The chosen by the way a letter takes."""
    ways = dict.fromkeys(guest.way_words for guest in guests)
    return [(way, [guest for guest in guests if guest.way_words == way]) for way in ways]


@require_http_methods(["GET", "POST"])
@once
def remind(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    require(rules.may_send_invitations(request.user, conference), NOT_OFFICE)
    if request.method == "POST":
        count = actions.remind_guests(conference, by=request.user, today=timezone.localdate())
        words = _("Đã nhắc %(count)s người. Mỗi người được nhắc nhiều nhất một lần một ngày.")
        messages.success(request, words % {"count": count})
        return redirect("conferences:invitations_send", pk)
    today = timezone.localdate()
    context = {"conference": conference, "guests": actions.to_remind(conference, today)}
    return render(request, "conferences/invitations_remind.html", context)


@require_http_methods(["GET", "POST"])
@once
def answer(request: UserRequest, pk: int, participant_id: int) -> HttpResponse:
    conference = load_conference(request, pk)
    require(rules.may_prepare_conference(request.user, conference), NOT_OFFICE)
    person = get_object_or_404(conference.participants, pk=participant_id)
    form = ToldAnswerForm(request.POST or None, person=person)
    if form.is_valid():
        actions.answer_invitation(person, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Đã ghi trả lời của %(name)s.") % {"name": person.name})
        return redirect("conferences:invitations_send", pk)
    context = {"conference": conference, "person": person, "form": form}
    return render(request, "conferences/answer_record.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@once
def answer_page(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """What a guest opens from the letter; looking changes nothing, only the button answers."""
    person = guest_behind(code, key)
    is_wrong = person is None
    if is_answering_too_much(client_address(request), is_wrong=is_wrong):
        return _private(request, {"problem": "many"}, 429)
    if person is None:
        return _private(request, {"problem": "unknown"}, 404)
    conference, user = person.conference, request.user
    if isinstance(user, User) and _is_at_door(user, conference):
        return redirect("code", person.code)
    now = timezone.now()
    if not actions.is_open_to_answers(conference, now):
        return _private(request, {"problem": "over", "conference": conference}, 410)
    form = AnswerForm(request.POST or None, person=person)
    if form.is_valid():
        actions.answer_invitation(person, now=now, **form.cleaned_data)
        return redirect("answer", code, key)
    return _private(request, {"person": person, "conference": conference, "form": form}, 200)


def _is_at_door(user: User, conference: Conference) -> bool:
    """Whether somebody scans the letter to let its bearer in, on the day itself."""
    is_today = timezone.localdate(conference.starts_at) == timezone.localdate()
    return is_today and rules.may_receive_people(user, conference)


def _private(request: HttpRequest, context: dict[str, object], status: int) -> HttpResponse:
    response = render(request, "conferences/answer.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
