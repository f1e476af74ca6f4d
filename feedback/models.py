"""Consultations, what people sent, how it was sorted, grouped and answered."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assignments.models import Task
from core.models import StoredFile
from feedback.states import (
    ANSWER_TRANSITIONS,
    CONSULTATION_TRANSITIONS,
    MATTER_TRANSITIONS,
    OPINION_TRANSITIONS,
    AnswerState,
    ConsultationState,
    MatterState,
    OpinionState,
)
from organisations.models import AdministrativeUnit, Organisation, Role
from plans.models import DialogueSession

if TYPE_CHECKING:
    import datetime

    from organisations.models import User


class Field(models.Model):
    """A field of government an opinion can concern (domain.md §6.1), as data."""

    code = models.SlugField(primary_key=True, max_length=10)
    name = models.CharField(_("lĩnh vực"), max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class Competence(models.TextChoices):
    """Who is competent to settle a matter (domain.md §6.2)."""

    HAMLET = "hamlet", _("Thôn, tổ dân phố")
    COMMUNE = "commune", _("Xã, phường, đặc khu")
    PROVINCE = "province", _("Tỉnh, thành phố")
    CENTRAL = "central", _("Trung ương")
    OTHER = "other", _("Cơ quan khác")


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    """Consultations as people may see them."""

    def visible_to(self, user: "User") -> "ConsultationQuerySet":
        """Own organisation's; for collectors and overseers those of their unit and its parents."""
        return self.filter(
            Q(organisation__in=user.organisation_ids(Role.CLERK, Role.HEAD, Role.RECEPTION))
            | Q(organisation__unit__in=user.unit_ids(Role.OVERSEER))
            | Q(
                organisation__unit__in=user.unit_ids(Role.COLLECTOR),
                state__in=[ConsultationState.OPEN, ConsultationState.CLOSED],
            )
            | Q(
                organisation__unit__children__in=user.unit_ids(Role.COLLECTOR),
                state__in=[ConsultationState.OPEN, ConsultationState.CLOSED],
            )
        ).distinct()

    def answerable(self, now: "datetime.datetime") -> "ConsultationQuerySet":
        """Open ones whose window holds `now`."""
        return self.filter(state=ConsultationState.OPEN, opens_at__lte=now, closes_at__gte=now)


class Consultation(models.Model):
    """Asking people for their opinions before a session."""

    TRANSITIONS = CONSULTATION_TRANSITIONS

    session = models.ForeignKey(DialogueSession, models.PROTECT, related_name="consultations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="consultations")
    slug = models.SlugField(max_length=40, unique=True)
    title = models.CharField(_("tên đợt lấy ý kiến"), max_length=300)
    introduction = models.TextField(_("lời mở đầu"), blank=True)
    exclusions = models.TextField(_("nội dung không tổng hợp"), blank=True)
    opens_at = models.DateTimeField(_("mở lúc"))
    closes_at = models.DateTimeField(_("đóng lúc"))
    state = models.CharField(
        max_length=10, choices=ConsultationState, default=ConsultationState.DRAFT
    )
    version = models.PositiveIntegerField(default=1)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at__lt=models.F("closes_at")), name="consultation_window_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The office's page of the consultation."""
        return reverse("feedback:consultation", args=[self.pk])


