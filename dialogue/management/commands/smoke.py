"""`manage.py smoke`: walk the whole chain over HTTP as the real roles."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from dialogue.demo.people import PASSWORD
from dialogue.smoke import STEPS, SmokeError, Walk


class Command(BaseCommand):
    """Walks the chain against a running installation; the first step that fails ends it."""

    # It talks to another installation; how this one is set is of no matter.
    requires_system_checks: list[str] = []

    help = "Walk the whole chain over HTTP against a running installation with the demo accounts."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where the installation is, and the password of its accounts."""
        parser.add_argument("--url", default="http://127.0.0.1:8000", help="its address")
        parser.add_argument("--password", default=PASSWORD, help="of the demo's accounts")

    def handle(self, *_args: Any, url: str, password: str, **_options: Any) -> None:
        """One line per step with its time."""
        walk = Walk(url, password, timezone.localtime())
        began = time.monotonic()
        try:
            for number, (title, step) in enumerate(STEPS, start=1):
                self._take(f"{number:>2}/{len(STEPS)}  {title}", step, walk)
        finally:
            walk.close()
        self.stdout.write(f"All {len(STEPS)} steps in {time.monotonic() - began:.1f} s.")

    def _take(self, title: str, step: Any, walk: Walk) -> None:
        start = time.monotonic()
        try:
            step(walk)
        except SmokeError as problem:
            raise CommandError(f"{title}: {problem}") from problem
        except OSError as problem:
            raise CommandError(f"{title}: {walk.root} does not answer: {problem}") from problem
        self.stdout.write(f"{title:<56}{time.monotonic() - start:6.1f} s")
