"""What a person was told: the inbox."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assignments import queries
from core import outbox
from core.models import Message
from core.paging import keyset_page
from organisations.http import UserRequest


@require_GET
def inbox(request: UserRequest) -> HttpResponse:
    rows = queries.inbox_of(request.user)
    unread = rows.filter(read_at__isnull=True)
    shows_unread = request.GET.get("xem") == "chua-doc"
    page = keyset_page(unread if shows_unread else rows, request.GET, size=30)
    tabs = [
        {"label": _("Tất cả"), "url": "?", "is_current": not shows_unread},
        {
            "label": _("Chưa đọc"),
            "url": "?xem=chua-doc",
            "is_current": shows_unread,
            "number": unread[:100].count(),
        },
    ]
    return render(request, "assignments/inbox.html", {"page": page, "tabs": tabs})


@require_POST
def read(request: UserRequest, pk: int) -> HttpResponse:
    message = get_object_or_404(queries.inbox_of(request.user), pk=pk)
    outbox.mark_read(Message.objects.filter(pk=message.pk), timezone.now())
    is_ours = message.link.startswith("/") and not message.link.startswith("//")
    return redirect(message.link if is_ours else "assignments:inbox")


@require_POST
def read_all(request: UserRequest) -> HttpResponse:
    outbox.mark_read(queries.inbox_of(request.user), timezone.now())
    messages.success(request, _("Đã đánh dấu tất cả là đã đọc."))
    return redirect("assignments:inbox")
