"""What an office asks beyond the opinion itself, and what people answered, kept by type."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from feedback.models.consultations import Consultation
from feedback.models.submissions import Submission


class Question(models.Model):
    """One question of a consultation beyond the opinion; fixed once the consultation is open.

    `options` holds one choice a line; a scale's lines are the words at its two ends. With
    `shown_if` it is asked only of those who answered that question with `shown_value`.
    """

    class Kind(models.TextChoices):
        """How it is answered."""

        TEXT = "text", _("Viết câu trả lời")
        CHOICE = "choice", _("Chọn một")
        SEVERAL = "several", _("Chọn một hoặc nhiều")
        SCALE = "scale", _("Thang điểm từ 1 đến 5")
        NUMBER = "number", _("Ghi số")
        DATE = "date", _("Ghi ngày")

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=1)
    label = models.CharField(_("câu hỏi"), max_length=300)
    help_text = models.CharField(_("giải thích"), max_length=300, blank=True)
    kind = models.CharField(_("cách trả lời"), max_length=8, choices=Kind)
    options = models.TextField(_("các lựa chọn"), blank=True)
    is_required = models.BooleanField(_("bắt buộc trả lời"), default=False)
    shown_if = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followers"
    )
    shown_value = models.CharField(_("khi câu trên được trả lời là"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(shown_if=None) | ~Q(shown_value=""), name="shown_if_has_a_value"
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def choices(self) -> list[str]:
        """What can be chosen."""
        if self.kind == self.Kind.SCALE:
            return [str(mark) for mark in range(1, 6)]
        return [line.strip() for line in self.options.splitlines() if line.strip()]


class QuestionAnswer(models.Model):
    """What one sender answered to one question, in the column of its kind."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="question_answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    text = models.TextField(blank=True)
    chosen = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    number = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    day = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "question"], name="question_answer_once")
        ]

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.question_id}"

    @property
    def shown(self) -> str:
        """The answer in words, as the office reads it."""
        if self.day:
            return f"{self.day:%d/%m/%Y}"
        if self.number is not None:
            return f"{self.number.normalize():f}".replace(".", ",")
        return "; ".join(self.chosen) or self.text
