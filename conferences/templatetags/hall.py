"""Clocks as the hall reads them."""

from django import template

register = template.Library()


@register.filter
def mmss(seconds: int) -> str:
    """125 is 2:05; less than nothing has a minus."""
    sign = "−" if seconds < 0 else ""
    minutes, rest = divmod(abs(seconds), 60)
    return f"{sign}{minutes}:{rest:02d}"
