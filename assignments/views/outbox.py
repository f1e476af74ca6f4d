"""What an office has sent, to whom and why; what its clerk does about one message."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assignments import forms, queries, rules
from core import handling
from core.access import require
from core.models import Message
from core.paging import keyset_page
from core.transitions import history_of
from organisations.http import UserRequest


@require_GET
def list_(request: UserRequest) -> HttpResponse:
    require(rules.may_see_outbox(request.user), rules.NO_OUTBOX)
    form = forms.OutboxFilterForm(request.GET)
    values = form.cleaned_data if form.is_valid() else {}
    rows = queries.outbox_of(request.user).select_related("recipient", "endpoint")
    for name in ("state", "channel"):
        if values.get(name):
            rows = rows.filter(**{name: values[name]})
    if values.get("q"):
        words = values["q"]
        rows = rows.filter(Q(subject__icontains=words) | Q(recipient__full_name__icontains=words))
    page = keyset_page(rows, request.GET, size=30)
    context = {"page": page, "form": form, "is_filtered": any(values.values())}
    context["may_administer"] = request.user.is_admin
    return render(request, "assignments/outbox.html", context)


@require_GET
def detail(request: UserRequest, pk: int) -> HttpResponse:
    message = _found(request, pk)
    context = {
        "message": message,
        "form": forms.LetterNoteForm(),
        "history": history_of(message),
        "may_resend": rules.may_resend_message(request.user, message),
        "may_pause": rules.may_pause_message(request.user, message),
        "may_resume": rules.may_resume_message(request.user, message),
        "may_cancel": rules.may_cancel_message(request.user, message),
        "may_close": rules.may_close_message(request.user, message),
    }
    return render(request, "assignments/letter.html", context)


@require_POST
def resend(request: UserRequest, pk: int) -> HttpResponse:
    message = _found(request, pk)
    require(rules.may_resend_message(request.user, message), rules.NO_RESENDING)
    done = handling.resend(message, by=request.user)
    return _told(request, message, done, _("Thư sẽ được gửi lại trong ít phút."))


@require_POST
def resume(request: UserRequest, pk: int) -> HttpResponse:
    message = _found(request, pk)
    require(rules.may_resume_message(request.user, message), rules.NO_HANDLING)
    done = handling.resume(message, by=request.user)
    return _told(request, message, done, _("Thư sẽ được gửi trong ít phút."))


@require_POST
def pause(request: UserRequest, pk: int) -> HttpResponse:
    message, form = _found(request, pk), forms.LetterNoteForm(request.POST)
    require(rules.may_pause_message(request.user, message), rules.NO_HANDLING)
    if not form.is_valid():
        return _without_note(request, message)
    done = handling.pause(message, by=request.user, reason=form.cleaned_data["note"])
    return _told(request, message, done, _("Đã tạm dừng; thư nằm chờ đến khi cho gửi tiếp."))


@require_POST
def cancel(request: UserRequest, pk: int) -> HttpResponse:
    message, form = _found(request, pk), forms.LetterNoteForm(request.POST)
    require(rules.may_cancel_message(request.user, message), rules.NO_HANDLING)
    if not form.is_valid():
        return _without_note(request, message)
    done = handling.cancel(message, by=request.user, reason=form.cleaned_data["note"])
    return _told(request, message, done, _("Đã hủy; thư không được gửi."))


@require_POST
def close(request: UserRequest, pk: int) -> HttpResponse:
    message, form = _found(request, pk), forms.LetterNoteForm(request.POST)
    require(rules.may_close_message(request.user, message), rules.NO_HANDLING)
    if not form.is_valid():
        return _without_note(request, message)
    done = handling.close(message, by=request.user, note=form.cleaned_data["note"])
    return _told(request, message, done, _("Đã ghi nhận; thư không còn trong danh sách cần xem."))


def _found(request: UserRequest, pk: int) -> Message:
    require(rules.may_see_outbox(request.user), rules.NO_OUTBOX)
    rows = queries.outbox_of(request.user).select_related("recipient", "endpoint")
    return get_object_or_404(rows, pk=pk)


def _told(request: UserRequest, message: Message, done: bool, words: str) -> HttpResponse:
    """Back to the message with one sentence: done, or somebody was faster."""
    if done:
        messages.success(request, words)
    else:
        messages.error(request, str(rules.NO_HANDLING))
    return redirect("assignments:letter", pk=message.pk)


def _without_note(request: UserRequest, message: Message) -> HttpResponse:
    messages.error(request, _("Hãy ghi lý do."))
    return redirect("assignments:letter", pk=message.pk)
