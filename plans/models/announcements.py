"""Which letters and notices have been made from a session."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.models import Document
from plans.models.plan import DialogueSession


class Announcement(models.Model):
    """One paper that makes a session known; there is one of each kind until it is revoked."""

    class Kind(models.TextChoices):
        """What the paper is for (domain.md §3.10)."""

        NOTICE = "notice", _("Thông báo tổ chức hội nghị")
        REQUEST = "request", _("Công văn tuyên truyền, chuẩn bị")
        INVITATION = "invitation", _("Công văn mời, cử đại biểu")

    session = models.ForeignKey(DialogueSession, models.PROTECT, related_name="announcements")
    kind = models.CharField(_("loại"), max_length=10, choices=Kind)
    document = models.OneToOneField(Document, models.PROTECT, related_name="announcement")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.document_id}"
