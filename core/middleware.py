"""Turns refusals of the lower layers into pages that say what to do; tells browsers what may run."""

from collections.abc import Callable

from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.access import RefusedError
from core.acting import acting, also
from core.transitions import IllegalMoveError

SAFE = {"GET", "HEAD", "OPTIONS"}


class ActMiddleware:
    """Tells the audit who acts and through which page: every change of a request carries both."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on within its context."""
        with acting():
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., object], *_rest: object
    ) -> None:
        """The address is known now; on a citizen's page nobody is looked up just to read."""
        match = request.resolver_match
        also(act=match.view_name if match else request.path)
        is_public = getattr(view, "login_required", True) is False
        if request.method not in SAFE or not is_public:
            also(user=request.user.pk)


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


class PolicyMiddleware:
    """The Content-Security-Policy, built once: it says the same on every page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer and the policy."""
        self.get_response, self.policy = get_response, build_policy()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; Django's own pages for programmers stay as they are."""
        response = self.get_response(request)
        if not (settings.DEBUG and response.status_code in (404, 500)):
            response.headers.setdefault("Content-Security-Policy", self.policy)
        return response
