"""Written questions: the hall's page without an account, and the moderator's."""

import uuid
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from conferences import actions, rules
from conferences.actions.questions import (
    QuestionsClosedError,
    TooManyWaitingError,
    ask_question,
    guide_out_question,
    move_question,
    take_questions,
)
from conferences.forms.arriving import QuestionForm
from conferences.models import Conference, HallQuestion
from conferences.queries.questions import (
    count_waiting,
    in_order,
    public_questions,
    questions_address,
    takes_questions_now,
)
from conferences.states import QuestionState
from conferences.views.common import load_conference
from core.access import require
from core.http import client_address
from core.throttle import HOUR, is_roughly_beyond
from feedback.queries.leads import receiving_body_of
from organisations.http import UserRequest


@login_not_required
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, code: str) -> HttpResponse:
    halls = Conference.objects.select_related("organisation")
    conference = get_object_or_404(halls, hall_code=code)
    if request.method != "POST":
        return _show_hall(request, conference, QuestionForm())
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return _show_hall(request, conference, form, status=422)
    if form.cleaned_data["website"]:
        return _thank(conference, form.cleaned_data["key"])
    asking = f"hall-question:{client_address(request)}"
    if is_roughly_beyond(asking, settings.PUBLIC_SUBMISSIONS_PER_HOUR, seconds=HOUR):
        form.add_error(
            None, _("Vừa có quá nhiều câu hỏi từ mạng này. Xin chờ ít phút rồi gửi lại.")
        )
        return _show_hall(request, conference, form, status=429)
    return _keep(request, conference, form)


def _keep(request: HttpRequest, conference: Conference, form: QuestionForm) -> HttpResponse:
    words = {name: form.cleaned_data[name] for name in ("key", "text", "body")}
    try:
        ask_question(conference, now=timezone.now(), **words)
    except QuestionsClosedError:
        form.add_error(None, _("Hội trường đã ngừng nhận câu hỏi; câu hỏi này chưa được gửi."))
        return _show_hall(request, conference, form, status=409)
    except TooManyWaitingError:
        form.add_error(None, _("Đang có quá nhiều câu hỏi chờ duyệt. Xin gửi lại sau ít phút."))
        return _show_hall(request, conference, form, status=429)
    return _thank(conference, words["key"])


def _thank(conference: Conference, key: uuid.UUID) -> HttpResponse:
    return redirect(f"{reverse('hall:ask', args=[conference.hall_code])}?cua-toi={key}")


def _show_hall(
    request: HttpRequest, conference: Conference, form: QuestionForm, *, status: int = 200
) -> HttpResponse:
    mine = _own(request, conference)
    context = {
        "conference": conference,
        "form": form,
        "is_open": takes_questions_now(conference),
        "questions": public_questions(conference),
        "mine": mine,
        "place": receiving_body_of(conference.organisation, mine.outside).name
        if mine and mine.outside
        else "",
    }
    response = render(request, "conferences/questions/ask.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _own(request: HttpRequest, conference: Conference) -> HallQuestion | None:
    """The question whose key stands in the address: what became of it."""
    try:
        key = uuid.UUID(request.GET.get("cua-toi", ""))
    except ValueError:
        return None
    return conference.questions.filter(key=key).first()


@require_GET
def questions(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    require(rules.may_see_console(request.user, conference), actions.NOT_OFFICE)
    rows = in_order(conference.questions.order_by("id"))
    context = {
        "conference": conference,
        "questions": rows,
        "waiting": count_waiting(rows),
        "address": questions_address(conference),
        "may_moderate": rules.may_moderate_questions(request.user, conference),
        "states": QuestionState,
    }
    part = "#rows" if cast("Any", request).htmx else ""
    return render(request, "conferences/questions/questions.html" + part, context)


@require_POST
def questions_take(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    take_questions(conference, by=request.user, is_open=request.POST.get("open") == "1")
    return redirect("conferences:questions", pk)


@require_POST
def question_move(request: UserRequest, pk: int, question_id: int) -> HttpResponse:
    conference = load_conference(request, pk)
    question = get_object_or_404(conference.questions, pk=question_id)
    question.conference = conference
    to, outside = request.POST.get("to", ""), request.POST.get("outside", "")
    if outside in HallQuestion.Outside and outside:
        guide_out_question(question, by=request.user, now=timezone.now(), kind=outside)
        messages.success(request, _("Đã xóa lời và hướng dẫn người hỏi; chỉ giữ việc đã có."))
    elif to in QuestionState:
        move_question(question, to, by=request.user)
    else:
        require(rules.may_moderate_questions(request.user, conference), actions.NOT_OFFICE)
    return redirect("conferences:questions", pk)