class ConsentText(models.Model):
    """One version of the notice people consent to; old versions are proof and never change."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="consent_texts")
    version = models.PositiveSmallIntegerField()
    text = models.TextField(_("thông báo xử lý dữ liệu cá nhân"))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "version"], name="consent_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} v{self.version}"


class Submission(models.Model):
    """One form, slip or sheet that came in, with one or more opinions on it.

    `code` is public; the secret is kept only as HMAC-SHA256 under settings.TRACKING_PEPPER.
    `form_token` makes the same form count once. Contact data live in `Sender` only.
    """

    class Channel(models.TextChoices):
        """How it came (domain.md §3.1, office part)."""

        WEB = "web", _("Trực tuyến")
        PAPER = "paper", _("Phiếu giấy")
        COLLECTIVE = "collective", _("Bảng tổng hợp của đơn vị")
        IMPORT = "import", _("Bảng tính")
        HALL = "hall", _("Tại hội nghị")
        PHONE = "phone", _("Điện thoại")

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

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="submissions")
    channel = models.CharField(_("kênh"), max_length=10, choices=Channel)
    area = models.ForeignKey(AdministrativeUnit, models.PROTECT, related_name="submissions")
    audience = models.CharField(_("đối tượng"), max_length=12, choices=Audience)
    reply_mode = models.CharField(
        _("nhận trả lời"), max_length=10, choices=ReplyMode, default=ReplyMode.CONFERENCE
    )
    wants_to_speak = models.BooleanField(_("đăng ký phát biểu"), default=False)
    code = models.CharField(max_length=12, unique=True)
    secret_hash = models.CharField(max_length=64)
    form_token = models.UUIDField(unique=True)
    sender_organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="sent_submissions"
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    consent = models.ForeignKey(ConsentText, models.PROTECT, null=True, blank=True)
    consented_at = models.DateTimeField(null=True, blank=True)
    received_on = models.DateField(_("ngày nhận"))
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["consultation", "-id"])]

    def __str__(self) -> str:
        return self.code


class Sender(models.Model):
    """Who sent it, when they chose to say; never public, never exported, apart from everything else."""

    submission = models.OneToOneField(Submission, models.CASCADE, related_name="sender")
    full_name = models.CharField(_("họ và tên"), max_length=120, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=20, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    address = models.CharField(_("địa chỉ nhận trả lời"), max_length=250, blank=True)

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

    def __str__(self) -> str:
        return str(self.file)


class GroupQuerySet(models.QuerySet["IssueGroup"]):
    """Issue groups as people may see them."""

    def visible_to(self, user: "User") -> "GroupQuerySet":
        """The office's own, the asked agency's, and overseers' of the unit."""
        return self.filter(
            Q(consultation__organisation__in=user.organisation_ids(Role.CLERK, Role.HEAD))
            | Q(lead__in=user.organisation_ids(Role.OFFICER, Role.HEAD, Role.CLERK))
            | Q(consultation__organisation__unit__in=user.unit_ids(Role.OVERSEER))
        )


class IssueGroup(models.Model):
    """One matter that one or more opinions are about; every original stays as it was sent."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="groups")
    title = models.CharField(_("vấn đề"), max_length=300)
    field = models.ForeignKey(Field, models.PROTECT)
    competence = models.CharField(_("thẩm quyền"), max_length=10, choices=Competence)
    lead = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="issue_groups"
    )
    task = models.OneToOneField(
        Task, models.PROTECT, null=True, blank=True, related_name="issue_group"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = GroupQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The group's page."""
        return reverse("feedback:group", args=[self.pk])


class OpinionQuerySet(models.QuerySet["Opinion"]):
    """Opinions as people may see them; routed ones are stubs for everybody."""

    def visible_to(self, user: "User") -> "OpinionQuerySet":
        """The office's own, the asked agency's, what one entered oneself, overseers' of the unit."""
        return self.filter(
            Q(submission__consultation__organisation__in=user.organisation_ids(Role.CLERK, Role.HEAD))
            | Q(group__lead__in=user.organisation_ids(Role.OFFICER, Role.HEAD, Role.CLERK))
            | Q(submission__entered_by=user)
            | Q(submission__consultation__organisation__unit__in=user.unit_ids(Role.OVERSEER))
        )


