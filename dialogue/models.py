"""What the composing package keeps itself: the periods offices report in, and the reports drafted."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conferences.models import Conference
from documents.models import Document
from organisations.models import Organisation

if TYPE_CHECKING:
    from organisations.models import User


class ReportPeriod(models.Model):
    """When an office closes the figures of a kind of report, and by when it sends it: data.

    `closes_on` is the day of the period's last month on which the figures close (0: its last day);
    the period begins on the day after the one before closed. Without an organisation the row holds
    for everybody who has none of their own.
    """

    class Kind(models.TextChoices):
        """How long the period is (KL 215-KL/TW: month, quarter I, 6, 9 months, year)."""

        MONTH = "month", _("Tháng")
        QUARTER = "quarter", _("Quý")
        HALF = "half", _("6 tháng")
        NINE = "nine", _("9 tháng")
        YEAR = "year", _("Năm")

    kind = models.CharField(_("kỳ"), max_length=8, choices=Kind)
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="report_periods"
    )
    closes_on = models.PositiveSmallIntegerField(
        _("ngày chốt số liệu"), default=0, validators=[MaxValueValidator(28)]
    )
    due = models.CharField(_("thời hạn gửi"), max_length=200)
    send_to = models.CharField(_("nơi nhận báo cáo"), max_length=250, blank=True)
    # An office's own row only: a task for every period that has closed.
    is_asked = models.BooleanField(_("nhắc bằng một nhiệm vụ mỗi kỳ"), default=False)
    source = models.CharField(_("căn cứ"), max_length=250, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "organisation"],
                name="report_period_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(closes_on__lte=28), name="closes_within_every_month"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.due}"


class ReportCall(models.Model):
    """That an office owes the report of a period that has closed: what its task grew out of."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="report_calls")
    kind = models.CharField(max_length=8, choices=ReportPeriod.Kind)
    last_on = models.DateField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "last_on"], name="report_called_for_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.kind} {self.last_on}"


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports as people may see them."""

    def visible_to(self, user: "User") -> "ReportQuerySet":
        """The reports whose document the person may see."""
        return self.filter(document__in=Document.objects.visible_to(user))


class Report(models.Model):
    """A report (BC) drafted from the figures; what it says afterwards is its document's business.

    `asked` is what was counted, as it stands in an address; `figures` what it came to on `as_of`.
    The report of a conference has no period.
    """

    document = models.OneToOneField(Document, models.PROTECT, related_name="report")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=8, choices=ReportPeriod.Kind, blank=True)
    conference = models.ForeignKey(
        Conference, models.PROTECT, null=True, blank=True, related_name="reports"
    )
    first_on = models.DateField(null=True, blank=True)
    last_on = models.DateField(null=True, blank=True)
    as_of = models.DateField()
    asked = models.CharField(max_length=250)
    figures = models.JSONField()
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(auto_now_add=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(conference__isnull=False, kind="")
                | Q(conference__isnull=True, first_on__isnull=False, last_on__isnull=False)
                & ~Q(kind=""),
                name="report_of_conference_or_period",
            )
        ]
        indexes = [models.Index(fields=["organisation", "-id"])]

    def __str__(self) -> str:
        return str(self.document)

    def get_absolute_url(self) -> str:
        """Its page: the figures with the lists behind them, and the paper."""
        return reverse("reports:detail", args=[self.pk])
