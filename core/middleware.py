"""Turns refusals of the lower layers into pages that say what to do; tells browsers what may run."""

from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from ipaddress import ip_address

from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core import audit
from core.access import RefusedError
from core.acting import acting, also
from core.http import EXPORTED_ROWS
from core.transitions import IllegalMoveError

SAFE = {"GET", "HEAD", "OPTIONS"}
REFERRING_BACK = ("user", "auser", "_messages", "htmx", "_upload_handlers")
TABLES = {
    "text/csv",
    "application/zip",
    "application/json",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class PartingMiddleware:
    """Takes from an answered request what refers back to it, so that both are freed at once.

    Otherwise they pile up for the collector of garbage, which stops everybody for tens of
    milliseconds.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; what is streamed may still ask who reads it."""
        response = self.get_response(request)
        if not response.streaming:
            for name in REFERRING_BACK:
                vars(request).pop(name, None)
        return response


class ProxyMiddleware:
    """Puts the visitor's address where the server put the proxy's, so that limits count visitors.

    Each proxy of ours adds whom it was asked by at the end of the list; what stands before them was
    written by the visitor and is believed by nobody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Read the list from its end, as far as our own proxies go."""
        passed = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if 0 < settings.PROXIES <= len(passed):
            with suppress(ValueError):
                request.META["REMOTE_ADDR"] = str(ip_address(passed[-settings.PROXIES].strip()))
        return self.get_response(request)


class ActMiddleware:
    """Tells the audit who acts and through which page, and notes what leaves as a table."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on within its context."""
        with acting():
            response = self.get_response(request)
            rows = response.headers.get(EXPORTED_ROWS, "")
            del response[EXPORTED_ROWS]
            if _is_export(response) and not _is_public(request):
                said = request.get_full_path()
                by = request.user if request.user.is_authenticated else None
                counted = int(rows) if rows else None
                audit.note(audit.Kind.EXPORTED, by=by, said=said, rows=counted)
        return response

    def process_view(self, request: HttpRequest, *_rest: object) -> None:
        """The address is known now; on a citizen's page nobody is looked up just to read."""
        match = request.resolver_match
        also(act=match.view_name if match else request.path)
        if request.method not in SAFE or not _is_public(request):
            also(user=request.user.pk)


def _is_public(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is None or getattr(match.func, "login_required", True) is False


def _is_export(response: HttpResponse) -> bool:
    """A table or an archive that is saved, not shown."""
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    place = response.headers.get("Content-Disposition", "")
    return response.status_code == HTTPStatus.OK and kind in TABLES and place.startswith("attach")


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
            if not _is_public(request) and request.user.is_authenticated:
                said = f"{request.path}: {exception.reason}"
                audit.note(audit.Kind.REFUSED, by=request.user, said=said)
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
