"""The addresses behind the buttons of a letter: worked out, never stored."""

import re

from django.conf import settings
from django.core import signing
from django.urls import reverse

from core.codes import keyed_hash
from dialogue.following.models import Follower

CONFIRM, STOP = "follow-confirm", "follow-stop"


def index_of(address: str) -> str:
    """What is kept of an address for good: a hash under the key of the installation.

    Capitals, a tag after "+" and the dots Gmail ignores make no other mailbox.
    """
    name, _at, host = address.strip().lower().rpartition("@")
    name = name.partition("+")[0]
    if host in {"gmail.com", "googlemail.com"}:
        name = re.sub(r"\.", "", name)
    return keyed_hash(settings.TRACKING_PEPPER, f"follow:{name}@{host}")


def confirm_path(number: str) -> str:
    """Where the owner of an address says yes."""
    return reverse("following:confirm", args=[_signer(CONFIRM).sign(number)])


def stop_path(number: str) -> str:
    """Where one click ends the news."""
    return reverse("following:stop", args=[_signer(STOP).sign(number)])


def read_number(purpose: str, proof: str) -> int | None:
    """The number of the follower a link was made for; None if it was made up or cut off."""
    try:
        return int(_signer(purpose).unsign(proof))
    except (signing.BadSignature, ValueError):
        return None


def follower_of(purpose: str, proof: str) -> Follower | None:
    """Whose link it is; None if it was made up or the row has gone."""
    number = read_number(purpose, proof)
    rows = Follower.objects.select_related("conference__organisation", "known")
    return None if number is None else rows.filter(pk=number).first()


def _signer(purpose: str) -> signing.Signer:
    return signing.Signer(key=settings.TRACKING_PEPPER, sep=".", salt=purpose)
