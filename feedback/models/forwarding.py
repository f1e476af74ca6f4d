"""Consolidated lists of what another level is competent for: sent up or down, taken over, answered."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.codes import grouped_code
from documents.models import Document
from feedback.models.consultations import Field
from feedback.models.opinions import IssueGroup, Opinion
from feedback.models.submissions import Submission
from feedback.states import FORWARDING_TRANSITIONS, ForwardingState
from organisations.models import Organisation, Role

if TYPE_CHECKING:
    from organisations.models import User

ON_THE_WAY = (ForwardingState.SENT, ForwardingState.TAKEN, ForwardingState.ANSWERED)
UNSENT = (ForwardingState.DRAFT, ForwardingState.CANCELLED)


class ForwardingQuerySet(models.QuerySet["Forwarding"]):
    """Lists as people may see them."""

    def visible_to(self, user: "User") -> "ForwardingQuerySet":
        """The office that made it; the receiver once it was sent."""
        mine = user.organisation_ids(Role.CLERK, Role.HEAD)
        return self.filter(
            Q(organisation__in=mine) | Q(receiver__in=mine) & ~Q(state__in=UNSENT, sent_on=None)
        )


class Forwarding(models.Model):
    """A list to a higher or lower level, under a number of its own; `code` is what people quote.

    `is_on_paper`: the receiver does not work with this installation, so the office writes down what
    it hears. `submission` is what the receiver made of it.
    """

    TRANSITIONS = FORWARDING_TRANSITIONS

    class Direction(models.TextChoices):
        """Where it goes, seen from the office."""

        UP = "up", _("Chuyển cấp trên")
        DOWN = "down", _("Chuyển cấp dưới")
        ACROSS = "across", _("Chuyển cơ quan khác")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="forwardings")
    receiver = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="forwardings_in"
    )
    receiver_name = models.CharField(_("nơi nhận"), max_length=200)
    direction = models.CharField(max_length=6, choices=Direction)
    is_on_paper = models.BooleanField(default=False)
    code = models.CharField(max_length=12, unique=True)
    document = models.OneToOneField(Document, models.PROTECT, related_name="forwarding")
    submission = models.OneToOneField(
        Submission, models.PROTECT, null=True, blank=True, related_name="taken_from"
    )
    state = models.CharField(max_length=10, choices=ForwardingState, default=ForwardingState.DRAFT)
    sent_on = models.DateField(null=True, blank=True)
    taken_on = models.DateField(null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ForwardingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "cancelled"]) | Q(sent_on__isnull=False),
                name="sent_list_has_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.shown_code} → {self.receiver_name}"

    def get_absolute_url(self) -> str:
        """The page of the list."""
        return reverse("feedback:forwarding", args=[self.pk])

    @property
    def shown_code(self) -> str:
        """The code as it is shown: 7K3M-9Q2X."""
        return grouped_code(self.code)

    @property
    def is_draft(self) -> bool:
        """Whether lines may still change."""
        return self.state == ForwardingState.DRAFT


class ForwardedItem(models.Model):
    """One line: a group or a lone opinion in words that name nobody, and what was answered.

    `taken` is the receiver's own opinion, which links back here.
    """

    forwarding = models.ForeignKey(Forwarding, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    opinion = models.ForeignKey(
        Opinion, models.PROTECT, null=True, blank=True, related_name="forwarded"
    )
    group = models.ForeignKey(
        IssueGroup, models.PROTECT, null=True, blank=True, related_name="forwarded"
    )
    text = models.TextField(_("nội dung"), blank=True)
    field = models.ForeignKey(Field, models.PROTECT, related_name="+")
    people = models.PositiveIntegerField(default=1)
    areas = models.CharField(max_length=300, blank=True)
    taken = models.OneToOneField(
        Opinion, models.SET_NULL, null=True, blank=True, related_name="came_from"
    )
    answer = models.TextField(_("trả lời"), blank=True)
    legal_basis = models.TextField(_("căn cứ"), blank=True)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["forwarding", "position"],
                name="forwarded_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(opinion__isnull=False, group=None)
                | Q(opinion=None, group__isnull=False),
                name="forwarded_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.forwarding_id}.{self.position}"

    @property
    def code(self) -> str:
        """The code of the list and the line on it."""
        return f"{self.forwarding.shown_code}.{self.position}"

    @property
    def origin_url(self) -> str:
        """The original in the office that sent it."""
        return (self.group or self.opinion).get_absolute_url()  # type: ignore[union-attr]

    def members(self) -> "models.QuerySet[Opinion]":
        """The opinions behind the line."""
        if self.group_id:
            return Opinion.objects.filter(group=self.group_id).order_by("pk")
        return Opinion.objects.filter(pk=self.opinion_id or 0)
