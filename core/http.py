"""What views share: the guard against double clicks, pages drawn once for many, addresses."""

import functools
import re
import uuid
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any, Concatenate, ParamSpec, TypeVar

from cachetools import TTLCache
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.translation import gettext as _

from core.models import UsedToken

P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)
ONCE_FIELD = "_once"
EXPORTED_ROWS = "X-Exported-Rows"
"""How many rows leave in a file; the audit reads it and it goes no further."""
FRAME_SECONDS = 5
OWN_PLACE = "place-of-their-own"
FRAMES: TTLCache[tuple[str, str], list[str]] = TTLCache(256, FRAME_SECONDS)
_frames_lock = Lock()


class _RollbackError(Exception):
    """Carries a response that did nothing out of the transaction."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.response = response


def once(
    view: Callable[Concatenate[R, P], HttpResponse],
) -> Callable[Concatenate[R, P], HttpResponse]:
    """Make a POST view act once per form shown, whatever the mouse does.

    The form carries `{% once_field %}`. The token's row is inserted in the transaction of the act
    itself, so the second click waits for the first and is then redirected to the same place. A
    response that is not a redirect (errors to mend) uses no token up.
    """

    @functools.wraps(view)
    def wrapper(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        try:
            token = uuid.UUID(request.POST.get(ONCE_FIELD, ""))
        except ValueError as error:
            raise BadRequest("the form carries no token") from error
        try:
            with transaction.atomic():
                used = use_up(token)
                if used is not None:
                    return HttpResponseRedirect(used.location or request.path)
                response = view(request, *args, **kwargs)
                if not isinstance(response, HttpResponseRedirect):
                    raise _RollbackError(response)
                UsedToken.objects.filter(pk=token).update(location=response.url)
                return response
        except _RollbackError as nothing_done:
            return nothing_done.response

    return wrapper


USE_UP = (
    "INSERT INTO core_usedtoken (token, location, at) VALUES (%s, '', now()) ON CONFLICT DO NOTHING"
)


def use_up(token: uuid.UUID) -> UsedToken | None:
    """Mark a token as used, waiting for whoever is using it; what it led to if it was used before."""
    with connection.cursor() as cursor:
        cursor.execute(USE_UP, [token])
        is_new = cursor.rowcount == 1
    return None if is_new else UsedToken.objects.get(token=token)


def say_files_are_gone(request: HttpRequest) -> None:
    """Before a form is shown again: browsers keep no chosen files, whoever sends it must know.

    It stands on the page: over the foot of a phone it would cover the button.
    """
    if request.FILES:
        words = _("Trình duyệt không giữ tệp: hãy chọn lại tệp rồi gửi.")
        messages.warning(request, words, extra_tags="stays")


def client_address(request: HttpRequest) -> str:
    """The visitor's address as the server or our proxies saw it (core.middleware.ProxyMiddleware)."""
    return str(request.META.get("REMOTE_ADDR", ""))


def render_around(
    request: HttpRequest, own: Mapping[str, str], template_name: str, context: dict[str, Any]
) -> HttpResponse:
    """The page `template_name` with the visitor's own texts where it says `{{ own.name }}`.

    For visitors without cookies, to whom the site can have nothing personal to say, the page
    around them is drawn once in five seconds for each address.
    """
    key = (template_name, request.path)
    with _frames_lock:
        frame = None if request.COOKIES else FRAMES.get(key)
    if frame is None:
        places = {name: f"{OWN_PLACE}:{name}:" for name in own}
        drawn = render_to_string(template_name, {**context, "own": places}, request)
        frame = re.split(f"{OWN_PLACE}:([a-z_]+):", drawn)
        if not request.COOKIES:
            with _frames_lock:
                FRAMES[key] = frame
    # Every second piece is the name of a place.
    pieces = [conditional_escape(own[piece]) if n % 2 else piece for n, piece in enumerate(frame)]
    return HttpResponse("".join(pieces))
