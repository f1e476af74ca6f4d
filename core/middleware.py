"""Turns the refusals of the lower layers into pages that say what to do."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.access import RefusedError
from core.transitions import IllegalMoveError


class RefusalMiddleware:
    """403 with the reason for a refused act, 409 for a move somebody else has already made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Show the page that belongs to the refusal, if it is one."""
        if isinstance(exception, RefusedError):
            return render(request, "403.html", {"reason": exception.reason}, status=403)
        if isinstance(exception, IllegalMoveError):
            return render(request, "409.html", {"reason": exception.reason}, status=409)
        return None
