"""The only door to the mail server: one outbox row in, one letter out, or a named kind of failure."""

import re
import smtplib
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.message import BadHeaderError
from django.template.loader import render_to_string

from core.models import Message


class RejectedError(Exception):
    """The letter can never be delivered as it is: trying again would not help."""


class UnreachableError(Exception):
    """The letter was not taken this time; a later try may succeed."""


def message_id(message: Message) -> str:
    """The same id for every copy of one row, so that mail programs show a repeated letter once."""
    return f"<message-{message.pk}@{site_host()}>"


def site_host() -> str:
    """The host name of the installation's address."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


_late_links: dict[str, Callable[[str], str]] = {}


def register_late_link(kind: str, find: Callable[[str], str]) -> None:
    """Let letters hold `kind:number` in place of a secret path; `find(number)` gives the path."""
    _late_links[kind] = find


def absolute(link: str) -> str:
    """A path of the site as an address that works from a letter; "" stays ""."""
    kind, _colon, number = link.partition(":")
    if kind in _late_links:
        link = _late_links[kind](number)
    return settings.SITE_URL.rstrip("/") + link if link.startswith("/") else link


def deliver(message: Message) -> None:
    """Hand one row to the mail server. Raises RejectedError or UnreachableError."""
    stop = absolute(message.stop_link)
    words = {"message": message, "address": absolute(message.link), "stop": stop}
    letter = EmailMessage(
        subject=message.subject,
        body=render_to_string("mail/message.txt", words),
        to=[message.address],
        headers={
            "Message-ID": message_id(message),
            "Auto-Submitted": "auto-generated",
            **(one_click(stop) if stop else {}),
        },
    )
    if message.calendar:
        letter.attach(*_invitation(message))
    try:
        letter.send()
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _reason in error.recipients.values()]
        raise _failure(error, message, is_final=all(code >= 500 for code in codes)) from None
    except smtplib.SMTPDataError as error:
        raise _failure(error, message, is_final=error.smtp_code >= 500) from None
    except (BadHeaderError, UnicodeError) as error:
        raise _failure(error, message, is_final=True) from None
    except (smtplib.SMTPException, OSError) as error:
        raise _failure(error, message, is_final=False) from None


def one_click(address: str) -> dict[str, str]:
    """The headers behind the button mail programs show for letters one may end (RFC 8058)."""
    return {
        "List-Unsubscribe": f"<{address}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def told(error: Exception, message: Message) -> str:
    """What went wrong, for the register and the log: mail servers repeat the address, we do not."""
    words = f"{type(error).__name__}: {error}"
    name = message.address.partition("@")[0]
    for part in (message.address, name):
        words = re.sub(re.escape(part), "…", words, flags=re.IGNORECASE) if part else words
    return words[:2000]


def _invitation(message: Message) -> tuple[str, str, str]:
    """The calendar entry as an attachment that names its reader, as RFC 5546 asks."""
    reader = f"ATTENDEE;RSVP=FALSE:mailto:{message.address}"
    folded = "\r\n ".join(reader[at : at + 70] for at in range(0, len(reader), 70))
    words = message.calendar.replace("END:VEVENT", f"{folded}\r\nEND:VEVENT", 1)
    found = re.search(r"^METHOD:(\w+)", words, re.MULTILINE)
    method = found[1] if found else "PUBLISH"
    return "hoi-nghi.ics", words, f"text/calendar; method={method}"


def _failure(error: Exception, message: Message, *, is_final: bool) -> Exception:
    words = told(error, message)
    return RejectedError(words) if is_final else UnreachableError(words)
