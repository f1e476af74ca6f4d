"""What the pages of conclusions share."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from conclusions.models import ConclusionNotice
from organisations.http import UserRequest


def load_notice(request: UserRequest, pk: int) -> ConclusionNotice:
    visible = ConclusionNotice.objects.visible_to(request.user).select_related(
        "document__type",
        "document__organisation",
        "document__drafter",
        "conference__session__plan__document",
    )
    return get_object_or_404(visible, pk=pk)


def tabs(current: str) -> list[dict[str, object]]:
    names = {
        "conclusions:list": _("Thông báo kết luận"),
        "conclusions:petitions": _("Kiến nghị cấp trên"),
    }
    return [
        {"label": label, "url": reverse(name), "is_current": name == current}
        for name, label in names.items()
    ]
