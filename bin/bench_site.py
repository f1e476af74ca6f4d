"""The site behind gunicorn with one bare view beside it: what Django costs with a single INSERT."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import include, path

from dialogue.wsgi import application as whole_site

BARE = "/bare/"


def bare(request: HttpRequest) -> HttpResponse:
    """Read the form, write one row, answer."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_bare (text) VALUES (%s)", [request.POST["matter-0-text"]])
    return HttpResponse("ok", headers={"Content-Length": "2"})


urlpatterns = [path(BARE.strip("/") + "/", bare), path("", include("dialogue.urls"))]
settings.ROOT_URLCONF = "bench_site"
with override_settings(MIDDLEWARE=[]):
    bare_site = WSGIHandler()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The bare view goes without any middleware; everything else is the site as it is."""
    handler = bare_site if environ["PATH_INFO"] == BARE else whole_site
    return handler(environ, start_response)