class Opinion(models.Model):
    """One matter in a person's own words.

    `state` says who has it, `resolution` how it ended. `search` is the accent-folded text as a
    stored tsvector. The text of a routed opinion is emptied (it lives in RestrictedMatter until
    it is handed over).
    """

    TRANSITIONS = OPINION_TRANSITIONS

    class Kind(models.TextChoices):
        """What it is (domain.md §2.4); the last four are only ever set by the office."""

        PROPOSAL = "proposal", _("Kiến nghị")
        FEEDBACK = "feedback", _("Phản ánh")
        QUESTION = "question", _("Hỏi, đề nghị giải đáp")
        COMMENT = "comment", _("Góp ý xây dựng Đảng, chính quyền")

    class Resolution(models.TextChoices):
        """How it ended."""

        ANSWERED = "answered", _("Đã giải đáp, cung cấp thông tin")
        RESOLVED = "resolved", _("Đã giải quyết xong")
        IN_PROGRESS = "in_progress", _("Đang giải quyết")
        ESCALATED = "escalated", _("Đã kiến nghị cấp trên")
        TRANSFERRED = "transferred", _("Đã chuyển cơ quan có thẩm quyền")
        OUT_OF_SCOPE = "out_of_scope", _("Không thuộc phạm vi đối thoại")
        REJECTED = "rejected", _("Không xem xét")

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="opinions")
    position = models.PositiveSmallIntegerField(default=1)
    text = models.TextField(_("nội dung"), blank=True)
    proposal = models.TextField(_("đề xuất, hướng giải quyết"), blank=True)
    kind = models.CharField(_("loại ý kiến"), max_length=10, choices=Kind)
    field = models.ForeignKey(Field, models.PROTECT, related_name="opinions")
    other_fields = models.ManyToManyField(Field, blank=True, related_name="+")
    competence = models.CharField(_("thẩm quyền"), max_length=10, choices=Competence, blank=True)
    wished_competence = models.CharField(
        _("đề nghị giải quyết bởi"), max_length=10, choices=Competence, blank=True
    )
    supporters = models.PositiveIntegerField(_("số người cùng ý kiến"), default=1)
    raised_before = models.CharField(_("đã kiến nghị lần nào"), max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=OpinionState, default=OpinionState.RECEIVED)
    resolution = models.CharField(max_length=12, choices=Resolution, blank=True)
    resolution_note = models.TextField(_("lý do, nơi chuyển"), blank=True)
    group = models.ForeignKey(
        IssueGroup, models.PROTECT, null=True, blank=True, related_name="opinions"
    )
    search = SearchVectorField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(fields=["search"], name="opinion_search"),
            models.Index(fields=["state", "-id"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "position"], name="opinion_position_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["routed", "declined"]) | ~Q(resolution=""),
                name="left_with_a_resolution",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id}.{self.position}"

    def get_absolute_url(self) -> str:
        """The office's page of the opinion."""
        return reverse("feedback:opinion", args=[self.pk])


class Answer(models.Model):
    """The answer an agency prepares to an issue group; embargoed until released."""

    TRANSITIONS = ANSWER_TRANSITIONS

    group = models.OneToOneField(IssueGroup, models.PROTECT, related_name="answer")
    text = models.TextField(_("nội dung trả lời"))
    legal_basis = models.TextField(_("căn cứ"), blank=True)
    state = models.CharField(max_length=10, choices=AnswerState, default=AnswerState.DRAFT)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"answer to {self.group_id}"


class RestrictedMatter(models.Model):
    """A complaint, denunciation, crime report or civil dispute that left the dialogue.

    Seen only by `reception`, every view is a HistoryEntry; handing over empties `content`, and a
    stub (code, date, receiving body) remains (domain.md §2.5).
    """

    TRANSITIONS = MATTER_TRANSITIONS

    class Kind(models.TextChoices):
        """Which law it falls under."""

        COMPLAINT = "complaint", _("Khiếu nại")
        DENUNCIATION = "denunciation", _("Tố cáo")
        CRIME = "crime", _("Tố giác, tin báo về tội phạm")
        CIVIL = "civil", _("Tranh chấp dân sự")

    opinion = models.OneToOneField(Opinion, models.PROTECT, related_name="matter")
    kind = models.CharField(_("loại"), max_length=12, choices=Kind)
    content = models.TextField(blank=True)
    receiving_body = models.CharField(_("cơ quan tiếp nhận"), max_length=200)
    reason = models.TextField(_("lý do chuyển"))
    state = models.CharField(max_length=12, choices=MatterState, default=MatterState.HELD)
    routed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    routed_on = models.DateField()
    handed_over_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="handed_over") | Q(content=""), name="handed_over_keeps_no_content"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"
