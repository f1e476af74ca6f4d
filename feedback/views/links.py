"""Answering through a link, without an account. The link is the authority; it is in no cookie.

Opening the address changes nothing, so that mail scanners start nothing; buttons do. What somebody
typed is always kept or shown again. `email_confirm` and the look-up are exempt from CSRF likewise.
"""

import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.http import client_address
from core.versions import StaleError
from feedback import actions
from feedback.actions import links
from feedback.forms.answers import LinkAnswerForm
from feedback.http import is_renewing_too_often, is_trying_links, is_using_link_too_much
from feedback.models import Answer, AnswerLink
from feedback.queries.answers import last_return
from feedback.queries.links import find_link, masked
from feedback.states import AnswerState, RequestState

STATUS = {"unknown": 404, "many": 429, "elsewhere": 403, "sent": 200, "at_head": 200}
GONE = 410


@login_not_required
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    found = find_link(token)
    problem = _problem(request, found)
    act = request.POST.get("act", "")
    if found is not None and act == "renew" and problem in ("", "elsewhere"):
        return _renew(request, found)
    if found is None or problem or request.method == "GET":
        return _show_door(request, found, problem)
    if act == "open":
        return _open(request, found)
    if not links.is_browser_of(found, request.COOKIES.get(_cookie(found), "")):
        return _show_door(request, found, "elsewhere")
    return _write(request, found, is_sending=act == "send")


def _problem(request: HttpRequest, found: AnswerLink | None) -> str:
    """Why a link does not work now, in one word; "" if it does."""
    if found is None:
        return "many" if is_trying_links(client_address(request)) else "unknown"
    if request.method == "POST" and is_using_link_too_much(found.pk):
        return "many"
    if found.request.state != RequestState.STANDING:
        return "withdrawn"
    if found.revoked_at is not None:
        return "revoked"
    if not found.is_live(timezone.now()):
        return "expired"
    return _whose(_answer_of(found))


def _whose(answer: Answer | None) -> str:
    """Who has an answer that was written already: the agency's head or the office; "" if nobody."""
    if answer is None or answer.state == AnswerState.DRAFT:
        return ""
    return "at_head" if answer.state == AnswerState.AT_HEAD else "sent"


def _answer_of(found: AnswerLink) -> Answer | None:
    return Answer.objects.filter(group=found.request.group_id).first()


def _show_door(request: HttpRequest, found: AnswerLink | None, problem: str) -> HttpResponse:
    """The page before the button, or what is wrong; words that were typed are shown to be copied."""
    typed = request.POST.get("text", "").strip()[:20_000]
    if typed and problem == "withdrawn" and found is not None:
        actions.keep_late_text(found.request, text=typed)
    context = {
        "link": found,
        "problem": problem,
        "typed": typed,
        "may_renew": bool(found and found.email),
    }
    status = STATUS.get(problem, GONE) if problem else 200
    return _private(render(request, "feedback/link_door.html", context, status=status))


def _open(request: HttpRequest, found: AnswerLink) -> HttpResponse:
    name = _cookie(found)
    browser = request.COOKIES.get(name, "") or secrets.token_urlsafe(24)
    if not links.open_link(found, browser=browser):
        return _show_door(request, found, "elsewhere")
    answer = _answer_of(found)
    initial = _values(answer) if answer else {}
    response = _show_form(request, found, LinkAnswerForm(initial=initial), answer)
    response.set_cookie(
        name,
        browser,
        expires=found.expires_at,
        path=reverse("feedback:link", args=["x"]).removesuffix("x/"),
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


def _write(request: HttpRequest, found: AnswerLink, *, is_sending: bool) -> HttpResponse:
    form = LinkAnswerForm(request.POST, is_sending=is_sending)
    if not form.is_valid():
        return _show_form(request, found, form, _answer_of(found), status=422)
    try:
        answer = links.write_by_link(found, **form.cleaned_data)
    except StaleError as stale:
        return _show_stale(request, found, stale)
    if is_sending:
        links.submit_by_link(found, answer)
        return _show_door(request, found, _whose(_answer_of(found)))
    said = _("Đã lưu bản thảo lúc %(time)s.") % {"time": f"{timezone.localtime():%H:%M}"}
    return _show_form(request, found, LinkAnswerForm(initial=_values(answer)), answer, said=said)


def _show_form(
    request: HttpRequest,
    found: AnswerLink,
    form: LinkAnswerForm,
    answer: Answer | None,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    asked = found.request
    quotes = asked.group.opinions.in_dialogue().order_by("pk").values_list("text", "proposal")[:50]
    context = {
        "link": found,
        "asked": asked,
        "form": form,
        "quotes": [masked("\n".join(part for part in words if part)) for words in quotes],
        "parts": asked.parts.filter(is_kept=False).select_related("organisation"),
        "returned": last_return(answer),
        **more,
    }
    return _private(render(request, "feedback/link_answer.html", context, status=status))


def _show_stale(request: HttpRequest, found: AnswerLink, stale: StaleError) -> HttpResponse:
    current = stale.current
    assert isinstance(current, Answer)
    theirs = _values(current)
    posted = request.POST.copy()
    posted["version"] = str(current.version)
    form = LinkAnswerForm(posted)
    rows = [
        {"label": field.label, "mine": field.value(), "theirs": theirs[field.name]}
        for field in form.visible_fields()
    ]
    return _show_form(request, found, form, current, status=409, stale=rows)


def _renew(request: HttpRequest, found: AnswerLink) -> HttpResponse:
    """A fresh link to the address the first one went to: of no use to whom it was forwarded."""
    is_sent = not is_renewing_too_often(found.pk) and links.renew_link(found) is not None
    context = {"link": found, "problem": "renewed" if is_sent else "elsewhere", "may_renew": False}
    return _private(render(request, "feedback/link_door.html", context))


def _values(answer: Answer) -> dict[str, Any]:
    return {name: getattr(answer, name) for name in ("text", "legal_basis", "signer", "version")}


def _cookie(found: AnswerLink) -> str:
    return f"tra-loi-{found.pk}"


def _private(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
