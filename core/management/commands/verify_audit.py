"""`manage.py verify_audit`: is the audit what was sealed, day by day? The first break ends it."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from core import chain
from core.models import DaySeal


class Command(BaseCommand):
    """Recompute every hash; exit code 1 and one sentence where something was touched."""

    help = "Kiểm tra sổ kiểm toán và chuỗi khóa sổ hằng ngày."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Seals to print for the file of papers, a hash from there to look up; issued files too."""
        parser.add_argument("--print", type=int, default=1, dest="printed", metavar="DAYS")
        parser.add_argument("--files", action="store_true")
        parser.add_argument("--paper", default="", metavar="HASH")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say where the first break is, or that there is none."""
        found = chain.first_break(timezone.localdate())
        if not found and options["files"]:
            found = chain.first_broken_file()
        if found:
            raise CommandError(found)
        if options["paper"] and not DaySeal.objects.filter(hash=options["paper"]).exists():
            raise CommandError(_("Mã trên giấy không có trong sổ: sổ đã bị thay."))
        last = DaySeal.objects.order_by("-day")[: options["printed"]]
        for seal in reversed(last):
            self.stdout.write(f"{seal.day:%d/%m/%Y}  {seal.events:>8}  {seal.hash}")
        self.stdout.write(_("Sổ kiểm toán nguyên vẹn."))
