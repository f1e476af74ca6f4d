"""The official document: header, clause tree, signature block, register number (domain.md §1)."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import StoredFile
from core.text import fold
from documents.states import TRANSITIONS, DocumentState
from organisations.models import Organisation, Role

if TYPE_CHECKING:
    from organisations.models import User


class Skin(models.Model):
    """A versioned layout profile: which system, from when, and every measure as data."""

    code = models.SlugField(primary_key=True, max_length=40)
    name = models.CharField(_("tên"), max_length=120)
    system = models.CharField(_("hệ thống"), max_length=10, choices=Organisation.System)
    valid_from = models.DateField(_("áp dụng từ"), null=True, blank=True)
    valid_to = models.DateField(_("đến"), null=True, blank=True)
    profile = models.JSONField(_("số đo"))
    source = models.CharField(_("căn cứ"), max_length=250)

    def __str__(self) -> str:
        return self.name


class DocumentType(models.Model):
    """A named type (Kế hoạch, Thông báo…) with its abbreviations in both systems."""

    code = models.SlugField(primary_key=True, max_length=20)
    name = models.CharField(_("tên loại"), max_length=60)
    party_symbol = models.CharField(_("ký hiệu của Đảng"), max_length=10, blank=True)
    state_symbol = models.CharField(_("ký hiệu của Nhà nước"), max_length=10, blank=True)

    def __str__(self) -> str:
        return self.name


class LegalBasis(models.Model):
    """One paper others refer to; entered once, reused by many documents."""

    kind = models.CharField(_("loại văn bản"), max_length=60)
    number = models.CharField(_("số, ký hiệu"), max_length=60, blank=True)
    body = models.CharField(_("cơ quan ban hành"), max_length=200, blank=True)
    date = models.DateField(_("ngày ban hành"), null=True, blank=True)
    title = models.CharField(_("trích yếu"), max_length=500, blank=True)
    added_by = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="legal_bases"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "number", "body", "date"],
                name="legal_basis_once",
                condition=~Q(number=""),
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return " ".join(part for part in (self.kind, self.number, self.title) if part)

    @property
    def is_complete(self) -> bool:
        """Whether number, body and date are known."""
        return bool(self.number and self.body and self.date)


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents as people may see them."""

    def visible_to(self, user: "User") -> "DocumentQuerySet":
        """Own papers at every stage; plans and notices of all once issued; overseers of the unit too.

        Issued invitations, minutes and letters stay with their organisation: only plans and
        notices are addressed to all bodies of the installation.
        """
        own = user.organisation_ids(Role.CLERK, Role.HEAD)
        return self.filter(
            Q(organisation__in=own)
            | Q(organisation__unit__in=user.unit_ids(Role.OVERSEER), state=DocumentState.ISSUED)
            | Q(
                state__in=[DocumentState.ISSUED, DocumentState.REVOKED],
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
    (constraint `issued_is_frozen`).
    """

    TRANSITIONS = TRANSITIONS

    class Urgency(models.TextChoices):
        """Dấu chỉ mức độ khẩn (domain.md §1.2.3)."""

        NONE = "", _("Thường")
        URGENT = "urgent", _("Khẩn")
        VERY_URGENT = "very_urgent", _("Thượng khẩn")
        EXPRESS = "express", _("Hỏa tốc")

    class Capacity(models.TextChoices):
        """Quyền hạn ký (domain.md §1.2.5, §1.3.3); the skin writes `T/M` or `TM.`."""

        COLLECTIVE = "collective", _("Thay mặt tập thể")
        HEAD = "head", _("Người đứng đầu ký trực tiếp")
        DEPUTY = "deputy", _("Ký thay")
        BY_ORDER = "by_order", _("Thừa lệnh")
        ACTING = "acting", _("Quyền")

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
    state = models.CharField(max_length=10, choices=DocumentState, default=DocumentState.DRAFT)
    return_reason = models.TextField(_("lý do trả lại"), blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    pdf = models.FileField(upload_to="issued/%Y/%m/", blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)
    folded = models.TextField(editable=False, blank=True)
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
                condition=~Q(state__in=["issued", "revoked"])
                | Q(number__isnull=False, dated_on__isnull=False, issued_at__isnull=False)
                & ~Q(pdf="")
                & ~Q(pdf_sha256=""),
                name="issued_is_frozen",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state", "-id"])]

    def __str__(self) -> str:
        return f"{self.type.name} {self.abstract}"

    def get_absolute_url(self) -> str:
        """The reading page."""
        return reverse("documents:detail", args=[self.pk])

    @property
    def is_editable(self) -> bool:
        """Whether clauses and header may still change."""
        return self.state == DocumentState.DRAFT

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


class NumberSequence(models.Model):
    """The last number given out: per type per term (party) or per type per year (state)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    type = models.ForeignKey(DocumentType, models.PROTECT)
    scope = models.CharField(max_length=40)
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "type", "scope"], name="one_sequence_per_scope"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.type_id} {self.scope}: {self.last_number}"


