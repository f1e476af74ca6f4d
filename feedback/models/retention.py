"""How long what kind of personal data is kept, as data an installation may change."""

import datetime
import json
from pathlib import Path

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class RetentionRule(models.Model):
    """The longest time one kind of data is kept, and why (domain.md §2.9)."""

    class Kind(models.TextChoices):
        """What is kept, and from when its time runs."""

        CONTACTS = "contacts", _("Thông tin liên hệ và tệp của người gửi, từ khi việc kết thúc")
        LETTERS = "letters", _("Thư gửi công dân, từ khi gửi hoặc không gửi được")
        IMPORTS = "imports", _("Bảng tính và dòng còn phải sửa, từ khi tải lên")
        ABANDONED = "abandoned", _("Tệp của phiếu chưa gửi, từ khi tải lên")

    kind = models.CharField(_("loại dữ liệu"), max_length=10, choices=Kind, unique=True)
    days = models.PositiveIntegerField(_("số ngày được giữ"))
    source = models.CharField(_("căn cứ"), max_length=250)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(days__gte=1), name="kept_at_least_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.days}"

    def get_absolute_url(self) -> str:
        """Where the period is changed."""
        return reverse("feedback:retention_edit", args=[self.pk])

    def limit(self, now: datetime.datetime) -> datetime.datetime:
        """What is older than this is kept too long."""
        return now - datetime.timedelta(days=self.days)


def load_periods(rule_model: "type[RetentionRule]" = RetentionRule) -> None:
    """Create the periods that are missing; an office's own stay."""
    rows = json.loads((Path(__file__).parent.parent / "data" / "retention.json").read_text("utf-8"))
    rule_model.objects.bulk_create(
        [rule_model(kind=kind, days=days, source=source) for kind, days, source in rows],
        ignore_conflicts=True,
    )
