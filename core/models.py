"""The rows every package leans on: history, messages, working days, files, used form tokens."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.events import AuditEvent as AuditEvent
from core.events import DaySeal as DaySeal
from core.sealed import SealedField

if TYPE_CHECKING:
    import datetime


class HistoryEntry(models.Model):
    """One thing that happened to one row: a move between states, or an edit worth remembering."""

    subject_type = models.ForeignKey(ContentType, models.PROTECT)
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    from_state = models.CharField(max_length=40, blank=True)
    to_state = models.CharField(max_length=40, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    note = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id", "id"])]

    def __str__(self) -> str:
        return f"{self.subject_type_id}:{self.subject_id} {self.from_state}→{self.to_state}"


class WorkingDay(models.Model):
    """An office's word about one date, over the public-holiday library (domain.md §2.8)."""

    class Kind(models.TextChoices):
        """What the date is."""

        DAY_OFF = "day_off", _("Ngày nghỉ")
        WORKING = "working", _("Ngày làm bù")

    date = models.DateField(_("ngày"), unique=True)
    kind = models.CharField(_("loại"), max_length=10, choices=Kind)
    name = models.CharField(_("tên ngày"), max_length=120)
    source = models.CharField(_("căn cứ"), max_length=200)

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y} {self.name}"


class CalendarYear(models.Model):
    """A year whose days off and make-up days a person has checked and signed off."""

    year = models.PositiveSmallIntegerField(unique=True)
    signed_off_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    signed_off_at = models.DateTimeField(auto_now_add=True)
    source = models.CharField(_("căn cứ"), max_length=200)

    def __str__(self) -> str:
        return str(self.year)


class Message(models.Model):
    """One letter to one person over one channel, written in the deciding transaction.

    `key` is unique: the same decision never writes the same message twice. States and the promise
    behind them: reliability is described in docs/decisions/0004. `address` is sealed (0022).
    """

    class Channel(models.TextChoices):
        """How it travels."""

        EMAIL = "email", _("Thư điện tử")
        IN_APP = "in_app", _("Trong phần mềm")

    class State(models.TextChoices):
        """Where it is."""

        WAITING = "waiting", _("Chờ gửi")
        SENDING = "sending", _("Đang gửi")
        SENT = "sent", _("Đã gửi")
        FAILED = "failed", _("Không gửi được")
        CANCELLED = "cancelled", _("Đã hủy")

    key = models.CharField(max_length=200, unique=True)
    channel = models.CharField(max_length=10, choices=Channel)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="messages"
    )
    address = SealedField(blank=True, bound_to=["key"])
    subject = models.CharField(max_length=250)
    body = models.TextField()
    link = models.CharField(max_length=250, blank=True)
    reason = models.CharField(max_length=250)
    # An entry for the reader's calendar program (RFC 5545), without addresses: those are sealed.
    calendar = models.TextField(blank=True)
    about_type = models.ForeignKey(ContentType, models.PROTECT, null=True, blank=True)
    about_id = models.BigIntegerField(null=True, blank=True)
    about = GenericForeignKey("about_type", "about_id")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.CharField(max_length=120, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["created_at"],
                name="message_waiting",
                condition=models.Q(state="waiting"),
            ),
            models.Index(
                fields=["claimed_at"],
                name="message_sending",
                condition=models.Q(state="sending"),
            ),
            models.Index(fields=["recipient", "channel", "-id"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(channel="in_app", recipient__isnull=False)
                | models.Q(channel="email") & ~models.Q(address=""),
                name="message_has_somewhere_to_go",
            )
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def shown_to(self) -> str:
        """The reader in a list: a member by name, a citizen by a masked address."""
        if self.recipient is not None:
            return str(self.recipient)
        name, _at, host = self.address.partition("@")
        return f"{name[:1]}…@{host}"


class UsedToken(models.Model):
    """A form that has been acted on: the second click is shown the first one's result."""

    token = models.UUIDField(primary_key=True)
    location = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.token)


class StoredFile(models.Model):
    """An uploaded file whose content was checked (`core.files.check_upload`).

    What citizens send is sealed: `lock` then holds the file's own key and the name it came under,
    and `name` says only what kind of file it is.
    """

    file = models.FileField(upload_to="files/%Y/%m/")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    lock = SealedField(blank=True, default="", bound_to=["sha256"])
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True)
    uploaded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name

    @property
    def own_name(self) -> str:
        """The name it came under."""
        return self.lock.partition(" ")[2] or self.name


class Heartbeat(models.Model):
    """When a sweep last ran to its end, so that a silent stop becomes visible."""

    name = models.CharField(max_length=60, primary_key=True)
    last_ok_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.last_ok_at:%d/%m/%Y %H:%M}"

    def is_late(self, now: "datetime.datetime", *, seconds: int) -> bool:
        """Whether more than `seconds` have passed since the last good run."""
        return (now - self.last_ok_at).total_seconds() > seconds
