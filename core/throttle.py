"""How often something happened lately, counted in Redis under a key that forgets itself."""

import hashlib
import logging

from redis.exceptions import RedisError

from core import quick

COUNT = "redis.call('SET', KEYS[1], 0, 'EX', ARGV[1], 'NX') return redis.call('INCR', KEYS[1])"
logger = logging.getLogger(__name__)


def count_up(name: str, *, seconds: int) -> int | None:
    """Count one more of `name` in the running window; None when Redis does not answer.

    The window starts with the first event and ends `seconds` later. Names are hashed: addresses
    of people are not kept readable.
    """
    try:
        return int(quick.server().eval(COUNT, 1, _key(name), seconds))
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
