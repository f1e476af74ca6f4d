"""Who speaks, and for how long."""

import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conferences.models.conference import Conference
from conferences.models.people import Participant
from feedback.models import IssueGroup, Opinion


class SpeakingTurnQuerySet(models.QuerySet["SpeakingTurn"]):
    """Turns by where they stand."""

    def speaking(self) -> "SpeakingTurnQuerySet":
        """Who has the floor."""
        return self.filter(started_at__isnull=False, ended_at=None)

    def waiting(self) -> "SpeakingTurnQuerySet":
        """Who is still to be called, without those who are answered in writing."""
        return self.filter(started_at=None, in_writing=False)


class SpeakingTurn(models.Model):
    """A place in the queue of speakers; state derives from the timestamps (prior-art.md §1.1)."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="turns")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("người phát biểu"), max_length=120)
    body = models.CharField(_("đơn vị, thôn"), max_length=200, blank=True)
    participant = models.ForeignKey(
        Participant, models.SET_NULL, null=True, blank=True, related_name="turns"
    )
    opinion = models.ForeignKey(Opinion, models.PROTECT, null=True, blank=True)
    group = models.ForeignKey(
        IssueGroup, models.PROTECT, null=True, blank=True, related_name="turns"
    )
    minutes = models.PositiveSmallIntegerField(_("số phút"), null=True, blank=True)
    # Registered before, not called: their matter is answered in writing.
    in_writing = models.BooleanField(_("trả lời bằng văn bản"), default=False)
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_seconds = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SpeakingTurnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conference"],
                name="one_person_speaks",
                condition=Q(started_at__isnull=False, ended_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def seconds(self, now: datetime.datetime) -> int:
        """How long the person has spoken, pauses left out."""
        if self.started_at is None:
            return 0
        until = self.ended_at or self.paused_at or now
        spoken = int((until - self.started_at).total_seconds()) - self.paused_seconds
        return max(0, spoken)

    def allowed_seconds(self, speech_minutes: int) -> int:
        """How long the person may speak; `speech_minutes` counts unless they were given their own."""
        return 60 * (self.minutes or speech_minutes)
