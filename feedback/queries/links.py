"""Links with which an agency without an account answers: tokens, addresses, masked words."""

import datetime
import re

from django.conf import settings
from django.urls import reverse

from core.codes import derived_code, grouped_code, is_well_copied, keyed_hash, plain_code
from feedback.models import AnswerLink

LATE = "answer-link"
LENGTH = 30
# What could name or reach a person: telephones, identity numbers, addresses of mail.
_PERSONAL = re.compile(
    r"(?<![\d.])(?:\+?84|0)(?:[\s.-]?\d){8,10}(?!\d)|(?<!\d)\d{12}(?!\d)|[\w.+-]+@[\w-]+\.[\w.]+"
)


def token_of(link: AnswerLink) -> str:
    """The token of a link: worked out, never stored."""
    return derived_code(settings.TRACKING_PEPPER, f"{LATE}:{link.nonce}", LENGTH)


def hash_of(secret: str) -> str:
    """What may be kept of a token or of a browser's cookie."""
    return keyed_hash(settings.TRACKING_PEPPER, secret)


def path_of(link: AnswerLink) -> str:
    """The path a link stands for."""
    return reverse("feedback:link", args=[grouped_code(token_of(link))])


def late_address(link: AnswerLink) -> str:
    """What a letter holds in place of the address until it leaves."""
    return f"{LATE}:{link.pk}"


def path_of_number(number: str) -> str:
    """The path of the link with a number, for the letter that leaves just now."""
    return path_of(AnswerLink.objects.get(pk=int(number)))


def find_link(token: str) -> AnswerLink | None:
    """The link of a token, however it was typed; None if there is none."""
    plain = plain_code(token)
    if not is_well_copied(plain):
        return None
    rows = AnswerLink.objects.select_related(
        "request__lead", "request__task", "request__group__consultation__organisation"
    )
    return rows.filter(token_hash=hash_of(plain)).first()


def live_links(request_id: int, now: datetime.datetime) -> "list[AnswerLink]":
    """The links of a request that can be used, newest first."""
    rows = AnswerLink.objects.filter(request=request_id, revoked_at=None, expires_at__gt=now)
    return list(rows.order_by("-pk"))


def masked(text: str) -> str:
    """The words of a sender without telephones, identity numbers and addresses of mail."""
    return _PERSONAL.sub("[…]", text)
