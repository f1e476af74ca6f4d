"""The request of a person who is logged in."""

from django.http import HttpRequest

from organisations.models import User


class UserRequest(HttpRequest):
    """A request behind LoginRequiredMiddleware: `user` is always a person."""

    user: User
