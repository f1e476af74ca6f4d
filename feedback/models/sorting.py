"""What the sorting desk keeps: who has which opinion open, what was done, and the office's habits."""

import json
from pathlib import Path

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.models import Document
from feedback.models.answers import RestrictedMatter
from feedback.models.consultations import Field
from feedback.models.opinions import Opinion
from organisations.models import AdministrativeUnit, Organisation

DATA = Path(__file__).parent.parent / "data" / "sorting.json"


class Claim(models.Model):
    """Somebody has the opinion open on the desk; the desk gives nobody else the same one meanwhile."""

    opinion = models.OneToOneField(Opinion, models.CASCADE, related_name="claim")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.opinion_id}: {self.by_id}"


class SortingStep(models.Model):
    """One act at the desk, on one opinion or many, which can be taken back by who did it.

    `before` holds per opinion what sorting had set, never words of the opinion; `last` the newest
    line of history of the opinions when the act was done.
    """

    class Kind(models.TextChoices):
        """What was done."""

        CLASSIFY = "classify", _("Phân loại")
        JOIN = "join", _("Gộp vào vấn đề")
        DECLINE = "decline", _("Để ngoài đối thoại")

    kind = models.CharField(max_length=8, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    opinions = ArrayField(models.BigIntegerField())
    before = models.JSONField(default=list)
    last = models.BigIntegerField(default=0)
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["by", "-id"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {len(self.opinions)}"


class Mandate(models.Model):
    """Which agency of a unit answers in a field, as the office wrote it down."""

    unit = models.ForeignKey(AdministrativeUnit, models.CASCADE, related_name="mandates")
    field = models.ForeignKey(Field, models.CASCADE, related_name="+")
    lead = models.ForeignKey(Organisation, models.CASCADE, related_name="mandates")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "field"], name="one_lead_for_a_field")
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.field_id}: {self.lead_id}"


class ReceivingBody(models.Model):
    """Where matters of a kind go that the law leads out of the dialogue; an office's own row wins."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="receiving_bodies"
    )
    kind = models.CharField(max_length=12, choices=RestrictedMatter.Kind)
    name = models.CharField(_("cơ quan tiếp nhận"), max_length=200)
    basis = models.CharField(_("căn cứ"), max_length=250)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind"],
                name="one_receiving_body_a_kind",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return self.name


class ReplyTemplate(models.Model):
    """The words a sender reads when a matter stays out of the dialogue; an office's own row wins.

    `{ma}`, `{noi}`, `{co_quan}` stand for the code, the place to turn to, and the office.
    """

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="reply_templates"
    )
    resolution = models.CharField(max_length=12, choices=Opinion.Resolution)
    text = models.TextField(_("lời trả lời"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "resolution"],
                name="one_template_a_resolution",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return self.get_resolution_display()


class ReplyLetter(models.Model):
    """The letter on paper to a sender whose opinion stays out; it names the code, not the person."""

    opinion = models.OneToOneField(Opinion, models.CASCADE, related_name="reply_letter")
    document = models.OneToOneField(Document, models.PROTECT, related_name="replies_to")

    def __str__(self) -> str:
        return f"{self.opinion_id}: {self.document_id}"


def load_habits(
    body_model: type[ReceivingBody] = ReceivingBody,
    template_model: type[ReplyTemplate] = ReplyTemplate,
) -> None:
    """Write the rows every office begins with, where they are missing (domain.md §2.4)."""
    known = json.loads(DATA.read_text("utf-8"))
    for kind, row in known["bodies"].items():
        body_model.objects.get_or_create(organisation=None, kind=kind, defaults=row)
    for resolution, text in known["templates"].items():
        template_model.objects.get_or_create(
            organisation=None, resolution=resolution, defaults={"text": text}
        )
