"""How often something happened lately, counted in Redis under a key that forgets itself."""

import hashlib
import logging
from dataclasses import dataclass
from threading import Lock

from cachetools import TTLCache
from redis.exceptions import RedisError

from core import quick

COUNT = (
    "redis.call('SET', KEYS[1], 0, 'EX', ARGV[1], 'NX') "
    "return redis.call('INCRBY', KEYS[1], ARGV[2])"
)
HELD_AT_MOST, SHARE, HOUR = 9, 16, 3600
logger = logging.getLogger(__name__)


@dataclass
class _Tally:
    """What this process has counted and not told Redis yet, and how much it may hold back."""

    may_hold: int
    held: int = 0


_tallies: TTLCache[str, _Tally] = TTLCache(10_000, HOUR)
_lock = Lock()


def is_beyond(name: str, limit: int, *, seconds: int) -> bool:
    """Count one more of `name`; whether there were more than `limit` of it in the running window.

    A counter that cannot be reached lets everybody through.
    """
    count = count_up(name, seconds=seconds)
    return count is not None and count > limit


def is_roughly_beyond(name: str, limit: int, *, seconds: int) -> bool:
    """The same for what somebody waits for and what happens often.

    Each process counts a sixteenth of what is left to the limit, nine at most, before it tells
    Redis of all together; so the limit may be passed by that much for each process.
    """
    with _lock:
        tally = _tallies.setdefault(_key(name), _Tally(may_hold=_share(limit)))
        tally.held += 1
        if tally.held <= tally.may_hold:
            return False
        told, tally.held = tally.held, 0
    count = count_up(name, seconds=seconds, by=told)
    tally.may_hold = _share(limit - (count or 0))
    return count is not None and count > limit


def count_up(name: str, *, seconds: int, by: int = 1) -> int | None:
    """Count one more of `name` (or `by`) in the running window; None when Redis does not answer.

    The window starts with the first event and ends `seconds` later. Names are hashed: addresses
    of people are not kept readable.
    """
    try:
        return int(quick.server().eval(COUNT, 1, _key(name), seconds, by))
    except (RedisError, OSError):
        logger.warning("the counter of %s is unreachable", name.partition(":")[0])
        return None


def count_so_far(name: str) -> int | None:
    """How many of `name` were counted in the running window; None when Redis does not answer."""
    try:
        return int(quick.server().get(_key(name)) or 0)
    except (RedisError, OSError):
        logger.warning("the counter of %s is unreachable", name.partition(":")[0])
        return None


def _key(name: str) -> str:
    kind, _colon, who = name.partition(":")
    return f"throttle:{kind}:{hashlib.sha256(who.encode()).hexdigest()[:32]}"


def _share(left: int) -> int:
    return max(0, min(left // SHARE, HELD_AT_MOST))


def forget_tallies() -> None:
    """Forget what was counted here and not told yet."""
    with _lock:
        _tallies.clear()
