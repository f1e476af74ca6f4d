"""The channels as a whole: what waits, what rests, the gateways, pauses; one's own wish."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import require
from core.http import once
from core.models import Endpoint, SendingPause, TextWish
from dialogue.channels import actions, forms, queries, rules
from organisations.http import UserRequest

FIELDS = ("name", "url", "kind", "template_id", "is_approved", "is_active")


@require_GET
def list_(request: UserRequest) -> HttpResponse:
    require(rules.may_run_channels(request.user), rules.NOT_ADMIN)
    now = timezone.now()
    context = {
        "channels": queries.channel_lines(),
        "kinds": queries.kind_lines(now),
        "gateways": [(row, *queries.state_of(row, now)) for row in queries.gateways()],
    }
    return render(request, "channels/list.html", context)


@require_POST
@once
def begin_pause(request: UserRequest) -> HttpResponse:
    require(rules.may_run_channels(request.user), rules.NOT_ADMIN)
    form = forms.PauseForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Hãy ghi lý do tạm dừng."))
    elif actions.begin_pause(by=request.user, **form.cleaned_data):
        messages.success(request, _("Đã tạm dừng; tin nằm chờ, không mất tin nào."))
    else:
        messages.error(request, _("Kênh hoặc loại tin này đang tạm dừng rồi."))
    return redirect("channels:list")


@require_POST
def end_pause(request: UserRequest, pk: int) -> HttpResponse:
    require(rules.may_run_channels(request.user), rules.NOT_ADMIN)
    pause = get_object_or_404(SendingPause, pk=pk)
    actions.end_pause(pause, by=request.user)
    messages.success(request, _("Đã cho gửi tiếp; tin đang chờ sẽ đi trong ít phút."))
    return redirect("channels:list")


@require_http_methods(["GET", "POST"])
@once
def add_gateway(request: UserRequest) -> HttpResponse:
    require(rules.may_run_channels(request.user), rules.NOT_ADMIN)
    form = forms.GatewayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.save_gateway(None, by=request.user, **form.cleaned_data)
        messages.success(request, _("Đã thêm cổng tin nhắn."))
        return redirect("channels:list")
    context = {"form": form, "title": _("Thêm cổng tin nhắn")}
    status = 422 if request.method == "POST" else 200
    return render(request, "channels/gateway.html", context, status=status)


@require_http_methods(["GET", "POST"])
@once
def edit_gateway(request: UserRequest, pk: int) -> HttpResponse:
    require(rules.may_run_channels(request.user), rules.NOT_ADMIN)
    gateway = get_object_or_404(queries.gateways(), pk=pk)
    was = {name: getattr(gateway, name) for name in FIELDS}
    form = forms.GatewayForm(request.POST or None, initial=was)
    if request.method == "POST" and form.is_valid():
        actions.save_gateway(gateway, by=request.user, **form.cleaned_data)
        messages.success(request, _("Đã lưu cổng tin nhắn."))
        return redirect("channels:list")
    context = {"form": form, "title": gateway.name, "gateway": gateway}
    status = 422 if request.method == "POST" else 200
    return render(request, "channels/gateway.html", context, status=status)


@require_POST
def wake(request: UserRequest, pk: int) -> HttpResponse:
    require(rules.may_run_channels(request.user), rules.NOT_ADMIN)
    gateway = get_object_or_404(Endpoint, pk=pk)
    actions.wake_endpoint(gateway, by=request.user)
    messages.success(request, _("Sẽ thử gửi lại ngay."))
    return redirect("channels:list")


@require_http_methods(["GET", "POST"])
@once
def my_texts(request: UserRequest) -> HttpResponse:
    wish = TextWish.objects.filter(user=request.user).first()
    was = {"endpoint": wish.endpoint_id, "phone": wish.phone} if wish else {}
    form = forms.WishForm(request.POST or None, initial=was)
    if request.method == "POST" and form.is_valid():
        actions.wish_texts(request.user, **form.cleaned_data)
        messages.success(request, _("Đã lưu cách nhận tin."))
        return redirect("channels:my_texts")
    status = 422 if form.errors else 200
    return render(request, "channels/my_texts.html", {"form": form}, status=status)
