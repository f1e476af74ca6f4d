"""What exceeds the own competence: a petition to a higher level, and what came back."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conclusions.models.notices import ConclusionNotice, ConclusionPoint
from conclusions.states import PETITION_TRANSITIONS, PetitionState
from documents.models import Document
from feedback.models import Notice, Submission
from organisations.models import Organisation, Role

if TYPE_CHECKING:
    from organisations.models import User

LIVE = (
    PetitionState.DRAFT,
    PetitionState.SENT,
    PetitionState.RECEIVED,
    PetitionState.ANSWERED,
)
"""Where a petition still holds its points; a returned or cancelled one frees them."""
ABOVE = (PetitionState.SENT, PetitionState.RECEIVED)
"""Where it waits for the level above."""


class PetitionQuerySet(models.QuerySet["Petition"]):
    """Petitions as people may see them."""

    def visible_to(self, user: "User") -> "PetitionQuerySet":
        """The office that makes it and those who oversee it; the receiver once it was sent."""
        mine = user.organisation_ids(Role.CLERK, Role.HEAD)
        overseen = user.unit_ids(Role.OVERSEER)
        return self.filter(
            Q(organisation__in=mine)
            | Q(organisation__unit__in=overseen, sent_on__isnull=False)
            | Q(receiver__in=mine, sent_on__isnull=False, is_on_paper=False)
        )

    def waiting_for(self, user: "User") -> "PetitionQuerySet":
        """What the person's own body was asked for and has not answered."""
        mine = user.organisation_ids(Role.CLERK, Role.HEAD)
        return self.filter(receiver__in=mine, is_on_paper=False, state__in=ABOVE)


class Petition(models.Model):
    """The points of a notice that a higher level must decide, sent under a paper of their own.

    `is_on_paper`: the receiver does not work with this installation, so the office writes down
    what it hears. `reply_by` is the last good day of the answer, by the office's own clock.
    """

    TRANSITIONS = PETITION_TRANSITIONS

    notice = models.ForeignKey(ConclusionNotice, models.PROTECT, related_name="petitions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="petitions")
    receiver = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="petitions_in"
    )
    receiver_name = models.CharField(_("nơi nhận"), max_length=200)
    is_on_paper = models.BooleanField(default=False)
    document = models.OneToOneField(Document, models.PROTECT, related_name="petition")
    state = models.CharField(max_length=10, choices=PetitionState, default=PetitionState.DRAFT)
    sent_on = models.DateField(null=True, blank=True)
    received_on = models.DateField(null=True, blank=True)
    reply_by = models.DateField(null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PetitionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "cancelled"]) | Q(sent_on__isnull=False),
                name="sent_petition_has_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} → {self.receiver_name}"

    def get_absolute_url(self) -> str:
        """The petition's page."""
        return reverse("conclusions:petition", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        """Whether its lines may still change."""
        return self.state == PetitionState.DRAFT

    @property
    def is_above(self) -> bool:
        """Whether the level above has it and has not answered."""
        return self.state in ABOVE


class PetitionItem(models.Model):
    """One point in words that name nobody, and what the higher level answered."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    point = models.ForeignKey(ConclusionPoint, models.PROTECT, related_name="petition_items")
    text = models.TextField(_("nội dung"))
    answer = models.TextField(_("trả lời"), blank=True)
    legal_basis = models.TextField(_("căn cứ"), blank=True)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["petition", "position"], name="petition_position_once"),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | ~Q(answer=""),
                name="petition_answer_has_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.petition_id}.{self.position}"

    @property
    def is_waiting(self) -> bool:
        """Whether nothing was answered yet."""
        return self.answered_on is None


class PointResult(models.Model):
    """What became of a point, in words for those who raised it; after a reopening there is another.

    `item` is the line of a petition whose answer this is.
    """

    point = models.ForeignKey(ConclusionPoint, models.PROTECT, related_name="results")
    item = models.OneToOneField(
        PetitionItem, models.PROTECT, null=True, blank=True, related_name="result"
    )
    text = models.TextField(_("kết quả"))
    said_by = models.CharField(_("cơ quan trả lời"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"result of {self.point_id}"


class ResultReply(models.Model):
    """That the sender of a form hears of a result: once, by the way she chose."""

    result = models.ForeignKey(PointResult, models.PROTECT, related_name="replies")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="result_replies")
    channel = models.CharField(max_length=10, choices=Notice.Channel)
    told_at = models.DateTimeField(null=True, blank=True)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["result", "submission"], name="told_of_a_result_once")
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} ← {self.result_id}"
