"""What the pages of a conference share: loading it, and showing two versions of one text."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from conferences import rules
from conferences.documents.printable import MOST_NAMED, unprintable_people
from conferences.forms import SeenForm
from conferences.models import AgendaItem, Conference, HallPrint, InvitationPrint, Participant
from conferences.states import PrintState
from core.versions import StaleError
from organisations.http import UserRequest

PAPERS = ("session__plan__document", "invitation", "minutes")


def load_conference(request: UserRequest, pk: int, *shown: str) -> Conference:
    """The conference with its office, and what the page shows besides."""
    visible = Conference.objects.visible_to(request.user).select_related("organisation", *shown)
    return get_object_or_404(visible, pk=pk)


def load_item(request: UserRequest, pk: int, item_id: int) -> AgendaItem:
    conference = load_conference(request, pk)
    item = get_object_or_404(conference.agenda, pk=item_id)
    item.conference = conference
    return item


def to_correct(
    request: UserRequest,
    conference: Conference,
    people: QuerySet[Participant],
    orders: Iterable[HallPrint | InvitationPrint | None],
) -> list[Participant]:
    """Where a print failed: the first of its people whose words cannot be printed, to be mended."""
    has_failed = any(order and order.state == PrintState.FAILED for order in orders)
    if not has_failed or not rules.may_correct_participant(request.user, conference):
        return []
    return unprintable_people(people.order_by("pk"))[:MOST_NAMED]


def both_versions(form: Any, theirs: dict[str, Any]) -> list[dict[str, object]]:
    """What the person typed beside what is stored now, field by field, where they differ."""
    return [
        {"label": form.fields[name].label, "mine": form.cleaned_data.get(name), "theirs": value}
        for name, value in theirs.items()
        if name in form.cleaned_data and name != "version" and form.cleaned_data[name] != value
    ]


def over_newer(request: HttpRequest, stale: StaleError) -> Any:
    """What was typed, ready to be saved over the version the person has now seen."""
    current: Any = stale.current
    posted = request.POST.copy()
    posted["version"] = str(current.version)
    return posted


def seen_of(request: UserRequest) -> int | None:
    """What was current on the page the button was pressed on."""
    form = SeenForm(request.POST)
    return form.cleaned_data["seen"] if form.is_valid() else None
