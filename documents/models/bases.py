"""The register of legal bases and the clauses that cite them."""

import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models.clauses import Clause
from organisations.models import Organisation


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

    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced"
    )
    replaced_on = models.DateField(_("bị thay thế từ ngày"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(replaced_by=models.F("pk")), name="basis_not_replaced_by_itself"
            ),
            models.UniqueConstraint(
                fields=["kind", "number", "body", "date"],
                name="legal_basis_once",
                condition=~Q(number=""),
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return " ".join(part for part in (self.kind, self.number, self.title) if part)

    @property
    def is_complete(self) -> bool:
        """Whether number, body and date are known."""
        return bool(self.number and self.body and self.date)

    def is_replaced(self, on: datetime.date) -> bool:
        """Whether another paper stands in its place on a day (no day known: always)."""
        return self.replaced_by_id is not None and (
            self.replaced_on is None or self.replaced_on <= on
        )


class ClauseBasis(models.Model):
    """The fact on a clause of kind `legal_basis`: which paper it cites."""

    clause = models.OneToOneField(Clause, models.CASCADE, related_name="basis")
    basis = models.ForeignKey(LegalBasis, models.PROTECT, related_name="citations")

    def __str__(self) -> str:
        return str(self.basis)
