"""Units, organisations, posts, people, memberships and roles."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    """Units, organisations, posts, people, memberships and roles."""

    name = "organisations"
    verbose_name = _("Đơn vị")
