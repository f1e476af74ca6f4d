"""The systems events are told to: registered by the head, tried, watched, told again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import handling
from core.access import require
from core.http import once
from core.paging import keyset_page
from core.transitions import history_of
from dialogue.channels import actions, forms, queries, rules
from dialogue.channels.models import EventHook
from organisations.http import UserRequest
from organisations.models import Organisation, Role

SHOWN_ONCE = "hook_secret"


@require_GET
def list_(request: UserRequest) -> HttpResponse:
    now = timezone.now()
    hooks = EventHook.objects.visible_to(request.user).select_related("organisation", "endpoint")
    heads = Organisation.objects.filter(pk__in=request.user.organisation_ids(Role.HEAD))
    rows = [(hook, *queries.state_of(hook.endpoint, now)) for hook in hooks.order_by("-pk")]
    return render(request, "channels/hooks.html", {"hooks": rows, "bodies": heads})


@require_http_methods(["GET", "POST"])
@once
def add(request: UserRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation, pk=pk)
    require(rules.may_keep_hook(request.user, organisation), rules.NOT_HEAD)
    form = forms.HookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        hook = actions.add_hook(organisation, by=request.user, **form.cleaned_data)
        request.session[SHOWN_ONCE] = hook.pk
        return redirect("channels:hook", pk=hook.pk)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "organisation": organisation}
    return render(request, "channels/edit_hook.html", context, status=status)


@require_GET
def detail(request: UserRequest, pk: int) -> HttpResponse:
    hook = _found(request, pk)
    words, tone = queries.state_of(hook.endpoint, timezone.now())
    context = {
        "hook": hook,
        "endpoint": hook.endpoint,
        "words": words,
        "tone": tone,
        "secret": hook.endpoint.secret if request.session.pop(SHOWN_ONCE, None) == pk else "",
        "page": keyset_page(queries.deliveries(hook.endpoint), request.GET, size=30),
        "history": history_of(hook)[:20],
    }
    return render(request, "channels/hook.html", context)


@require_http_methods(["GET", "POST"])
@once
def edit(request: UserRequest, pk: int) -> HttpResponse:
    hook = _found(request, pk)
    place = hook.endpoint
    was = {"name": place.name, "url": place.url, "is_active": place.is_active}
    form = forms.ChangeHookForm(request.POST or None, initial={**was, "chosen": hook.events})
    if request.method == "POST" and form.is_valid():
        actions.change_hook(hook, by=request.user, **form.cleaned_data)
        messages.success(request, _("Đã lưu."))
        return redirect("channels:hook", pk=hook.pk)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "organisation": hook.organisation, "hook": hook}
    return render(request, "channels/edit_hook.html", context, status=status)


@require_POST
@once
def test(request: UserRequest, pk: int) -> HttpResponse:
    hook = _found(request, pk)
    actions.test_hook(hook, by=request.user)
    messages.success(request, _("Đã gửi thử; kết quả hiện ở danh sách bên dưới trong ít phút."))
    return redirect("channels:hook", pk=hook.pk)


@require_POST
@once
def change_secret(request: UserRequest, pk: int) -> HttpResponse:
    hook = _found(request, pk)
    actions.change_secret(hook, by=request.user)
    request.session[SHOWN_ONCE] = hook.pk
    return redirect("channels:hook", pk=hook.pk)


@require_POST
def wake(request: UserRequest, pk: int) -> HttpResponse:
    hook = _found(request, pk)
    actions.wake_endpoint(hook.endpoint, by=request.user)
    messages.success(request, _("Sẽ thử gửi lại ngay."))
    return redirect("channels:hook", pk=hook.pk)


@require_POST
def replay(request: UserRequest, pk: int, message_pk: int) -> HttpResponse:
    hook = _found(request, pk)
    message = get_object_or_404(queries.deliveries(hook.endpoint), pk=message_pk)
    if handling.resend(message, by=request.user):
        messages.success(request, _("Sự kiện sẽ được gửi lại với cùng mã."))
    else:
        messages.error(request, _("Sự kiện này đang chờ gửi rồi."))
    return redirect("channels:hook", pk=hook.pk)


def _found(request: UserRequest, pk: int) -> EventHook:
    hooks = EventHook.objects.visible_to(request.user).select_related("organisation", "endpoint")
    return get_object_or_404(hooks, pk=pk)
