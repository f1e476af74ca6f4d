"""What was raised in the hall and what was answered."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conferences.models.agenda import AgendaItem
from conferences.models.conference import Conference
from conferences.models.speaking import SpeakingTurn
from feedback.models import Field, IssueGroup


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
    # Of what was first raised here; a matter sent in before has the field of its group.
    field = models.ForeignKey(
        Field, models.PROTECT, null=True, blank=True, verbose_name=_("lĩnh vực"), related_name="+"
    )
    raised_by = models.CharField(_("người nêu"), max_length=120)
    raised_body = models.CharField(_("đơn vị, thôn"), max_length=200, blank=True)
    question = models.TextField(_("nội dung ý kiến"))
    answered_by = models.CharField(_("người trả lời"), max_length=150, blank=True)
    answer = models.TextField(_("nội dung trả lời"), blank=True)
    outcome = models.CharField(_("kết quả"), max_length=10, choices=Outcome)
    # A complaint or denunciation leaves only the fact that there was one (domain.md §2.5).
    is_fact_only = models.BooleanField(default=False)
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
