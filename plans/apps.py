"""The plan of a dialogue: sessions, participant groups, duties."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    """The plan of a dialogue: sessions, participant groups, duties."""

    name = "plans"
    verbose_name = _("Kế hoạch")
