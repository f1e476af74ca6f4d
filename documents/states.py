"""Where an official document can stand and which moves are legal."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentState(models.TextChoices):
    """The approval path of every official document."""

    DRAFT = "draft", _("Dự thảo")
    SUBMITTED = "submitted", _("Trình ký")
    ISSUED = "issued", _("Đã ban hành")
    REVOKED = "revoked", _("Đã thu hồi")


TRANSITIONS: dict[str, set[str]] = {
    DocumentState.DRAFT: {DocumentState.SUBMITTED},
    DocumentState.SUBMITTED: {DocumentState.DRAFT, DocumentState.ISSUED},
    DocumentState.ISSUED: {DocumentState.REVOKED},
    DocumentState.REVOKED: set(),
}
