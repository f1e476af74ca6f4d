"""What the linter is told by the office: its lists and limits, and the findings somebody waived."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.models.clauses import Clause
from documents.models.document import Document


class CheckSetting(models.Model):
    """One list of words or one limit the rules work with; what is shipped can be changed."""

    class Kind(models.TextChoices):
        """How the value is read."""

        NUMBER = "number", _("Một số")
        LIST = "list", _("Danh sách, mỗi dòng một mục")
        PAIRS = "pairs", _("Mỗi dòng: viết sai → viết đúng")

    code = models.SlugField(primary_key=True, max_length=40)
    kind = models.CharField(_("cách ghi"), max_length=10, choices=Kind)
    name = models.CharField(_("tên"), max_length=120)
    value = models.TextField(_("nội dung"), blank=True)
    source = models.CharField(_("căn cứ"), max_length=250, blank=True)
    version = models.PositiveIntegerField(default=1)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    edited_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Waiver(models.Model):
    """A finding the clerk has looked at and lets stand, with the reason the head is shown.

    `fingerprint` holds the clause's words and the finding's: when either changes, the waiver
    no longer fits and the finding is back.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="waivers")
    clause = models.ForeignKey(Clause, models.CASCADE, null=True, blank=True)
    rule = models.CharField(max_length=40)
    fingerprint = models.CharField(max_length=64)
    reason = models.CharField(_("lý do"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "rule", "fingerprint"], name="waived_once")
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.reason}"
