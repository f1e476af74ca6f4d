"""Files of the consolidated table that are too long to wait for."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from feedback.states import TABLE_TRANSITIONS, TableState
from plans.models import DialogueSession

if TYPE_CHECKING:
    from organisations.models import User


class TableQuerySet(models.QuerySet["TableOrder"]):
    """Ordered files as people may see them."""

    def visible_to(self, user: "User") -> "TableQuerySet":
        """One's own alone: a file holds the answers its orderer may read."""
        return self.filter(ordered_by=user)


class TableOrder(models.Model):
    """A file of a session's consolidated table; ordered on its page, made by a worker.

    `asked` are the grouping and the filters as they stood in the address, `rows` how many rows it
    had then. The file goes after some days; it can be ordered again.
    """

    TRANSITIONS = TABLE_TRANSITIONS

    class Kind(models.TextChoices):
        """What kind of file."""

        PDF = "pdf", _("PDF")
        DOCX = "docx", _("Word")
        XLSX = "xlsx", _("Excel")

    session = models.ForeignKey(DialogueSession, models.PROTECT, related_name="table_orders")
    kind = models.CharField(max_length=4, choices=Kind)
    asked = models.JSONField()
    rows = models.PositiveIntegerField()
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=TableState, default=TableState.WAITING)
    file = models.FileField(upload_to="bang-tong-hop/%Y/%m/", blank=True)
    error = models.TextField(blank=True)

    objects = TableQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["id"], condition=Q(state=TableState.WAITING), name="table_under_way"
            )
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.kind}"

    def get_absolute_url(self) -> str:
        """The page where it can be found again."""
        return reverse("feedback:table_ordered", args=[self.pk])
