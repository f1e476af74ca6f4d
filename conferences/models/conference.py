"""The conference itself: when, where, with whom, how far it is."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conferences.states import TRANSITIONS, ConferenceState
from core.codes import checked_code
from documents.models import Document
from organisations.models import Organisation, Role
from plans.models import DialogueSession

if TYPE_CHECKING:
    from organisations.models import User


class ConferenceQuerySet(models.QuerySet["Conference"]):
    """Conferences as people may see them."""

    def visible_to(self, user: "User") -> "ConferenceQuerySet":
        """The office's own; overseers' of the unit; agencies' whose answers are on the table."""
        return self.filter(
            Q(organisation__in=user.organisation_ids(Role.CLERK, Role.HEAD))
            | Q(organisation__unit__in=user.unit_ids(Role.OVERSEER, Role.OFFICER))
        )


class Conference(models.Model):
    """One dialogue conference: confirmed time and place, agenda, people, what was said.

    One-to-one with the session of the plan. `invitation` and `minutes` are official documents.
    """

    TRANSITIONS = TRANSITIONS

    session = models.OneToOneField(DialogueSession, models.PROTECT, related_name="conference")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="conferences")
    title = models.CharField(_("tên hội nghị"), max_length=300)
    starts_at = models.DateTimeField(_("bắt đầu"))
    ends_at = models.DateTimeField(_("dự kiến kết thúc"))
    place = models.CharField(_("địa điểm"), max_length=250)
    chair = models.CharField(_("chủ trì"), max_length=250)
    secretary = models.CharField(_("thư ký"), max_length=250, blank=True)
    state = models.CharField(
        max_length=10, choices=ConferenceState, default=ConferenceState.PLANNED
    )
    started_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    invited = models.PositiveIntegerField(_("số người được mời"), null=True, blank=True)
    present = models.PositiveIntegerField(_("số người có mặt"), null=True, blank=True)
    invitation = models.OneToOneField(
        Document, models.PROTECT, null=True, blank=True, related_name="invites_to"
    )
    minutes = models.OneToOneField(
        Document, models.PROTECT, null=True, blank=True, related_name="minutes_of"
    )
    version = models.PositiveIntegerField(default=1)

    # Delegates may be named until the end of this day; afterwards the office agrees to each change.
    nominate_until = models.DateField(_("hạn cử đại biểu"), null=True, blank=True)
    seats = models.PositiveIntegerField(_("số chỗ ngồi"), null=True, blank=True)
    # What the hall sees without an account: second screen, written questions.
    hall_code = models.CharField(max_length=12, unique=True, default=checked_code)
    message = models.CharField(_("lời nhắn trên màn hình"), max_length=200, blank=True)
    speech_minutes = models.PositiveSmallIntegerField(_("số phút mỗi lượt"), default=3)
    queue_closed_at = models.DateTimeField(null=True, blank=True)
    takes_questions = models.BooleanField(_("nhận câu hỏi viết từ điện thoại"), default=False)
    # Grows with every change a screen shows: see queries.pulse.
    pulse = models.PositiveIntegerField(default=0)

    objects = ConferenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=models.F("ends_at")), name="conference_in_order"
            )
        ]
        indexes = [models.Index(fields=["organisation", "-starts_at"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The conference's page."""
        return reverse("conferences:detail", args=[self.pk])
