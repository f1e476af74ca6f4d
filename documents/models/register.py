"""The register of outgoing documents: every number ever given out, and what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models.document import Document
from documents.models.layout import DocumentType
from documents.states import NUMBER_TRANSITIONS, NumberState
from organisations.models import Organisation


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


class RegisterNumber(models.Model):
    """One line of the register (sổ đăng ký văn bản đi): a number, kept whatever becomes of it.

    With a document the line says what the document says; a paper prepared outside the software,
    or a number still reserved, has its words here. Rows are never deleted.
    """

    TRANSITIONS = NUMBER_TRANSITIONS

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="numbers")
    type = models.ForeignKey(DocumentType, models.PROTECT)
    scope = models.CharField(max_length=40)
    number = models.PositiveIntegerField(_("số"))
    symbol = models.CharField(_("ký hiệu"), max_length=40)
    state = models.CharField(max_length=10, choices=NumberState, default=NumberState.RESERVED)
    document = models.OneToOneField(
        Document, models.PROTECT, null=True, blank=True, related_name="register_line"
    )
    dated_on = models.DateField(_("ngày văn bản"), null=True, blank=True)
    abstract = models.CharField(_("trích yếu"), max_length=500, blank=True)
    signer_name = models.CharField(_("người ký"), max_length=120, blank=True)
    recipients = models.CharField(_("nơi nhận"), max_length=500, blank=True)
    reason = models.CharField(_("lý do hủy"), max_length=500, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True)
    given_on = models.DateField(_("ngày cấp số"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "type", "scope", "number"], name="register_number_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="voided") | ~Q(reason=""), name="voided_number_has_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state="reserved") | Q(document__isnull=True),
                name="reserved_number_has_no_document",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "type", "scope", "-number"])]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """Number and symbol as people cite them."""
        is_party = self.organisation.system == Organisation.System.PARTY
        return f"{self.number:02d}{'-' if is_party else '/'}{self.symbol}"
