"""`manage.py retention [--apply]`: what is kept longer than its period allows; deleted if asked."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from feedback.actions import clear_overdue
from feedback.queries.retention import what_goes


class Command(BaseCommand):
    """A dry run unless told otherwise; every night a worker does the same and deletes."""

    help = "Đếm dữ liệu quá thời hạn lưu theo từng loại; thêm --apply để xóa."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Whether to delete."""
        parser.add_argument("--apply", action="store_true", dest="is_applied")

    def handle(self, *args: Any, **options: Any) -> None:
        """Count, and delete if asked."""
        now = timezone.now()
        for row in what_goes(now):
            since = f", {timezone.localtime(row.oldest):%d/%m/%Y}" if row.oldest else ""
            self.stdout.write(
                f"{row.rule.kind}: {row.count} ({row.rule.get_kind_display()}; "
                + _("giữ %(days)d ngày") % {"days": row.rule.days}
                + f"{since})"
            )
        if not options["is_applied"]:
            self.stdout.write(_("Chạy thử, chưa xóa gì. Thêm --apply để xóa."))
            return
        done = clear_overdue(now)
        self.stdout.write(_("Đã xóa: ") + ", ".join(f"{kind} {n}" for kind, n in done.items()))
