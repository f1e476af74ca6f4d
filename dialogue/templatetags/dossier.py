"""The spine of a dossier and its clock, shown by the pages of every package it runs through."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils import timezone

from dialogue.countdown import countdown_of_paper, countdowns_of, countdowns_of_plan
from dialogue.dossier import spine
from documents.models import Document
from plans.models import DialogueSession

register = template.Library()


@register.inclusion_tag("components/spine.html")
def dossier_spine(session: DialogueSession, current: str) -> dict[str, Any]:
    """The seven steps with where each stands; `current` names the step of this page."""
    clock = next(iter(countdowns_of([session.pk])), None)
    return {"steps": spine(session, current), "clock": clock, "today": timezone.localdate()}


@register.inclusion_tag("components/countdown.html")
def paper_clock(document: Document) -> dict[str, Any]:
    """The clock a conclusion notice or minutes stand under; nothing for other papers."""
    return {"clock": countdown_of_paper(document), "today": timezone.localdate()}


@register.inclusion_tag("components/countdowns.html")
def plan_clocks(sessions: Sequence[DialogueSession]) -> dict[str, Any]:
    """The clocks that run for a plan's conferences."""
    return {"clocks": countdowns_of_plan(sessions), "today": timezone.localdate()}
