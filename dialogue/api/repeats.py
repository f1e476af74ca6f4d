"""A call that is sent twice acts once: the client names it by an Idempotency-Key."""

import functools
import hashlib
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import HeaderEx, P, Status

from core.http import use_up
from core.models import UsedToken
from dialogue.api.caller import Caller, caller_of
from dialogue.api.problems import ProblemError

Params = ParamSpec("Params")
FINGERPRINT = 32
RepeatKey = HeaderEx[
    str,
    P(
        alias="Idempotency-Key",
        min_length=8,
        max_length=100,
        description=(
            "A new random text (a UUID) for each act. The same key with the same content within "
            "7 days acts once and is answered with the row as it stands; with other content: 422."
        ),
    ),
]


@dataclass(frozen=True)
class Done:
    """What an act left behind: the number of the row to show."""

    pk: int


def acts_once(
    show: Callable[[Caller, int], object], *, status: int
) -> Callable[
    [Callable[Concatenate[HttpRequest, Params], Done]],
    Callable[Concatenate[HttpRequest, Params], Status[Any]],
]:
    """Make a call act once per key; `show` reads the row it is answered with, also when repeated.

    The key's row is that of `core.http.once`: inserted in the transaction of the act itself, so
    that the second call waits for the first. A refused act uses no key up.
    """

    def decorate(
        act: Callable[Concatenate[HttpRequest, Params], Done],
    ) -> Callable[Concatenate[HttpRequest, Params], Status[Any]]:
        @functools.wraps(act)
        def wrapper(
            request: HttpRequest, /, *args: Params.args, **kwargs: Params.kwargs
        ) -> Status[Any]:
            caller = caller_of(request)
            name = f"api:{caller.token.pk}:{request.headers['Idempotency-Key']}"
            token, content = uuid.uuid5(uuid.NAMESPACE_OID, name), _fingerprint(request)
            with transaction.atomic():
                used = use_up(token)
                if used is None:
                    pk = act(request, *args, **kwargs).pk
                    UsedToken.objects.filter(pk=token).update(location=f"{content} {pk}")
                else:
                    kept, _space, number = used.location.partition(" ")
                    _require_same(kept, content)
                    pk = int(number)
            return Status(status, show(caller, pk))

        return wrapper

    return decorate


def _require_same(kept: str, content: str) -> None:
    if kept != content:
        raise ProblemError(
            422, "key-reused", _("Idempotency-Key này đã dùng cho một lần gọi có nội dung khác.")
        )


def _fingerprint(request: HttpRequest) -> str:
    digest = hashlib.sha256()
    for part in _parts(request):
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()[:FINGERPRINT]


def _parts(request: HttpRequest) -> Iterator[bytes]:
    """The address and everything sent, in an order that does not depend on the client."""
    yield request.path.encode()
    if request.content_type == "application/json":
        yield request.body
        return
    for name, values in sorted(request.POST.lists()):
        yield from (f"{name}={value}".encode() for value in values)
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            yield f"{name}={file.name}".encode()
            yield file.read()
            file.seek(0)
