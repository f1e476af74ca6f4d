"""What is sent, and whether it was: a row first, sent once by whoever claims it (decision 0004).

The promise: one row per key; every row is sent or ends visibly failed; a second copy is possible
only if a process dies between the mail server's "250" and our commit, and carries the same id.
"""

import datetime
import logging
import os
import signal
import socket
import time
import traceback
import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from core import breaker, gateways, mailer, pauses, webhooks, worker
from core.models import Endpoint, Message
from core.text import cut
from core.transitions import record

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

logger = logging.getLogger(__name__)
Channel, State = Message.Channel, Message.State
TO_PEOPLE = (Channel.EMAIL, Channel.IN_APP)
"""The channels a person is told over; a letter may leave as a text message (core.gateways)."""
DOORS = {Channel.TEXT: gateways.deliver, Channel.WEBHOOK: webhooks.deliver}

BACK_OFF_MINUTES = (1, 2, 5, 15, 60, 240, 720)
"""How long a letter rests after its first, second, … failed try; the last value repeats."""

CLAIMED = ["state", "channel", "endpoint", "error", "attempts", "claimed_at", "claimed_by"]


def letter(
    *,
    key: str,
    subject: str,
    body: str,
    reason: str,
    channel: str = Channel.EMAIL,
    recipient: "AbstractBaseUser | None" = None,
    address: str = "",
    link: str = "",
    about: models.Model | None = None,
    not_before: datetime.datetime | None = None,
    calendar: str = "",
    stop_link: str = "",
) -> Message:
    """Compose one message without writing it; line breaks never reach the subject."""
    if channel == Channel.EMAIL and not address and recipient is not None:
        address = str(getattr(recipient, "email", ""))
    message = Message(
        key=key,
        channel=channel,
        recipient_id=recipient.pk if recipient is not None else None,
        address=address if channel == Channel.EMAIL else "",
        subject=_one_line(subject, 250),
        body=body,
        reason=_one_line(reason, 250),
        link=link,
        about=about,
        not_before=not_before,
        calendar=calendar if channel == Channel.EMAIL else "",
        stop_link=stop_link,
    )
    if channel == Channel.IN_APP:
        message.state, message.sent_at = State.SENT, timezone.now()
    return message


def event(*, key: str, name: str, payload: str, endpoint: Endpoint) -> Message:
    """Compose one event for another system without writing it; `payload` is JSON."""
    return Message(
        key=key,
        channel=Channel.WEBHOOK,
        endpoint=endpoint,
        subject=_one_line(name, 250),
        body=payload,
        reason=_("cơ quan đã đăng ký nhận sự kiện này."),
    )


def write(
    *,
    key: str,
    subject: str,
    body: str,
    reason: str,
    channel: str = Channel.EMAIL,
    recipient: "AbstractBaseUser | None" = None,
    address: str = "",
    link: str = "",
    about: models.Model | None = None,
    not_before: datetime.datetime | None = None,
    calendar: str = "",
) -> None:
    """Write one message in the caller's transaction; the same `key` a second time changes nothing.

    An in-app message is thereby delivered. An e-mail leaves after the commit.
    """
    write_all(
        [
            letter(
                key=key,
                subject=subject,
                body=body,
                reason=reason,
                channel=channel,
                recipient=recipient,
                address=address,
                link=link,
                about=about,
                not_before=not_before,
                calendar=calendar,
            )
        ]
    )


def notify(
    people: "Iterable[AbstractBaseUser]",
    *,
    key: str,
    subject: str,
    body: str,
    reason: str,
    link: str = "",
    about: models.Model | None = None,
) -> None:
    """Tell several people the same thing, each in the software and by e-mail.

    Closed accounts and those of programs are told nothing.
    """
    write_all(
        letter(
            key=f"{key}:{person.pk}:{channel}",
            subject=subject,
            body=body,
            reason=reason,
            channel=channel,
            recipient=person,
            link=link,
            about=about,
        )
        for person in people
        if person.is_active
        for channel in TO_PEOPLE
    )


