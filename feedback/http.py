"""What public pages need of the network: addresses to print, counters per sender's address."""

from django.conf import settings
from django.urls import reverse

from core.throttle import count_so_far, count_up

HOUR = 3600


def public_address(name: str, *args: object) -> str:
    """The whole address of a public page, as it is printed and put into QR codes."""
    return f"{settings.SITE_URL.rstrip('/')}{reverse(name, args=args)}"


def is_sending_too_much(address: str) -> bool:
    """Whether one address sends more forms than a hall full of people would.

    A counter that cannot be reached lets everybody through: no citizen's text is ever lost.
    """
    sent = count_up(f"submission:{address}", seconds=HOUR)
    return sent is not None and sent > settings.PUBLIC_SUBMISSIONS_PER_HOUR


def may_try_to_track(address: str) -> bool | None:
    """Whether an address has tries left this hour; None when the counter cannot be reached."""
    failed = count_so_far(f"tracking:{address}")
    return None if failed is None else failed < settings.TRACKING_TRIES_PER_HOUR


def note_failed_try(address: str) -> bool:
    """Count a code and secret that do not belong together; False when that was not possible."""
    return count_up(f"tracking:{address}", seconds=HOUR) is not None
