"""What public pages need of the network: addresses to print, counters per sender's address."""

import datetime

from django.conf import settings
from django.core import signing
from django.urls import reverse

from core.codes import keyed_hash
from core.throttle import HOUR, count_so_far, count_up, is_beyond, is_roughly_beyond
from feedback.models import Sender

LINK_POSTS_PER_HOUR, RENEWALS_PER_HOUR = 120, 3
TICKET, PROOF = "feedback.ticket", "feedback.email"
PROOF_DAYS = 30


def public_address(name: str, *args: object) -> str:
    """The whole address of a public page, as it is printed and put into QR codes."""
    return f"{settings.SITE_URL.rstrip('/')}{reverse(name, args=args)}"


def is_sending_too_much(address: str) -> bool:
    """Whether one address sends more forms than a hall full of people would.

    A counter that cannot be reached lets everybody through: no citizen's text is ever lost.
    """
    limit = settings.PUBLIC_SUBMISSIONS_PER_HOUR
    return is_roughly_beyond(f"submission:{address}", limit, seconds=HOUR)


def may_try_to_track(address: str) -> bool | None:
    """Whether an address has tries left this hour; None when the counter cannot be reached."""
    failed = count_so_far(f"tracking:{address}")
    return None if failed is None else failed < settings.TRACKING_TRIES_PER_HOUR


def note_failed_try(address: str) -> bool:
    """Count a code and secret that do not belong together; False when that was not possible."""
    return count_up(f"tracking:{address}", seconds=HOUR) is not None


def is_trying_links(address: str) -> bool:
    """Count an address of a page that does not exist; whether one computer tried too many."""
    limit = settings.TRACKING_TRIES_PER_HOUR
    return is_beyond(f"answer-link-tries:{address}", limit, seconds=HOUR)


def is_using_link_too_much(link_id: int) -> bool:
    """Whether a link is used more often than people write."""
    return is_beyond(f"answer-link:{link_id}", LINK_POSTS_PER_HOUR, seconds=HOUR)


def is_renewing_too_often(link_id: int) -> bool:
    """Whether a link was asked for anew too often."""
    return is_beyond(f"answer-link-new:{link_id}", RENEWALS_PER_HOUR, seconds=HOUR)


def ticket_for(submission_id: int) -> str:
    """What the look-up page carries in place of the secret: good for one form, for one hour."""
    return signing.dumps(submission_id, salt=TICKET)


def read_ticket(ticket: str) -> int | None:
    """The form a ticket is for; None if it is none of ours or too old."""
    try:
        return int(signing.loads(ticket, salt=TICKET, max_age=HOUR))
    except (signing.BadSignature, TypeError, ValueError):
        return None


def proof_for(sender: Sender) -> str:
    """The last part of the address mailed to a sender, which proves that the mail arrived."""
    words = [sender.submission_id, _stands_for(sender.email)]
    return signing.dumps(words, salt=PROOF)


def read_proof(proof: str) -> Sender | None:
    """The sender a proof is for; None if it is too old or another address was given since."""
    try:
        number, stands_for = signing.loads(
            proof, salt=PROOF, max_age=datetime.timedelta(days=PROOF_DAYS)
        )
    except (signing.BadSignature, TypeError, ValueError):
        return None
    sender = Sender.objects.filter(submission=number).first()
    return sender if sender and _stands_for(sender.email) == stands_for else None


def _stands_for(email: str) -> str:
    return keyed_hash(settings.TRACKING_PEPPER, email.lower())[:16]


def invitation_key(consultation_id: int) -> str:
    """The last part of the address that lets invited bodies answer a consultation."""
    signed = signing.Signer(salt="feedback.invitation").signature(str(consultation_id))
    return signed[:16]
