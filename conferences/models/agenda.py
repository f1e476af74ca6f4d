"""The agenda: what comes one after another, and when it really ran."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conferences.models.conference import Conference
from documents.models import Document
from organisations.models import Organisation


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    """Items by where they stand."""

    def running(self) -> "AgendaItemQuerySet":
        """The one that is on."""
        return self.filter(started_at__isnull=False, ended_at=None)

    def waiting(self) -> "AgendaItemQuerySet":
        """Those still to come, without what was skipped."""
        return self.filter(started_at=None, skipped_at=None)


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

    objects = AgendaItemQuerySet.as_manager()

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

    @property
    def is_running(self) -> bool:
        """Whether it is on now."""
        return self.started_at is not None and self.ended_at is None

    @property
    def is_waiting(self) -> bool:
        """Whether it is still to come."""
        return self.started_at is None and self.skipped_at is None


class AgendaPattern(models.Model):
    """An office's own programme to begin with; without one, `data/agenda.json` (domain.md §3.4).

    `rows` is a list of objects with text, conductor, minutes and is_internal.
    """

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="agenda_pattern")
    rows = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.organisation_id}: {len(self.rows)}"
