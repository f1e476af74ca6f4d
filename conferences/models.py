"""The conference as it is prepared and as it happened."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conferences.states import PRINT_TRANSITIONS, TRANSITIONS, ConferenceState, PrintState
from documents.models import Document
from feedback.models import IssueGroup, Opinion
from organisations.models import Organisation, Role
from plans.models import DialogueSession, ParticipantGroup

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


class AgendaItem(models.Model):
    """One line of the programme: TT, nội dung, điều hành, minutes; times when it really ran.

    Waiting, running and finished are derived from the timestamps; at most one runs.
    """

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(_("nội dung"), max_length=500)
    conductor = models.CharField(_("điều hành"), max_length=150, blank=True)
    minutes = models.PositiveSmallIntegerField(_("số phút"), default=10)
    note = models.TextField(_("ghi chú riêng của chủ trì"), blank=True)
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


class Participant(models.Model):
    """Somebody who is invited; most have no account."""

    class Answer(models.TextChoices):
        """What they said to the invitation."""

        NONE = "", _("Chưa trả lời")
        YES = "yes", _("Dự")
        NO = "no", _("Vắng")
        SUBSTITUTE = "substitute", _("Cử người thay")

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="participants")
    group = models.ForeignKey(
        ParticipantGroup, models.PROTECT, null=True, blank=True, related_name="participants"
    )
    name = models.CharField(_("họ và tên"), max_length=120)
    post = models.CharField(_("chức vụ"), max_length=150, blank=True)
    body = models.CharField(_("đơn vị"), max_length=200, blank=True)
    answer = models.CharField(_("trả lời"), max_length=10, choices=Answer, blank=True)
    present_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class SpeakingTurn(models.Model):
    """A place in the queue of speakers; state derives from the timestamps (prior-art.md §1.1)."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="turns")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("người phát biểu"), max_length=120)
    body = models.CharField(_("đơn vị, thôn"), max_length=200, blank=True)
    opinion = models.ForeignKey(Opinion, models.PROTECT, null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

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


class Exchange(models.Model):
    """What one person raised and what was answered, as the minutes will tell it."""

    class Outcome(models.TextChoices):
        """How it was left in the hall."""

        ANSWERED = "answered", _("Đã giải đáp tại chỗ")
        WRITTEN = "written", _("Trả lời bằng văn bản sau")
        ASSIGNED = "assigned", _("Giao cơ quan giải quyết")
        PETITION = "petition", _("Vượt thẩm quyền, kiến nghị cấp trên")
        NOTED = "noted", _("Ghi nhận")

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="exchanges")
    agenda_item = models.ForeignKey(
        AgendaItem, models.SET_NULL, null=True, blank=True, related_name="exchanges"
    )
    turn = models.ForeignKey(
        SpeakingTurn, models.SET_NULL, null=True, blank=True, related_name="exchanges"
    )
    group = models.ForeignKey(
        IssueGroup, models.PROTECT, null=True, blank=True, related_name="exchanges"
    )
    raised_by = models.CharField(_("người nêu"), max_length=120)
    raised_body = models.CharField(_("đơn vị, thôn"), max_length=200, blank=True)
    question = models.TextField(_("nội dung ý kiến"))
    answered_by = models.CharField(_("người trả lời"), max_length=150, blank=True)
    answer = models.TextField(_("nội dung trả lời"), blank=True)
    outcome = models.CharField(_("kết quả"), max_length=10, choices=Outcome)
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["conference", "id"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="answered") | ~Q(answer=""), name="answered_has_an_answer"
            )
        ]

    def __str__(self) -> str:
        return f"{self.raised_by}: {self.question[:60]}"


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
