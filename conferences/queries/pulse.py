"""The pulse of a conference: one number that grows with every change a screen shows.

Hundreds of screens ask for it each second, so it stands in Redis; what is kept there lives a second
only. An announcement that was lost, or came late, is put right by the next question.
"""

import logging

from redis.exceptions import RedisError

from conferences.models import Conference
from core import quick
from core.codes import is_well_copied

LIVES_MS = 1000
DRAWN_SECONDS = 60
logger = logging.getLogger(__name__)


def newest_pulse(hall_code: str) -> int | None:
    """How far the screens of a hall should be; None for a code no hall has."""
    if not is_well_copied(hall_code):
        return None
    kept = _ask("get", f"pulse:{hall_code}")
    if kept is not None:
        return int(kept)
    rows = Conference.objects.filter(hall_code=hall_code)
    pulse = rows.values_list("pulse", flat=True).first()
    if pulse is not None:
        # Never over a newer one that was announced meanwhile.
        _ask("set", f"pulse:{hall_code}", pulse, px=LIVES_MS, nx=True)
    return pulse


def announce_pulse(hall_code: str, pulse: int) -> None:
    """Let every screen know at its next question; called once the change is in the database."""
    _ask("set", f"pulse:{hall_code}", pulse, px=LIVES_MS)


def drawn_screen(hall_code: str, pulse: int) -> bytes | None:
    """The second screen as it was drawn at a pulse, if somebody has already asked for it."""
    drawn: bytes | None = _ask("get", f"screen:{hall_code}:{pulse}")
    return drawn


def keep_drawn_screen(hall_code: str, pulse: int, drawn: bytes) -> None:
    """Keep the second screen for everybody who asks after the first."""
    _ask("set", f"screen:{hall_code}:{pulse}", drawn, ex=DRAWN_SECONDS)


def _ask(word: str, *what: object, **how: object) -> bytes | None:
    """Redis's answer; None also when it does not answer, because the database knows everything."""
    try:
        answer: bytes | None = getattr(quick.server(), word)(*what, **how)
    except (RedisError, OSError):
        logger.warning("the pulse of a hall is not in Redis")
        return None
    return answer
