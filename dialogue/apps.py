"""Composes the packages into one site."""

from django.apps import AppConfig, apps
from django.core import checks
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from dialogue.checks import check_production


class DialogueConfig(AppConfig):
    """Composes the packages into one site."""

    name = "dialogue"
    verbose_name = _("Đối thoại")

    def ready(self) -> None:
        """Say what an installation lacks; watch what is migrated; tell tasks the words behind them."""
        from dialogue import voices

        voices.register()
        checks.register(check_production, checks.Tags.security)
        post_migrate.connect(_watch, sender=apps.get_app_config("core"))


def _watch(**_kwargs: object) -> None:
    from core.audit import watch
    from dialogue.audited import WATCHED

    watch(WATCHED)
