"""Which unit names how many delegates, and what it asks for once the day for naming is over."""

import datetime
import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conferences.models.conference import Conference
from conferences.states import CHANGE_TRANSITIONS, ChangeState
from core.sealed import SealedField
from organisations.models import Organisation, Role
from plans.models import ParticipantGroup

if TYPE_CHECKING:
    from organisations.models import User

NAMERS = (Role.CLERK, Role.HEAD, Role.OFFICER, Role.COLLECTOR)
"""Who names delegates for a body."""


class NominationQuerySet(models.QuerySet["Nomination"]):
    """Nominations as people may see them."""

    def visible_to(self, user: "User") -> "NominationQuerySet":
        """The office's own, those asked of one's own body, overseers' of the place."""
        return self.filter(
            Q(conference__organisation__in=user.organisation_ids(Role.CLERK, Role.HEAD))
            | Q(organisation__in=user.organisation_ids(*NAMERS))
            | Q(conference__organisation__unit__in=user.unit_ids(Role.OVERSEER))
        )


class Nomination(models.Model):
    """One unit is asked to name so many delegates of a group of the plan.

    Its people act through their account (`organisation`) or through a link. The token of the link
    is derived from `nonce` under settings.TRACKING_PEPPER and kept only as a hash: a new nonce
    ends the old link, `revoked_at` ends it for good.
    """

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="nominations")
    group = models.ForeignKey(
        ParticipantGroup, models.PROTECT, null=True, blank=True, related_name="nominations"
    )
    body = models.CharField(_("đơn vị"), max_length=200)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="nominations"
    )
    quota = models.PositiveSmallIntegerField(_("số đại biểu"))
    email = SealedField(_("thư điện tử"), blank=True, bound_to=["number"])
    number = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    nonce = models.UUIDField(default=uuid.uuid4)
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = NominationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "group", "body"],
                name="unit_asked_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(quota__gte=1), name="quota_of_somebody"),
        ]

    def __str__(self) -> str:
        return self.body

    def get_absolute_url(self) -> str:
        """Where the unit names its delegates."""
        return reverse("conferences:nomination", args=[self.pk])

    def is_open(self, today: datetime.date) -> bool:
        """Whether names still go straight on the list; afterwards each change is asked for."""
        until = self.conference.nominate_until
        return until is None or today <= until


class ParticipantChange(models.Model):
    """What a unit asks for after the day for naming: somebody more, another, one fewer."""

    TRANSITIONS = CHANGE_TRANSITIONS

    class Kind(models.TextChoices):
        """What would happen to the list."""

        ADD = "add", _("Thêm đại biểu")
        REPLACE = "replace", _("Thay đại biểu")
        REMOVE = "remove", _("Rút đại biểu")

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=10, choices=Kind)
    participant = models.ForeignKey(
        "conferences.Participant", models.SET_NULL, null=True, blank=True, related_name="changes"
    )
    # Stays readable when the person has left the list.
    was = models.CharField(_("đại biểu đang có"), max_length=300, blank=True)
    name = models.CharField(_("họ và tên"), max_length=120, blank=True)
    post = models.CharField(_("chức vụ"), max_length=300, blank=True)
    number = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    phone = SealedField(_("điện thoại"), blank=True, bound_to=["number"])
    state = models.CharField(max_length=10, choices=ChangeState, default=ChangeState.PROPOSED)
    reason = models.CharField(_("lý do"), max_length=300, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant"],
                name="one_change_waits_for_a_person",
                condition=Q(state="proposed"),
            ),
            models.CheckConstraint(
                condition=Q(kind="remove") | ~Q(name=""), name="who_comes_has_a_name"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name or self.was}"
