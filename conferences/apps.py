"""The conference: agenda, invitations, live run, exchanges, minutes."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConferencesConfig(AppConfig):
    """The conference: agenda, invitations, live run, exchanges, minutes."""

    name = "conferences"
    verbose_name = _("Hội nghị")

    def ready(self) -> None:
        """Connect the guards and tell the documents below whose papers these are."""
        from conferences import facts, guards  # noqa: F401
        from documents.facts import register_owner

        register_owner("GM", facts.invitation_owner)
        register_owner("BB", facts.minutes_owner)
