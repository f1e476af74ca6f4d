"""The agenda: what comes one after another, and when it really ran."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conferences.models.conference import Conference
from documents.models import Document


class AgendaItem(models.Model):
    """One line of the programme: TT, nội dung, điều hành, minutes; times when it really ran.

    Waiting, running and finished are derived from the timestamps; at most one runs.
    """

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(_("nội dung"), max_length=500)
    conductor = models.CharField(_("điều hành"), max_length=150, blank=True)
    minutes = models.PositiveSmallIntegerField(_("số phút"), default=10)
    # Internal items stand in the running script and on the console, never on a screen or in print
    # for everybody.
    is_internal = models.BooleanField(_("mục nội bộ"), default=False)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="agenda_items"
    )
    # The running script (kịch bản điều hành): for the office and the chair only.
    performer = models.CharField(_("người thực hiện"), max_length=150, blank=True)
    words = models.TextField(_("lời dẫn"), blank=True)
    slides = models.CharField(_("tài liệu chiếu"), max_length=250, blank=True)
    fallback = models.TextField(_("dự phòng"), blank=True)
    note = models.TextField(_("ghi chú riêng của chủ trì"), blank=True)
    skipped_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "position"],
                name="agenda_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["conference"],
                name="one_agenda_item_runs",
                condition=Q(started_at__isnull=False, ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.text
