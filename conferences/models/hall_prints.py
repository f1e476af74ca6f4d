"""What is printed for the hall: badges, table signs, the seat plan."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conferences.models.conference import Conference
from conferences.states import PRINT_TRANSITIONS, PrintState


class HallPrint(models.Model):
    """One PDF for the hall, ordered on a page and made by a worker.

    `fingerprint` stands for the people and seats at that moment: the same list is set once.
    """

    TRANSITIONS = PRINT_TRANSITIONS

    class Kind(models.TextChoices):
        """What is cut, folded or hung up."""

        BADGES = "badges", _("Thẻ đại biểu")
        SIGNS = "signs", _("Biển tên để bàn")
        SEATS = "seats", _("Sơ đồ chỗ ngồi")

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="hall_prints")
    kind = models.CharField(max_length=10, choices=Kind)
    fingerprint = models.CharField(max_length=64)
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField(auto_now_add=True)
    copies = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=PrintState, default=PrintState.WAITING)
    file = models.FileField(upload_to="prints/%Y/%m/", blank=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "kind", "fingerprint"],
                name="hall_printed_once",
                condition=~Q(state="failed"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.copies}"
