"""When people are reminded of their tasks, and a row for every reminder there was."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assignments.models.tasks import Task
from core.models import Message


class ReminderRung(models.Model):
    """One rung of the reminder ladder: so many working days after (before: negative) the due day.

    A rung with `repeats_every` comes again every so many working days until the task is reported.
    """

    code = models.SlugField(primary_key=True, max_length=20)
    offset = models.SmallIntegerField(_("ngày làm việc so với hạn"))
    repeats_every = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.CharField(_("câu nhắc"), max_length=200)
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.code


class Reminder(models.Model):
    """One row per (task, recipient, rung, due day, revision, channel), whatever happens to workers."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="reminders")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    rung = models.CharField(max_length=20)
    due_on = models.DateField()
    revision = models.PositiveIntegerField()
    channel = models.CharField(max_length=10, choices=Message.Channel)
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
