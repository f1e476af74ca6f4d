"""The conclusion notice, its points and their follow-up."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConclusionsConfig(AppConfig):
    """The conclusion notice, its points and their follow-up."""

    name = "conclusions"
    verbose_name = _("Kết luận")
