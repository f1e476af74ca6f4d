"""The interfaces for other systems."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    """The interfaces for other systems."""

    name = "dialogue.api"
    label = "api"
    verbose_name = _("Kết nối hệ thống")
