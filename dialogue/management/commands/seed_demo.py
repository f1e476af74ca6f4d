"""`manage.py seed_demo`: load the demonstration into an empty installation."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from dialogue.demo import TICKET_PATH, build_people, build_stages, tell_everybody
from organisations.models import Organisation


class Command(BaseCommand):
    """Builds province, accounts and dossiers through the same actions people use."""

    help = "Load the demonstration (refused in production and where organisations exist)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--if-empty` makes a second call do nothing instead of failing."""
        parser.add_argument("--if-empty", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load everything in one transaction, or nothing."""
        if settings.IS_PRODUCTION:
            raise CommandError(
                "The demonstration has known passwords; it is refused in production."
            )
        if Organisation.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError("There are organisations already; use an empty database.")
        with transaction.atomic():
            people, today = build_people(), timezone.localdate()
            ticket = build_stages(people, today)
            tell_everybody(people, today)
        TICKET_PATH.parent.mkdir(parents=True, exist_ok=True)
        TICKET_PATH.write_text(f"{ticket.code}\n{ticket.secret}\n", encoding="utf-8")
