"""Measure the site against what the machine could do at best; one JSON object a line.

A ceiling is measured in the same run, on the same servers, turn and turn about with ours, so that
a slow machine slows both. Figures whose answers are not right as well as fast do not count.
Exit code 1 if one figure does not hold.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

import embedded

HOME = embedded.VAR / "bench"
ROUNDS = 5


class WrongAnswerError(AssertionError):
    """Something measured did not do its work, so its speed means nothing."""


@dataclass(frozen=True)
class Figure:
    """One line of the result; `ratio` is `value` ÷ `ceiling`, `limit` what it has to keep to."""

    name: str
    value: float
    unit: str
    ceiling: float
    ratio: float
    limit: str | None
    holds: bool


def at_least(name: str, value: float, ceiling: float, unit: str, limit: float | None) -> Figure:
    """A speed: the more, the better."""
    ratio = value / ceiling
    holds = limit is None or ratio >= limit
    return _figure(name, value, ceiling, unit, None if limit is None else f">= {limit}", holds)


def at_most(name: str, value: float, ceiling: float, unit: str, limit: float) -> Figure:
    """A duration: the less, the better."""
    return _figure(name, value, ceiling, unit, f"<= {limit}", value / ceiling <= limit)


def within(name: str, value: float, ceiling: float, unit: str, most: float) -> Figure:
    """A duration a person waits for: shown beside the ceiling, held to seconds."""
    return _figure(name, value, ceiling, unit, f"value <= {most}", value <= most)


def in_turns(
    ours: Callable[[], float], ceiling: Callable[[], float], *, rounds: int = ROUNDS
) -> tuple[float, float]:
    """Two measurements taken A B A B …, after one warm-up of each: the pair of the median ratio.

    A machine that others use too changes its speed from one second to the next, less within a pair.
    `rounds` is odd, or the better of the two in the middle would be taken.
    """
    ours()
    ceiling()
    pairs = [(ours(), ceiling()) for _round in range(rounds)]
    return sorted(pairs, key=lambda pair: pair[0] / pair[1])[rounds // 2]


def seconds(work: Callable[[], object]) -> float:
    """How long a piece of work takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def make_sure(right: bool, what: str) -> None:
    """Refuse a measurement that did not do its work."""
    if not right:
        raise WrongAnswerError(what)


@contextmanager
def site() -> Iterator[None]:
    """An empty, durable database and the site set up in this process."""
    embedded.remove("bench")
    with embedded.running("bench") as servers:
        os.environ |= servers.environment() | {
            "DIALOGUE_MODE": "demo",
            "DJANGO_SETTINGS_MODULE": "dialogue.settings",
            "SECRET_KEY": "bench" * 12,
            "TRACKING_PEPPER": "pepper" * 10,
            "SITE_URL": "http://127.0.0.1",
            "MEDIA_ROOT": str(HOME / "media"),
            "STATIC_ROOT": str(HOME / "static"),
            "EMAIL_URL": "dummymail://",
            "LOG_LEVEL": "WARNING",
            # The counter works and counts; it only never says no.
            "PUBLIC_SUBMISSIONS_PER_HOUR": "1000000000",
        }
        for command in (["migrate"], ["collectstatic", "--no-input"]):
            manage = [sys.executable, str(embedded.ROOT / "manage.py"), *command]
            subprocess.run([*manage, "--verbosity", "0"], check=True, cwd=embedded.ROOT)
        sys.path.insert(0, str(embedded.ROOT))
        yield


def _figure(
    name: str, value: float, ceiling: float, unit: str, limit: str | None, holds: bool
) -> Figure:
    return Figure(
        name, round(value, 4), unit, round(ceiling, 4), round(value / ceiling, 3), limit, holds
    )


def main() -> int:
    """Print the chosen figures (all, if none is named); 1 if one does not hold."""
    with site():
        import django  # noqa: PLC0415 - the environment had to be there first

        django.setup()
        import bench_figures  # noqa: PLC0415 - needs Django's applications
        import bench_hall  # noqa: PLC0415 - needs Django's applications
        import bench_imports  # noqa: PLC0415 - needs Django's applications
        import bench_search  # noqa: PLC0415 - needs Django's applications

        figures: dict[str, Callable[[], Figure]] = {}
        for part in (bench_figures, bench_search, bench_imports, bench_hall):
            figures |= part.FIGURES
        chosen = sys.argv[1:] or list(figures)
        holds = True
        for name in chosen:
            figure = figures[name]()
            print(json.dumps(asdict(figure), ensure_ascii=False), flush=True)
            holds = holds and figure.holds
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
