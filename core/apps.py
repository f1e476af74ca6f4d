"""No domain: transitions, outbox, time phrases, working calendar, Vietnamese text, UI parts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """No domain: transitions, outbox, time phrases, working calendar, Vietnamese text, UI parts."""

    name = "core"
    verbose_name = _("Nền tảng")
