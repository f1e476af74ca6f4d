"""The rows every package leans on: history, messages, working days, files, used form tokens."""

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
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


class Endpoint(models.Model):
    """An address of another system: an agency's own, or a gateway that passes text messages on.

    Everything posted there is signed (core/webhooks.py). After several failures in a row it rests
    until `open_until` (the breaker of core/breaker.py) and staff see why.
    """

    class Kind(models.TextChoices):
        """Who listens there, and therefore in which shape it is told."""

        SYSTEM = "system", _("Hệ thống của cơ quan")
        SMS = "sms", _("Cổng tin nhắn SMS")
        ZALO = "zalo", _("Cổng tin nhắn Zalo")

    ident = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("loại"), max_length=10, choices=Kind)
    name = models.CharField(_("tên gọi"), max_length=120)
    url = models.CharField(_("địa chỉ nhận"), max_length=500)
    secret = SealedField(bound_to=["ident"])
    old_secret = SealedField(blank=True, bound_to=["ident"])
    old_until = models.DateTimeField(null=True, blank=True)
    template_id = models.CharField(_("mã mẫu tin"), max_length=60, blank=True)
    is_approved = models.BooleanField(_("mẫu tin đã được duyệt"), default=False)
    is_active = models.BooleanField(_("đang dùng"), default=True)
    failures = models.PositiveIntegerField(default=0)
    open_until = models.DateTimeField(null=True, blank=True)
    last_ok_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)
    last_error_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def is_gateway(self) -> bool:
        """Whether it passes text messages on to people."""
        return self.kind != self.Kind.SYSTEM

    def is_resting(self, now: "datetime.datetime") -> bool:
        """Whether it failed so often lately that nothing is sent there for a while."""
        return self.open_until is not None and self.open_until > now

    def why_not(self, now: "datetime.datetime") -> str:
        """Why nothing goes there now; "" when it may."""
        if not self.is_active:
            return gettext("đã ngừng dùng")
        if self.is_gateway and not (self.is_approved and self.template_id):
            return gettext("mẫu tin chưa được duyệt")
        return gettext("đang tạm nghỉ sau nhiều lần lỗi") if self.is_resting(now) else ""


class TextWish(models.Model):
    """A person who would rather get a text message than a letter; the number is sealed."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="text_wish")
    endpoint = models.ForeignKey(Endpoint, models.CASCADE, related_name="wishes")
    phone = SealedField(_("số điện thoại"), bound_to=["user_id"])

    def __str__(self) -> str:
        return f"{self.user_id} → {self.endpoint_id}"


class SendingPause(models.Model):
    """Nothing of one channel or one kind of message leaves until somebody ends the pause."""

    class Scope(models.TextChoices):
        """What is held back."""

        CHANNEL = "channel", _("Cả kênh")
        KIND = "kind", _("Một loại tin")

    scope = models.CharField(max_length=10, choices=Scope)
    value = models.CharField(max_length=100)
    reason = models.CharField(_("lý do"), max_length=250)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "value"],
                name="one_pause_at_a_time",
                condition=models.Q(ended_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.scope}:{self.value}"


class Message(models.Model):
    """One letter to one person over one channel, written in the deciding transaction.

    `key` is unique: the same decision never writes the same message twice. States and the promise
    behind them: reliability is described in docs/decisions/0004. `address` is sealed (0022).
    """

    class Channel(models.TextChoices):
        """How it travels."""

        EMAIL = "email", _("Thư điện tử")
        IN_APP = "in_app", _("Trong phần mềm")
        TEXT = "text", _("Tin nhắn SMS, Zalo")
        WEBHOOK = "webhook", _("Báo cho hệ thống khác")

    class State(models.TextChoices):
        """Where it is."""

        WAITING = "waiting", _("Chờ gửi")
        SENDING = "sending", _("Đang gửi")
        PAUSED = "paused", _("Tạm dừng")
        SENT = "sent", _("Đã gửi")
        FAILED = "failed", _("Không gửi được")
        CLOSED = "closed", _("Không gửi được, đã xem")
        CANCELLED = "cancelled", _("Đã hủy")

    key = models.CharField(max_length=200, unique=True)
    channel = models.CharField(max_length=10, choices=Channel)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="messages"
    )
    address = SealedField(blank=True, bound_to=["key"])
    # Where a text message or an event goes; on a letter, the gateway that could not take it.
    endpoint = models.ForeignKey(
        Endpoint, models.PROTECT, null=True, blank=True, related_name="messages"
    )
    # Where one click ends letters of this kind (RFC 8058): a path, or `kind:number` (core.mailer).
    stop_link = models.CharField(max_length=250, blank=True)
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
            # The order in which waiting messages leave: the next one is found, not sorted out.
            models.Index(
                Coalesce("not_before", "created_at"),
                "id",
                name="message_next",
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
                | models.Q(channel="email") & ~models.Q(address="")
                | models.Q(channel="text", recipient__isnull=False, endpoint__isnull=False)
                | models.Q(channel="webhook", endpoint__isnull=False),
                name="message_has_somewhere_to_go",
            )
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def kind(self) -> str:
        """What kind of message it is: the first word of its key."""
        return self.key.partition(":")[0]

    @property
    def shown_to(self) -> str:
        """The reader in a list: a member by name, a citizen by a masked address."""
        if self.recipient is not None:
            return str(self.recipient)
        if self.channel == self.Channel.WEBHOOK:
            return str(self.endpoint)
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
