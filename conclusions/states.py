"""Where a petition to a higher level can stand."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PetitionState(models.TextChoices):
    """Who has it."""

    DRAFT = "draft", _("Đang soạn")
    SENT = "sent", _("Đã gửi, chờ tiếp nhận")
    RECEIVED = "received", _("Cấp trên đã tiếp nhận")
    ANSWERED = "answered", _("Đã có trả lời")
    RETURNED = "returned", _("Cấp trên trả lại")
    CANCELLED = "cancelled", _("Đã hủy")


PETITION_TRANSITIONS: dict[str, set[str]] = {
    PetitionState.DRAFT: {PetitionState.SENT, PetitionState.CANCELLED},
    PetitionState.SENT: {
        PetitionState.RECEIVED,
        PetitionState.ANSWERED,
        PetitionState.RETURNED,
        PetitionState.CANCELLED,
    },
    PetitionState.RECEIVED: {PetitionState.ANSWERED, PetitionState.RETURNED},
    PetitionState.ANSWERED: set(),
    PetitionState.RETURNED: set(),
    PetitionState.CANCELLED: set(),
}
