"""What several pages share: loading rows the person may see, the page of a simple act."""

from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django import forms
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.audit import readings_of
from core.models import AuditEvent, HistoryEntry
from core.transitions import history_of
from feedback.models import Consultation, IssueGroup, Opinion, RestrictedMatter
from organisations.http import UserRequest
from organisations.models import Role

OFFICE_ONLY = gettext_lazy("Chỉ văn phòng tổng hợp ý kiến được làm việc này.")


@dataclass(frozen=True)
class Act:
    """A page with one form and one button: what it is called, what happens, where it came from.

    `keeps_draft` lets the browser remember what is typed; never where it may name people.
    """

    title: str
    button: str
    back_url: str
    back_label: str
    text: str = ""
    quote: str = ""
    tone: str = ""
    keeps_draft: bool = False


def show_act(
    request: UserRequest, act: Act, form: forms.Form, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"act": act, "form": form, **more}
    return render(request, "feedback/act.html", context, status=status)


WHOLE_OPINION = (
    "submission__consultation__organisation",
    "submission__area",
    "submission__sender_organisation",
    "submission__entered_by",
    "field",
    "group__task",
    "group__consultation",
    "matter",
)
WHOLE_GROUP = ("consultation__organisation", "field", "lead", "task")


def load_consultation(request: UserRequest, pk: int, *shown: str) -> Consultation:
    """The consultation with its office, and what the page shows besides."""
    visible = Consultation.objects.visible_to(request.user).select_related("organisation", *shown)
    return get_object_or_404(visible, pk=pk)


def load_opinion(request: UserRequest, pk: int, *shown: str) -> Opinion:
    """The opinion with where it came in, and what the page shows besides."""
    visible = Opinion.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("submission__consultation", *shown), pk=pk)


def load_group(request: UserRequest, pk: int, *shown: str) -> IssueGroup:
    """The matter with where it came up, and what the page shows besides."""
    visible = IssueGroup.objects.visible_to(request.user).select_related("consultation", *shown)
    return get_object_or_404(visible, pk=pk)


def load_matter(request: UserRequest, pk: int) -> RestrictedMatter:
    visible = RestrictedMatter.objects.visible_to(request.user).select_related(
        "opinion__submission__consultation__organisation", "routed_by"
    )
    return get_object_or_404(visible, pk=pk)


def entries_of(row: Model) -> "list[HistoryEntry | AuditEvent]":
    """What happened to a row, and who read what is protected about it, latest first."""
    entries: list[HistoryEntry | AuditEvent] = [*history_of(row), *readings_of(row)]
    return sorted(entries, key=attrgetter("at"), reverse=True)


def tabs(request: UserRequest, current: str) -> list[dict[str, object]]:
    sorts = request.user.organisation_ids(Role.CLERK, Role.HEAD)
    names = {
        **({"feedback:desk": _("Bàn phân loại")} if sorts else {}),
        "feedback:list": _("Ý kiến"),
        "feedback:groups": _("Vấn đề"),
        "feedback:forwardings": _("Chuyển cấp"),
        "feedback:consultations": _("Đợt lấy ý kiến"),
        **({"feedback:reopenings": _("Đề nghị xem lại")} if sorts else {}),
        "feedback:my_entries": _("Phiếu tôi nhập"),
    }
    if sorts or request.user.is_admin:
        names["feedback:data"] = _("Dữ liệu cá nhân")
    if request.user.organisation_ids("reception"):
        names["feedback:matters"] = _("Hồ sơ tiếp công dân")
    return [
        {"label": label, "url": reverse(name), "is_current": name == current}
        for name, label in names.items()
    ]


def group_act(row: IssueGroup, title: str, button: str) -> Act:
    """The page of an act on a matter, which quotes what people wrote."""
    return Act(
        title=title,
        button=button,
        back_url=row.get_absolute_url(),
        back_label=row.title,
        quote="\n\n".join(row.opinions.order_by("pk").values_list("text", flat=True)[:20]),
    )
