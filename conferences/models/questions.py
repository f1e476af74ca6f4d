"""What people in the hall ask in writing, from their phones."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conferences.models.conference import Conference
from conferences.states import QUESTION_TRANSITIONS, QuestionState


class HallQuestion(models.Model):
    """A written question nobody signs; hidden until the moderator lets it through.

    `key` comes with the form, so a form sent twice stands once; who holds it may see what became
    of the question. A complaint or denunciation leaves only the fact that there was one: its words
    are struck when the moderator guides it out (domain.md §2.5).
    """

    class Outside(models.TextChoices):
        """What has its own place outside of the dialogue."""

        NONE = "", ""
        COMPLAINT = "complaint", _("Khiếu nại")
        DENUNCIATION = "denunciation", _("Tố cáo")

    TRANSITIONS = QUESTION_TRANSITIONS

    key = models.UUIDField(unique=True)
    conference = models.ForeignKey(Conference, models.CASCADE, related_name="questions")
    text = models.CharField(_("câu hỏi"), max_length=500, blank=True)
    body = models.CharField(_("đơn vị, thôn"), max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=QuestionState, default=QuestionState.HIDDEN)
    outside = models.CharField(max_length=12, choices=Outside, blank=True)
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conference"],
                name="one_question_on_screen",
                condition=Q(state="live"),
            ),
            models.CheckConstraint(
                condition=Q(outside="") | Q(text="", state="dismissed"),
                name="guided_out_without_words",
            ),
        ]
        indexes = [models.Index(fields=["conference", "state", "id"])]

    def __str__(self) -> str:
        return self.text[:60]
