"""The official document: header, signature block, state (domain.md §1)."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models import StoredFile
from core.text import fold
from documents.models.layout import DocumentType, Skin
from documents.states import FROZEN, TRANSITIONS, DocumentState
from organisations.models import Organisation, Role

if TYPE_CHECKING:
    from organisations.models import User


# What overseers of the unit read: revoked papers only where everybody does.
IN_FORCE_ONCE = (DocumentState.ISSUED, DocumentState.AMENDED)


WRITERS = (Role.CLERK, Role.OFFICER, Role.HEAD)
"""Who writes in a body that drafts a paper for another."""


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents as people may see them."""

    def visible_to(self, user: "User") -> "DocumentQuerySet":
        """Own papers and those one's body drafts at every stage; plans and notices of all once issued;
        overseers of the unit too.

        Issued invitations, minutes and letters stay with their organisation: only plans and
        notices are addressed to all bodies of the installation.
        """
        own = user.organisation_ids(Role.CLERK, Role.HEAD)
        return self.filter(
            Q(organisation__in=own)
            | Q(drafter__in=user.organisation_ids(*WRITERS))
            | Q(organisation__unit__in=user.unit_ids(Role.OVERSEER), state__in=IN_FORCE_ONCE)
            | Q(
                state__in=FROZEN,
                type_id__in=["KH", "TB"],
            )
        )

    def issued(self) -> "DocumentQuerySet":
        """Documents in force."""
        return self.filter(state=DocumentState.ISSUED)

    def matching(self, words: str) -> "DocumentQuerySet":
        """Documents whose type, number or abstract holds every word, accents or none."""
        found = self
        for word in fold(words).split():
            found = found.filter(folded__contains=word)
        return found


