"""Consultations, opinions, issue groups and prepared answers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    """Consultations, opinions, issue groups and prepared answers."""

    name = "feedback"
    verbose_name = _("Ý kiến")
