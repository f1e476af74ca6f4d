"""The conference: agenda, invitations, live run, exchanges, minutes."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConferencesConfig(AppConfig):
    """The conference: agenda, invitations, live run, exchanges, minutes."""

    name = "conferences"
    verbose_name = _("Hội nghị")

    def ready(self) -> None:
        """Connect the guards."""
        import_module("conferences.guards")
