"""Version 1 of the interface: its operations, its OpenAPI document, its addresses."""

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import conditional_page, require_safe
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import JSONRenderer
from ninja.responses import Response

from dialogue.api.caller import Bearer
from dialogue.api.problems import MEDIA_TYPE, ProblemError, answer_with, tell_problems
from dialogue.api.routes import answering, helping, published, tasks

PREFIX = "api/v1/"
PROBLEM = {"$ref": "#/components/schemas/Problem"}
ABOUT = """For the systems of agencies: their tasks, reports and answers; notices and the calendar.

Every rule of the pages holds here: the token is an officer of its organisation and sees what an
officer sees. Errors are RFC 9457 problem details with a sentence in Vietnamese. Times carry their
zone; days are days in Vietnam. Guide: `docs/api.md` of the source."""


class PlainJson(JSONRenderer):
    """Vietnamese as it is written, not as numbers of characters."""

    json_dumps_params: Mapping[str, Any] = MappingProxyType({"ensure_ascii": False})


class Api(NinjaAPI):
    """The interface; problems are described under their own media type."""

    def get_openapi_schema(self, **_more: Any) -> OpenAPISchema:
        """The document, for the address this installation is known by."""
        told = super().get_openapi_schema(path_prefix=PREFIX)
        for operations in told["paths"].values():
            for operation in operations.values():
                for answer in operation["responses"].values():
                    _name_problem(answer)
        return told


def _name_problem(answer: dict[str, Any]) -> None:
    content = answer.get("content", {})
    if content.get("application/json", {}).get("schema") == PROBLEM:
        answer["content"] = {MEDIA_TYPE: content["application/json"]}


api = Api(
    title="Đối thoại",
    version="1.0.0",
    description=ABOUT,
    auth=Bearer(),
    renderer=PlainJson(),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
    servers=[{"url": settings.SITE_URL.rstrip("/") or "/"}],
)
tell_problems(api)
for one in (published, tasks, helping, answering):
    api.add_router("", one.router)


@cache
def _schema() -> OpenAPISchema:
    """Worked out once in a process: half a second of computing, and anybody may ask for it."""
    return api.get_openapi_schema()


@login_not_required
@require_safe
@cache_control(public=True, max_age=300)
def document(_request: HttpRequest) -> HttpResponse:
    """The OpenAPI document, for everybody."""
    return Response(_schema(), json_dumps_params={"ensure_ascii": False})


@login_not_required
@csrf_exempt
def nowhere(_request: HttpRequest, rest: str) -> HttpResponse:
    """No such address: told as every other problem, not as a page for people."""
    said = _("Không có địa chỉ “%(path)s” trong giao diện này.") % {"path": rest[:100]}
    return answer_with(ProblemError(404, "no-address", said))


def _opened(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Nobody logs in here and no cookie counts: the token is asked for inside (`Bearer`).

    What was read has an ETag, so asking again costs no body while nothing has changed.
    """
    kept: Any = cache_control(private=True, no_cache=True)(conditional_page(view))
    open_to_tokens: Callable[..., HttpResponseBase] = csrf_exempt(login_not_required(kept))
    return open_to_tokens


def _patterns() -> list[URLPattern]:
    own = [one for one in api.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"]
    for one in own:
        one.callback = _opened(one.callback)
    return [
        path("openapi.json", document, name="openapi"),
        *own,
        path("<path:rest>", nowhere, name="nowhere"),
    ]


urlpatterns = _patterns()
