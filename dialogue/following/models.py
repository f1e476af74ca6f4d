"""Who gets news of which conference (decision 0027)."""

import uuid

from django.db import models

from conferences.models import Conference
from core.sealed import SealedField


class KnownAddress(models.Model):
    """An address that was asked once whether it wants news; only its hash, so that it stays.

    `is_unanswered`: a letter went there and nobody said yes. No other one is sent then, ever,
    whoever types the address again.
    """

    index = models.CharField(max_length=64, unique=True)
    is_unanswered = models.BooleanField(default=True)
    letters = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.index[:8]


class Follower(models.Model):
    """One address that wants news of one conference, and what it was told so far.

    The row goes when its owner has had enough, and the address with it.
    """

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="followers")
    known = models.ForeignKey(KnownAddress, models.CASCADE, related_name="followers")
    nonce = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    address = SealedField(bound_to=["nonce"])
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    told = models.JSONField(default=dict)
    progress = models.JSONField(default=dict)
    progress_at = models.DateTimeField(null=True, blank=True)
    letters = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conference", "known"], name="followed_once")
        ]

    def __str__(self) -> str:
        return f"{self.known} → {self.conference_id}"
