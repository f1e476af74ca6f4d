"""The register of outgoing documents: which number was given out last."""

from django.db import models

from documents.models.layout import DocumentType
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
