"""People logged in once for many requests: for tests of what they get, not of how they log in."""

from collections.abc import Callable
from copy import copy
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest
from django.test import Client


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


def sessions_of(people: dict[str, Any]) -> dict[str, str]:
    """Each of them logged in, by the same names: what `client_of` takes."""
    sessions = {}
    for name, person in people.items():
        client = Client()
        client.force_login(person)
        sessions[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return sessions


def client_of(sessions: dict[str, str], name: str) -> Client:
    """A new browser of that person; of nobody in particular where the name has no session."""
    client = Client()
    if name in sessions:
        client.cookies[settings.SESSION_COOKIE_NAME] = sessions[name]
    return client
