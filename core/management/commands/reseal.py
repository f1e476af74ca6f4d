"""`manage.py reseal [--check]`: seal everything with the first key, or only see whether all opens."""

import argparse
from collections import Counter
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import models
from django.utils.translation import gettext as _

from core.sealed import SealedError, reseal, sealed_fields


class Command(BaseCommand):
    """Change keys in batches; an interrupted run is simply begun again."""

    help = "Niêm phong lại dữ liệu cá nhân bằng khóa đầu tiên trong SEALING_KEYS."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """How many rows a batch has, and whether to look only."""
        parser.add_argument("--check", action="store_true", dest="is_check")
        parser.add_argument("--batch", type=int, default=500)

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through every model with sealed columns."""
        sealed = [model for model in apps.get_models() if sealed_fields(model)]
        broken = [self._check(model) for model in sealed] if options["is_check"] else []
        if not options["is_check"]:
            for model in sealed:
                self._reseal(model, options["batch"])
        if any(broken):
            raise CommandError(_("Có dữ liệu không mở được; xem các dòng trên."))

    def _reseal(self, model: type[models.Model], batch: int) -> None:
        done = 0
        try:
            for count in reseal(model, batch=batch):
                done += count
                self.stdout.write(f"{model._meta.db_table}: {done}")
        except SealedError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_("%(table)s: xong, %(count)d dòng niêm phong lại.")
                          % {"table": model._meta.db_table, "count": done})  # fmt: skip

    def _check(self, model: type[models.Model]) -> int:
        """How many rows do not open; the keys in use are counted."""
        keys, broken = Counter[str](), 0
        names = [str(field.attname) for field in sealed_fields(model)]
        for row in model._base_manager.order_by("pk").iterator(chunk_size=1000):
            held = [row.__dict__[name] for name in names]
            keys.update(text.split(".")[1] if text.count(".") > 1 else "?" for text in held if text)
            try:
                [getattr(row, name) for name in names]
            except SealedError as error:
                broken += 1
                self.stderr.write(f"{row.pk}: {error}")
        used = ", ".join(f"{key} {count}" for key, count in sorted(keys.items())) or "0"
        self.stdout.write(f"{model._meta.db_table}: {used}")
        return broken
