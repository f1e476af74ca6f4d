"""Giving an organisation's system a key and taking it back."""

import datetime
import secrets

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments.queries import people_of
from core import outbox
from core.access import require
from core.codes import keyed_hash, random_code
from core.dates import written_day
from core.transitions import IllegalMoveError, record
from dialogue.api import rules
from dialogue.api.models import MARK, AccessToken
from organisations.models import Membership, Organisation, Role, User

PREFIX_LENGTH = 8
SECRET_BYTES = 32


@transaction.atomic
def make_token(
    organisation: Organisation, *, by: User, name: str, scope: str, expires_on: datetime.date
) -> tuple[AccessToken, str]:
    """A new key and its words, which nobody can read again; the heads are told.

    The account behind it belongs to no person: it has no password, no real address, and being
    inactive gets no letters and cannot log in.
    """
    require(rules.may_make_token(by, organisation), rules.NOT_HEAD)
    today = timezone.localdate()
    prefix, secret = random_code(PREFIX_LENGTH), secrets.token_urlsafe(SECRET_BYTES)
    who = {"body": organisation.short_name, "prefix": prefix}
    account = User.objects.create_user(
        f"{MARK}-{prefix.lower()}@he-thong.invalid",
        full_name=_("Hệ thống của %(body)s (mã %(prefix)s)") % who,
        is_active=False,
    )
    Membership.objects.create(
        user=account,
        organisation=organisation,
        role=Role.OFFICER,
        valid_from=today,
        valid_to=expires_on,
    )
    token = AccessToken.objects.create(
        organisation=organisation,
        user=account,
        name=name,
        scope=scope,
        prefix=prefix,
        secret_hash=hash_secret(secret),
        made_by=by,
        expires_on=expires_on,
    )
    record(token, by=by, note=_("Tạo mã truy cập: %(name)s") % {"name": name})
    _tell_heads(token, by, today)
    return token, f"{MARK}_{prefix}_{secret}"


@transaction.atomic
def revoke_token(token: AccessToken, *, by: User) -> None:
    """From this moment the key opens nothing; what was done with it stays in every history."""
    require(rules.may_revoke_token(by, token), rules.NOT_HEAD)
    now = timezone.now()
    changed = AccessToken.objects.filter(pk=token.pk, revoked_at=None).update(
        revoked_at=now, revoked_by=by
    )
    if not changed:
        raise IllegalMoveError(_("Mã truy cập này đã được thu hồi trước đó."))
    yesterday = timezone.localdate(now) - datetime.timedelta(days=1)
    Membership.objects.filter(user=token.user_id).update(valid_to=yesterday)
    record(token, by=by, note=_("Thu hồi mã truy cập"))


def note_use(token: AccessToken, now: datetime.datetime) -> None:
    """Remember that the key is in use, to the minute."""
    minute_ago = now - datetime.timedelta(minutes=1)
    if token.last_used_at is None or token.last_used_at < minute_ago:
        AccessToken.objects.filter(pk=token.pk).update(last_used_at=now)


def hash_secret(secret: str) -> str:
    """What is kept of a key's 256 random bits."""
    return keyed_hash(settings.TRACKING_PEPPER, secret)


def _tell_heads(token: AccessToken, by: User, today: datetime.date) -> None:
    heads = people_of([token.organisation_id], today, Role.HEAD).get(token.organisation_id, [])
    values = {
        "body": token.organisation.name,
        "name": token.name,
        "scope": token.get_scope_display().lower(),
        "day": written_day(token.expires_on),
        "by": by,
    }
    outbox.notify(
        [head for head in heads if head != by],
        key=f"token-made:{token.pk}",
        subject=_("Mã truy cập mới cho hệ thống của %(body)s") % values,
        body=_(
            "%(by)s vừa tạo một mã truy cập cho phần mềm của %(body)s: “%(name)s”, %(scope)s, "
            "dùng đến hết ngày %(day)s. Nếu không đúng, hãy thu hồi ngay."
        )
        % values,
        reason=_("ông/bà là lãnh đạo cơ quan này."),
        link=reverse("tokens:list"),
    )
