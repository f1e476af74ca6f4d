"""What staff do with one message: hold it, let it go, stop it, send it again, close a failed one.

Each is one conditional UPDATE, so that of two people, or a person and a sender, one is refused; it
returns False then. Who may is the caller's rule.
"""

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from core import outbox
from core.models import Message
from core.transitions import record

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

Channel, State = Message.Channel, Message.State
STOPPED = (State.FAILED, State.CLOSED, State.CANCELLED, State.SENT)
"""States from which a message can be sent again."""

NOT_GONE = (State.WAITING, State.PAUSED, State.FAILED)
"""States in which it can still be stopped."""


def _turn(
    message: Message,
    *,
    come_from: tuple[str, ...],
    to: str,
    by: "AbstractBaseUser",
    note: str,
    **fields: object,
) -> bool:
    """Change the state if it still is one of `come_from`, and remember who did."""
    rows = Message.objects.filter(pk=message.pk, state__in=come_from)
    done = rows.exclude(channel=Channel.IN_APP).update(state=to, **fields)
    if done:
        record(message, by=by, note=note, from_state=message.state, to_state=to)
    return bool(done)


def resend(message: Message, *, by: "AbstractBaseUser") -> bool:
    """Put what has stopped back in line, from its first attempt on.

    It keeps its Message-ID (a letter) or webhook-id (an event): who got the first copy is shown, or
    takes, no second one.
    """
    fresh = {"attempts": 0, "not_before": timezone.now(), "error": "", "claimed_by": ""}
    note = _("Yêu cầu gửi lại")
    done = _turn(message, come_from=STOPPED, to=State.WAITING, by=by, note=note, **fresh)
    if done:
        outbox.wake_after_commit()
    return done


def cancel(message: Message, *, by: "AbstractBaseUser", reason: str) -> bool:
    """Stop what has not left yet."""
    return _turn(message, come_from=NOT_GONE, to=State.CANCELLED, by=by, note=reason, error=reason)


def pause(message: Message, *, by: "AbstractBaseUser", reason: str) -> bool:
    """Hold back what waits until somebody lets it go."""
    return _turn(message, come_from=(State.WAITING,), to=State.PAUSED, by=by, note=reason)


def resume(message: Message, *, by: "AbstractBaseUser") -> bool:
    """Let go what was held back."""
    note = _("Cho gửi tiếp")
    done = _turn(message, come_from=(State.PAUSED,), to=State.WAITING, by=by, note=note)
    if done:
        outbox.wake_after_commit()
    return done


def close(message: Message, *, by: "AbstractBaseUser", note: str) -> bool:
    """A failed one was looked at: the note says what was done instead."""
    return _turn(message, come_from=(State.FAILED,), to=State.CLOSED, by=by, note=note)
