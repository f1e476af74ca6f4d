"""Ways out: gateways, pauses, and the events told to agencies' own systems."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChannelsConfig(AppConfig):
    """Ways out: gateways, pauses, and the events told to agencies' own systems."""

    name = "dialogue.channels"
    label = "channels"
    verbose_name = _("Kênh gửi")

    def ready(self) -> None:
        """Hear of what happens to tasks and papers."""
        from core.transitions import happened
        from dialogue.channels import events

        happened.connect(events.tell_systems, dispatch_uid="channels")