class ClauseKind(models.TextChoices):
    """What a clause is; the fact of that kind hangs on it (`documents.facts`)."""

    LEGAL_BASIS = "legal_basis", _("Căn cứ")
    INTRODUCTION = "introduction", _("Câu mở đầu")
    HEADING = "heading", _("Mục")
    TEXT = "text", _("Đoạn văn")
    PURPOSE = "purpose", _("Mục đích")
    REQUIREMENT = "requirement", _("Yêu cầu")
    TOPIC = "topic", _("Nội dung đối thoại")
    SESSION = "session", _("Hội nghị đối thoại")
    AD_HOC = "ad_hoc", _("Đối thoại đột xuất")
    PARTICIPANT_GROUP = "participant_group", _("Thành phần")
    PROGRAMME_ITEM = "programme_item", _("Mục chương trình")
    ASSIGNEE = "assignee", _("Cơ quan được phân công")
    DUTY = "duty", _("Nhiệm vụ")
    CONCLUSION_POINT = "conclusion_point", _("Điểm kết luận")
    EXCHANGE = "exchange", _("Ý kiến và trả lời")
    FACT_LINE = "fact_line", _("Dòng thông tin")
    CLOSING = "closing", _("Câu kết")


class Clause(models.Model):
    """One paragraph or heading; numbering is computed by the skin, never stored.

    `text` is plain with `*italic*` and `**bold**` only. `position` orders siblings.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="clauses")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children"
    )
    position = models.PositiveIntegerField()
    kind = models.CharField(_("loại"), max_length=20, choices=ClauseKind)
    text = models.TextField(_("nội dung"), blank=True)
    version = models.PositiveIntegerField(default=1)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True)
    edited_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "parent", "position"],
                name="clause_position_once",
                nulls_distinct=False,
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=~Q(parent=models.F("pk")), name="clause_not_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:60]}"


class ClauseBasis(models.Model):
    """The fact on a clause of kind `legal_basis`: which paper it cites."""

    clause = models.OneToOneField(Clause, models.CASCADE, related_name="basis")
    basis = models.ForeignKey(LegalBasis, models.PROTECT, related_name="citations")

    def __str__(self) -> str:
        return str(self.basis)


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


def clause_tree(
    clauses: "list[Clause]", under: int | None = None
) -> "list[tuple[Clause, list[Any]]]":
    """Nest clauses, given in any order, as (clause, children) pairs by position.

    All of a document's by default; with `under` those below the clause of that id.
    """
    children: dict[int | None, list[Clause]] = {}
    for clause in clauses:
        children.setdefault(clause.parent_id, []).append(clause)

    def below(parent_id: int | None) -> "list[tuple[Clause, list[Any]]]":
        level = sorted(children.get(parent_id, []), key=lambda clause: clause.position)
        return [(clause, below(clause.pk)) for clause in level]

    return below(under)
