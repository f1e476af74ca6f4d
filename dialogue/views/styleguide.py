"""The page that shows every component in every state."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from dialogue.samples import samples


@login_not_required
@require_GET
def styleguide(request: HttpRequest) -> HttpResponse:
    if settings.MODE == "production":
        raise Http404
    return render(request, "styleguide.html", samples(timezone.localdate()))
