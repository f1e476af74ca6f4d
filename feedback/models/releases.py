"""Releasing answers: what went out together, and who is told of it in which way."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from feedback.models.consultations import Consultation
from feedback.models.submissions import Submission
from organisations.models import Role

if TYPE_CHECKING:
    from organisations.models import User


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Releases as people may see them."""

    def visible_to(self, user: "User") -> "ReleaseQuerySet":
        """The office's own."""
        bodies = user.organisation_ids(Role.CLERK, Role.HEAD)
        return self.filter(consultation__organisation__in=bodies)


class Release(models.Model):
    """Answers of one consultation that were released together; the list that is kept."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="releases")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = ReleaseQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.at:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        """The kept list."""
        return reverse("feedback:release_list", args=[self.pk])


class Notice(models.Model):
    """That the sender of a form hears of an answer: once, by the way she chose.

    `told_at` is set when the letter was handed to the outbox, or when the office marked it done.
    """

    class Channel(models.TextChoices):
        """How the sender hears of it."""

        EMAIL = "email", _("Thư báo")
        PHONE = "phone", _("Cần báo bằng điện thoại")
        WRITTEN = "written", _("Cần báo bằng văn bản")
        BODY = "body", _("Báo qua đơn vị đã gửi phiếu")
        RECEPTION = "reception", _("Tiếp công dân báo")
        CONFERENCE = "conference", _("Tại hội nghị, trang tra cứu")

    release = models.ForeignKey(Release, models.PROTECT, related_name="notices")
    answer = models.ForeignKey("feedback.Answer", models.PROTECT, related_name="notices")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="notices")
    channel = models.CharField(max_length=10, choices=Channel)
    told_at = models.DateTimeField(null=True, blank=True)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer", "submission"], name="told_of_an_answer_once")
        ]
        indexes = [models.Index(fields=["release", "channel"])]

    def __str__(self) -> str:
        return f"{self.submission_id} ← {self.answer_id}"
