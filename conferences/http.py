"""What pages of the hall need of the network: counters per address, the quickest of answers."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from conferences.queries.pulse import newest_pulse
from core.throttle import HOUR, count_so_far, is_beyond
from feedback.http import public_address

__all__ = [
    "is_answering_too_much",
    "is_trying_nominations",
    "is_using_nomination_too_much",
    "public_address",
    "pulse_first",
]
TRIES, POSTS = 60, 240


def is_trying_nominations(address: str) -> bool:
    """Count a link that does not exist; whether one computer tried too many."""
    return is_beyond(f"nomination-tries:{address}", TRIES, seconds=HOUR)


def is_using_nomination_too_much(nomination_id: int) -> bool:
    """Whether a link is used more often than people name delegates."""
    return is_beyond(f"nomination:{nomination_id}", POSTS, seconds=HOUR)


def is_answering_too_much(address: str, *, is_wrong: bool) -> bool:
    """Whether one computer tried too many links that do not exist; right ones are not counted."""
    if is_wrong:
        return is_beyond(f"answer-tries:{address}", TRIES, seconds=HOUR)
    return (count_so_far(f"answer-tries:{address}") or 0) > TRIES


PULSE = re.compile(r"/hoi-truong/([0-9A-Z]{1,12})/nhip/")


def pulse_first(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer a screen that has seen everything before anything else is set up.

    Three hundred screens ask each second, nearly always in vain: without this the hall would take a
    fifth of what the server can do for readers. Everything else goes on to the view.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        hall = PULSE.fullmatch(request.path_info) if request.method == "GET" else None
        seen = request.META.get("QUERY_STRING", "").removeprefix("da-co=") if hall else ""
        if hall and seen and seen == str(newest_pulse(hall[1])):
            return HttpResponse(status=204, headers={"Cache-Control": "no-store"})
        return get_response(request)

    return answer
