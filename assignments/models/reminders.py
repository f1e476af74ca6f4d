"""When people are reminded of their tasks, who hears of late ones, and a row for each time."""

import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assignments.models.tasks import Task
from core.models import Message
from documents.models import Document
from organisations.models import Organisation


class Rank(models.TextChoices):
    """Who is told, from the desk upwards; where nobody holds a rank the next one is told."""

    DOER = "doer", _("Người thực hiện ở đơn vị chủ trì")
    HEAD = "head", _("Lãnh đạo đơn vị chủ trì")
    DEPUTY = "deputy", _("Phó thường trực của cơ quan giao việc")
    CHAIR = "chair", _("Người đứng đầu cơ quan giao việc")


class Ladder(models.Model):
    """How one organisation reminds of the tasks it gives; without an organisation, how all others do.

    Nobody is reminded outside `opens_at`–`closes_at` (empty: the hours of the installation).
    `subject` and `body` are the daily letter with named placeholders (`actions.wording`).
    """

    organisation = models.OneToOneField(
        Organisation, models.CASCADE, null=True, blank=True, related_name="ladder"
    )
    opens_at = models.TimeField(_("nhắc từ"), null=True, blank=True)
    closes_at = models.TimeField(_("đến trước"), null=True, blank=True)
    subject = models.CharField(_("tiêu đề thư"), max_length=200)
    body = models.TextField(_("nội dung thư"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], name="one_common_ladder", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"ladder of {self.organisation_id or 'all'}"

    def is_open_at(self, moment: datetime.datetime) -> bool:
        """Whether people may be reminded at this local time of a working day."""
        usual_open, usual_close = settings.OFFICE_HOURS
        opens = f"{self.opens_at:%H:%M}" if self.opens_at else usual_open
        closes = f"{self.closes_at:%H:%M}" if self.closes_at else usual_close
        return bool(opens <= moment.strftime("%H:%M") < closes)

    @property
    def steps(self) -> "list[Rung]":
        """The rungs in the order of time."""
        return sorted(self.rungs.all(), key=lambda rung: rung.offset)

    @property
    def levels(self) -> "list[OverdueTier]":
        """The tiers from the first working day late on."""
        return sorted(self.tiers.all(), key=lambda tier: tier.from_days)


class Rung(models.Model):
    """One rung: so many working days after (before: negative) the due day, by which channels.

    A rung with `repeats_every` comes again every so many working days until the task is reported.
    `since` is the day an office added it: what had come by then is not made up for.
    """

    ladder = models.ForeignKey(Ladder, models.CASCADE, related_name="rungs")
    offset = models.SmallIntegerField(_("ngày làm việc so với hạn"))
    repeats_every = models.PositiveSmallIntegerField(_("lặp lại sau"), null=True, blank=True)
    sentence = models.CharField(_("câu nhắc"), max_length=300, blank=True)
    channels = ArrayField(models.CharField(max_length=10))
    since = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ladder", "offset"], name="rung_once_per_ladder")
        ]

    def __str__(self) -> str:
        return f"t{self.offset:+d}"

    @property
    def days(self) -> int:
        """How many working days before or after the due day."""
        return abs(self.offset)

    @property
    def is_by_email(self) -> bool:
        """Whether a letter leaves the software too."""
        return Message.Channel.EMAIL in self.channels


class OverdueTier(models.Model):
    """From so many working days after the due day on: what it is called and who hears of it.

    With `asks_explanation` the office's letter asking the lead to explain is drafted (domain.md
    §3.9, văn bản đôn đốc).
    """

    ladder = models.ForeignKey(Ladder, models.CASCADE, related_name="tiers")
    from_days = models.PositiveSmallIntegerField(_("từ ngày làm việc trễ thứ"))
    name = models.CharField(_("gọi là"), max_length=60)
    rank = models.CharField(_("báo lên"), max_length=10, choices=Rank)
    asks_explanation = models.BooleanField(_("soạn công văn yêu cầu giải trình"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ladder", "from_days"], name="tier_once_per_ladder"),
            models.CheckConstraint(condition=Q(from_days__gte=1), name="tier_is_after_the_day"),
        ]

    def __str__(self) -> str:
        return f"{self.name} (+{self.from_days})"


class Reminder(models.Model):
    """One row per (task, recipient, rung, due day, revision, channel), whatever happens to workers.

    `rung` is the working day it was for: "t-3", "t", "t+8"; "late+6" for a step of escalation.
    `channel` is one of core.Message.Channel.
    """

    task = models.ForeignKey(Task, models.CASCADE, related_name="reminders")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    rung = models.CharField(max_length=20)
    due_on = models.DateField()
    revision = models.PositiveIntegerField()
    channel = models.CharField(max_length=10)
    planned_for = models.DateField()
    message = models.ForeignKey(
        Message, models.PROTECT, null=True, blank=True, related_name="reminders"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["task", "recipient", "rung", "due_on", "revision", "channel"],
                name="reminder_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["recipient", "planned_for"],
                name="reminder_unsent",
                condition=Q(message__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.rung} → {self.recipient_id}"


class Escalation(models.Model):
    """A late task reached a tier: one row per (task, tier, due day, revision), never withdrawn.

    `explanation` is the office's letter asking for an explanation, where the tier asks for one.
    """

    task = models.ForeignKey(Task, models.CASCADE, related_name="escalations")
    from_days = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    rank = models.CharField(max_length=10, choices=Rank)
    asks_explanation = models.BooleanField(default=False)
    due_on = models.DateField()
    revision = models.PositiveIntegerField()
    reached_on = models.DateField()
    explanation = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="escalations"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["task", "from_days", "due_on", "revision"], name="escalated_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["id"],
                name="explanation_to_draft",
                condition=Q(asks_explanation=True, explanation__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.task_id} +{self.from_days}"

    @property
    def rung(self) -> str:
        """How the reminders of this step are marked."""
        return f"late+{self.from_days}"
