"""The register of outgoing documents: every number ever given out, and what became of it."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.text import fold
from documents.models.document import Document
from documents.models.layout import DocumentType
from documents.states import NUMBER_TRANSITIONS, NumberState
from organisations.models import Organisation, Role

if TYPE_CHECKING:
    from organisations.models import User


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


class RegisterQuerySet(models.QuerySet["RegisterNumber"]):
    """Register lines as people may see them."""

    def visible_to(self, user: "User") -> "RegisterQuerySet":
        """The registers of one's own organisations; overseers those of their unit."""
        return self.filter(
            Q(organisation__in=user.organisation_ids(Role.CLERK, Role.HEAD))
            | Q(organisation__unit__in=user.unit_ids(Role.OVERSEER))
        )

    def matching(self, words: str) -> "RegisterQuerySet":
        """Lines whose paper holds every word, accents or none."""
        found = self
        for word in fold(words).split()[:8]:
            found = found.filter(folded__contains=word)
        return found


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
    folded = models.TextField(editable=False, blank=True)

    objects = RegisterQuerySet.as_manager()

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
