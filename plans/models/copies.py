"""What happened when a plan was begun from another one: what was changed, what needs a look."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.models import Clause
from plans.models.plan import Plan


class CopyNote(models.Model):
    """One line of the report after copying, tied to its clause where there is one."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="copy_notes")
    clause = models.ForeignKey(Clause, models.CASCADE, null=True, blank=True)
    needs_look = models.BooleanField(_("cần xem lại"), default=False)
    text = models.CharField(_("nội dung"), max_length=600)

    def __str__(self) -> str:
        return self.text
