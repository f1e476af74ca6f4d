"""Secret addresses under which a calendar program reads the sessions."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation


class CalendarKey(models.Model):
    """A secret address of one person's calendar, or of one organisation's as that person sees it.

    Only the hash of the secret is kept; the address is shown once.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_keys")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="calendar_keys"
    )
    secret_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(_("thu hồi lúc"), null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user_id} · {self.organisation_id or '–'}"
