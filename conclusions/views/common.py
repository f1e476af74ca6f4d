"""What the pages of conclusions share."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from conclusions.models import ConclusionNotice
from organisations.http import UserRequest

WHOLE = (
    "document__type",
    "document__organisation",
    "document__drafter",
    "conference__session__plan__document",
)


def load_notice(request: UserRequest, pk: int, *shown: str) -> ConclusionNotice:
    """The notice with its paper, and what the page shows besides."""
    visible = ConclusionNotice.objects.visible_to(request.user).select_related("document", *shown)
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