def write_all(messages: Iterable[Message]) -> None:
    """Write many messages with one INSERT … ON CONFLICT DO NOTHING."""
    rows = list(messages)
    Message.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    if any(row.channel != Channel.IN_APP for row in rows):
        wake_after_commit()


def wake_after_commit() -> None:
    """Ask a worker to send what waits, once per transaction and only if it commits."""
    waiting_hooks = (hook[1] for hook in connection.run_on_commit)
    if wake not in waiting_hooks:
        transaction.on_commit(wake, robust=True)


def wake() -> None:
    """Wake a worker to send what waits; the minute sweep would do it anyway."""
    worker.wake("core.tasks.wake")


def claim(now: datetime.datetime) -> Message | None:
    """Take one waiting message for this process, in a short transaction of its own."""
    with transaction.atomic(durable=True):
        waiting = Message.objects.filter(_is_due(now), state=State.WAITING)
        message = (
            pauses.without_held(waiting)
            .select_for_update(skip_locked=True, of=("self",))
            .select_related("recipient__text_wish__endpoint", "endpoint")
            .filter(_may_leave(now), attempts__lt=settings.OUTBOX_MAX_ATTEMPTS)
            .order_by(Coalesce("not_before", "created_at"), "pk")
            .first()
        )
        if message is None:
            return None
        if message.recipient is not None and not message.recipient.is_active:
            message.state, message.error = State.CANCELLED, _("Người nhận đã ngừng sử dụng.")
        else:
            _choose_way(message, now)
            message.state, message.error = State.SENDING, ""
            message.attempts += 1
        message.claimed_at = now
        message.claimed_by = f"{socket.gethostname()[:60]}:{os.getpid()}:{uuid.uuid4()}"
        message.save(update_fields=CLAIMED)
    return message


def _choose_way(message: Message, now: datetime.datetime) -> None:
    """A letter to somebody who asked for texts leaves as one; a text nobody can take is a letter."""
    wish = gateways.wish_of(message, now)
    if wish is not None:
        message.channel, message.endpoint = Channel.TEXT, wish.endpoint
    elif message.channel == Channel.TEXT and message.endpoint and message.endpoint.why_not(now):
        message.channel, message.attempts = Channel.EMAIL, 0


def send_one(now: datetime.datetime) -> bool:
    """Claim, send with no transaction open, and finish one message; False if none waits."""
    message = claim(now)
    if message is None:
        return False
    if message.state == State.CANCELLED:
        return True
    _failpoint("after_claim")
    try:
        DOORS.get(Channel(message.channel), mailer.deliver)(message)
    except mailer.RejectedError as error:
        _give_up(message, str(error), now)
    except mailer.UnreachableError as error:
        _try_later(message, str(error), now)
    except Exception as error:
        # A letter that cannot even be composed must not keep the others from leaving.
        # What was raised may quote the address, so the log gets the places alone.
        words = mailer.told(error, message)
        places = "".join(traceback.format_tb(error.__traceback__))
        logger.error("message %s cannot be sent: %s\n%s", message.pk, words, places)
        _finish(message, state=State.FAILED, error=words)
    else:
        _failpoint("after_smtp")
        _finish(message, state=State.SENT, sent_at=timezone.now())
        if message.channel in DOORS and message.endpoint:
            breaker.note_success(message.endpoint, now)
    return True


def _try_later(message: Message, words: str, now: datetime.datetime) -> None:
    """Let it rest in its row; after the last try it ends."""
    is_text = message.channel == Channel.TEXT
    most = gateways.MOST_ATTEMPTS if is_text else settings.OUTBOX_MAX_ATTEMPTS
    if message.attempts >= most:
        return _give_up(message, words, now)
    rest = BACK_OFF_MINUTES[min(message.attempts, len(BACK_OFF_MINUTES)) - 1]
    retry_at = now + datetime.timedelta(minutes=rest)
    _finish(message, state=State.WAITING, error=words, not_before=retry_at)
    return _note_failure(message, words, now)


