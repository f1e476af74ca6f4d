"""The spine of a dossier, shown by the pages of every package it runs through."""

from typing import Any

from django import template

from dialogue.dossier import spine
from plans.models import DialogueSession

register = template.Library()


@register.inclusion_tag("components/spine.html")
def dossier_spine(session: DialogueSession, current: str) -> dict[str, Any]:
    """The seven steps with where each stands; `current` names the step of this page."""
    return {"steps": spine(session, current)}
