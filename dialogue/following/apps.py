"""News of one conference by mail."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FollowingConfig(AppConfig):
    """News of one conference by mail."""

    name = "dialogue.following"
    label = "following"
    verbose_name = _("Nhận tin qua thư")

    def ready(self) -> None:
        """Letters hold a number in place of the secret addresses of their buttons."""
        from core.mailer import register_late_link
        from dialogue.following import links

        register_late_link(links.CONFIRM, links.confirm_path)
        register_late_link(links.STOP, links.stop_path)
