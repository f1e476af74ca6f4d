"""Papers a worker prints for a conference."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from conferences.models.conference import Conference
from conferences.states import PRINT_TRANSITIONS, PrintState


class InvitationPrint(models.Model):
    """All personal invitations of a conference in one PDF; ordered on a page, made by a worker.

    `fingerprint` stands for the issued invitation and the guests at that moment: the same order
    is not made twice, a changed list is made anew.
    """

    TRANSITIONS = PRINT_TRANSITIONS

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="prints")
    fingerprint = models.CharField(max_length=64)
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField(auto_now_add=True)
    copies = models.PositiveIntegerField()
    # How many letters are set while the worker is at it; the page shows it.
    done = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=PrintState, default=PrintState.WAITING)
    file = models.FileField(upload_to="prints/%Y/%m/", blank=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "fingerprint"],
                name="invitations_printed_once",
                condition=~Q(state="failed"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.conference_id}: {self.copies}"
