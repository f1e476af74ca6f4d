"""The hall of `make bench`: three hundred screens ask for the pulse while a clerk clicks “next”."""

import json
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from bench import Figure, at_least, make_sure, within
from bench_figures import gunicorn
from django.test import Client

from conferences import actions
from conferences.models import Conference
from organisations.models import Role
from tests.factories.conferences import START, AgendaItemFactory, ConferenceFactory
from tests.factories.organisations import member

LISTENERS = 300
SECONDS = 10.0
CLICKS = 5
READERS = 4
ROUNDS = 3
WITHIN = 2.0
UNDISTURBED = 0.8
# Of each screen the pulses it saw and when.
Seen = list[list[tuple[int, float]]]


def change() -> Figure:
    """Seconds from a click on “next” until the last of 300 screens shows it."""
    conference, clerk = _hall()
    with gunicorn() as port, _screens(port, conference.hall_code) as seen:
        clicked = [_click(clerk, conference) for _number in range(CLICKS)]
        time.sleep(3 * WITHIN)  # a slow machine shall give a bad figure, not none
    slowest = max(_last_screen(seen, pulse) - at for pulse, at in clicked)
    return within("from the click to the last of 300 screens", slowest, WITHIN, "s", WITHIN)


def load() -> Figure:
    """Public pages a second while 300 screens listen ÷ while none does."""
    conference, _clerk = _hall()
    listening, alone = [], []
    with gunicorn() as port:
        _read_pages(port, 2.0)
        for _round in range(ROUNDS):
            alone.append(_read_pages(port, SECONDS / 2))
            with _screens(port, conference.hall_code):
                listening.append(_read_pages(port, SECONDS / 2))
    return at_least(
        "public pages while 300 screens listen ÷ while none does",
        statistics.median(listening),
        statistics.median(alone),
        "1/s",
        UNDISTURBED,
    )


def _hall() -> tuple[Conference, Client]:
    """A conference that runs, and the browser of its clerk."""
    conference = ConferenceFactory()
    by = member(Role.CLERK, conference.organisation)
    AgendaItemFactory.create_batch(CLICKS * (ROUNDS + 1), conference=conference)
    actions.start_conference(conference, by=by, now=START)
    clerk = Client()
    clerk.force_login(by)
    return conference, clerk


def _last_screen(seen: Seen, pulse: int) -> float:
    """When the last screen showed a change, or one after it."""
    shown = [[at for newest, at in one if newest >= pulse] for one in seen]
    heard = sum(map(bool, shown))
    make_sure(heard == LISTENERS, f"{heard} of {LISTENERS} screens saw change {pulse}")
    return max(map(min, shown))


def _click(clerk: Client, conference: Conference) -> tuple[int, float]:
    time.sleep(1.4)
    at = time.time()
    answer = clerk.post(f"/hoi-nghi/{conference.pk}/dieu-hanh/tiep/", HTTP_HOST="127.0.0.1")
    make_sure(answer.status_code == 302, f"“next” was answered with {answer.status_code}")
    conference.refresh_from_db()
    return conference.pulse, at


@contextmanager
def _screens(port: int, code: str) -> Iterator[Seen]:
    """Three hundred screens; after the block, what each of them saw."""
    program = Path(__file__).with_name("hall_screens.py")
    command = [sys.executable, str(program), str(port), code, str(LISTENERS)]
    seen: Seen = []
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    time.sleep(1.5)
    yield seen
    said, _nothing = process.communicate(timeout=60)
    seen.extend(json.loads(said))


def _read_pages(port: int, seconds: float) -> float:
    """Front pages a second over some connections."""
    counts = [0] * READERS
    end = time.perf_counter() + seconds

    def work(number: int) -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        while time.perf_counter() < end:
            connection.request("GET", "/")
            answer = connection.getresponse()
            answer.read()
            counts[number] += answer.status == 200

    threads = [threading.Thread(target=work, args=(number,)) for number in range(READERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    make_sure(all(counts), "a reader of public pages got nothing")
    return sum(counts) / seconds


FIGURES: dict[str, Callable[[], Figure]] = {"hall_change": change, "hall_load": load}
