"""Case files: everything kept of a conference in one archive."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from conferences.models import Conference
from conferences.states import PRINT_TRANSITIONS, PrintState


class CaseFile(models.Model):
    """Everything kept of a conference in one archive; ordered on a page, put together by a worker."""

    TRANSITIONS = PRINT_TRANSITIONS

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="case_files")
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=PrintState, default=PrintState.WAITING)
    file = models.FileField(upload_to="case-files/%Y/%m/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conference"],
                name="one_case_file_is_made",
                condition=Q(state="waiting"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.conference_id}: {self.ordered_at:%d/%m/%Y}"
