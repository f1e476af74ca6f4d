"""What came in: forms, slips and sheets, who sent them, the files with them."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.codes import derived_code, grouped_code, keyed_hash
from core.models import StoredFile
from core.sealed import SealedField
from feedback.models.consultations import ConsentText, Consultation
from organisations.models import AdministrativeUnit, Organisation, Role

if TYPE_CHECKING:
    from organisations.models import User

SECRET_LENGTH = 14


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Forms as people may see them whole, with what hangs on them."""

    def visible_to(self, user: "User") -> "SubmissionQuerySet":
        """Those sent to the offices in which the person is clerk or head."""
        offices = user.organisation_ids(Role.CLERK, Role.HEAD)
        return self.filter(consultation__organisation__in=offices)


class Submission(models.Model):
    """One form, slip or sheet that came in, with one or more opinions on it.

    `code` is public; the secret is kept only as HMAC-SHA256 under settings.TRACKING_PEPPER, and not
    even so while nobody was told it (rows of a spreadsheet).
    `form_token` stands for one form with one content and makes it count once. Contact data live
    in `Sender` only. `consent`, `consented_at` and `consent_withdrawn_at` are the proof of who agreed
    to which words, and until when; they outlive the data themselves.
    """

    class Channel(models.TextChoices):
        """How it came (domain.md §3.1, office part)."""

        WEB = "web", _("Trực tuyến")
        PAPER = "paper", _("Phiếu giấy")
        COLLECTIVE = "collective", _("Bảng tổng hợp của đơn vị")
        IMPORT = "import", _("Bảng tính")
        HALL = "hall", _("Tại hội nghị")
        PHONE = "phone", _("Điện thoại")
        FORWARDED = "forwarded", _("Cấp khác chuyển đến")

    class Audience(models.TextChoices):
        """Đối tượng; a group, never tied to a name (domain.md §3.1 row 4)."""

        CITIZEN = "citizen", _("Nhân dân")
        OFFICIAL = "official", _("Cán bộ, công chức, viên chức")
        PARTY_MEMBER = "party_member", _("Đảng viên")
        UNION_MEMBER = "union_member", _("Đoàn viên, hội viên")
        BUSINESS = "business", _("Doanh nghiệp, hợp tác xã")
        OTHER = "other", _("Khác")

    class ReplyMode(models.TextChoices):
        """How the person wants to hear back."""

        CONFERENCE = "conference", _("Tại hội nghị")
        WRITTEN = "written", _("Bằng văn bản")
        PHONE = "phone", _("Qua điện thoại")
        EMAIL = "email", _("Qua thư điện tử")

    consultation = models.ForeignKey(
        Consultation, models.PROTECT, db_index=False, related_name="submissions"
    )
    channel = models.CharField(_("kênh"), max_length=10, choices=Channel)
    area = models.ForeignKey(AdministrativeUnit, models.PROTECT, related_name="submissions")
    audience = models.CharField(_("đối tượng"), max_length=12, choices=Audience)
    reply_mode = models.CharField(
        _("nhận trả lời"), max_length=10, choices=ReplyMode, default=ReplyMode.CONFERENCE
    )
    wants_to_speak = models.BooleanField(_("đăng ký phát biểu"), default=False)
    code = models.CharField(max_length=12, unique=True)
    secret_hash = models.CharField(max_length=64, blank=True)
    form_token = models.UUIDField(unique=True)
    sender_organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="sent_submissions",
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
    )
    noted_by = models.CharField(_("người ghi lại"), max_length=120, blank=True)
    consent = models.ForeignKey(ConsentText, models.PROTECT, null=True, blank=True, db_index=False)
    consented_at = models.DateTimeField(null=True, blank=True)
    consent_withdrawn_at = models.DateTimeField(null=True, blank=True)
    received_on = models.DateField(_("ngày nhận"))
    received_at = models.DateTimeField(auto_now_add=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["consultation", "-id"]),
            # Most citizens give none of these: only forms that do stand in the indexes.
            *[
                models.Index(
                    fields=[name],
                    condition=models.Q((f"{name}__isnull", False)),
                    name=f"submission_{name}",
                )
                for name in ("sender_organisation", "entered_by", "consent")
            ],
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        """The office's page of the sender and the data held of her."""
        return reverse("feedback:sender", args=[self.pk])

    @property
    def has_consent(self) -> bool:
        """Whether contact data may be used."""
        return self.consent_id is not None and self.consent_withdrawn_at is None

    @property
    def shown_code(self) -> str:
        """The public code as it is shown: 7K3M-9Q2X."""
        return grouped_code(self.code)

    @property
    def secret(self) -> str:
        """The secret of its receipt: derived from its token, kept nowhere."""
        return derived_code(settings.TRACKING_PEPPER, f"secret:{self.form_token}", SECRET_LENGTH)

    @property
    def hash_of_secret(self) -> str:
        """What the hash of a secret that was typed in has to equal."""
        return self.secret_hash or keyed_hash(settings.TRACKING_PEPPER, self.secret)


class Sender(models.Model):
    """Who sent it, when they chose to say; never public, never exported, apart from everything else.

    Sealed (docs/decisions/0022): opened where it is shown, never searched.
    """

    submission = models.OneToOneField(Submission, models.CASCADE, related_name="sender")
    full_name = SealedField(_("họ và tên"), blank=True, bound_to=["submission_id"])
    phone = SealedField(_("điện thoại"), blank=True, bound_to=["submission_id"])
    email = SealedField(_("thư điện tử"), blank=True, bound_to=["submission_id"])
    email_confirmed_at = models.DateTimeField(null=True, blank=True)
    address = SealedField(_("địa chỉ nhận trả lời"), blank=True, bound_to=["submission_id"])

    def __str__(self) -> str:
        return f"sender of {self.submission_id}"


class CollectiveSheet(models.Model):
    """The head of a union's or hamlet's sheet (domain.md §3.1, end)."""

    submission = models.OneToOneField(Submission, models.CASCADE, related_name="sheet")
    meeting_on = models.DateField(_("ngày họp"))
    attendance = models.PositiveIntegerField(_("số người dự"))
    slips_out = models.PositiveIntegerField(_("số phiếu phát ra"), default=0)
    slips_in = models.PositiveIntegerField(_("số phiếu thu về"), default=0)
    compiled_by = models.CharField(_("người tổng hợp"), max_length=120)
    signed_by = models.CharField(_("người đứng đầu ký"), max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(slips_in__lte=models.F("slips_out")), name="slips_in_not_above_out"
            )
        ]

    def __str__(self) -> str:
        return f"sheet of {self.submission_id}"


class SubmissionFile(models.Model):
    """A photo, scan or paper that came with a submission."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT)
    is_scan = models.BooleanField(_("bản chụp phiếu giấy"), default=False)

    def __str__(self) -> str:
        return str(self.file)


class PendingFile(models.Model):
    """A file kept while its form is still being mended; thrown away a day later if nothing came."""

    file = models.OneToOneField(StoredFile, models.CASCADE, related_name="pending")
    form_token = models.UUIDField(db_index=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return str(self.file)