class Document(models.Model):
    """An official paper of one organisation; what it says is its clause tree.

    Issuing freezes it: number, PDF and SHA-256 are set together and never change
    (constraint `issued_is_frozen`). `drafter` is a body that writes the draft for the office.
    """

    TRANSITIONS = TRANSITIONS
    # Read together with a lock on its row, in the transaction that is still open.
    is_held = False

    class Urgency(models.TextChoices):
        """Dấu chỉ mức độ khẩn (domain.md §1.2.3)."""

        NONE = "", _("Thường")
        URGENT = "urgent", _("Khẩn")
        VERY_URGENT = "very_urgent", _("Thượng khẩn")
        EXPRESS = "express", _("Hỏa tốc")

    class Capacity(models.TextChoices):
        """Quyền hạn ký (domain.md §1.2.5, §1.3.3); the skin writes `T/M` or `TM.`."""

        COLLECTIVE = "collective", _("Thay mặt tập thể")
        COLLECTIVE_DEPUTY = "body_deputy", _("Thay mặt tập thể, cấp phó ký thay")
        HEAD = "head", _("Người đứng đầu ký trực tiếp")
        DEPUTY = "deputy", _("Ký thay")
        BY_ORDER = "by_order", _("Thừa lệnh")
        ACTING = "acting", _("Quyền")

    class AmendmentStyle(models.TextChoices):
        """How an amendment is printed; its clauses are the whole new text in both cases."""

        POINTS = "points", _("Chỉ in các điểm sửa đổi, bổ sung")
        WHOLE = "whole", _("In lại toàn văn")

    type = models.ForeignKey(DocumentType, models.PROTECT)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="documents")
    organisation_name = models.CharField(max_length=200, blank=True)
    parent_heading = models.CharField(max_length=200, blank=True)
    skin = models.ForeignKey(Skin, models.PROTECT)
    collective = models.CharField(_("tập thể ban hành"), max_length=120, blank=True)
    number = models.PositiveIntegerField(_("số"), null=True, blank=True)
    number_scope = models.CharField(max_length=40, blank=True)
    symbol = models.CharField(_("ký hiệu"), max_length=40, blank=True)
    place = models.CharField(_("địa danh"), max_length=80)
    dated_on = models.DateField(_("ngày văn bản"), null=True, blank=True)
    abstract = models.CharField(_("trích yếu"), max_length=500)
    introduction_verb = models.CharField(max_length=20, default="Căn cứ")
    urgency = models.CharField(_("độ khẩn"), max_length=12, choices=Urgency, blank=True)
    capacity = models.CharField(
        _("quyền hạn ký"), max_length=12, choices=Capacity, default=Capacity.COLLECTIVE
    )
    signer_post = models.CharField(_("chức vụ người ký"), max_length=120)
    signer_name = models.CharField(_("người ký"), max_length=120)
    secretary_name = models.CharField(_("thư ký (biên bản)"), max_length=120, blank=True)
    relates_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="related"
    )
    amends = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="amendments"
    )
    amendment_style = models.CharField(
        _("cách sửa đổi"), max_length=10, choices=AmendmentStyle, blank=True
    )
    amendment_reason = models.TextField(_("lý do sửa đổi"), blank=True)
    state = models.CharField(max_length=10, choices=DocumentState, default=DocumentState.DRAFT)
    return_reason = models.TextField(_("lý do trả lại"), blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    pdf = models.FileField(upload_to="issued/%Y/%m/", blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)
    folded = models.TextField(editable=False, blank=True)
    drafter = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="papers_to_draft"
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "type", "number_scope", "number"],
                name="document_number_once",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["issued", "amended", "revoked"])
                | Q(number__isnull=False, dated_on__isnull=False, issued_at__isnull=False)
                & ~Q(pdf="")
                & ~Q(pdf_sha256=""),
                name="issued_is_frozen",
            ),
            models.CheckConstraint(
                condition=Q(amends__isnull=True, amendment_style="")
                | Q(amends__isnull=False) & ~Q(amendment_style=""),
                name="amendment_has_style",
            ),
            models.UniqueConstraint(
                fields=["amends"], condition=~Q(state="revoked"), name="one_amendment_in_force"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state", "-id"])]

    def __str__(self) -> str:
        return f"{self.type.name} {self.abstract}"

    def get_absolute_url(self) -> str:
        """The reading page."""
        return reverse("documents:detail", args=[self.pk])

    @property
    def comments_url(self) -> str:
        """The page of remarks on it."""
        return reverse("documents:comments", args=[self.pk])

    @property
    def is_returned(self) -> bool:
        """Whether it is a draft that was sent back to be mended."""
        return self.state == DocumentState.DRAFT and bool(self.return_reason)

    @property
    def state_word(self) -> str:
        """The word for where it stands; a draft that was sent back says so."""
        return gettext("Trả lại") if self.is_returned else str(self.get_state_display())

    @property
    def is_editable(self) -> bool:
        """Whether clauses and header may still change."""
        return self.state == DocumentState.DRAFT

    @property
    def is_of_collective(self) -> bool:
        """Whether it is signed on behalf of a collective, by its head or by a deputy."""
        return self.capacity in {self.Capacity.COLLECTIVE, self.Capacity.COLLECTIVE_DEPUTY}

    @property
    def register_code(self) -> str:
        """Number and symbol as people cite them (`14-KH/ĐU`, `05/KH-UBND`); empty for drafts."""
        if self.number is None:
            return ""
        return f"{self.number:02d}{'-' if self.is_party else '/'}{self.symbol}"

    @property
    def is_party(self) -> bool:
        """Whether the Party's rules of numbering and signing apply (domain.md §1.1)."""
        return self.organisation.system == Organisation.System.PARTY


class Addressee(models.Model):
    """A line of Kính gửi."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="addressees")
    position = models.PositiveIntegerField()
    text = models.CharField(_("kính gửi"), max_length=250)

    def __str__(self) -> str:
        return self.text


class Recipient(models.Model):
    """A line of Nơi nhận with its purpose (domain.md §1.2.6)."""

    class Purpose(models.TextChoices):
        """Why the recipient gets a copy."""

        PLAIN = "", _("Không ghi")
        REPORT = "report", _("để báo cáo")
        CARRY_OUT = "carry_out", _("để thực hiện")
        INFORM = "inform", _("để biết")
        ARCHIVE = "archive", _("lưu")

    document = models.ForeignKey(Document, models.CASCADE, related_name="recipients")
    position = models.PositiveIntegerField()
    text = models.CharField(_("nơi nhận"), max_length=250)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True)
    purpose = models.CharField(_("mục đích"), max_length=10, choices=Purpose, blank=True)

    def __str__(self) -> str:
        return self.text


class Attachment(models.Model):
    """A file that goes with a document."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT)
    title = models.CharField(_("tên tài liệu"), max_length=200)

    def __str__(self) -> str:
        return self.title
