"""What the pages of a conference share: loading it, and showing two versions of one text."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from conferences.forms import SeenForm
from conferences.models import AgendaItem, Conference
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
