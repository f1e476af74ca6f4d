"""Composes the packages into one site."""

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _

from dialogue.checks import check_production


class DialogueConfig(AppConfig):
    """Composes the packages into one site."""

    name = "dialogue"
    verbose_name = _("Đối thoại")

    def ready(self) -> None:
        """Every command says what a production installation still lacks."""
        checks.register(check_production, checks.Tags.security)
