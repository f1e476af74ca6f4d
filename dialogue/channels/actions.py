"""Pauses, gateways, one's own wish for text messages, and the systems events are told to."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import outbox, pauses, webhooks
from core.access import require
from core.models import Endpoint, SendingPause, TextWish
from core.transitions import record
from dialogue.channels import events, rules
from dialogue.channels.models import EventHook
from organisations.models import Organisation, User

BOTH_SECRETS = datetime.timedelta(hours=24)
"""So long after a change of secret both sign, and the receiver may change its own in peace."""


def begin_pause(scope: str, value: str, *, by: User, reason: str) -> bool:
    """Hold back a channel or a kind of message; False when it rests already."""
    require(rules.may_run_channels(by), rules.NOT_ADMIN)
    return pauses.begin(scope, value, by=by, reason=reason)


def end_pause(pause: SendingPause, *, by: User) -> bool:
    """Let a channel or a kind go on; what waited leaves now."""
    require(rules.may_run_channels(by), rules.NOT_ADMIN)
    ended = pauses.end(pause, by=by)
    outbox.wake_after_commit()
    return ended


@transaction.atomic
def save_gateway(gateway: Endpoint | None, *, by: User, **fields: Any) -> Endpoint:
    """Add a gateway or change one; a new one gets its secret, an empty secret keeps the old."""
    require(rules.may_run_channels(by), rules.NOT_ADMIN)
    secret = fields.pop("secret", "")
    note = _("Sửa cổng tin nhắn") if gateway else _("Thêm cổng tin nhắn")
    gateway = gateway or Endpoint(secret=secret or webhooks.new_secret())
    if secret:
        gateway.secret = secret
    for name, value in fields.items():
        setattr(gateway, name, value)
    gateway.save()
    state = _("mẫu đã duyệt") if gateway.is_approved else _("mẫu chưa duyệt")
    record(gateway, by=by, note=f"{note}: {gateway.template_id} ({state})")
    return gateway


@transaction.atomic
def wake_endpoint(endpoint: Endpoint, *, by: User) -> None:
    """End the rest of an address that failed: whoever repaired it need not wait."""
    is_admin = rules.may_run_channels(by)
    hook = EventHook.objects.filter(endpoint=endpoint).select_related("organisation").first()
    is_own = hook is not None and rules.may_keep_hook(by, hook.organisation)
    require(is_admin or is_own, rules.NOT_ADMIN)
    Endpoint.objects.filter(pk=endpoint.pk).update(failures=0, open_until=None)
    record(endpoint, by=by, note=_("Cho gửi lại ngay"))
    outbox.wake_after_commit()


@transaction.atomic
def wish_texts(user: User, *, endpoint: Endpoint | None, phone: str) -> None:
    """One's own wish: text messages through a gateway, or letters again."""
    TextWish.objects.filter(user=user).delete()
    if endpoint is not None:
        TextWish.objects.create(user=user, endpoint=endpoint, phone=phone)


@transaction.atomic
def add_hook(
    organisation: Organisation, *, by: User, name: str, url: str, chosen: list[str]
) -> EventHook:
    """Register an organisation's system; its secret is shown once, on the page that follows."""
    require(rules.may_keep_hook(by, organisation), rules.NOT_HEAD)
    endpoint = Endpoint.objects.create(
        kind=Endpoint.Kind.SYSTEM, name=name, url=url, secret=webhooks.new_secret()
    )
    hook = EventHook.objects.create(
        organisation=organisation, endpoint=endpoint, events=chosen, made_by=by
    )
    record(hook, by=by, note=_("Đăng ký hệ thống nhận sự kiện: %(url)s") % {"url": url})
    return hook


@transaction.atomic
def change_hook(
    hook: EventHook, *, by: User, name: str, url: str, chosen: list[str], is_active: bool
) -> None:
    """Change where and what the system is told, or stop telling it."""
    require(rules.may_keep_hook(by, hook.organisation), rules.NOT_HEAD)
    endpoint = hook.endpoint
    endpoint.name, endpoint.url, endpoint.is_active = name, url, is_active
    endpoint.failures, endpoint.open_until = 0, None
    endpoint.save(update_fields=["name", "url", "is_active", "failures", "open_until"])
    hook.events = chosen
    hook.save(update_fields=["events"])
    said = ", ".join(hook.event_labels) if is_active else _("ngừng gửi")
    record(hook, by=by, note=f"{url}: {said}")


@transaction.atomic
def change_secret(hook: EventHook, *, by: User) -> None:
    """Give the system a new secret; for a day the old one signs as well."""
    require(rules.may_keep_hook(by, hook.organisation), rules.NOT_HEAD)
    endpoint = hook.endpoint
    endpoint.old_secret, endpoint.secret = endpoint.secret, webhooks.new_secret()
    endpoint.old_until = timezone.now() + BOTH_SECRETS
    endpoint.save(update_fields=["old_secret", "secret", "old_until"])
    record(hook, by=by, note=_("Cấp khóa mới; khóa cũ còn hiệu lực 24 giờ"))


@transaction.atomic
def test_hook(hook: EventHook, *, by: User) -> None:
    """Post a test event, now and through the same line as all others."""
    require(rules.may_keep_hook(by, hook.organisation), rules.NOT_HEAD)
    outbox.write_all([events.test_event(hook)])
    record(hook, by=by, note=_("Gửi thử"))
