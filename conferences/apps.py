"""The conference: agenda, invitations, live run, exchanges, minutes."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConferencesConfig(AppConfig):
    """The conference: agenda, invitations, live run, exchanges, minutes."""

    name = "conferences"
    verbose_name = _("Hội nghị")
