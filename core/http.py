"""What views share: the request type and the guard against double clicks."""

import functools
import uuid
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from core.models import UsedToken

P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)
ONCE_FIELD = "_once"


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
                used, is_new = UsedToken.objects.get_or_create(token=token)
                if not is_new:
                    return HttpResponseRedirect(used.location or request.path)
                response = view(request, *args, **kwargs)
                if not isinstance(response, HttpResponseRedirect):
                    raise _RollbackError(response)
                UsedToken.objects.filter(pk=token).update(location=response.url)
                return response
        except _RollbackError as nothing_done:
            return nothing_done.response

    return wrapper


def client_address(request: HttpRequest) -> str:
    """The peer's address as the server saw it (behind a proxy gunicorn's forwarded-allow-ips)."""
    return str(request.META.get("REMOTE_ADDR", ""))
