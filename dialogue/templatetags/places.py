"""The entries of the rail, with the one a page stands under."""

from django import template
from django.template import Context

from dialogue.context import Entry, Frame
from documents.facts import Owner

register = template.Library()


@register.simple_tag(takes_context=True)
def rail_entries(context: Context) -> list[Entry]:
    """Where the person may go; a paper's page stands under what the paper belongs to."""
    frame, owner = context.get("frame"), context.get("owner")
    if not isinstance(frame, Frame):
        return []
    return frame.entries_at(owner.url if isinstance(owner, Owner) else "")
