"""Pages of access tokens: the list, a new one (shown once), the end of one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import require
from core.http import once
from core.sealed import seal, unseal
from dialogue.api import actions, rules
from dialogue.api.forms import TokenForm
from dialogue.api.models import AccessToken
from organisations.http import UserRequest
from organisations.models import Organisation, Role, User

SHOWN = 200
SHOWN_ONCE = "token_words"


@never_cache
@require_GET
def list_(request: UserRequest) -> HttpResponse:
    user, today = request.user, timezone.localdate()
    visible = AccessToken.objects.visible_to(user).select_related(
        "organisation", "made_by", "revoked_by"
    )
    rows = visible.order_by("organisation__name", "-pk")[:SHOWN]
    made, words = _take_words(request)
    context = {
        "tokens": [(row, row.is_live(today)) for row in rows],
        "bodies": _bodies(user),
        "made": made,
        "words": words,
    }
    return render(request, "api/tokens.html", context)


@require_http_methods(["GET", "POST"])
@once
def create(request: UserRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation, pk=pk)
    require(rules.may_make_token(request.user, organisation), rules.NOT_HEAD)
    form = TokenForm(request.POST or None, today=timezone.localdate())
    if form.is_valid():
        token, words = actions.make_token(organisation, by=request.user, **form.cleaned_data)
        _keep_words(request, token, words)
        return redirect("tokens:list")
    context = {"form": form, "organisation": organisation}
    return render(request, "api/create.html", context)


@require_POST
@once
def revoke(request: UserRequest, pk: int) -> HttpResponse:
    visible = AccessToken.objects.visible_to(request.user).select_related("organisation")
    token = get_object_or_404(visible, pk=pk)
    actions.revoke_token(token, by=request.user)
    messages.success(request, _("Đã thu hồi; mã không mở được gì nữa từ lúc này."))
    return redirect("tokens:list")


def _keep_words(request: UserRequest, token: AccessToken, words: str) -> None:
    """For the page that shows them once: sealed, because a session is a row of the database.

    They are saved together with the token: a second click waits for it and is led there at once.
    """
    request.session[SHOWN_ONCE] = (token.pk, seal(words, _place(token.pk)))
    request.session.save()


def _take_words(request: UserRequest) -> tuple[AccessToken | None, str]:
    """The token that was just made, with its words; nobody is shown them again."""
    pk, words = request.session.pop(SHOWN_ONCE, (0, ""))
    made = AccessToken.objects.visible_to(request.user).filter(pk=pk).first() if pk else None
    return made, unseal(words, _place(pk)) if made else ""


def _place(pk: int) -> str:
    return f"session.{SHOWN_ONCE}.{pk}"


def _bodies(user: User) -> list[Organisation]:
    """The organisations the person heads; administrators begin at an organisation's page."""
    own = Organisation.objects.filter(pk__in=user.organisation_ids(Role.HEAD))
    return list(own.order_by("name"))
