"""Who asks, read once for many requests: for tests of what people get, not of how they log in."""

from collections.abc import Callable
from copy import copy
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest


def reader_of_people() -> Callable[[HttpRequest], Any]:
    """Django's `get_user`, which remembers whose session it is and what that person is today."""
    people: dict[str, Any] = {}

    def person(request: HttpRequest) -> Any:
        session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        if session not in people:
            found = people[session] = get_user(request)
            if found.is_authenticated:
                found.works_for(0)  # reads what the person is, and whom the person stands in for
        return copy(people[session])  # a page may write to its own

    return person