def _give_up(message: Message, words: str, now: datetime.datetime) -> None:
    """It ends visibly failed; a text message goes on as a letter instead, once."""
    if message.channel == Channel.TEXT:
        told = _("Tin nhắn không gửi được (%(why)s); chuyển sang thư điện tử.") % {"why": words}
        _finish(
            message,
            state=State.WAITING,
            channel=Channel.EMAIL,
            attempts=0,
            not_before=None,
            error=told,
        )
        record(message, by=None, note=told)
    else:
        _finish(message, state=State.FAILED, error=words)
    _note_failure(message, words, now)


def _note_failure(message: Message, words: str, now: datetime.datetime) -> None:
    if message.channel in DOORS and message.endpoint:
        breaker.note_failure(message.endpoint, words, now)


def send_waiting(*, limit: int = 500, seconds: float = 120) -> int:
    """Send what waits until nothing does, `limit` is reached or `seconds` are over; how many tried."""
    tried, stop_at = 0, time.monotonic() + seconds
    while tried < limit and time.monotonic() < stop_at and send_one(timezone.now()):
        tried += 1
    return tried


def repair(now: datetime.datetime) -> int:
    """Give back what a dead process was sending; after too many tries it ends visibly failed."""
    stuck_since = now - datetime.timedelta(seconds=settings.OUTBOX_STUCK_SECONDS)
    stuck = Message.objects.filter(state=State.SENDING, claimed_at__lt=stuck_since)
    Message.objects.filter(pk__in=stuck.values("pk"), channel=Channel.TEXT).filter(
        attempts__gte=gateways.MOST_ATTEMPTS
    ).update(state=State.WAITING, channel=Channel.EMAIL, attempts=0, claimed_by="")
    given_up = breaker.let_go(now) + Message.objects.filter(
        Q(pk__in=stuck.values("pk")) | Q(state=State.WAITING),
        attempts__gte=settings.OUTBOX_MAX_ATTEMPTS,
    ).update(
        state=State.FAILED,
        error=_("Đã thử gửi %(count)d lần không thành công.")
        % {"count": settings.OUTBOX_MAX_ATTEMPTS},
    )
    return given_up + stuck.update(state=State.WAITING, claimed_by="")


def mark_read(messages: "models.QuerySet[Message]", now: datetime.datetime) -> int:
    """Remember that the in-app messages among `messages` have been opened."""
    return messages.filter(channel=Channel.IN_APP, read_at__isnull=True).update(read_at=now)


def _finish(message: Message, *, state: str, **fields: object) -> None:
    """Write the outcome, unless somebody else has taken the message over meanwhile."""
    with transaction.atomic(durable=True):
        mine = Message.objects.filter(
            pk=message.pk, claimed_by=message.claimed_by, state=State.SENDING
        )
        if not mine.update(state=state, **fields):
            logger.warning("message %s was taken over before it was finished", message.pk)
        _failpoint("before_commit")


def _is_due(now: datetime.datetime) -> Q:
    return Q(not_before__isnull=True) | Q(not_before__lte=now)


def _may_leave(now: datetime.datetime) -> Q:
    """Events wait while their receiver rests; everything else may go."""
    awake = Q(endpoint__open_until=None) | Q(endpoint__open_until__lte=now)
    return ~Q(channel=Channel.WEBHOOK) | Q(endpoint__is_active=True) & awake


def _one_line(text: str, length: int) -> str:
    return cut(" ".join(text.split()), length)


def _failpoint(name: str) -> None:
    """Die here if a test asks for it (settings.OUTBOX_FAILPOINT is empty outside the tests)."""
    if name == settings.OUTBOX_FAILPOINT:
        os.kill(os.getpid(), signal.SIGKILL)
