"""The people of a conference; most have no account."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from conferences.models.conference import Conference
from conferences.models.nominations import Nomination
from core.codes import checked_code
from core.sealed import SealedField
from plans.models import ParticipantGroup


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
    # The unit that named them counts them against its quota.
    nomination = models.ForeignKey(
        Nomination, models.PROTECT, null=True, blank=True, related_name="participants"
    )
    name = models.CharField(_("họ và tên"), max_length=120)
    # All posts somebody holds, “Bí thư Chi bộ, Trưởng thôn”: one person is one row and one place.
    post = models.CharField(_("chức vụ"), max_length=300, blank=True)
    body = models.CharField(_("đơn vị"), max_length=200, blank=True)
    # How they are reached, for invitations only: sealed like every such word (decision 0022).
    phone = SealedField(_("điện thoại"), blank=True, bound_to=["code"])
    email = SealedField(_("thư điện tử"), blank=True, bound_to=["code"])
    is_guest = models.BooleanField(_("khách mời đích danh"), default=False)
    seat = models.CharField(_("chỗ ngồi"), max_length=30, blank=True)
    # Shown as QR on the invitation and the badge; names nobody by itself.
    code = models.CharField(max_length=12, unique=True, default=checked_code)
    substitute_for = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="substitute"
    )
    answer = models.CharField(_("trả lời"), max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    present_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
