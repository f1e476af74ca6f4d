"""Text messages to people through the gateways an office has: SMS and Zalo, shapes as data.

Who asked for text messages (TextWish) gets one instead of a letter. When the gateway cannot take
it, the same row goes back to being a letter, once: a letter never becomes a text again.
"""

import datetime
import json
import re
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core import webhooks
from core.mailer import RejectedError, absolute
from core.models import Endpoint, Message, SendingPause
from core.text import cut

if TYPE_CHECKING:
    from core.models import TextWish

LONGEST = 400
"""Characters of one text message, the link included (Zalo's limit for a template)."""

MOST_ATTEMPTS = 3
"""So often a text message is tried before the letter goes instead."""


def wish_of(message: Message, now: datetime.datetime) -> "TextWish | None":
    """The reader's wish to be sent a text instead of this letter, if that can be done now.

    A letter with a calendar entry stays a letter; so does one a gateway could not take.
    """
    wish = getattr(message.recipient, "text_wish", None)
    is_plain = message.channel == Message.Channel.EMAIL and not message.calendar
    if wish is None or not is_plain or message.endpoint_id is not None:
        return None
    paused = SendingPause.objects.filter(
        scope=SendingPause.Scope.CHANNEL, value=Message.Channel.TEXT, ended_at=None
    )
    return None if wish.endpoint.why_not(now) or paused.exists() else wish


def brief(message: Message) -> str:
    """What a text message says: the subject and as much as fits, cut at a word, then the link."""
    link = absolute(message.link)
    room = LONGEST - len(link) - 1 if link else LONGEST
    words = f"{message.subject}. {' '.join(message.body.split())}"
    return f"{cut(words, room)} {link}".strip()


def deliver(message: Message) -> None:
    """Hand a text to its gateway. Raises RejectedError or UnreachableError."""
    endpoint, now = message.endpoint, timezone.now()
    assert endpoint is not None
    wish = getattr(message.recipient, "text_wish", None)
    if wish is None:
        raise RejectedError(_("Người nhận không còn nhận tin nhắn."))
    ident = webhooks.ident_of(message)
    shape = _zalo if endpoint.kind == Endpoint.Kind.ZALO else _sms
    shaped = shape(endpoint, wish.phone, brief(message), ident)
    body = json.dumps(shaped, ensure_ascii=False).encode()
    reply = webhooks.post(endpoint.url, body, webhooks.headers_for(endpoint, ident, body, now))
    webhooks.check(reply)
    if _says_no(reply.body):
        raise RejectedError(_("Cổng tin nhắn từ chối tin này."))


def _sms(endpoint: Endpoint, phone: str, text: str, ident: str) -> dict[str, Any]:
    return {"to": phone, "template_id": endpoint.template_id, "text": text, "id": ident}


def _zalo(endpoint: Endpoint, phone: str, text: str, ident: str) -> dict[str, Any]:
    """The shape of Zalo's notification service: numbers begin with the country, text is a field."""
    words, _space, link = text.rpartition(" ") if "://" in text else (text, "", "")
    return {
        "phone": re.sub(r"^0", "84", phone),
        "template_id": endpoint.template_id,
        "template_data": {"noi_dung": words, "duong_dan": link},
        "tracking_id": ident,
    }


def _says_no(body: bytes) -> bool:
    """Gateways answer 200 and put the failure into the body."""
    try:
        told = json.loads(body)
    except ValueError:
        return False
    return isinstance(told, dict) and bool(told.get("error"))
