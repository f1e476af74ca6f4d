"""Who calls: the token in the Authorization header, never a cookie."""

import hmac
import logging
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from core.acting import also
from core.dates import written_day
from core.throttle import is_beyond
from dialogue.api.actions import hash_secret, note_use
from dialogue.api.models import MARK, AccessToken
from dialogue.api.problems import ProblemError, note_refusal, unauthorised
from organisations.models import User

MINUTE = 60
READING = {"GET", "HEAD", "OPTIONS"}
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Caller:
    """A token and the account whose rights it has."""

    token: AccessToken
    user: User


class Bearer(HttpBearer):
    """The token as RFC 6750 sends it."""

    def authenticate(self, request: HttpRequest, token: str) -> Caller:
        """The caller; a problem with its sentence if the token does not open this."""
        row = _row_behind(token)
        also(user=row.user_id)
        _require_patience(row)
        try:
            _require_live(row)
            _require_scope(row, request)
        except ProblemError as refused:
            note_refusal(request, row.user, refused.detail)
            raise
        note_use(row, timezone.now())
        return Caller(row, row.user)


def caller_of(request: Any) -> Caller:
    """The caller behind a request that came through the door."""
    found: Caller = request.auth
    return found


def _row_behind(token: str) -> AccessToken:
    """The token with these words; whoever lacks the secret learns nothing about it."""
    mark, _first, rest = token.strip().partition("_")
    prefix, _second, secret = rest.partition("_")
    rows = AccessToken.objects.select_related("user", "organisation")
    is_ours = mark == MARK and prefix.isalnum() and secret != ""
    row = rows.filter(prefix=prefix[:8]).first() if is_ours else None
    if row is None or not hmac.compare_digest(row.secret_hash, hash_secret(secret)):
        logger.warning("an access token nobody has was refused")
        raise unauthorised("unknown-token", _("Mã truy cập không đúng."))
    return row


def _require_live(row: AccessToken) -> None:
    if row.revoked_at is not None:
        day = written_day(timezone.localdate(row.revoked_at))
        said = _("Mã truy cập này đã bị thu hồi ngày %(day)s.") % {"day": day}
        raise unauthorised("revoked-token", said)
    if not row.is_live(timezone.localdate()):
        day = written_day(row.expires_on)
        said = _("Mã truy cập này chỉ dùng đến hết ngày %(day)s.") % {"day": day}
        raise unauthorised("expired-token", said)
    if not row.user.current_memberships:
        said = _("Mã truy cập này không còn vai trò nào ở cơ quan của nó.")
        raise unauthorised("revoked-token", said)


def _require_scope(row: AccessToken, request: HttpRequest) -> None:
    if row.scope == AccessToken.Scope.READ and request.method not in READING:
        raise ProblemError(403, "read-only", _("Mã truy cập này chỉ được đọc."))


def _require_patience(row: AccessToken) -> None:
    """A counter that cannot be reached lets everybody through: no report is lost to it."""
    if is_beyond(f"api:{row.pk}", settings.API_CALLS_PER_MINUTE, seconds=MINUTE):
        raise ProblemError(
            429,
            "too-many",
            _("Mã truy cập này gọi quá nhiều lần trong một phút. Hãy đợi rồi gọi tiếp."),
            headers={"Retry-After": str(MINUTE)},
        )
