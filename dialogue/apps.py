"""Composes the packages into one site."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DialogueConfig(AppConfig):
    """Composes the packages into one site."""

    name = "dialogue"
    verbose_name = _("Đối thoại")
